package opus_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"linnet/player"
	"linnet/player/ad/opus"
	"linnet/player/demux/ogg"
	"linnet/player/media"
	"linnet/player/playertest"
)

func newDecoder(s media.Stream) (player.AudioDecoder, error) { return opus.New(s) }

func open(t testing.TB, file []byte) *ogg.Demuxer {
	t.Helper()
	d, err := ogg.New(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// example is a stream and its packets.
type example struct {
	name    string
	stream  media.Stream
	packets []media.Packet
}

// examples are those of testdata, and one that changes between the modes, and
// loses packets on its way.
func examples(t testing.TB) (all []example) {
	t.Helper()
	names, err := filepath.Glob("testdata/*.opus")
	if err != nil || len(names) < 6 {
		t.Fatalf("%q, %v", names, err)
	}
	byName := map[string]example{}
	for _, name := range names {
		d := open(t, playertest.File(t, name))
		e := example{filepath.Base(name), d.Streams()[0], playertest.Packets(d, 1000)}
		all, byName[e.name] = append(all, e), e
	}
	mixed := example{name: "mixed", stream: byName["celt64.opus"].stream}
	modes := []string{"celt64.opus", "silkstereo18.opus", "hybrid36.opus", "silk10.opus", "short96.opus"}
	for run := range 24 {
		from := byName[modes[run*run%5]].packets
		for i := range 2 + run%3 {
			mixed.packets = append(mixed.packets, from[(run+i)%len(from)])
		}
	}
	return append(all, mixed)
}

// decode decodes packets, with none in the place of each lost-th.
func decode(t testing.TB, e example, lost int) (all []int32) {
	t.Helper()
	d, err := opus.New(e.stream)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range e.packets {
		gone := lost > 0 && i%lost == lost-1
		if gone {
			p.Data = nil
		}
		if all, err = d.Decode(all, &p); gone != (err != nil) {
			t.Errorf("%s, packet %d: %v", e.name, i, err)
		}
	}
	return all
}

// damage turns bits of some packets, but none that say what a packet is made up
// of.
func damage(e example) example {
	packets := slices.Clone(e.packets)
	for i := range packets {
		data := bytes.Clone(packets[i].Data)
		if len(data) > 0 && data[0]&3 == 0 && i%3 != 1 {
			for at := 2 + i%7; at < len(data); at += 13 + i%29 {
				data[at] ^= 1 << (i % 8)
			}
		}
		packets[i].Data = data
	}
	return example{e.name + " damaged", e.stream, packets}
}

// The decoder is integer arithmetic, so its output is the same on every
// machine, to the bit.
func TestGolden(t *testing.T) {
	got := ""
	all := examples(t)
	for _, e := range all {
		if e.stream.Audio.Channels <= 2 { // else there are lengths inside
			all = append(all, damage(e))
		}
	}
	for _, e := range all {
		for _, lost := range []int{0, 5, 2} {
			got += playertest.GoldenLine(decode(t, e, lost), fmt.Sprintf("%s lost %d", e.name, lost))
		}
	}
	playertest.Golden(t, got)
}

func TestContract(t *testing.T) {
	for _, e := range examples(t) {
		t.Run(strings.TrimSuffix(e.name, ".opus"), func(t *testing.T) {
			playertest.AudioDecoder(t, func() player.AudioDecoder {
				dec, err := newDecoder(e.stream)
				if err != nil {
					t.Fatal(err)
				}
				return dec
			}, e.stream.Audio, e.packets[:min(60, len(e.packets))])
		})
	}
}

// Sound that goes on is concealed by sound about as loud, and many lost packets
// by less and less.
func TestConcealment(t *testing.T) {
	for _, e := range examples(t)[:5] {
		whole, lossy := decode(t, e, 0), decode(t, e, 12)
		if len(whole) != len(lossy) {
			t.Errorf("%s: %d samples with losses, %d without", e.name, len(lossy), len(whole))
		}
		if a, b := power(whole), power(lossy); b < a/3 || b > a*2 {
			t.Errorf("%s: power %g with losses, %g without", e.name, b, a)
		}
		d, _ := opus.New(e.stream)
		for i := range e.packets[:len(e.packets)/2] {
			d.Decode(nil, &e.packets[i])
		}
		var last []int32
		for range 40 * 60 / max(1, len(whole)/len(e.packets)/100) {
			last, _ = d.Decode(last[:0], &media.Packet{})
		}
		if power(last) > power(whole)/4 {
			t.Errorf("%s: power %g behind many losses", e.name, power(last))
		}
	}
}

// power is summed up in integers, which every machine does fast.
func power(x []int32) float64 {
	sum := int64(0)
	for _, v := range x {
		s := int64(v >> 16)
		sum += s * s
	}
	return float64(sum) / float64(max(1, len(x)))
}

// Behind the pre-roll of 80 ms (RFC 7845 clause 4.6) a decoder that began in the
// middle gives about what one does that began at the start: most of all, it is
// at the same place. Frames depend on those before, less and less.
func TestSeek(t *testing.T) {
	var errors, sound float64
	for _, e := range examples(t)[:5] {
		whole := decode(t, e, 0)
		each := len(whole) / len(e.packets)
		rate := 48 * e.stream.Audio.Channels
		for at := 1; at < len(e.packets)-1; at += 1 + len(e.packets)/7 {
			rest := decode(t, example{e.name, e.stream, e.packets[at:]}, 0)
			want := whole[at*each:]
			roll := max(80*rate, 2*each)
			if len(rest) != len(want) || roll >= len(rest) {
				continue
			}
			diff := make([]int32, len(rest)-roll)
			for i := range diff {
				diff[i] = rest[roll+i] - want[roll+i]
			}
			p, q := power(diff), power(want[roll:])
			if errors, sound = errors+p, sound+q; p > q/3 {
				t.Errorf("%s from packet %d: error of power %g, sound of %g", e.name, at, p, q)
			}
		}
	}
	if errors > sound/30 {
		t.Errorf("error of power %g, sound of %g", errors, sound)
	}
}
