package initd

import (
	"slices"
	"strings"
	"testing"
)

func TestParseCmdline(t *testing.T) {
	for _, c := range []struct {
		line string
		want params
		bad  string // part of the error
	}{
		{line: ""},
		{line: "console=ttyAMA0 quiet panic=-1\n"},
		{line: "quiet linnet.board=qemu-versatile\n", want: params{board: "qemu-versatile"}},
		{line: `linnet.args="--theme dark"`, want: params{args: []string{"--theme", "dark"}}},
		{line: `"linnet.args=--theme dark" x`, want: params{args: []string{"--theme", "dark"}}},
		{line: `linnet.args="--title 'a b' c\ d"`, want: params{args: []string{"--title", "a b", "c d"}}},
		{line: `linnet.run="decode --format md5 /media/x.mp3" linnet.end=reboot`,
			want: params{run: []string{"decode", "--format", "md5", "/media/x.mp3"}, again: true}},
		{line: `linnet.run=""`, want: params{run: []string{}}},
		{line: `linnet.run`, want: params{run: []string{}}},
		{line: "linnet.end=poweroff"},
		{line: "linnet.end=never", bad: "none of"},
		{line: "linnet.slot=b linnet.fallback=checksum", want: params{slot: "b", fallback: "checksum"}},
		{line: "linnet.slot=b linnet.trial=1 s3c2410_wdt.tmr_atboot=1", want: params{slot: "b", trial: true}},
		{line: "linnet.trial=yes", bad: "none of 0, 1"},
		{line: "linnet.slot=c", bad: "none of a, b"},
		{line: "linnet.fallback=whim", bad: "none of"},
		{line: "linnet.hostname=kitchen linnet.hostname=hall", want: params{host: "hall"}},
		{line: "linnet.bord=x linnet.hostname=a", want: params{host: "a"}, bad: "linnet.bord: there is no such parameter"},
		{line: `linnet.args="'a b"`, want: params{args: []string{"a b"}}, bad: "not closed"},
		{line: `linnet.args="a b`, want: params{args: []string{"a", "b"}}},
		{line: "linnet.board=a -- linnet.board=b", want: params{board: "a"}},
	} {
		got, err := parseCmdline(c.line)
		if got.board != c.want.board || got.host != c.want.host || got.again != c.want.again ||
			got.slot != c.want.slot || got.trial != c.want.trial || got.fallback != c.want.fallback ||
			!slices.Equal(got.args, c.want.args) || !slices.Equal(got.run, c.want.run) || (got.run == nil) != (c.want.run == nil) {
			t.Errorf("%s: %+v, want %+v", c.line, got, c.want)
		}
		if (err != nil) != (c.bad != "") || err != nil && !strings.Contains(err.Error(), c.bad) {
			t.Errorf("%s: error %v, want one with %q", c.line, err, c.bad)
		}
	}
}

// quote writes words as words reads them.
func quote(all []string) string {
	var b strings.Builder
	for _, w := range all {
		b.WriteString(" '" + strings.ReplaceAll(w, "'", `'\''`) + "'")
	}
	return b.String()
}

func FuzzCmdline(f *testing.F) {
	for _, s := range []string{
		`console=ttyAMA0 linnet.board=a linnet.args="--x 'y z' \a" linnet.run="decode"`, `"linnet.run=a b`, `linnet.args="'`, `" "`, `\`, `a"b c"d`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, _ := parseCmdline(s)
		for _, all := range [][]string{p.args, p.run} {
			again, err := words(quote(all))
			if err != nil || !slices.Equal(again, all) {
				t.Errorf("%q: words %q read again are %q, %v", s, all, again, err)
			}
		}
		fields := strings.Fields(s)
		if i := slices.Index(fields, "--"); i >= 0 {
			fields = fields[:i]
		}
		if got := splitCmdline(s); !strings.ContainsAny(s, "\"\v\f\r") && isASCII(s) && !slices.Equal(got, fields) {
			t.Errorf("%q: %q, want %q", s, got, fields)
		}
	})
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= 0x80 }) < 0
}
