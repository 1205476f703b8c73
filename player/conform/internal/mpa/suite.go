// Package mpa checks the decoder of MPEG audio: ISO/IEC 11172-4's full
// accuracy, which is an RMS error below 2^-15/sqrt(12) of full scale and a
// peak of at most 2^-14. Where there are no reference streams it makes some
// with lame, twolame and ffmpeg and compares with ffmpeg's decoder.
package mpa

import (
	"fmt"
	"os"
	"strings"

	"linnet/player/conform/internal/compare"
	"linnet/player/conform/internal/suite"
)

const folder = "mpa"

// Suite is the check of MPEG audio.
func Suite() suite.Suite { return suite.Suite{Name: "MPEG audio", Folder: folder, Check: check} }

func check(dir string) (rows []suite.Row, notes []string, err error) {
	files, missing := vectorFiles(dir)
	for _, f := range files {
		rows = append(rows, checkVector(f))
	}
	if len(files) == 0 {
		notes = append(notes, fmt.Sprintf("no vectors in %s: streams are made here instead, and compared with ffmpeg's decoder. "+
			"Nothing at hand encodes Layer I, so that is not checked.", dir))
		if rows, err = checkRecipes(); err != nil {
			return nil, nil, err
		}
	}
	if len(missing) > 0 {
		notes = append(notes, fmt.Sprintf("missing vectors: %s.", strings.Join(missing, ", ")))
	}
	return rows, notes, nil
}

// checkRecipes makes and checks every stream that can be made.
func checkRecipes() ([]suite.Row, error) {
	if lacking := lackingTools(); len(lacking) > 0 {
		return nil, fmt.Errorf("to make streams, install %s", strings.Join(lacking, ", "))
	}
	dir, err := os.MkdirTemp("", "conform")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	var rows []suite.Row
	for _, c := range recipes() {
		rows = append(rows, c.check(dir))
	}
	return rows, nil
}

func newRow(name string) suite.Row {
	return suite.Row{Name: name, MaxRMS: compare.MaxRMS, MaxPeak: compare.MaxPeak, Bare: true}
}
