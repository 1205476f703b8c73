package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"linnet/ui/theme"
)

// themesFolder is the name of the folders that are searched for theme files: that
// of the settings, that of the media's root, and those of the media in it.
const themesFolder = "themes"

// maxThemes is how many theme files are read.
const maxThemes = 32

// themeFiles are the theme files of some folders, as paths.
func themeFiles(folders ...string) (all []string) {
	for _, dir := range folders {
		for _, pattern := range []string{"*" + theme.Extension, filepath.Join("*", "*"+theme.Extension)} {
			files, err := filepath.Glob(filepath.Join(quoteGlob(dir), pattern))
			if err == nil {
				all = append(all, files...)
			}
		}
	}
	return all[:min(len(all), maxThemes)]
}

// quoteGlob keeps what is special in a pattern from being so.
func quoteGlob(path string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(path)
}

// loadThemes reads theme files and returns by name where each came from. Of two
// with one name the first counts.
func loadThemes(files []string) (all []*theme.Theme, from map[string]string, err error) {
	from = map[string]string{}
	var bad []error
	for _, file := range files {
		t, err := theme.Load(os.DirFS(filepath.Dir(file)), filepath.Base(file))
		if err != nil {
			bad = append(bad, err)
			continue
		}
		if from[t.Name] == "" {
			from[t.Name] = file
			all = append(all, t)
		}
	}
	return all, from, errors.Join(bad...)
}

// ownThemes are the built-in themes and those that were chosen before.
func (s *screens) ownThemes() []*theme.Theme {
	all := []*theme.Theme{theme.Dark(), theme.Light()}
	if s.state == "" {
		return all
	}
	own, _, err := loadThemes(themeFiles(filepath.Join(s.state, themesFolder)))
	if err != nil {
		s.complain("%v", err)
	}
	return append(all, own...)
}

// findThemes looks for themes on the media, and again where they are kept.
func (s *screens) findThemes() ([]*theme.Theme, error) {
	folders := []string{filepath.Join(s.root, themesFolder)}
	if media, err := os.ReadDir(s.root); err == nil {
		for _, m := range media {
			if m.IsDir() {
				folders = append(folders, filepath.Join(s.root, m.Name(), themesFolder))
			}
		}
	}
	if s.state != "" {
		folders = append(folders, filepath.Join(s.state, themesFolder))
	}
	all, from, err := loadThemes(themeFiles(folders...))
	s.mu.Lock()
	s.themes = from
	s.mu.Unlock()
	if err != nil { // in full; the screen has two lines
		s.complain("%v", err)
	}
	return all, err
}

// takeTheme copies a theme that was chosen to where it is kept, so that it is
// there when its medium is not.
func (s *screens) takeTheme(name string) error {
	s.mu.Lock()
	file := s.themes[name]
	s.mu.Unlock()
	if file == "" || s.state == "" {
		return nil
	}
	kept := filepath.Join(s.state, themesFolder)
	if rel, err := filepath.Rel(kept, file); err == nil && filepath.IsLocal(rel) {
		return nil
	}
	base := strings.TrimSuffix(filepath.Base(file), theme.Extension)
	if err := copyTheme(filepath.Dir(file), filepath.Base(file), filepath.Join(kept, base)); err != nil {
		return fmt.Errorf("the theme %s could not be kept: %w", name, err)
	}
	return nil
}

// copyTheme copies a theme file with the pictures below its folder, and takes the
// place of what was there. Only what Load has read is copied.
func copyTheme(dir, file, to string) error {
	from, read := os.DirFS(dir), map[string]bool{}
	if _, err := theme.Load(noting{from, read}, file); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	part, err := os.MkdirTemp(filepath.Dir(to), ".theme-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(part)
	for name := range read {
		if err := copyInto(from, name, part); err != nil {
			return err
		}
	}
	if err := os.Chmod(part, 0o755); err != nil {
		return err
	}
	if err := os.RemoveAll(to); err != nil {
		return err
	}
	return os.Rename(part, to)
}

// copyInto copies a file, or makes a folder, below another root.
func copyInto(from fs.FS, name, to string) error {
	path := filepath.Join(to, filepath.FromSlash(name))
	info, err := fs.Stat(from, name)
	if err != nil {
		return err
	}
	if info.IsDir() {
		return os.MkdirAll(path, 0o755)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	data, err := fs.ReadFile(from, name)
	if err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o644)
}

// noting is a file system that keeps what was opened in it.
type noting struct {
	fs.FS
	opened map[string]bool
}

// Open is of fs.FS.
func (n noting) Open(name string) (fs.File, error) {
	f, err := n.FS.Open(name)
	if err == nil {
		n.opened[name] = true
	}
	return f, err
}
