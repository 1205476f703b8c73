package suite

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"linnet/player/media"
)

// A table with a failure in it must say so and fail.
func TestTable(t *testing.T) {
	var table Table
	if table.Passed() {
		t.Error("nothing was checked, and passed")
	}
	table.Add("A", []Row{Row{Name: "y", Bare: true}.Pass("as it should be")})
	if !table.Passed() {
		t.Error("what is right did not pass")
	}
	table.Add("B", []Row{
		Row{Name: "x"}.Fail("bad %d", 7),
		Row{Name: "z", Samples: 9, RMS: 0.01, MaxRMS: 0.1, Peak: 0.1}.Pass(),
	})
	for _, markdown := range []bool{false, true} {
		var out strings.Builder
		if err := table.Print(&out, markdown); err != nil || table.Passed() {
			t.Errorf("passed %v, %v", table.Passed(), err)
		}
		for _, s := range []string{"FAIL: bad 7", "ok, as it should be", "2 of 3 pass", "exact", "-40.0 dB (0.10)", "-20.0 dB"} {
			if !strings.Contains(out.String(), s) {
				t.Errorf("no %q in\n%s", s, out.String())
			}
		}
	}
}

func TestRefused(t *testing.T) {
	broken := error(&media.FormatError{Msg: "no"})
	if !(Row{}).Refused(broken, true).OK || (Row{}).Refused(broken, false).OK || (Row{}).Refused(errors.New("panic"), true).OK {
		t.Error("only what should be refused, and for a stated reason, is right")
	}
}

func TestDir(t *testing.T) {
	t.Setenv("LINNET_VECTORS", "/somewhere")
	if d := Dir("", "x"); d != filepath.Join("/somewhere", "x") {
		t.Error(d)
	}
	if d := Dir("/else", "x"); d != filepath.Join("/else", "x") {
		t.Error(d)
	}
	t.Setenv("LINNET_VECTORS", "")
	if d := Dir("", "x"); !strings.HasSuffix(d, filepath.Join("shared", "vectors", "x")) {
		t.Error(d)
	}
}
