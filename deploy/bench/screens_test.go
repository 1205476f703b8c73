package main

import (
	"errors"
	"strings"
	"testing"

	"linnet/deploy/bench/meter"
	"linnet/deploy/bench/meter/lap"
)

// laps are parts that cost so many thousands of instructions, with as much
// between them, which does not count.
func laps(costs ...uint64) (all []meter.Lap) {
	at := uint64(700)
	for _, c := range costs {
		all = append(all, meter.Lap{Name: lap.Begin, Instructions: at * 1000, Cycles: at * 2000})
		at += c
		all = append(all, meter.Lap{Name: lap.End, Instructions: at * 1000, Cycles: at * 2000})
		at += c
	}
	return all
}

func TestScreens(t *testing.T) {
	by := map[string]screen{}
	for _, s := range screens() {
		by[s.scene] = s
	}
	all := []screened{
		newScreened(by["list"], laps(1000, 3000), "part frame\npart frame\nallocations 0\n", nil),
		newScreened(by["throw"], laps(6000), "part frame\nallocations 0\n", nil),
		newScreened(by["rest"], laps(250, 250), "part second\npart second\nallocations 0\n", nil),
		newScreened(by["spectrum"], laps(250), "part second\nallocations 2\n", nil),
		newScreened(by["keys"], laps(500, 1500, 100), "part Home, down\npart Home, enter\npart Files, up\n", nil),
		newScreened(by["memory"], laps(9, 9), "bytes 1500000\n", nil),
		newScreened(by["keys"], laps(500), "part Home, down\npart Home, enter\n", nil),
		newScreened(by["keys"], nil, "", nil),
		newScreened(by["rest"], nil, "", errors.New("it fell over")),
	}
	var got strings.Builder
	printScreens(&got, all)
	want := `                                    Minsn   Mcycles
a list of covers, by the finger      2.00      4.00  ██████████████                     │  62 frames a second, the dearest takes 24 ms
a list of covers, thrown         failed: 21 frames a second, the dearest takes 48 ms; 5.00 is the most
Now playing, at rest                 0.25      0.50  ████                               │  0.2 % of the processor
Now playing, with the spectrum   failed: 2 objects are allocated each time
a key, the dearest                   1.50      3.00  █████████                          │  12 ms, the most of 3 keys: Home, enter
memory, all pages seen                               ██████████████                     │  1.50 MB
a key, the dearest               failed: 1 parts were counted of 2
a key, the dearest               failed: 0 parts were counted of 0
Now playing, at rest             failed: it fell over
`
	if got.String() != want {
		t.Errorf("got\n%s\nwant\n%s", got.String(), want)
	}
	if err := (report{screens: all}).failure(); err == nil || !strings.HasPrefix(err.Error(), "5 could not") {
		t.Errorf("five failed: %v", err)
	}
}

func TestParseScreens(t *testing.T) {
	for _, c := range []struct {
		args             string
		works            int
		screens, library bool
	}{{"", len(works()), true, true}, {"screens", 0, true, false}, {"library", 0, false, true}, {"library screens", 0, true, true},
		{"flac-5 screens", 1, true, false}, {"flac-5", 1, false, false}} {
		o, err := parse(&strings.Builder{}, strings.Fields(c.args))
		if err != nil || len(o.works) != c.works || o.screens != c.screens || o.library != c.library {
			t.Errorf("%q: %+v, %v", c.args, o, err)
		}
	}
}
