package main

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"linnet/deploy/heard"
	"linnet/deploy/vm"
)

func TestTable(t *testing.T) {
	table := table{
		{"a picture", "0.8 s", "within 3 s", true},
		{"ein Stück", "12 frames | lost", "none", false},
		{"memory", "9 MB", "", true},
	}
	var out, text bytes.Buffer
	table.print(&out)
	table.markdown(&text)
	if want := "a picture  0.8 s             ok, within 3 s\n" +
		"ein Stück  12 frames | lost  FAILED, none\n" +
		"memory     9 MB              \n"; out.String() != want {
		t.Errorf("printed\n%swant\n%s", out.String(), want)
	}
	if !strings.Contains(text.String(), "| ein Stück | 12 frames \\| lost | none **failed** |\n") || table.failed() != 1 {
		t.Errorf("%d failed in\n%s", table.failed(), text.String())
	}
}

func TestChoose(t *testing.T) {
	all, err := choose(nil)
	short := slices.DeleteFunc(kinds(), func(k kind) bool { return k.long })
	if err != nil || len(all) != len(short) || slices.ContainsFunc(all, func(k kind) bool { return k.long }) {
		t.Errorf("without names: %d, %v", len(all), err)
	}
	if k, err := choose([]string{"kill", "play"}); err != nil || len(k) != 2 || k[0].name != "play" {
		t.Errorf("two: %v, %v", k, err)
	}
	for _, names := range [][]string{{"dance"}, {"play", "dance"}, {"play", "play"}} {
		if _, err := choose(names); err == nil {
			t.Errorf("%q can be tried", names)
		}
	}
	for _, k := range kinds() {
		for _, name := range k.images {
			if _, ok := recipes[name]; !ok {
				t.Errorf("%s boots %q, which nothing makes", k.name, name)
			}
		}
	}
}

// TestTableName: only the whole of it takes the place of the whole.
func TestTableName(t *testing.T) {
	for named, want := range map[string]string{
		"": "table.md", "load-mips": "table-load-mips.md", "flash-cuts": "table-flash-cuts.md", "flash-twice-faults-cuts-load": "table-flash-twice-faults-cuts-load.md",
		flashKinds("-"): "flash.md",
	} {
		if got := (&proof{named: named}).tableName(); got != want {
			t.Errorf("%q: %s, want %s", named, got, want)
		}
	}
	b, err := os.ReadFile("../../Makefile")
	if err != nil || !strings.Contains(string(b), "\nFLASH    ?= "+flashKinds(" ")+"\n") {
		t.Errorf("make flash-test tries other things than %s: %v", flashKinds(" "), err)
	}
}

func flashKinds(between string) string {
	var names []string
	for _, k := range kinds() {
		if k.fromFlash() {
			names = append(names, k.name)
		}
	}
	return strings.Join(names, between)
}

func TestConclude(t *testing.T) {
	for _, ok := range []bool{true, false} {
		p := &proof{dir: t.TempDir()}
		p.tell("a", "b")
		p.see("c", "d", "e", ok)
		var out bytes.Buffer
		err := p.conclude(&out)
		if (err == nil) != ok {
			t.Errorf("ok %v: %v", ok, err)
		}
		if want := map[bool]string{true: "\n2 passed, 0 failed\n", false: "\n1 passed, 1 failed\n"}[ok]; !strings.HasSuffix(out.String(), want) {
			t.Errorf("ok %v:\n%s", ok, out.String())
		}
		p.named = "load-mips"
		p.table = nil
		if err := p.conclude(&out); err != nil {
			t.Error(err)
		}
		if text, err := os.ReadFile(filepath.Join(p.dir, "table-load-mips.md")); err != nil || strings.Contains(string(text), "| c |") {
			t.Errorf("the table of some: %v\n%s", err, text)
		}
		if text, err := os.ReadFile(filepath.Join(p.dir, "table.md")); err != nil || !strings.Contains(string(text), "| c | d | e") {
			t.Errorf("the table: %v\n%s", err, text)
		}
	}
}

// What goes into a WAV file comes out of it, and only what QEMU writes is
// taken.
func TestSound(t *testing.T) {
	file := filepath.Join(t.TempDir(), "x.wav")
	pcm := []byte{1, 0, 2, 0, 3, 0, 0xff, 0xff}
	whole := wavFile(pcm)
	if err := os.WriteFile(file, whole, 0o666); err != nil {
		t.Fatal(err)
	}
	got, err := readSound(file, rate)
	if err != nil || len(got) != 2 || got[0] != 0x0002_0001 || got[1] != 0xffff_0003 {
		t.Errorf("%x, %v", got, err)
	}
	if r := heard.Compare(got, frames(pcm)); !r.Perfect() {
		t.Error(r)
	}
	for name, damage := range map[string]func(b []byte) []byte{
		"short": func(b []byte) []byte { return b[:20] },
		"mono":  func(b []byte) []byte { b[22] = 1; return b },
		"48000": func(b []byte) []byte { b[24]++; return b },
	} {
		if err := os.WriteFile(file, damage(bytes.Clone(whole)), 0o666); err != nil {
			t.Fatal(err)
		}
		if _, err := readSound(file, rate); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// A player that Debian has reads the header as it is meant.
func TestHeader(t *testing.T) {
	if _, err := exec.LookPath("ffprobe"); err != nil {
		t.Skip("the header is not shown to ffprobe: ", err)
	}
	file := filepath.Join(t.TempDir(), "x.wav")
	if err := os.WriteFile(file, wavFile(make([]byte, 4*rate)), 0o666); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("ffprobe", "-v", "error", "-of", "csv=p=0", "-show_entries", "stream=codec_name,sample_rate,channels,duration", file).CombinedOutput()
	if got := strings.TrimSpace(string(out)); err != nil || got != "pcm_s16le,44100,2,1.000000" {
		t.Errorf("%q, %v", got, err)
	}
}

func TestCopySparse(t *testing.T) {
	dir := t.TempDir()
	from, to := filepath.Join(dir, "a"), filepath.Join(dir, "b")
	for _, size := range []int{0, 1, 64 << 10, 200_000} {
		b := make([]byte, size)
		if size > 100_000 {
			copy(b[70_000:], "in the middle")
		}
		if err := os.WriteFile(from, b, 0o666); err != nil {
			t.Fatal(err)
		}
		os.Remove(to)
		if err := copySparse(to, from); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(to); err != nil || !bytes.Equal(got, b) {
			t.Errorf("%d bytes: another file, %v", size, err)
		}
	}
	if copySparse(to, filepath.Join(dir, "none")) == nil {
		t.Error("a file that is not there was copied")
	}
}

func TestDiffering(t *testing.T) {
	a, b := image.NewRGBA(image.Rect(0, 0, 20, 20)), image.NewRGBA(image.Rect(0, 0, 20, 20))
	b.Set(3, 3, color.White)
	b.Set(15, 3, color.White)
	if n := differing(a, b, image.Rect(0, 0, 10, 10)); n != 1 {
		t.Errorf("%d pixels differ", n)
	}
}

func TestConsole(t *testing.T) {
	if !jsonObject.MatchString(`{"board":"x","state":"paused"}`) || !memTotal.MatchString("MemTotal:          59084 kB") {
		t.Error("the console's answers are not known")
	}
	for kB, want := range map[int]string{24 << 10: "24 MB", 11000: "10.7 MB"} {
		if got := megabytes(kB); got != want {
			t.Errorf("%d kB are %q, want %q", kB, got, want)
		}
	}
}

func TestEnds(t *testing.T) {
	dir := t.TempDir()
	// qemu-arm stands for any way in which a program can end.
	for script, want := range map[string]syscall.Signal{"exit 0": 0, "kill -ILL $$": syscall.SIGILL} {
		if err := os.WriteFile(filepath.Join(dir, "qemu-arm"), []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
		t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
		if got, err := ends(context.Background(), "x"); got != want || err != nil {
			t.Errorf("%s: %v, %v", script, got, err)
		}
	}
}

// TestFilms reads what the player says at the end of a film, and judges by it.
func TestFilms(t *testing.T) {
	const line = "[   31.171493] linnet: film: shown 716, skipped 32, dropped 1, jumped 3, latest 77ms at 12.04s, late 29, idle 23 %"
	e, ok := endOfFilm(line)
	if !ok || e != (filmEnd{716, 32, 1, 3, 77 * time.Millisecond, "12.04s", 29, 23}) || e.whole() || e.punctual(mostLate) {
		t.Errorf("%+v, %v", e, ok)
	}
	if s := e.String(); s != "716 shown, 35 not decoded, 1 not shown, 29 more than 20 ms late, the latest 77ms, at 12.04s" {
		t.Error(s)
	}
	few := filmEnd{shown: 750, late: 15}
	if !few.punctual(setup{}.mayBeLate()) || few.punctual(setup{initrd: "load"}.mayBeLate()) || !(filmEnd{shown: 750}).punctual(0) {
		t.Error("what may be late is judged wrongly")
	}
	if _, ok := endOfFilm("linnet: queue: end"); ok {
		t.Error("the end of something else is taken for that of a film")
	}
	var r borne
	if err := r.read([]vm.Line{{Text: line}}); err != nil || r.film == nil || *r.film != e {
		t.Errorf("%+v, %v", r.film, err)
	}
	sound := heard.Report{Frames: 1}
	for _, c := range []struct {
		b    borne
		want bool
	}{
		{borne{heard: sound, output: loadOutput{LeastMS: 1600}}, true},
		{borne{heard: sound, output: loadOutput{LeastMS: 900}}, false},
		{borne{heard: sound, output: loadOutput{LeastMS: 1600}, film: &e}, false},
		{borne{heard: sound, film: &filmEnd{shown: 25 * filmSeconds}}, true},
		{borne{heard: sound, film: &filmEnd{shown: 25 * filmSeconds}, xruns: 1}, false},
	} {
		if got := c.b.holds(); got != c.want {
			t.Errorf("%+v holds: %v", c.b, got)
		}
	}
	p := &proof{slowFilm: []slowness{{name: "a.mpg", spare: 31, shift: 3, busy: 20, steps: true}}}
	var text strings.Builder
	if p.filmTable(&text); !strings.Contains(text.String(), "| a.mpg | 31 % | 125 MIPS (shift=3) | 100 MIPS |\n") {
		t.Error(text.String())
	}
}

// TestNearest compares pictures as they are drawn with those of a panel that stands
// upright.
func TestNearest(t *testing.T) {
	shot := image.NewRGBA(image.Rect(5, 7, 5+320, 7+240))
	for _, turn := range []int{0, 90} {
		pix := make([]byte, 320*240*2)
		for y := range 240 {
			for x := range 320 {
				v := uint16(x*211 + y*7919)
				at := y*320 + x
				if turn == 90 {
					at = x*240 + 239 - y
				}
				pix[2*at], pix[2*at+1] = byte(v), byte(v>>8)
				shot.SetRGBA(5+x, 7+y, color.RGBA{uint8(v>>11) << 3, uint8(v >> 5 & 63 << 2), uint8(v & 31 << 3), 255})
			}
		}
		if apart(shot, pix, turn, 1) != 0 || apart(shot, pix, 90-turn, 1) != 1 || apart(shot, pix[2:], turn, 7) != 7 {
			t.Errorf("turned by %d", turn)
		}
		other := bytes.Clone(pix)
		for i := range 5 {
			other[100+2*i]++
		}
		none, shots := image.NewRGBA(image.Rect(0, 0, 1, 1)), []*image.RGBA{shot}
		for _, c := range []struct {
			raw              []byte
			shots            []*image.RGBA
			most, at, differ int
		}{
			{slices.Concat(other, pix, other), shots, 1, 1, 0},
			{slices.Concat(make([]byte, len(pix)), other), append(shots, none), len(pix), 1, 5},
			{other, shots, 1, 0, 1},
			{pix, []*image.RGBA{none}, len(pix), 0, len(pix)},
		} {
			if at, differ := nearest(c.raw, len(pix), c.shots, turn, c.most); at != c.at || differ != c.differ {
				t.Errorf("turned by %d: picture %d, %d pixels; want %d, %d", turn, at, differ, c.at, c.differ)
			}
		}
	}
}

// TestScreensMusic: each album has a tag that says which it is, and a cover of its own.
func TestScreensMusic(t *testing.T) {
	tag := id3("Album 07")
	if size := int(tag[8])<<7 | int(tag[9]); string(tag[:3]) != "ID3" || size != len(tag)-10 {
		t.Errorf("the tag has %d bytes and tells of %d", len(tag)-10, size)
	}
	if !bytes.Contains(tag, []byte("TALB\x00\x00\x00\x09\x00\x00\x00Album 07TPE1")) {
		t.Errorf("the tag is %q", tag)
	}
	seen := map[string]bool{}
	for i := range albumsOnBoard {
		c := cover(i)
		if m, err := jpeg.Decode(bytes.NewReader(c)); err != nil || m.Bounds() != image.Rect(0, 0, 128, 128) {
			t.Fatalf("cover %d: %v", i, err)
		}
		seen[string(c)] = true
	}
	if len(seen) != albumsOnBoard {
		t.Errorf("%d covers are different", len(seen))
	}
	if m := uptime.FindStringSubmatch("27.25 22.17"); len(m) != 5 || m[1] != "27" || m[4] != "17" {
		t.Errorf("%q", m)
	}
}
