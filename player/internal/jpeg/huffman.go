package jpeg

import (
	"linnet/player/internal/bits"
	"linnet/player/internal/runlevel"
)

// lookup is how many bits are looked up at once.
const lookup = 9

// A Table is a Huffman table (F.2.2.3). Codes of up to lookup bits are found
// by one look-up.
type Table struct {
	raw    []byte // the segment that it was made of: 16 counts, and values
	quick  [1 << lookup]uint16
	Codes  runlevel.Codes     // as one for AC, see fuse
	sums   [1 << lookup]int16 // as one for DC: differences<<4 | length where both lie within lookup bits, else 0
	last   [18]int32          // the largest code of each length, left-justified to 16 bits; below 0 where none
	offset [17]int32          // what to add to a code of a length to find its value
}

// Set makes the table from its counts and values, as many as the
// counts say. It reports false where they make no code. The same ones cost nothing.
func (t *Table) Set(raw []byte) bool {
	if string(raw) == string(t.raw) {
		return true
	}
	t.raw = append(t.raw[:0], raw...)
	t.quick = [1 << lookup]uint16{}
	code, k := int32(0), int32(0)
	values := t.raw[16:]
	for n := 1; n <= 16; n++ {
		count := int32(t.raw[n-1])
		if code+count > 1<<n {
			t.raw = t.raw[:0]
			return false
		}
		t.offset[n] = k - code
		for range count {
			if n <= lookup {
				at := code << (lookup - n)
				for i := range int32(1) << (lookup - n) {
					t.quick[at+i] = uint16(values[k])<<8 | uint16(n)
				}
			}
			code++
			k++
		}
		t.last[n] = -1
		if count > 0 {
			t.last[n] = code<<(16-n) - 1
		}
		code <<= 1
	}
	t.fuse()
	return true
}

// fuse finds what each nine bits are, code and extra bits.
func (t *Table) fuse() {
	for i := range t.Codes {
		t.Codes[i], t.sums[i] = 0, 0
		n, run, size := int(t.quick[i]&255), runlevel.Code(t.quick[i]>>12), int(t.quick[i]>>8&15)
		switch {
		case n == 0 || size == 0 && run == 15:
		case size == 0:
			t.Codes[i] = runlevel.Last | runlevel.Code(n)
		case n+size > lookup:
			t.Codes[i] = runlevel.Code(-size)<<16 | (run+1)<<8 | runlevel.Code(n)
		default:
			v := Extend(int32(i)>>(lookup-n-size)&(1<<size-1), size)
			t.Codes[i] = runlevel.Code(max(v, -v))<<16 | (run+1)<<8 | runlevel.Code(n+size)
			if v < 0 {
				t.Codes[i] |= runlevel.Negative
			}
			t.sums[i] = int16(v<<4) | int16(n+size)
		}
		if n > 0 && size == 0 {
			t.sums[i] = int16(n)
		}
	}
}

// Extend is EXTEND of F.2.2.1.
func Extend(v int32, size int) int32 {
	if v>>(size-1) == 0 {
		v -= 1<<size - 1
	}
	return v
}

// Find is the value whose code the 16 bits of w begin with, and the code's length,
// which is 0 where no code begins so.
func (t *Table) Find(w uint32) (value, length int) {
	if q := t.quick[w>>(16-lookup)]; q != 0 {
		return int(q >> 8), int(q & 255)
	}
	for n := lookup + 1; n <= 16; n++ {
		if int32(w) <= t.last[n] {
			k := int32(w)>>(16-n) + t.offset[n]
			if k < 0 || int(k) >= len(t.raw)-16 {
				return 0, 0
			}
			return int(t.raw[16+k]), n
		}
	}
	return 0, 0
}

// Next reads a value, or returns below 0 where no code begins so.
func (t *Table) Next(r *bits.Reader) int {
	v, n := t.Find(r.Peek(16))
	if n == 0 {
		return -1
	}
	r.Skip(n)
	return v
}

// Difference reads a DC coefficient's difference (F.2.2.1).
func (t *Table) Difference(r *bits.Reader) (diff int32, ok bool) {
	if v := t.sums[r.Peek(lookup)]; v != 0 {
		r.Skip(int(v & 15))
		return int32(v) >> 4, true
	}
	size := t.Next(r)
	if size < 0 || size > 15 {
		return 0, false
	}
	if size > 0 {
		diff = Extend(int32(r.Bits(size)), size)
	}
	return diff, true
}

// The tables of annex K.3: counts and values, as Set takes them.
const (
	DCLuma   = "\x00\x01\x05\x01\x01\x01\x01\x01\x01\x00\x00\x00\x00\x00\x00\x00" + dcValues
	DCChroma = "\x00\x03\x01\x01\x01\x01\x01\x01\x01\x01\x01\x00\x00\x00\x00\x00" + dcValues
	dcValues = "\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b"
	ACLuma   = "\x00\x02\x01\x03\x03\x02\x04\x03\x05\x05\x04\x04\x00\x00\x01\x7d" +
		"\x01\x02\x03\x00\x04\x11\x05\x12\x21\x31\x41\x06\x13\x51\x61\x07" +
		"\x22\x71\x14\x32\x81\x91\xa1\x08\x23\x42\xb1\xc1\x15\x52\xd1\xf0" +
		"\x24\x33\x62\x72\x82\x09\x0a\x16\x17\x18\x19\x1a\x25\x26\x27\x28" +
		"\x29\x2a\x34\x35\x36\x37\x38\x39\x3a\x43\x44\x45\x46\x47\x48\x49" +
		"\x4a\x53\x54\x55\x56\x57\x58\x59\x5a\x63\x64\x65\x66\x67\x68\x69" +
		"\x6a\x73\x74\x75\x76\x77\x78\x79\x7a\x83\x84\x85\x86\x87\x88\x89" +
		"\x8a\x92\x93\x94\x95\x96\x97\x98\x99\x9a\xa2\xa3\xa4\xa5\xa6\xa7" +
		"\xa8\xa9\xaa\xb2\xb3\xb4\xb5\xb6\xb7\xb8\xb9\xba\xc2\xc3\xc4\xc5" +
		"\xc6\xc7\xc8\xc9\xca\xd2\xd3\xd4\xd5\xd6\xd7\xd8\xd9\xda\xe1\xe2" +
		"\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xea\xf1\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9\xfa"
	ACChroma = "\x00\x02\x01\x02\x04\x04\x03\x04\x07\x05\x04\x04\x00\x01\x02\x77" +
		"\x00\x01\x02\x03\x11\x04\x05\x21\x31\x06\x12\x41\x51\x07\x61\x71" +
		"\x13\x22\x32\x81\x08\x14\x42\x91\xa1\xb1\xc1\x09\x23\x33\x52\xf0" +
		"\x15\x62\x72\xd1\x0a\x16\x24\x34\xe1\x25\xf1\x17\x18\x19\x1a\x26" +
		"\x27\x28\x29\x2a\x35\x36\x37\x38\x39\x3a\x43\x44\x45\x46\x47\x48" +
		"\x49\x4a\x53\x54\x55\x56\x57\x58\x59\x5a\x63\x64\x65\x66\x67\x68" +
		"\x69\x6a\x73\x74\x75\x76\x77\x78\x79\x7a\x82\x83\x84\x85\x86\x87" +
		"\x88\x89\x8a\x92\x93\x94\x95\x96\x97\x98\x99\x9a\xa2\xa3\xa4\xa5" +
		"\xa6\xa7\xa8\xa9\xaa\xb2\xb3\xb4\xb5\xb6\xb7\xb8\xb9\xba\xc2\xc3" +
		"\xc4\xc5\xc6\xc7\xc8\xc9\xca\xd2\xd3\xd4\xd5\xd6\xd7\xd8\xd9\xda" +
		"\xe2\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xea\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9\xfa"
)
