package golines

import (
	"bytes"
	"compress/zlib"
	"debug/elf"
	"encoding/binary"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// compile makes a program of testdata/trace.go.
func compile(t *testing.T, env ...string) []byte {
	t.Helper()
	out := filepath.Join(t.TempDir(), "trace")
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", out, "testdata/trace.go")
	cmd.Env = append(os.Environ(), append([]string{"CGO_ENABLED=0", "GOFLAGS=", "GOOS=linux"}, env...)...)
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	b, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestPrograms: what is stripped does what it did, says no lines, and is
// smaller when it is compressed.
func TestPrograms(t *testing.T) {
	for _, p := range []struct{ name, emulator string }{{"amd64", ""}, {"arm", "qemu-arm"}, {"arm64", "qemu-aarch64"}} {
		t.Run(p.name, func(t *testing.T) {
			if p.emulator == "" && elfMachine(t) != elf.EM_X86_64 {
				t.Skip("this is no amd64")
			}
			if _, err := exec.LookPath(p.emulator); p.emulator != "" && err != nil {
				t.Skip("the program is not run: ", err)
			}
			program := compile(t, "GOARCH="+p.name, "GOARM=5")
			stripped, err := Strip(program)
			if err != nil {
				t.Fatal(err)
			}
			if len(stripped) != len(program) {
				t.Errorf("%d bytes have become %d", len(program), len(stripped))
			}
			if a, b := packed(t, program), packed(t, stripped); b > a*94/100 {
				t.Errorf("packed, %d bytes have become %d", a, b)
			}
			before, after := say(t, p.emulator, program), say(t, p.emulator, stripped)
			if !strings.Contains(before, "trace.go:") || strings.Contains(after, ".go:") {
				t.Errorf("it said\n%s\nand says\n%s", before, after)
			}
			if !strings.Contains(before, "main.inlined(...)") || strings.Contains(after, "inlined") {
				t.Errorf("it said\n%s\nand says\n%s", before, after)
			}
			for _, want := range []string{"101 assignment to entry in nil map\n", "panic: on purpose", "main.deepest(...)", "main.main()"} {
				if want = strings.ReplaceAll(want, "...", ""); !strings.Contains(after, want) {
					t.Errorf("it does not say %q but\n%s", want, after)
				}
			}
			if a, b := offsets(before), offsets(after); len(a) == 0 || !slices.Equal(a, b) {
				t.Errorf("calls from %q, and from %q without lines", a, b)
			}
		})
	}
}

// offsets are those of the calls in a trace, which addr2line takes.
func offsets(trace string) []string {
	return regexp.MustCompile(`\+0x[0-9a-f]+`).FindAllString(trace, -1)
}

func elfMachine(t *testing.T) elf.Machine {
	t.Helper()
	f, err := elf.Open("/proc/self/exe")
	if err != nil {
		t.Skip("it is not known what this machine runs: ", err)
	}
	defer f.Close()
	return f.Machine
}

// say runs a program, which ends with a panic, and returns what it says.
func say(t *testing.T, emulator string, program []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "program")
	if err := os.WriteFile(path, program, 0o755); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path)
	if emulator != "" {
		cmd = exec.Command(emulator, path)
	}
	out, err := cmd.CombinedOutput()
	var status *exec.ExitError
	if !errors.As(err, &status) || status.ExitCode() != 2 {
		t.Errorf("it ends with %v", err)
	}
	return string(out)
}

func packed(t *testing.T, b []byte) int {
	t.Helper()
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Len()
}

// TestTogether: what is left of the table lies at the start of its parts, and each
// function has the same maps of the stack as before.
func TestTogether(t *testing.T) {
	program := compile(t, "GOARCH=arm", "GOARM=5")
	stripped, err := Strip(program)
	if err != nil {
		t.Fatal(err)
	}
	before, after := tableOf(t, program), tableOf(t, stripped)
	if a, b := len(bytes.TrimRight(before.values, "\x00")), len(bytes.TrimRight(after.values, "\x00")); b > a/2 {
		t.Errorf("of %d bytes of values are left %d", a, b)
	}
	if a, b := len(bytes.TrimRight(before.records, "\x00")), len(bytes.TrimRight(after.records, "\x00")); b >= a {
		t.Errorf("of %d bytes of records are left %d", a, b)
	}
	for i := range before.count {
		a, errA := before.record(i)
		b, errB := after.record(i)
		if errA != nil || errB != nil || !bytes.Equal(a.fixed[:recordTables], b.fixed[:recordTables]) {
			t.Fatalf("function %d: %v, %v", i, errA, errB)
		}
		for k := 0; k < max(len(a.tables), len(b.tables)); k += 4 {
			if x, y := before.value(t, a.tables, k), after.value(t, b.tables, k); k != 4*inlineTable && !bytes.Equal(x, y) {
				t.Fatalf("function %d, table %d: % x, and was % x", i, k/4, y, x)
			}
		}
		if x, y := before.value(t, a.fixed[:recordTables+4], recordTables), after.value(t, b.fixed[:recordTables+4], recordTables); !bytes.Equal(x, y) {
			t.Fatalf("function %d, frames: % x, and were % x", i, y, x)
		}
		for k := 0; k < len(a.data); k += 4 {
			x, y := before.order.Uint32(a.data[k:]), uint32(none)
			if k < len(b.data) {
				y = after.order.Uint32(b.data[k:])
			}
			if k != 4*inlineData && x != y {
				t.Fatalf("function %d, data %d: %d, and was %d", i, k/4, y, x)
			}
		}
	}
}

func tableOf(t *testing.T, program []byte) *table {
	t.Helper()
	f, err := elf.NewFile(bytes.NewReader(program))
	if err != nil {
		t.Fatal(err)
	}
	s := f.Section(".gopclntab")
	tab, err := open(program[s.Offset:s.Offset+s.FileSize], f.ByteOrder)
	if err == nil {
		err = tab.describe(f, s, program)
	}
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

// value is the encoded table that an offset says, nil: there is none.
func (t *table) value(tb *testing.T, offsets []byte, at int) []byte {
	tb.Helper()
	if at >= len(offsets) || t.order.Uint32(offsets[at:]) == 0 {
		return nil
	}
	start := t.order.Uint32(offsets[at:])
	end, err := t.end(start)
	if err != nil {
		tb.Fatal(err)
	}
	return t.values[start:end]
}

// TestRefuses: what is damaged is an error, and nothing is written.
func TestRefuses(t *testing.T) {
	good := compile(t, "GOARCH=arm", "GOARM=5")
	f, err := elf.NewFile(bytes.NewReader(good))
	if err != nil {
		t.Fatal(err)
	}
	at := int(f.Section(".gopclntab").Offset)
	le := binary.LittleEndian
	records := at + int(le.Uint32(good[at+8+7*4:]))
	first := records + int(le.Uint32(good[records+4:]))
	for name, damage := range map[string]func(b []byte){
		"no magic number":        func(b []byte) { b[at]++ },
		"words of 5 bytes":       func(b []byte) { b[at+7] = 5 },
		"records outside":        func(b []byte) { le.PutUint32(b[at+8+7*4:], 1<<30) },
		"values before units":    func(b []byte) { le.PutUint32(b[at+8+6*4:], 0) },
		"too many functions":     func(b []byte) { le.PutUint32(b[at+8:], 1<<28) },
		"a function outside":     func(b []byte) { le.PutUint32(b[records+4:], 1<<31) },
		"too many of its tables": func(b []byte) { le.PutUint32(b[first+recordCount:], 1<<30) },
		"a table outside":        func(b []byte) { le.PutUint32(b[first+recordTables:], 1<<30) },
	} {
		b := bytes.Clone(good)
		damage(b)
		kept := bytes.Clone(b)
		if _, err := Strip(b); !errors.Is(err, ErrFormat) {
			t.Errorf("%s: %v", name, err)
		}
		if !bytes.Equal(b, kept) {
			t.Errorf("%s: the program is changed", name)
		}
	}
	if _, err := Strip([]byte("#!/bin/sh")); err == nil {
		t.Error("a script is taken for a program")
	}
	if again, err := Strip(good); err != nil {
		t.Error(err)
	} else if twice, err := Strip(again); err != nil || !bytes.Equal(again, twice) {
		t.Errorf("stripped twice it is another program: %v", err)
	}
}

func FuzzOpen(f *testing.F) {
	b := binary.LittleEndian.AppendUint32(nil, magic)
	b = append(b, 0, 0, 4, 4)
	for _, w := range []uint32{1, 0, 0, 40, 44, 48, 52, 60} {
		b = binary.LittleEndian.AppendUint32(b, w)
	}
	f.Add(append(b, make([]byte, 80)...))
	f.Fuzz(func(t *testing.T, b []byte) {
		table, err := open(bytes.Clone(b), binary.LittleEndian)
		if err == nil {
			err = table.strip()
		}
		if err != nil && !errors.Is(err, ErrFormat) {
			t.Errorf("%v is no error of the format", err)
		}
	})
}
