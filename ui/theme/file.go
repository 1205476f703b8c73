package theme

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"linnet/ui/gal/rgb565"
)

// Extension is how the name of a theme file ends.
const Extension = ".theme"

// Limits of what is read of a storage that anybody may have written.
const (
	maxFile = 16 << 10
	maxName = 24 // characters
	maxIcon = 16 << 10
)

// Load reads a theme file; README.md beside this file describes the format. What
// it does not say is as in the built-in theme that it names as its base. An error
// is a *FileError.
func Load(fsys fs.FS, name string) (*Theme, error) {
	l := loader{fsys: fsys, file: name, lines: map[string]int{}}
	t, err := l.load()
	if err != nil {
		return nil, err
	}
	return t, nil
}

// loader is one call of Load.
type loader struct {
	fsys  fs.FS
	file  string
	lines map[string]int // where a key stood
	theme Theme
	icons string // the folder of icons
}

// setting is a line of the file.
type setting struct{ key, value string }

func (l *loader) load() (*Theme, error) {
	text, err := readAll(l.fsys, l.file, maxFile)
	if err != nil {
		return nil, &FileError{File: l.file, Fault: FaultRead, Err: err}
	}
	all, err := l.split(string(text))
	if err != nil {
		return nil, err
	}
	if err := l.base(all); err != nil {
		return nil, err
	}
	for _, s := range all {
		if err := l.set(s); err != nil {
			return nil, err
		}
	}
	if err := l.readable(); err != nil {
		return nil, err
	}
	if l.icons != "" {
		if err := l.readIcons(); err != nil {
			return nil, err
		}
	}
	return &l.theme, nil
}

// readAll reads a file that is not too long.
func readAll(fsys fs.FS, name string, most int) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, int64(most)+1))
	if err == nil && len(b) > most {
		err = errTooLong
	}
	return b, err
}

var errTooLong = errors.New("it is too long")

// split takes the file apart: lines of "key = value", empty ones, and those that
// begin with #, which say nothing.
func (l *loader) split(text string) (all []setting, err error) {
	n := 0
	for line := range strings.Lines(strings.TrimPrefix(text, "\uFEFF")) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		key, value, ok := strings.Cut(line, "=")
		s := setting{strings.TrimSpace(key), strings.TrimSpace(value)}
		if !ok || s.key == "" || s.value == "" || !utf8.ValidString(line) {
			return nil, &FileError{File: l.file, Line: n, Fault: FaultLine}
		}
		if l.lines[s.key] > 0 {
			return nil, &FileError{File: l.file, Line: n, Fault: FaultTwice, What: s.key}
		}
		l.lines[s.key] = n
		all = append(all, s)
	}
	return all, nil
}

// base begins with a built-in theme, and with the file's name.
func (l *loader) base(all []setting) error {
	l.theme = dark
	for _, s := range all {
		if s.key != "base" {
			continue
		}
		switch s.value {
		case dark.Name:
		case light.Name:
			l.theme = light
		default:
			return l.fault(s, FaultBase)
		}
	}
	l.theme.Name = strings.TrimSuffix(path.Base(l.file), Extension)
	return nil
}

// fault is what is wrong with a line.
func (l *loader) fault(s setting, f Fault) *FileError {
	return &FileError{File: l.file, Line: l.lines[s.key], Fault: f, What: s.value}
}

// colour is where a key's colour goes; nil where it is no colour's key.
func (t *Theme) colour(key string) *rgb565.Color {
	switch key {
	case "background":
		return &t.Background
	case "surface":
		return &t.Surface
	case "raised":
		return &t.Raised
	case "line":
		return &t.Line
	case "text":
		return &t.Text
	case "text-2":
		return &t.Text2
	case "disabled":
		return &t.Disabled
	case "accent":
		return &t.Accent
	case "on-accent":
		return &t.OnAccent
	case "danger":
		return &t.Danger
	case "focus":
		return &t.Focus
	}
	return nil
}

// metric is where a key's measure goes, and what it may be; nil where it is no
// measure's key.
func (t *Theme) metric(key string) (to *int, least, most int) {
	switch key {
	case "radius-small":
		return &t.RadiusSmall, 0, 16
	case "radius-cover":
		return &t.RadiusCover, 0, 20
	case "radius-row":
		return &t.RadiusRow, 0, Row / 2
	case "radius-dialog":
		return &t.RadiusDialog, 0, 24
	case "focus-bar":
		return &t.FocusBar, 2, 6
	case "focus-ring":
		return &t.FocusRing, 1, FocusRoom
	}
	return nil, 0, 0
}

// set does what a line says.
func (l *loader) set(s setting) error {
	if c := l.theme.colour(s.key); c != nil {
		var ok bool
		if *c, ok = parseColour(s.value); !ok {
			return l.fault(s, FaultColour)
		}
		return nil
	}
	if to, least, most := l.theme.metric(s.key); to != nil {
		n, err := strconv.Atoi(s.value)
		if err != nil || n < least || n > most {
			e := l.fault(s, FaultNumber)
			e.Least, e.Most = least, most
			return e
		}
		*to = n
		return nil
	}
	switch s.key {
	case "base":
	case "name":
		if !goodName(s.value) {
			return l.fault(s, FaultName)
		}
		l.theme.Name = s.value
	case "icons":
		if !fs.ValidPath(s.value) {
			return l.fault(s, FaultFolder)
		}
		l.icons = path.Join(path.Dir(l.file), s.value)
	default:
		e := l.fault(s, FaultKey)
		e.What = s.key
		return e
	}
	return nil
}

// goodName says whether a theme may be called so: what can be read, and is not
// taken.
func goodName(s string) bool {
	for _, c := range s {
		if !unicode.IsPrint(c) {
			return false
		}
	}
	return utf8.RuneCountInString(s) <= maxName && s != dark.Name && s != light.Name
}

// parseColour reads #RRGGBB.
func parseColour(s string) (rgb565.Color, bool) {
	if len(s) != 7 || s[0] != '#' {
		return 0, false
	}
	v, err := strconv.ParseUint(s[1:], 16, 32)
	return rgb565.RGB(uint8(v>>16), uint8(v>>8), uint8(v)), err == nil
}

// Fault is what may be wrong with a theme file.
type Fault uint8

// The faults.
const (
	FaultRead     Fault = iota + 1 // the file or a folder cannot be read; Err says why
	FaultLine                      // a line is not "key = value"
	FaultKey                       // there is no such key
	FaultTwice                     // a key stands there twice
	FaultColour                    // a colour is not #RRGGBB
	FaultNumber                    // a measure is no whole number from Least to Most
	FaultName                      // a name is too long, or taken
	FaultBase                      // the base is not dark or light
	FaultFolder                    // the folder of icons is not below the file's
	FaultContrast                  // What is too pale to be read; Tenths is its contrast
	FaultIcon                      // a picture is no icon; What is its file
)

// FileError says what is wrong with a theme file, and where.
type FileError struct {
	File   string
	Line   int // from 1; 0: all of it
	Fault  Fault
	What   string
	Least  int
	Most   int
	Tenths int
	Err    error
}

// Error says it with what to do.
func (e *FileError) Error() string {
	at := e.File
	if e.Line > 0 {
		at = fmt.Sprintf("%s:%d", e.File, e.Line)
	}
	return "theme: " + at + ": " + e.text()
}

func (e *FileError) text() string {
	switch e.Fault {
	case FaultLine:
		return "this is no setting; write KEY = VALUE, or # before a remark"
	case FaultKey:
		return fmt.Sprintf("there is no key %q; take the line out or correct the key", e.What)
	case FaultTwice:
		return fmt.Sprintf("%s is set above; take one of the lines out", e.What)
	case FaultColour:
		return fmt.Sprintf("%q is no colour; write it as #RRGGBB", e.What)
	case FaultNumber:
		return fmt.Sprintf("%q is no number of pixels from %d to %d", e.What, e.Least, e.Most)
	case FaultName:
		return fmt.Sprintf("a theme cannot be called %q; take up to %d characters, and not dark or light", e.What, maxName)
	case FaultBase:
		return fmt.Sprintf("%q is no base; write dark or light", e.What)
	case FaultFolder:
		return fmt.Sprintf("%q is no folder beside the theme file", e.What)
	case FaultContrast:
		return fmt.Sprintf("%s has a contrast of %d.%d, and %d.%d is the least that can be read; make one of the two lighter or darker",
			e.What, e.Tenths/10, e.Tenths%10, leastContrast/10, leastContrast%10)
	case FaultIcon:
		return fmt.Sprintf("%s is no icon; it is to be a PNG with transparency, called ICON-SIZE.png, of 16, 24 or (play and pause) 28 pixels square", e.What)
	}
	return fmt.Sprintf("it cannot be read: %v", e.Err)
}

// Unwrap is why it could not be read.
func (e *FileError) Unwrap() error { return e.Err }
