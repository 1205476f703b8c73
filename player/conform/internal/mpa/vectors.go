package mpa

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"linnet/player/conform/internal/compare"
	"linnet/player/conform/internal/suite"
)

// known are the vectors that this program expects, in groups of one family
// each. A folder may hold more.
const known = `
ILL2: center2 dual dynx22 dynx32 ext_switching layer1 mono multilingual overalloc1 prediction samples scf63
	tca30 tca30_PC tca31_PC tca31_mtx2 tca32_PC wrongcrc
ILL4: sync wrong_length1 wrong_length2
M2L3: bitrate_16_all bitrate_22_all bitrate_24_all noise
l1: fl1 fl2 fl4 fl5 fl6 fl8
l2: fl10 fl11 fl13 fl14 fl15
l2-nonstandard: fl1_fl2_ff free_format test32-size
l3: compl he_32khz he_44khz he_free he_mode hecommon si si_block sin1k0db test45 test46
l3-nonstandard: big-iscf compl-sideinfo-bigvalues compl-sideinfo-blocktype he_44_48khz id3v1-apetag id3v1 id3v2
	sideinfo-size sin1k0db_lame_vbrtag vbrtag-corrupted vbrtag-empty vbrtag-noframes vbrtag-oob-read
`

// knownNames spells them out.
func knownNames() (names []string) {
	family := ""
	for _, word := range strings.Fields(known) {
		if f, ok := strings.CutSuffix(word, ":"); ok {
			family = f
			continue
		}
		sep := "-"
		if strings.ToUpper(family) == family {
			sep = "_"
		}
		names = append(names, family+sep+word)
	}
	return names
}

// vectorFiles are the streams in dir, and missing the known ones that are
// not there.
func vectorFiles(dir string) (files, missing []string) {
	files, _ = filepath.Glob(filepath.Join(dir, "*.bit"))
	more, _ := filepath.Glob(filepath.Join(dir, "fuzz", "*"))
	sort.Strings(files)
	files = append(files, more...)
	there := map[string]bool{}
	for _, f := range files {
		there[vectorName(f)] = true
	}
	for _, n := range knownNames() {
		if !there[n] {
			missing = append(missing, n)
		}
	}
	return files, missing
}

func vectorName(file string) string { return strings.TrimSuffix(filepath.Base(file), ".bit") }

// checkVector decodes one vector and compares it with its reference.
func checkVector(file string) suite.Row {
	r := newRow(vectorName(file))
	b, err := os.ReadFile(file)
	if err != nil {
		return r.Fail("%v", err)
	}
	ref, err := readPCM(strings.TrimSuffix(file, filepath.Ext(file)) + ".pcm")
	noRef := errors.Is(err, os.ErrNotExist)
	if err != nil && !noRef {
		return r.Fail("%v", err)
	}
	d, err := decode(r.Name, b)
	if err != nil {
		return r.Refused(err, noRef || len(ref) == 0)
	}
	if noRef {
		return r.Pass(append(d.notes(), fmt.Sprintf("%d frames of sound, no reference", d.samples()))...)
	}
	return verdict(r, d, ref, traits(file))
}

// A trait is what may be other than right with a vector.
type trait struct {
	broken  bool // its frames may be reported as damaged
	longRef bool // its reference goes on behind the stream
	loose   bool // its reference is less than accurate: twice the RMS is allowed
}

// traits tells them by name: the compliance streams are whole.
func traits(file string) trait {
	name := vectorName(file)
	return trait{
		broken: strings.Contains(name, "nonstandard") || strings.Contains(name, "wrong") ||
			strings.HasPrefix(name, "ILL4_") || filepath.Base(filepath.Dir(file)) == "fuzz",
		longRef: strings.HasPrefix(name, "l1-fl") || strings.HasPrefix(name, "l2-fl"),
	}
}

// verdict compares decoded sound with its reference.
func verdict(r suite.Row, d *decoded, ref []int16, is trait) suite.Row {
	if d.damaged > 0 && !is.broken {
		return r.Fail("%d damaged frames (%v)", d.damaged, d.damage.First)
	}
	result := d.compare(ref)
	r.Samples, r.RMS, r.Peak = result.Samples, result.RMS, result.Peak
	r.Bare = result.Samples == 0
	if d.damaged > max(1, len(d.pieces)/4) {
		return r.Fail("%d of %d frames damaged (%v)", d.damaged, len(d.pieces), d.damage.First)
	}
	notes := d.notes()
	if n := result.Doubtful; n > 0 {
		notes = append(notes, fmt.Sprintf("%d doubtful frames left out", n))
	}
	limit := compare.MaxRMS
	if is.loose {
		limit *= 2
		notes = append(notes, "against LAME")
	}
	switch extra := result.Extra; {
	case result.RMS >= limit || result.Peak > compare.MaxPeak:
		return r.Fail("limits exceeded")
	case extra < 0 && !is.longRef:
		return r.Fail("%d samples are missing", -extra)
	case extra > d.frame():
		return r.Fail("%d samples too many", extra)
	case extra > 0:
		notes = append(notes, "reference ends a frame early")
	case extra < 0:
		notes = append(notes, "reference is longer")
	}
	return r.Pass(notes...)
}

// compare compares everything if that is right, concealment too, and what is
// beyond doubt otherwise.
func (d *decoded) compare(ref []int16) compare.Result {
	all := slices.Clone(d.pieces)
	for i := range all {
		all[i].Doubtful = false
	}
	if r := compare.Sound(all, ref); r.Pass() {
		return r
	}
	return compare.Sound(d.pieces, ref)
}

// frame is how many samples the last frame has.
func (d *decoded) frame() int {
	if len(d.pieces) == 0 {
		return 0
	}
	return len(d.pieces[len(d.pieces)-1].Samples)
}

// notes says what is worth knowing about a decoded file.
func (d *decoded) notes() (notes []string) {
	if s := d.stream; s.Delay+s.Padding > 0 {
		notes = append(notes, fmt.Sprintf("trimmed %d+%d", s.Delay, s.Padding))
	}
	if d.changed {
		notes = append(notes, "to where the rate changes")
	}
	if d.damage.Count > 0 {
		notes = append(notes, fmt.Sprintf("%d damaged (%v)", d.damage.Count, d.damage.First))
	}
	return notes
}

// readPCM reads 16-bit little-endian samples.
func readPCM(file string) ([]int16, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	s := make([]int16, len(b)/2)
	for i := range s {
		s[i] = int16(binary.LittleEndian.Uint16(b[2*i:]))
	}
	return s, nil
}
