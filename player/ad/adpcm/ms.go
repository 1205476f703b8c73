package adpcm

import "encoding/binary"

// coefficients weigh the last sample and the one before, in 1/256.
type coefficients [2]int32

// standard are the pairs that every file may count on.
var standard = [7]coefficients{{256, 0}, {512, -256}, {0, 0}, {192, 64}, {240, 0}, {460, -208}, {392, -232}}

// adaptation is what a code does to the step, in 1/256, from that of -8 on.
var adaptation = [16]int32{768, 614, 512, 409, 307, 230, 230, 230, 230, 230, 230, 230, 307, 409, 512, 614}

const (
	minDelta = 16
	maxDelta = (1<<31 - 1) / 768 // adapting it once more does not overflow
)

// msChannel predicts one channel.
type msChannel struct {
	coefs  coefficients
	delta  int32
	s1, s2 int32 // the last sample, the one before
}

// next decodes a code of -8 to 7 to a sample.
func (c *msChannel) next(code int32) int32 {
	predicted := (c.s1*c.coefs[0] + c.s2*c.coefs[1]) / 256
	sample := clip16(predicted + code*c.delta)
	c.s1, c.s2 = sample, c.s1
	c.delta = min(max(adaptation[code+8]*c.delta>>8, minDelta), maxDelta)
	return sample << 16
}

// decodeMS decodes a block: of each channel the predictor's number; of each
// the step; of each the second sample; of each the first; then codes, high
// nibble first, channels in turn.
func (d *Decoder) decodeMS(out []int32, block []byte) string {
	ch := d.channels
	var state [2]msChannel
	for c := range ch {
		number := int(block[c])
		if number >= len(d.coefs) {
			return "predictor out of range"
		}
		word := func(i int) int32 { return int32(int16(binary.LittleEndian.Uint16(block[ch+2*(i*ch+c):]))) }
		state[c] = msChannel{coefs: d.coefs[number], delta: word(0), s1: word(1), s2: word(2)}
		out[c], out[ch+c] = state[c].s2<<16, state[c].s1<<16
	}
	out, codes := out[2*ch:], block[7*ch:]
	if ch == 1 {
		msMono(out, codes, &state[0])
	} else {
		msStereo(out, codes, &state)
	}
	return ""
}
