package armv4t

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// gobuild builds a program of testdata for the oldest ARM that Go has.
func gobuild(t *testing.T, name string, flags ...string) []byte {
	t.Helper()
	out := filepath.Join(t.TempDir(), name)
	args := append([]string{"build", "-trimpath", "-buildvcs=false", "-o", out}, flags...)
	cmd := exec.Command("go", append(args, "./testdata/"+name)...)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS=linux", "GOARCH=arm", "GOARM=5")
	if msg, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, msg)
	}
	file, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// TestPrograms runs what asks much of the runtime, stripped and not, and with
// the thunks in a segment of their own, and compares with the same program as
// it is on a newer CPU.
func TestPrograms(t *testing.T) {
	needs(t, "qemu-arm")
	for _, c := range []struct {
		name    string
		flags   []string
		segment bool
	}{
		{"stripped", []string{"-ldflags=-s -w"}, false},
		{"with symbols", nil, false},
		// Pages of 4 KB leave less padding than the thunks need.
		{"no padding", []string{"-ldflags=-R=0x1000"}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			file := gobuild(t, "demands", c.flags...)
			low, sum := mustLower(t, file)
			t.Logf("%v, %d bytes", sum.Sites, sum.Bytes)
			if sum.Segment != c.segment {
				t.Errorf("a segment of its own: %v", sum.Segment)
			}
			onlySitesChanged(t, file, low, sum)
			if _, errs, err := onARM(t, armv4tCPU, file, "hello"); err == nil || !strings.Contains(errs, "Illegal instruction") {
				t.Errorf("as it is it runs on ARMv4T, or dies otherwise: %v %s", err, errs)
			}
			all := c.flags == nil
			for _, demand := range demandNames {
				if all || slices.Contains(briefly, demand) {
					t.Run(demand, func(t *testing.T) { same(t, file, low, demand, all) })
				}
			}
		})
	}
}

var demandNames = []string{"hello", "divide", "float", "bits", "maps", "gc", "goroutines", "preempt", "recover", "panic", "nil", "signal", "profile", "timers", "atomics", "big", "reflect"}

// briefly is what is asked of the variants.
var briefly = []string{"hello", "divide", "goroutines", "panic", "nil", "preempt"}

// same runs a program both ways.
func same(t *testing.T, file, low []byte, demand string, both bool) {
	out, errs, err := onARM(t, armv4tCPU, low, demand)
	fails := demand == "panic" || demand == "nil"
	if (err != nil) != fails {
		t.Fatalf("%v %s%s", err, out, errs)
	}
	if fails {
		// The traceback goes through a call that was lowered, to its caller.
		if !strings.Contains(errs, "main.main()") || strings.Contains(errs, "unknown pc") {
			t.Errorf("the traceback is not whole:\n%s", errs)
		}
	} else if out == "" || strings.Contains(out, "false") || strings.Contains(out, "wrong") {
		t.Errorf("it says %q", out)
	}
	if !both {
		return
	}
	want, _, _ := onARM(t, "", file, demand)
	if out != want {
		t.Errorf("it says %q, as it is %q", out, want)
	}
	if demand != "hello" {
		return
	}
	if later, _, err := onARM(t, "", low, demand); err != nil || later != want {
		t.Errorf("lowered it says %q on a newer CPU: %v", later, err)
	}
}

// onlySitesChanged compares the code before and after, word by word: those that
// differ must be instructions that ARMv4T lacks, as many as were counted.
func onlySitesChanged(t *testing.T, file, low []byte, sum *Summary) {
	t.Helper()
	before, err := parse(file)
	if err != nil {
		t.Fatal(err)
	}
	after, err := parse(low)
	if err != nil {
		t.Fatal(err)
	}
	w, err := before.walk()
	if err != nil {
		t.Fatal(err)
	}
	changed := 0
	for _, s := range before.sections {
		for a := s.addr; a < s.end(); a += 4 {
			if s.word(a) == after.word(a) {
				continue
			}
			changed++
			if m := *w.mark(a); m != isCode || !classify(s.word(a)).need.newer() {
				t.Errorf("%#x, %08x, marked %d, became %08x", a, s.word(a), m, after.word(a))
			}
		}
	}
	if changed != sum.Total() {
		t.Errorf("%d words of code changed, %d were counted", changed, sum.Total())
	}
	for i, s := range before.elf.Sections {
		if s.Name == ".text" || s.Name == ".shstrtab" || s.Size == 0 {
			continue
		}
		a := after.elf.Sections[i]
		x, _ := s.Data()
		y, _ := a.Data()
		if string(x) != string(y) || s.Addr != a.Addr {
			t.Errorf("section %s changed", s.Name)
		}
	}
}

// TestGuards holds the list of guards against the runtime of this Go: each of
// them is needed, and what each names is there.
func TestGuards(t *testing.T) {
	r, err := Verify(gobuild(t, "demands"))
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, g := range r.Guarded {
		used[canonical(g.Func)] = true
	}
	for _, g := range guards {
		for _, f := range g.funcs {
			if !used[f] {
				t.Errorf("%s: nothing in it needs the guard", f)
			}
		}
	}
}
