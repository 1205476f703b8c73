package board

import (
	"bufio"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestFind(t *testing.T) {
	names := List()
	if len(names) != 4 || names[0] != "desktop" {
		t.Errorf("boards %q", names)
	}
	for _, name := range names {
		if b, err := Find(name); err != nil || b.Name != name || b.Title == "" {
			t.Errorf("%s: %+v, %v", name, b, err)
		}
	}
	if _, err := Find("mini2440"); err == nil || !strings.Contains(err.Error(), "smdk2410") {
		t.Errorf("a board that is not there: %v; want an error that names those that are", err)
	}
}

// TestScreen checks that all draw the one picture that the interface is
// designed for.
func TestScreen(t *testing.T) {
	for _, b := range boards() {
		if b.Screen == (Screen{}) {
			continue // it has no interface
		}
		w, h := b.UISize()
		if w != 320 || h != 240 {
			t.Errorf("%s: the picture is %dx%d", b.Name, w, h)
		}
		if b.Screen.Format != RGB565 || b.Screen.Rotate != 0 && b.Screen.Rotate != 90 {
			t.Errorf("%s: screen %+v", b.Name, b.Screen)
		}
	}
}

func TestKeys(t *testing.T) {
	for _, b := range boards() {
		codes, meanings := map[uint16]bool{}, map[string]bool{}
		for _, k := range b.Keys {
			if codes[k.Code] || meanings[k.Meaning] {
				t.Errorf("%s: key %+v is there twice", b.Name, k)
			}
			if k.Code == 0 || !slices.Contains(Meanings(), k.Meaning) {
				t.Errorf("%s: key %+v", b.Name, k)
			}
			codes[k.Code], meanings[k.Meaning] = true, true
		}
		if len(b.Keys) == 0 && b.Touch == (Touch{}) && b.Screen != (Screen{}) && b.Name != "desktop" {
			t.Errorf("%s can't be operated", b.Name)
		}
		if b.Touch.Max < b.Touch.Min || (b.Touch.Button == 0) != (b.Touch == Touch{}) {
			t.Errorf("%s: touch panel %+v", b.Name, b.Touch)
		}
	}
}

func TestLines(t *testing.T) {
	for _, b := range boards() {
		names, meanings := map[string]bool{}, map[string]bool{}
		for _, l := range b.Lines {
			if l.Name == "" || names[l.Name] || meanings[l.Meaning] || !slices.Contains(LineMeanings(), l.Meaning) {
				t.Errorf("%s: line %+v", b.Name, l)
			}
			names[l.Name], meanings[l.Meaning] = true, true
		}
	}
}

// TestSystem: what a board mounts says what and how.
func TestSystem(t *testing.T) {
	for _, b := range boards() {
		for name, v := range map[string]Volume{"root": b.System.Root, "state": b.System.State, "media": b.System.Media} {
			if (v.Device == "") != (v.Type == "") {
				t.Errorf("%s: %s %+v", b.Name, name, v)
			}
		}
		if b.Name != "desktop" && b.System.Console == "" {
			t.Errorf("%s has no console", b.Name)
		}
	}
}

// TestCodes compares the key codes with the kernel's header.
func TestCodes(t *testing.T) {
	const header = "/usr/include/linux/input-event-codes.h"
	f, err := os.Open(header)
	if err != nil {
		t.Skipf("the codes are not compared with the kernel's: %v", err)
	}
	defer f.Close()
	kernel := map[string]uint64{}
	for s := bufio.NewScanner(f); s.Scan(); {
		if w := strings.Fields(s.Text()); len(w) >= 3 && w[0] == "#define" {
			if n, err := strconv.ParseUint(w[2], 0, 16); err == nil {
				kernel[w[1]] = n
			}
		}
	}
	for name, code := range map[string]uint64{
		"KEY_ESC": keyEsc, "KEY_ENTER": keyEnter, "KEY_SPACE": keySpace, "KEY_UP": keyUp, "KEY_LEFT": keyLeft,
		"KEY_RIGHT": keyRight, "KEY_DOWN": keyDown, "KEY_BACK": keyBack, "BTN_LEFT": btnLeft, "BTN_TOUCH": btnTouch,
	} {
		if kernel[name] != code {
			t.Errorf("%s is %d, the kernel has %d", name, code, kernel[name])
		}
	}
}

// TestRates works the S3C2410's sample rates out of its clocks: for each of
// the common rates the nearest that PCLK and the crystal give. The table must
// hold those that are near enough to be heard as right, and no other.
func TestRates(t *testing.T) {
	const pclk, crystal = 50_700_000, 12_000_000
	var want []Rate
	for _, hz := range []int{48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000} {
		best := int64(0)
		try := func(clock, divisor int64) {
			got := (clock*1000 + divisor/2) / divisor
			if abs(got-int64(hz)*1000) < abs(best-int64(hz)*1000) {
				best = got
			}
		}
		for _, fs := range []int64{256, 384} {
			try(crystal, fs)
			for n := int64(1); n <= 32; n++ {
				try(pclk, fs*n)
			}
		}
		if abs(best-int64(hz)*1000)*200 < int64(hz)*1000 { // half a per cent
			want = append(want, Rate{hz, best})
		}
	}
	if got := SMDK2410().Sound.Rates; !slices.Equal(got, want) {
		t.Errorf("rates %v, the clocks give %v", got, want)
	}
}

func abs(x int64) int64 { return max(x, -x) }

func TestFlash(t *testing.T) {
	for _, b := range boards() {
		if b.Flash.Size == 0 {
			if len(b.Flash.Partitions) > 0 {
				t.Errorf("%s has partitions and no flash", b.Name)
			}
			continue
		}
		for _, fault := range b.Flash.faults() {
			t.Errorf("%s: %s", b.Name, fault)
		}
	}
	if f := SMDK2410().Flash; f.Size != 64<<20 || f.Size/f.Page*(f.Page+f.Spare) != 69_206_016 {
		t.Errorf("the K9F1208 has 64 MB, 69,206,016 bytes with the spare ones: %+v", f)
	}
}

// faults are what is wrong with a layout: partitions in order, whole erase
// blocks, without a gap, to the end.
func (f Flash) faults() []string {
	var bad []string
	if f.Page == 0 || f.EraseBlock == 0 || f.EraseBlock%f.Page != 0 || f.Size%f.EraseBlock != 0 {
		return []string{"pages, erase blocks and size do not fit"}
	}
	at := int64(0)
	for _, p := range f.Partitions {
		if p.Offset != at {
			bad = append(bad, p.Name+" does not start where the one before ends")
		}
		if p.Name == "" || p.Size <= 0 || p.Offset%f.EraseBlock != 0 || p.Size%f.EraseBlock != 0 {
			bad = append(bad, p.Name+" is not of whole erase blocks")
		}
		at = p.End()
	}
	if at != f.Size {
		bad = append(bad, "the partitions do not fill the flash")
	}
	return bad
}

// TestFaults has the check of layouts look at wrong ones.
func TestFaults(t *testing.T) {
	for name, parts := range map[string][]Partition{
		"overlap":   {{"a", 0, 32 << 10}, {"b", 16 << 10, 48 << 10}},
		"gap":       {{"a", 0, 16 << 10}, {"b", 32 << 10, 32 << 10}},
		"unaligned": {{"a", 0, 1000}, {"b", 1000, 64<<10 - 1000}},
		"too short": {{"a", 0, 16 << 10}},
		"empty":     {{"a", 0, 0}, {"b", 0, 64 << 10}},
	} {
		f := Flash{Size: 64 << 10, EraseBlock: 16 << 10, Page: 512, Partitions: parts}
		if len(f.faults()) == 0 {
			t.Errorf("%s: no fault was found", name)
		}
	}
}
