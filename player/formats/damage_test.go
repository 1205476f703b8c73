package formats

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"linnet/player/media"
)

func readerOf(b []byte) io.ReaderAt { return bytes.NewReader(b) }

// lies are what a length is made: nothing, one, much and too much.
var lies = []uint32{0, 1, 0x7fffffff, 0xffffffff}

// damages are the ways in which a file is broken, each from a copy of it and a
// source of chance that is the same every time.
var damages = map[string]func(b []byte, r *rand.Rand) []byte{
	"cut off":   func(b []byte, r *rand.Rand) []byte { return b[:r.IntN(len(b))] },
	"cut early": func(b []byte, r *rand.Rand) []byte { return b[:r.IntN(min(len(b), 600))] },
	"a bit":     func(b []byte, r *rand.Rand) []byte { b[r.IntN(len(b))] ^= 1 << r.IntN(8); return b },
	"a bit of the head": func(b []byte, r *rand.Rand) []byte {
		b[r.IntN(min(len(b), 200))] ^= 1 << r.IntN(8)
		return b
	},
	"many bits": func(b []byte, r *rand.Rand) []byte {
		for range 1 + len(b)/500 {
			b[r.IntN(len(b))] ^= 1 << r.IntN(8)
		}
		return b
	},
	"a length in the head": func(b []byte, r *rand.Rand) []byte { return lie(b, r.IntN(min(len(b), 300)), r) },
	"a length at the end":  func(b []byte, r *rand.Rand) []byte { return lie(b, len(b)-1-r.IntN(min(len(b)-1, 1500)), r) },
	"a length":             func(b []byte, r *rand.Rand) []byte { return lie(b, r.IntN(len(b)), r) },
	"a hole": func(b []byte, r *rand.Rand) []byte {
		at := r.IntN(len(b))
		return append(b[:at], b[min(at+1+r.IntN(3000), len(b)):]...)
	},
	"zeros": func(b []byte, r *rand.Rand) []byte { at := r.IntN(len(b)); clear(b[at:min(at+2000, len(b))]); return b },
	"twice": func(b []byte, r *rand.Rand) []byte { return append(b[:r.IntN(len(b))], b...) },
	"junk in front": func(b []byte, r *rand.Rand) []byte {
		return append(bytes.Repeat([]byte{byte(r.IntN(256))}, 1+r.IntN(3000)), b...)
	},
}

// lie writes a wrong length at a place, in either byte order.
func lie(b []byte, at int, r *rand.Rand) []byte {
	v := binary.BigEndian.AppendUint32(nil, lies[r.IntN(len(lies))])
	if r.IntN(2) == 0 {
		v = binary.LittleEndian.AppendUint32(nil, lies[r.IntN(len(lies))])
	}
	copy(b[at:], v)
	return b
}

// Every file, broken in every way, plays to its end or to a clear error, in
// time and in little memory.
func TestEveryDamage(t *testing.T) {
	const tries = 2
	opened, refused := 0, 0
	for i, good := range everyFile(t) {
		t.Run(every[i].name, func(t *testing.T) {
			for name, damage := range damages {
				r := rand.New(rand.NewPCG(uint64(i), uint64(len(name))))
				for n := range tries {
					b := damage(bytes.Clone(good), r)
					switch err := timed(t, b); {
					case err == nil:
						opened++
					case explained(err):
						refused++
					default:
						t.Errorf("%s, %d: a %T: %v", name, n, err, err)
					}
				}
			}
		})
	}
	t.Logf("%d broken files were played to their end, %d refused", opened, refused)
	if opened == 0 || refused == 0 {
		t.Error("the damage is too little, or too much")
	}
}

// explained says whether an error is of one of the two kinds.
func explained(err error) bool {
	var f *media.FormatError
	var u *media.UnsupportedError
	return errors.As(err, &f) || errors.As(err, &u)
}

// timed is checkEnds within bounds.
func timed(t *testing.T, b []byte) error {
	t.Helper()
	const most = 64 << 20 // bytes allocated in all, for a file of some hundred thousand
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	err := checkEnds(t, b)
	runtime.ReadMemStats(&after)
	if d := time.Since(start); d > 20*time.Second {
		t.Errorf("it took %v", d)
	}
	if n := after.TotalAlloc - before.TotalAlloc; n > most {
		t.Errorf("%d bytes were allocated", n)
	}
	return err
}
