package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"linnet/deploy/bench/meter"
	"linnet/deploy/bench/peers"
)

// TestWorks looks at the table: whoever adds a line is told what is wrong.
func TestWorks(t *testing.T) {
	seen := map[string]bool{}
	for _, w := range works() {
		if w.key == "" || w.name == "" || w.ext == "" || seen[w.key] {
			t.Errorf("%+v: a key, a name and an extension, and each key once", w)
		}
		seen[w.key] = true
		if !slices.Contains(w.encode, "IN") && !slices.Contains(w.encode, "SECONDS") || !slices.Contains(w.encode, "OUT") {
			t.Errorf("%s: %q encodes nothing", w.key, w.encode)
		}
		if len(w.board) == 0 {
			t.Errorf("%s: nobody to be compared with", w.key)
		}
		for _, c := range slices.Concat(w.board, w.desktop) {
			named := c.stdin || slices.ContainsFunc(c.args, func(a string) bool { return strings.HasPrefix(a, "FILE") })
			if c.name == "" || c.name == oursName || len(c.args) == 0 || !named {
				t.Errorf("%s: %+v: a name, and a command that names FILE or reads its standard input", w.key, c)
			}
		}
		for _, c := range w.board {
			if !strings.HasPrefix(c.args[0], "ROOT/") && !strings.HasPrefix(c.args[0], "BUILT/") {
				t.Errorf("%s: %s: no ARM program", w.key, c.args[0])
			}
		}
	}
}

func TestChoose(t *testing.T) {
	if all, err := choose(nil); err != nil || len(all) != len(works()) {
		t.Errorf("%d works, %v", len(all), err)
	}
	got, err := choose([]string{"flac-5", "mp3-128"})
	if err != nil || len(got) != 2 || got[0].key != "flac-5" || got[1].key != "mp3-128" {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := choose([]string{"mp4"}); err == nil {
		t.Error("there is an mp4")
	}
}

func TestParse(t *testing.T) {
	for _, c := range []struct {
		args   string
		report string // that it writes
		works  int
		ok     bool
	}{
		{"-o FILE", "FILE", len(works()), true},
		{"-o FILE flac-5", "", 1, true}, // a part is no report
		{"-o FILE -half board", "", len(works()), true},
		{"-half third", "", 0, false},
		{"-top x", "", 0, false},
		{"dance", "", 0, false},
	} {
		o, err := parse(io.Discard, strings.Fields(c.args))
		if (err == nil) != c.ok || c.ok && (o.report != c.report || len(o.works) != c.works) {
			t.Errorf("%s: %+v, %v", c.args, o, err)
		}
	}
	var said bytes.Buffer
	if err := run(t.Context(), &said, []string{"--help"}); err != nil || !strings.Contains(said.String(), "flac-5") {
		t.Errorf("help: %q, %v", said.String(), err)
	}
}

func TestPut(t *testing.T) {
	b := &bench{peers: peers.Set{Root: "/r", Built: "/b"}, goDecoders: "/g", host: "/host", arm: "/arm"}
	p := b.program(tell("x", "ROOT/usr/bin/x -c FILE.packets -"), "/f")
	if want := []string{"/r/usr/bin/x", "-c", "/f.packets", "-"}; !slices.Equal(p.Args, want) || p.Root != "/r" || p.Stdin != "" {
		t.Errorf("%+v", p)
	}
	p = b.program(contestant{name: "x", args: []string{"BUILT/x"}, stdin: true}, "/f")
	if !slices.Equal(p.Args, []string{"/b/x"}) || p.Root != "" || p.Stdin != "/f" {
		t.Errorf("%+v", p)
	}
	if got := b.put(work{}.ours(), "/f", b.host); got[0] != "/host" || got[len(got)-1] != "/f" {
		t.Errorf("%q", got)
	}
}

// example has two works; in one of them a contestant failed.
func example() []result {
	return []result{
		{work{name: "MP3, 128 kbit/s"}, []row{
			{name: "madplay", costs: []float64{18.02, 36}},
			{name: "mpg123", costs: []float64{13.9, 24}},
			{name: oursName, costs: []float64{12, 18}},
		}},
		{work{name: "Vorbis"}, []row{
			{name: "Tremor", err: errors.New("it fell over")},
			{name: oursName, costs: []float64{16, 27}},
		}},
		{work{name: "FLAC"}, []row{
			{name: "flac", costs: []float64{8.7, 12.8}},
			{name: oursName, costs: []float64{10, 16}},
		}},
	}
}

func TestTable(t *testing.T) {
	var got strings.Builder
	boardLayout.print(&got, example())
	want := `MP3, 128 kbit/s   Minsn/s Mcycles/s
  madplay            18.0      36.0  ███████████████████████▒████████████
  mpg123             13.9      24.0  ███████████████████████│
  Linnet             12.0      18.0  ██████████████████     │              25 % less than mpg123
Vorbis
  Tremor         failed: it fell over
  Linnet             16.0      27.0  ███████████████████████████
FLAC
  flac                8.7      12.8  ████████████│
  Linnet             10.0      16.0  ████████████▒███                      25 % more than flac
`
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
}

func TestBar(t *testing.T) {
	for _, c := range []struct {
		n, mark int
		want    string
	}{{1, -1, "█"}, {3, 2, "██│"}, {4, 2, "██▒█"}, {1, 2, "█ │"}} {
		if got := strings.TrimRight(bar(c.n, c.mark), " "); got != c.want {
			t.Errorf("%d with a mark at %d: %q", c.n, c.mark, got)
		}
	}
	if n := len([]rune(bar(3, 1))); n != barWidth {
		t.Errorf("a bar is %d wide", n)
	}
	if cells(0.001, 100) != 1 || cells(100, 100) != barWidth {
		t.Error("the shortest bar has a cell, the longest all")
	}
}

func TestCompare(t *testing.T) {
	all := []contestant{{name: "fast"}, {name: "broken"}, {name: oursName}}
	times := [][]float64{{100, 400, 90}, nil, {200, 400, 60}}
	got := compare(work{}, all, times, []error{nil, errors.New("broken"), nil})
	if r := got.rows[0]; r.cost() != 100 || r.factor != 1 { // factors 0.5, 1, 1.5
		t.Errorf("%+v", r)
	}
	if r := got.rows[1]; r.err == nil {
		t.Errorf("%+v", r)
	}
	if r := got.rows[2]; r.cost() != 200 || r.factor != 1 {
		t.Errorf("%+v", r)
	}
	got = compare(work{}, all, times, []error{nil, errors.New("broken"), errors.New("ours is broken")})
	if got.rows[2].err == nil || got.rows[0].factor != 0 {
		t.Errorf("%+v", got)
	}
	if median([]float64{4, 1, 3, 2}) != 2.5 || median([]float64{3, 1, 2}) != 2 {
		t.Error("that is no median")
	}
}

// TestOpened looks at the files that are only opened.
func TestOpened(t *testing.T) {
	seen := map[string]bool{}
	for _, w := range slices.Concat(works(), opened()) {
		if w.key == "" || w.name == "" || w.ext == "" || seen[w.key] || !slices.Contains(w.encode, "OUT") {
			t.Errorf("%+v: a key, a name, an extension and a command, and each key once", w)
		}
		seen[w.key] = true
	}
	o := options{works: works()}
	all := o.opened()
	if len(all) <= len(opened()) || slices.ContainsFunc(all, func(w work) bool { return w.key == "mpeg1" }) {
		t.Errorf("%d are opened, or video is among them", len(all))
	}
	if o.works = o.works[:1]; len(o.opened()) != 1 {
		t.Errorf("of one work: %+v", o.opened())
	}
}

func TestFirst(t *testing.T) {
	bare := meter.Count{Instructions: 800_000, Cycles: 1_300_000}
	all := []first{
		newFirst("MP3", bare, meter.Count{Instructions: 2_050_000, Cycles: 3_300_000}, nil),
		newFirst("Vorbis", bare, meter.Count{Instructions: 5_800_000, Cycles: 9_000_000}, nil),
		newFirst("none", bare, bare, nil),
		newFirst("FLAC", bare, meter.Count{}, errors.New("it fell over")),
	}
	var got strings.Builder
	printFirst(&got, all)
	want := `           Minsn   Mcycles
MP3         1.25      2.00  █████████                          │
Vorbis  failed: it takes 5.0 million instructions, and 5 is the most
none    failed: it did not open the file
FLAC    failed: it fell over
`
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
	if err := (report{first: all}).failure(); err == nil || !strings.HasPrefix(err.Error(), "3 could not") {
		t.Errorf("three failed: %v", err)
	}
}

func TestReport(t *testing.T) {
	r := report{board: example(), took: 125 * time.Second}
	var said strings.Builder
	r.print(&said)
	if !strings.Contains(said.String(), "2:05 min") || strings.Contains(said.String(), "On this machine") {
		t.Errorf("%s", said.String())
	}
	if err := r.failure(); err == nil || !strings.HasPrefix(err.Error(), "1 could not") {
		t.Errorf("one failed: %v", err)
	}
	file := filepath.Join(t.TempDir(), "BENCHMARKS.md")
	b := &bench{peers: peers.Set{Versions: []string{"mplayer 1.5"}}}
	if err := r.write(t.Context(), file, b); err != nil {
		t.Fatal(err)
	}
	doc, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"`make bench`", "- mplayer 1.5\n", "25 % less than mpg123", "```\n\n## What was measured"} {
		if !strings.Contains(string(doc), want) {
			t.Errorf("without %q:\n%s", want, doc)
		}
	}
}

func TestProfileTable(t *testing.T) {
	var got strings.Builder
	printProfile(&got, "MP3", []meter.Function{{Name: "window", Instructions: 2e6, Cycles: 3e6}, {Name: "rest", Instructions: 1e6, Cycles: 1e6}}, 1)
	if s := got.String(); !strings.Contains(s, " 75.00 %      3.0      2.0  window\n") || strings.Contains(s, "rest") || !strings.Contains(s, "4.0      3.0\n") {
		t.Errorf("%s", s)
	}
}

// page is a page of an Ogg file with packets; the last goes on in the next page
// where it says so.
func page(goesOn bool, packets ...[]byte) []byte {
	var lacing, body []byte
	for i, p := range packets {
		body = append(body, p...)
		n := len(p)
		for ; n >= 255; n -= 255 {
			lacing = append(lacing, 255)
		}
		if !goesOn || i < len(packets)-1 {
			lacing = append(lacing, byte(n))
		}
	}
	b := append([]byte("OggS"), make([]byte, 22)...)
	b = append(b, byte(len(lacing)))
	return append(append(b, lacing...), body...)
}

func TestOpusDemoFile(t *testing.T) {
	big := bytes.Repeat([]byte{7}, 255)
	ogg := slices.Concat(page(false, []byte("OpusHead..")), page(false, []byte("OpusTags..")),
		page(true, []byte("one"), big), page(false, []byte("two"), nil))
	file := filepath.Join(t.TempDir(), "x.opus")
	if err := os.WriteFile(file, ogg, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := opusDemoFile(file); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(file + ".packets")
	if err != nil {
		t.Fatal(err)
	}
	var want []byte
	for _, p := range [][]byte{[]byte("one"), append(big, "two"...), nil} {
		want = binary.BigEndian.AppendUint64(want, uint64(len(p))<<32)
		want = append(want, p...)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("got % x", got)
	}
	for _, bad := range [][]byte{ogg[:len(ogg)-1], ogg[:30], append([]byte("no"), ogg...), page(false, []byte("x"), []byte("y"))} {
		if err := os.WriteFile(file, bad, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := opusDemoFile(file); err == nil {
			t.Errorf("%d bytes that are no Opus in Ogg are accepted", len(bad))
		}
	}
}

// TestMusic encodes FLAC, which every machine that tests has, and does not
// encode it again.
func TestMusic(t *testing.T) {
	l, err := openLibrary(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	w, err := choose([]string{"flac-5"})
	if err != nil {
		t.Fatal(err)
	}
	if err := l.add(t.Context(), w[0], 1); err != nil {
		if strings.Contains(err.Error(), "executable file not found") {
			t.Skip(err)
		}
		t.Fatal(err)
	}
	before, err := os.Stat(l.file(w[0], 1))
	if err != nil || before.Size() < 10_000 {
		t.Fatalf("%v, %v", before, err)
	}
	if err := l.add(t.Context(), w[0], 1); err != nil {
		t.Fatal(err)
	}
	if after, err := os.Stat(l.file(w[0], 1)); err != nil || !os.SameFile(before, after) {
		t.Errorf("it was encoded again: %v", err)
	}
	broken := work{key: "x", ext: "x", encode: []string{"false", "IN", "OUT"}}
	if err := l.add(t.Context(), broken, 1); err == nil {
		t.Error("an encoder that fails made a file")
	}
}
