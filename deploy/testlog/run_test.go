package main

import (
	"strings"
	"testing"
)

// events makes the lines of go test -json of short ones: action, package,
// test, output, with | between.
func events(short ...string) string {
	var b strings.Builder
	for _, s := range short {
		f := append(strings.Split(s, "|"), "", "", "")
		b.WriteString(`{"Action":"` + f[0] + `","Package":"` + f[1] + `","Test":"` + f[2] + `","Output":"` + f[3] + `"}` + "\n")
	}
	return b.String()
}

func TestReport(t *testing.T) {
	for _, c := range []struct {
		name, in string
		ok       bool
		want     []string
		not      []string
	}{
		{
			name: "a pass is one line",
			in: events(`run|p|TestA`, `output|p|TestA|=== RUN   TestA\n`, `output|p|TestA|    a_test.go:3: chatter\n`,
				`output|p|TestA|--- PASS: TestA (0.00s)\n`, `pass|p|TestA`, `output|p||PASS\n`, `output|p||ok  \tp\t0.1s\n`, `pass|p`),
			ok:   true,
			want: []string{"ok    p: 1 passed (0s)\n", "1 packages, 1 passed\n"},
			not:  []string{"chatter", "PASS", "==="},
		},
		{
			name: "a cached pass says so",
			in:   events(`pass|p|TestA`, `output|p||ok  \tp\t(cached)\n`, `pass|p`),
			ok:   true,
			want: []string{"ok    p: 1 passed (cached)"},
		},
		{
			name: "a skip gives its reason",
			in:   events(`output|p|TestA|    a_test.go:3: no lame\n`, `output|p|TestA|        here\n`, `output|p|TestA|--- SKIP: TestA (0.00s)\n`, `skip|p|TestA`, `pass|p`),
			ok:   true,
			want: []string{"skip  p TestA: no lame here\n", "1 packages, 0 passed, 1 skipped\n"},
		},
		{
			name: "a skip without a reason is told apart",
			in:   events(`skip|p|TestA`, `pass|p`),
			ok:   true,
			want: []string{"it gives no reason"},
		},
		{
			name: "a note of a passing test is shown",
			in:   events(`output|p|TestA|    a_test.go:3: note: vectors missing\n`, `pass|p|TestA`, `pass|p`),
			ok:   true,
			want: []string{"note  p TestA: vectors missing\n"},
		},
		{
			name: "a failure says all that it said",
			in:   events(`output|p|TestA|    a_test.go:3: got 1\n`, `fail|p|TestA`, `pass|p|TestB`, `fail|p`, `pass|q`),
			want: []string{"FAIL  p TestA\n", "got 1", "FAIL  p (", "ok    q", ", 1 failed in p\n"},
		},
		{
			name: "a test that never ended is shown",
			in:   events(`run|p|TestA`, `output|p|TestA|    a_test.go:3: waiting\n`, `output|p||panic: test timed out\n`, `fail|p`),
			want: []string{"p TestA: did not end", "waiting", "timed out"},
		},
		{
			name: "what the compiler said is shown",
			in: `{"ImportPath":"p [p.test]","Action":"build-output","Output":"p.go:1: undefined: x\n"}` + "\n" +
				`{"ImportPath":"p [p.test]","Action":"build-fail"}` + "\n" + events(`output|p||FAIL\tp [build failed]\n`, `fail|p`),
			want: []string{"undefined: x", "FAIL  p ("},
		},
		{
			name: "a package without tests is not counted",
			in:   events(`output|q||?   \tq\t[no test files]\n`, `skip|q`, `pass|p|TestA`, `pass|p`),
			ok:   true,
			want: []string{"1 packages, 1 passed\n"},
			not:  []string{"q"},
		},
		{name: "nothing is no success", in: "", want: []string{"nothing ran"}},
		{name: "what is no event is passed on", in: "go: cannot find main module\n", want: []string{"go: cannot find main module\n"}},
		{name: "a last line without its end", in: strings.TrimSuffix(events(`pass|p`), "\n"), ok: true, want: []string{"1 packages"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out strings.Builder
			ok, err := report(strings.NewReader(c.in), &out)
			if err != nil || ok != c.ok {
				t.Errorf("ok %v, error %v; want ok %v", ok, err, c.ok)
			}
			for _, w := range c.want {
				if !strings.Contains(out.String(), w) {
					t.Errorf("lacks %q", w)
				}
			}
			for _, n := range c.not {
				if strings.Contains(out.String(), n) {
					t.Errorf("holds %q", n)
				}
			}
			if t.Failed() {
				t.Logf("all of it:\n%s", out.String())
			}
		})
	}
}
