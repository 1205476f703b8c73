// Package esds reads elementary stream descriptors, ISO/IEC 14496-1 clause
// 7.2.6: what MP4 and QuickTime keep in a box of this name, and Core Audio
// files as the "magic cookie" of AAC.
package esds

// Tags of descriptors.
const (
	tagES             = 3
	tagDecoderConfig  = 4
	tagDecoderSetting = 5
)

// Object types of ISO/IEC 14496-1 table 5.
const (
	objectAAC     = 0x40
	objectAACMain = 0x66 // MPEG-2's, with LC and SSR behind it
	objectAACSSR  = 0x68
	objectMP3Low  = 0x69 // of ISO/IEC 13818-3
	objectMP3     = 0x6b // of ISO/IEC 11172-3
)

// A Descriptor is what is said of a stream.
type Descriptor struct {
	Object  byte   // objectTypeIndication
	BitRate int    // average, bits per second; 0 when not known
	Setting []byte // DecoderSpecificInfo, for AAC an AudioSpecificConfig: a part of what was parsed
}

// IsAAC says whether the stream is AAC, MPEG-4's or MPEG-2's.
func (d *Descriptor) IsAAC() bool {
	return d.Object == objectAAC || d.Object >= objectAACMain && d.Object <= objectAACSSR
}

// IsMP3 says whether the stream is MPEG audio of the older kind.
func (d *Descriptor) IsMP3() bool { return d.Object == objectMP3 || d.Object == objectMP3Low }

// Parse reads the first stream's descriptor in b. Lengths that reach behind b
// are cut to what is there. ok is false where there is none.
func Parse(b []byte) (d Descriptor, ok bool) {
	in := run(b)
	es := in.find(tagES)
	if len(es) < 3 {
		return d, false
	}
	// Fields in front of the next descriptor, by their flags.
	const dependsOnOther, hasAddress, hasClock = 0x80, 0x40, 0x20
	skip := 3
	if es[2]&dependsOnOther != 0 {
		skip += 2
	}
	if es[2]&hasAddress != 0 && skip < len(es) {
		skip += 1 + int(es[skip])
	}
	if es[2]&hasClock != 0 {
		skip += 2
	}
	in = run(es[min(skip, len(es)):])
	config := in.find(tagDecoderConfig)
	const head = 13
	if len(config) < head {
		return d, false
	}
	d.Object = config[0]
	d.BitRate = int(config[9]&0x7f)<<24 | int(config[10])<<16 | int(config[11])<<8 | int(config[12])
	in = run(config[head:])
	d.Setting = in.find(tagDecoderSetting)
	return d, true
}

// A run is what is left of descriptors that follow one another.
type run []byte

// find returns the body of the next one with this tag, cut to what is there,
// or nil.
func (r *run) find(tag byte) []byte {
	for b := *r; len(b) > 1; {
		is, n, i := b[0], 0, 1
		for ; i < len(b) && i < 5; i++ { // seven bits in each byte of the size
			n = n<<7 | int(b[i]&0x7f)
			if b[i]&0x80 == 0 {
				i++
				break
			}
		}
		body := b[min(i, len(b)):]
		n = min(n, len(body))
		b = body[n:]
		if *r = b; is == tag {
			return body[:n]
		}
	}
	return nil
}
