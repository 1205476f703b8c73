package cue

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"linnet/player/playlist"
)

// maxEntries is how much of a folder is looked through for a file that is not where
// its sheet says.
const maxEntries = 4096

// locate finds the files of a sheet of this name. A sheet may have been written on
// another machine, in another case, or before its files were encoded: what is not
// there under its name is looked for beside the sheet, under that name in any case,
// and under it with another ending that is playable; and the only file of a sheet
// under the name of the sheet.
func (s *Sheet) locate(sheet string, playable func(name string) bool) {
	dir := filepath.Dir(sheet)
	var beside []string // made when it is needed
	for i := range s.Files {
		f := &s.Files[i]
		if p := playlist.Resolve(dir, f.Name); isFile(p) {
			f.Path = p
			continue
		}
		if beside == nil {
			beside = list(dir)
		}
		name := f.Name[strings.LastIndexAny(f.Name, `/\`)+1:]
		found := pick(beside, func(n string) bool { return strings.EqualFold(n, name) })
		if found == "" {
			found = pick(beside, func(n string) bool { return playable(n) && strings.EqualFold(stem(n), stem(name)) })
		}
		if found == "" && len(s.Files) == 1 {
			found = pick(beside, func(n string) bool { return playable(n) && strings.EqualFold(stem(n), stem(filepath.Base(sheet))) })
		}
		if found != "" && isFile(filepath.Join(dir, found)) {
			f.Path = filepath.Join(dir, found)
		}
	}
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

func stem(name string) string { return strings.TrimSuffix(name, filepath.Ext(name)) }

func pick(names []string, ok func(string) bool) string {
	for _, n := range names {
		if ok(n) {
			return n
		}
	}
	return ""
}

// list is the names in a folder, in their order.
func list(dir string) []string {
	f, err := os.Open(dir)
	if err != nil {
		return []string{}
	}
	defer f.Close()
	names, _ := f.Readdirnames(maxEntries)
	slices.Sort(names)
	return append([]string{}, names...)
}
