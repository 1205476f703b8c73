package boot

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// harness is a program for this machine around the loader's inflate: rooms and
// streams come in, each behind its two lengths, and what they give goes out behind
// a byte that says whether it is right.
const harness = `
#include <stdio.h>
#include <stdlib.h>
#include "inflate.h"

int main(void)
{
	u32 sizes[2];

	while (fread(sizes, 4, 2, stdin) == 2) {
		u8 *in = malloc(sizes[1] + 1), *out = calloc(1, sizes[0] + 4);

		if (fread(in, 1, sizes[1], stdin) != sizes[1])
			return 1;
		putchar(inflate(in, sizes[1], out, sizes[0]));
		calls_relative((u32 *)out, sizes[0] / 4);
		fwrite(out, 1, sizes[0], stdout);
		free(in);
		free(out);
	}
	return 0;
}
`

// inflateAll runs streams through the harness.
func inflateAll(t *testing.T, rooms []int, streams [][]byte) (ok []bool, out [][]byte) {
	t.Helper()
	if _, err := exec.LookPath("cc"); err != nil {
		t.Skipf("inflate.c can't be compiled for this machine: %v", err)
	}
	dir := t.TempDir()
	if err := unpack(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "harness.c"), []byte(harness), 0o644); err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(dir, "harness")
	if said, err := exec.Command("cc", "-O1", "-Wall", "-Werror", "-fsanitize=address,undefined", "-fno-sanitize-recover", "-o", program,
		filepath.Join(dir, "harness.c"), filepath.Join(dir, "inflate.c")).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	var in, errs bytes.Buffer
	for i, s := range streams {
		binary.Write(&in, binary.LittleEndian, [2]uint32{uint32(rooms[i]), uint32(len(s))})
		in.Write(s)
	}
	cmd := exec.Command(program)
	cmd.Stdin, cmd.Stderr = &in, &errs
	all, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, errs.Bytes())
	}
	for _, n := range rooms {
		ok, out, all = append(ok, all[0] != 0), append(out, all[1:1+n]), all[1+n:]
	}
	return ok, out
}

// sample is data of a kind: code-like words, noise, or runs.
func sample(r *rand.Rand, n, kind int) []byte {
	b := make([]byte, n)
	for i := range b {
		switch kind {
		case 0:
			b[i] = byte(r.IntN(256))
		case 1:
			b[i] = byte(r.ExpFloat64() * 12)
		default:
			b[i] = byte(i / 300)
		}
	}
	return b
}

func deflated(t *testing.T, b []byte, level int) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, level)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestInflate unpacks all kinds of blocks: stored, with the fixed codes, with codes
// of their own, short and long.
func TestInflate(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var rooms []int
	var streams, want [][]byte
	for _, n := range []int{0, 1, 3, 100, 70_000, 300_000} {
		for kind := range 3 {
			for _, level := range []int{flate.NoCompression, flate.HuffmanOnly, flate.BestSpeed, flate.BestCompression} {
				b := sample(r, n, kind)
				code := bytes.Clone(b)
				callsAbsolute(code)
				rooms, streams, want = append(rooms, n), append(streams, deflated(t, code, level)), append(want, b)
			}
		}
	}
	ok, got := inflateAll(t, rooms, streams)
	for i := range want {
		if !ok[i] || !bytes.Equal(got[i], want[i]) {
			t.Errorf("stream %d, of %d bytes: %v, and %d bytes that are right", i, len(want[i]), ok[i], same(got[i], want[i]))
		}
	}
}

// same is how many bytes are the same until the first that is not.
func same(a, b []byte) (n int) {
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// TestInflateRefuses: streams that are cut, changed, or longer or shorter than
// their room do no harm, and what Go's inflate refuses is refused.
func TestInflateRefuses(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	var rooms []int
	var streams [][]byte
	good := deflated(t, sample(r, 3000, 1), flate.BestCompression)
	for n := range 200 {
		rooms, streams = append(rooms, 3000), append(streams, good[:len(good)*n/200])
	}
	rooms, streams = append(rooms, 2999, 3001), append(streams, good, good)
	for range 500 {
		bad := bytes.Clone(good)
		bad[r.IntN(len(bad))] ^= 1 << r.IntN(8)
		rooms, streams = append(rooms, 3000), append(streams, bad)
	}
	ok, out := inflateAll(t, rooms, streams)
	for i := range streams {
		var want bytes.Buffer
		_, err := want.ReadFrom(flate.NewReader(bytes.NewReader(streams[i])))
		if right := err == nil && want.Len() == rooms[i]; ok[i] && !right && i < 202 {
			t.Errorf("stream %d is taken: Go says %v, %d bytes", i, err, want.Len())
		} else if right {
			calls := want.Bytes()
			if relative := relativeAgain(calls); !ok[i] || !bytes.Equal(relative, out[i]) {
				t.Errorf("stream %d, which is one, is %v", i, ok[i])
			}
		}
	}
}

// relativeAgain is calls_relative.
func relativeAgain(code []byte) []byte {
	le := binary.LittleEndian
	for at := 0; at+4 <= len(code); at += 4 {
		if word := le.Uint32(code[at:]); word>>24 == 0xeb {
			le.PutUint32(code[at:], 0xeb000000|(word-uint32(at/4)-2)&0xffffff)
		}
	}
	return code
}
