package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"linnet/board"
	"linnet/deploy/boot"
	"linnet/deploy/image"
	"linnet/deploy/nand"
)

// TestSetWords changes a command line and nothing else, and changes it back.
func TestSetWords(t *testing.T) {
	dir := t.TempDir()
	s := image.Set{Board: board.SMDK2410(), Kernel: filepath.Join(dir, "zImage"), NAND: filepath.Join(dir, "nand.img")}
	if err := os.WriteFile(s.Kernel, bytes.Repeat([]byte("kernel"), 1000), 0o666); err != nil {
		t.Fatal(err)
	}
	chip := nand.New()
	if err := setWords(chip, s, ""); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(s.NAND, chip, 0o666); err != nil {
		t.Fatal(err)
	}
	other, err := chipOf(s, "linnet.args=x")
	if err != nil {
		t.Fatal(err)
	}
	if n := differingBytes(chip, other); n < 20 || n > 200 {
		t.Errorf("%d bytes differ", n)
	}
	for _, name := range []string{"kernel_a", "kernel_b"} {
		part, err := partitionOf(other, s, name)
		if err != nil || !bytes.Contains(part[:nand.PageSize], []byte(" linnet.args=x\x00")) {
			t.Errorf("%s: %v, %q", name, err, part[:nand.PageSize])
		}
	}
	if err := setWords(other, s, ""); err != nil || differingBytes(chip, other) != 0 {
		t.Errorf("back: %v, %d bytes differ", err, differingBytes(chip, other))
	}
	if n := differingBytes([]byte("abc"), []byte("axcde")); n != 3 {
		t.Errorf("%d", n)
	}
}

// TestMay: what was told before the last five seconds has to be kept, or
// something later.
func TestMay(t *testing.T) {
	l := &life{cutAt: 20 * time.Second, seen: []vow{{songs: 1}, {at: 10 * time.Second, songs: 2}, {at: 15 * time.Second, songs: 3}, {at: 16 * time.Second, songs: 4}}}
	if got := l.may(5 * time.Second); len(got) != 2 || got[0].songs != 3 {
		t.Errorf("%v", got)
	}
	if got := l.may(time.Minute); len(got) != 4 {
		t.Errorf("%v", got)
	}
	// A cut before anybody has looked takes no promise back.
	l.fails(2 * time.Second)
	if got := l.may(5 * time.Second); len(got) != 2 || got[0].songs != 3 {
		t.Errorf("after a cut at the start: %v", got)
	}
	l.checked = true
	if l.fails(12 * time.Second); l.cutAt != 12*time.Second {
		t.Errorf("%v", l.cutAt)
	}
}

func TestVolumeOf(t *testing.T) {
	chip := nand.New()
	page := bytes.Repeat([]byte{0}, nand.PageSize)
	copy(page, "UBI!\x01\x01\x00\x00\x00\x00\x00\x03")
	chip.Program(7*nand.BlockPages+1, page)
	if a, b := volumeOf(chip, 7), volumeOf(chip, 8); a != 3 || b != -1 {
		t.Errorf("%d, %d", a, b)
	}
}

// TestStateBlocks: what the first start wrote to, and not more than a chip may lose.
func TestStateBlocks(t *testing.T) {
	page := bytes.Repeat([]byte{0}, nand.PageSize)
	copy(page, "UBI!\x01\x01\x00\x00\x00\x00\x00\x03")
	fresh, used := nand.New(), nand.New()
	fresh.Program(1000*nand.BlockPages+1, page)
	for b := 1000; b < 1000+lifeBlocks+9; b++ {
		used.Program(b*nand.BlockPages+1, page)
	}
	kept, err := stateBlocks(fresh, used, boot.Span{First: 999, End: 1010})
	if err != nil || len(kept) != 9 || kept[0] != 1001 || kept[8] != 1009 {
		t.Errorf("%v, %v", kept, err)
	}
	if kept, err := stateBlocks(fresh, used, boot.Span{First: 999, End: 2000}); err != nil || len(kept) != lifeBlocks {
		t.Errorf("%d, %v", len(kept), err)
	}
	if _, err := stateBlocks(fresh, fresh, boot.Span{First: 999, End: 2000}); err == nil {
		t.Error("nothing is written, and it is no error")
	}
	if got := wornFault([]int{3, 17}); got != "worn-blocks=3:17" {
		t.Error(got)
	}
}

// TestWornBlocks: as many as there may be, none that holds anything, not more than
// one in three of those that are written to.
func TestWornBlocks(t *testing.T) {
	page := bytes.Repeat([]byte{0}, nand.PageSize)
	copy(page, "UBI!\x01\x01\x00\x00\x00\x00\x00\x03")
	fresh, used := nand.New(), nand.New()
	for b := 1000; b < 1012; b++ {
		used.Program(b*nand.BlockPages+1, page)
		if b < 1003 {
			fresh.Program(b*nand.BlockPages+1, page)
		}
	}
	worn, err := wornBlocks(fresh, used, boot.Span{First: 1000, End: 2000})
	if err != nil || len(worn) != lifeBlocks {
		t.Fatalf("%d, %v", len(worn), err)
	}
	seen, written := map[int]bool{}, 0
	for _, b := range worn {
		if seen[b] || b < 1003 || b >= 2000 {
			t.Errorf("block %d", b)
		}
		if seen[b] = true; b < 1012 {
			written++
		}
	}
	if written != 3 {
		t.Errorf("%d that are written to", written)
	}
	if _, err := wornBlocks(fresh, fresh, boot.Span{First: 1000, End: 2000}); err == nil {
		t.Error("nothing is written, and it is no error")
	}
	if _, err := wornBlocks(fresh, used, boot.Span{First: 1000, End: 1020}); err == nil {
		t.Error("there are too few, and it is no error")
	}
}

// TestCompare: each kind of thing that is lost is found, and nothing else.
func TestCompare(t *testing.T) {
	told := func(at time.Duration, volume string, position time.Duration, songs int, lists ...string) vow {
		return vow{at, position, map[string]string{"volume": volume}, lists, songs}
	}
	l := &life{cutAt: 60 * time.Second, seen: []vow{
		told(0, "10", 0, 1), told(20*time.Second, "20", 20*time.Second, 2, "a"),
		told(50*time.Second, "30", 50*time.Second, 3, "a", "b"), told(57*time.Second, "40", 57*time.Second, 9, "a", "b", "c"),
	}}
	for name, c := range map[string]struct {
		kept vow
		want string
	}{
		"all":                       {told(0, "40", 57*time.Second, 9, "c", "b", "a"), ""},
		"what had to be":            {told(0, "30", 20*time.Second, 3, "a", "b"), ""},
		"an older volume":           {told(0, "20", 20*time.Second, 3, "a", "b"), lostSettings},
		"no volume at all":          {told(0, "", 20*time.Second, 3, "a", "b"), lostSettings},
		"a list":                    {told(0, "30", 20*time.Second, 3, "b"), lostLists},
		"songs":                     {told(0, "30", 20*time.Second, 2, "a", "b"), lostSongs},
		"the position":              {told(0, "30", 18*time.Second, 3, "a", "b"), lostPositions},
		"a setting never told of":   {vow{position: 20 * time.Second, settings: map[string]string{"volume": "30", "mono": "true"}, lists: []string{"a", "b"}, songs: 3}, ""},
		"everything, as a new chip": {vow{settings: map[string]string{"volume": "100"}}, strings.Join([]string{lostSettings, lostLists, lostLists, lostSongs, lostPositions}, ", ")},
	} {
		var lost []string
		l.compare(c.kept, func(what, _ string, _ ...any) { lost = append(lost, what) })
		if got := strings.Join(lost, ", "); got != c.want {
			t.Errorf("%s: lost are %q, want %q", name, got, c.want)
		}
	}
}

// TestTrouble tells what UBI and UBIFS say while they put things right from what
// they say when they give up.
func TestTrouble(t *testing.T) {
	for line, bad := range map[string]bool{
		"UBIFS error (ubi1:0 pid 26): 0xc01709d4: garbage":                                             false,
		"ubi1 error: 0xc0264d98: error -74 (ECC error) while reading 15360 bytes from PEB 1199:1024":   false,
		"UBIFS warning (ubi1:0 pid 27): 0xc0: switched to read-only mode, error -30":                   true,
		"ubi1 warning: 0xc0261b7c: switch to read-only mode":                                           true,
		"initd: mount ubi1:state (ubifs) on /state: structure needs cleaning":                          true,
		"initd: linnet: resume: write /state/place.json: open /state/place.json.new: read-only system": true,
	} {
		if got := badFlash.MatchString(line); got != bad {
			t.Errorf("%s: bad is %t", line, got)
		}
		if !bad && !halfDone.MatchString(line) {
			t.Errorf("%s: it is not noticed", line)
		}
	}
}

// TestDocuments are found in what the console prints, prompts and all.
func TestDocuments(t *testing.T) {
	for text, re := range map[string]*regexp.Regexp{
		"linnet# cat /state/settings.json\n{\n  \"version\": 1,\n  \"sections\": {\n    \"sound\": {}\n  }\n}": settingsObject,
		"cat /state/place.json\n{\"version\":1,\"number\":2,\"position_ms\":3}\n":                              placeObject,
		"linnet# player status\n{\"board\":\"x\",\"state\":\"paused\"}\n":                                      jsonObject,
	} {
		if got := re.FindString(text); !json.Valid([]byte(got)) {
			t.Errorf("%q of %q", got, text)
		}
	}
}

// TestTally: what is looked at after a cut belongs to what was done before it.
func TestTally(t *testing.T) {
	l := &life{tallies: map[string]*tally{}, cutAt: 60 * time.Second, during: "scanning", seen: []vow{
		{lists: []string{"a"}, songs: 24}, {at: 50 * time.Second, lists: []string{"a", "b"}, songs: 48}, {at: 58 * time.Second, lists: []string{"a", "b", "c"}, songs: 72},
	}}
	l.count(vow{settings: map[string]string{"volume": "1", "repeat": "off"}})
	l.during = playingOn
	l.count(vow{settings: map[string]string{"volume": "1"}})
	if got := *l.tally("scanning"); got != (tally{0, 1, 2, 2, 48, 1}) {
		t.Errorf("%+v", got)
	}
	if got := l.tally(playingOn).String(); got != "it started again each time; 1 starts were looked at: 1 settings, 2 playlists, 48 songs, 1 positions" {
		t.Error(got)
	}
	if power(1) != "1 power cut" || power(20) != "20 power cuts" {
		t.Error(power(1), power(20))
	}
}

// TestRounds: a seed says all about a round, and another seed something else.
func TestRounds(t *testing.T) {
	choices := func(seed uint64, n int) (all [8]int) {
		l := &life{proof: &proof{seed: seed}}
		l.chooses(n)
		for i := range all {
			if all[i] = l.after(); all[i] < 0 || all[i] > 1000 {
				t.Errorf("%d thousandths", all[i])
			}
		}
		return all
	}
	first := choices(1, 3)
	if again := choices(1, 3); again != first || choices(1, 4) == first || choices(2, 3) == first {
		t.Error("the seed and the round are not what it follows from")
	}
}

// TestWholeFlash: `make flash-test` without more is all that starts from flash, so
// that its table goes into the README.
func TestWholeFlash(t *testing.T) {
	text, err := os.ReadFile("../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`(?m)^FLASH +\?= (.+)$`).FindSubmatch(text)
	if m == nil {
		t.Fatal("the Makefile does not name the trials")
	}
	names := strings.Fields(string(m[1]))
	if _, err := choose(names); err != nil {
		t.Error(err)
	}
	if p := (&proof{named: strings.Join(names, "-")}); p.tableName() != "flash.md" {
		t.Errorf("%q give %s", names, p.tableName())
	}
	if p := (&proof{named: strings.Join(names[1:], "-")}); p.tableName() == "flash.md" {
		t.Errorf("%q are all of them", names[1:])
	}
}
