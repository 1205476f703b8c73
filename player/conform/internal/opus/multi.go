package opus

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"linnet/player/media"
)

// orders are the channels of Vorbis, which Opus has, too, and of WAV: left,
// center, right, sides (S, T), back (L, R, or b in the middle), and low (f).
var orders = map[int][2]string{
	1: {"l", "l"}, 2: {"lr", "lr"}, 3: {"lcr", "lrc"}, 4: {"lrLR", "lrLR"}, 5: {"lcrLR", "lrcLR"},
	6: {"lcrLRf", "lrcfLR"}, 7: {"lcrSTbf", "lrcfbST"}, 8: {"lcrSTLRf", "lrcfLRST"},
}

// decodeByReference has the reference decode each of the streams that a packet
// consists of, and puts the channels together in the order of WAV.
func decodeByReference(ref, dir string, s stream) ([]byte, error) {
	head := s.info.Config
	channels := s.info.Audio.Channels
	if head[18] == 0 {
		return opusDemo(ref, dir, channels, s.packets)
	}
	streams, coupled, mapping := int(head[19]), int(head[20]), head[21:]
	var decoded [][]byte // one for each decoded channel
	rest := slices.Clone(s.packets)
	for i := range streams {
		n := 1
		if i < coupled {
			n = 2
		}
		packets, err := split(rest, i < streams-1)
		if err != nil {
			return nil, err
		}
		pcm, err := opusDemo(ref, dir, n, packets)
		if err != nil {
			return nil, err
		}
		for c := range n {
			var one []byte
			for at := 2 * c; at < len(pcm); at += 2 * n {
				one = append(one, pcm[at], pcm[at+1])
			}
			decoded = append(decoded, one)
		}
	}
	out := make([]byte, len(decoded[0])*channels)
	for v, name := range orders[channels][0] {
		to := strings.IndexRune(orders[channels][1], name)
		for at, b := range decoded[mapping[v]] {
			out[(at/2*channels+to)*2+at%2] = b
		}
	}
	return out, nil
}

// split takes the first stream's packets off those of several: RFC 6716 appendix
// B, of packets with one frame, as opusenc makes them.
func split(rest []media.Packet, delimited bool) (first []media.Packet, err error) {
	for i := range rest {
		p := &rest[i]
		if !delimited {
			first = append(first, *p)
			continue
		}
		if len(p.Data) < 3 || p.Data[0]&3 != 0 {
			return nil, fmt.Errorf("packet %d is not of one frame", i)
		}
		n, at := int(p.Data[1]), 2
		if n >= 252 {
			n, at = n+4*int(p.Data[2]), 3
		}
		first = append(first, media.Packet{Data: append([]byte{p.Data[0]}, p.Data[at:at+n]...)})
		p.Data = p.Data[at+n:]
	}
	return first, nil
}

// opusDemo decodes packets to 16-bit samples.
func opusDemo(ref, dir string, channels int, packets []media.Packet) ([]byte, error) {
	var b []byte
	for _, p := range packets {
		b = binary.BigEndian.AppendUint32(b, uint32(len(p.Data)))
		b = binary.BigEndian.AppendUint32(b, 0) // the range is not compared
		b = append(b, p.Data...)
	}
	bits, pcm := filepath.Join(dir, "stream.bit"), filepath.Join(dir, "ref.pcm")
	if err := os.WriteFile(bits, b, 0o600); err != nil {
		return nil, err
	}
	if err := runQuietly(ref, "-d", "48000", fmt.Sprint(channels), bits, pcm); err != nil {
		return nil, err
	}
	return os.ReadFile(pcm)
}
