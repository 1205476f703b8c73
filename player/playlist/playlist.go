// Package playlist reads and writes lists of files: M3U and M3U8, PLS and XSPF.
//
// Names in a list are relative to the list's folder unless they are absolute;
// those that are URLs of files become names, and other URLs are passed over. Text
// that is not UTF-8 is kept byte for byte, since it names a file. A list that is
// written is written beside its place and renamed, so that it is the old one or
// the new one whenever the power goes.
package playlist

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"linnet/player/internal/durable"
)

// Limits of what is read.
const (
	MaxSize  = 4 << 20 // bytes of a list
	MaxItems = 1 << 14
	maxLine  = 4 << 10
)

// Extensions are the endings of the names of lists, in lower case.
func Extensions() []string { return []string{".m3u", ".m3u8", ".pls", ".xspf"} }

// Is says by its name whether a file is a list.
func Is(name string) bool { return slices.Contains(Extensions(), strings.ToLower(path.Ext(name))) }

// ErrTooLarge says that a list is longer than any that is read.
var ErrTooLarge = errors.New("playlist: it is too large")

// Read reads a list, whose name says which kind it is, and gives the names in it
// as they stand there. A list that breaks off is what came before.
func Read(name string, r io.Reader) ([]string, error) {
	b, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	if err != nil {
		return nil, fmt.Errorf("playlist: %w", err)
	}
	if len(b) > MaxSize {
		return nil, ErrTooLarge
	}
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	switch strings.ToLower(path.Ext(name)) {
	case ".pls":
		return readPLS(b), nil
	case ".xspf":
		return readXSPF(b)
	}
	return readM3U(b), nil
}

// Open reads the list in a file, and gives its names as paths.
func Open(file string) ([]string, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	list, err := Read(file, f)
	for i, name := range list {
		list[i] = Resolve(filepath.Dir(file), name)
	}
	return list, err
}

// Resolve makes a path of a name that stands in a list in a folder. Backslashes,
// as Windows writes them, part folders where the name has no slash.
func Resolve(dir, name string) string {
	if !strings.Contains(name, "/") {
		name = strings.ReplaceAll(name, `\`, "/")
	}
	name = filepath.FromSlash(name)
	if filepath.IsAbs(name) {
		return filepath.Clean(name)
	}
	return filepath.Join(dir, name)
}

// file is the name in an entry, "" where there is none.
func file(entry string) string {
	entry = strings.TrimSpace(entry)
	scheme, _, isURL := strings.Cut(entry, "://")
	switch {
	case entry == "" || len(entry) > maxLine || strings.ContainsRune(entry, 0):
		return ""
	case !isURL || strings.ContainsAny(scheme, `/\. `):
		return entry
	case !strings.EqualFold(scheme, "file"):
		return ""
	}
	u, err := url.Parse(entry)
	if err != nil {
		return ""
	}
	return u.Path
}

// lines calls visit for each line, of which too many are no list.
func lines(b []byte, visit func(line string) (more bool)) {
	s := bufio.NewScanner(bytes.NewReader(b))
	s.Buffer(make([]byte, 0, maxLine), MaxSize+1)
	for s.Scan() && visit(s.Text()) {
	}
}

func readM3U(b []byte) (list []string) {
	lines(b, func(line string) bool {
		if !strings.HasPrefix(line, "#") {
			if name := file(line); name != "" {
				list = append(list, name)
			}
		}
		return len(list) < MaxItems
	})
	return list
}

// readPLS takes the entries FileN in the order of their numbers.
func readPLS(b []byte) []string {
	type entry struct {
		n    int
		name string
	}
	var all []entry
	lines(b, func(line string) bool {
		key, value, ok := strings.Cut(line, "=")
		key = strings.TrimSpace(key)
		if !ok || len(key) < 5 || !strings.EqualFold(key[:4], "file") {
			return true
		}
		n, err := strconv.Atoi(key[4:])
		if name := file(value); err == nil && name != "" {
			all = append(all, entry{n, name})
		}
		return len(all) < MaxItems
	})
	slices.SortStableFunc(all, func(a, b entry) int { return a.n - b.n })
	var list []string
	for _, e := range all {
		list = append(list, e.name)
	}
	return list
}

// readXSPF takes the first location of each track; those are URLs, relative ones
// too.
func readXSPF(b []byte) (list []string, err error) {
	d := xml.NewDecoder(bytes.NewReader(b))
	d.Strict = false
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	inTrack, have, inLocation := false, false, false
	var text strings.Builder
	for len(list) < MaxItems {
		t, err := d.Token()
		if err == io.EOF {
			return list, nil
		}
		if err != nil {
			return list, fmt.Errorf("playlist: %w", err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "track":
				inTrack, have = true, false
			case "location":
				inLocation = inTrack && !have
				text.Reset()
			}
		case xml.CharData:
			if inLocation && text.Len() < maxLine {
				text.Write(t)
			}
		case xml.EndElement:
			if t.Name.Local == "track" {
				inTrack = false
			}
			if t.Name.Local == "location" && inLocation {
				inLocation = false
				if name := location(text.String()); name != "" {
					list, have = append(list, name), true
				}
			}
		}
	}
	return list, nil
}

func location(s string) string {
	name := file(s)
	if strings.Contains(s, "://") {
		return name
	}
	if plain, err := url.PathUnescape(name); err == nil {
		name = plain
	}
	return name
}

// Write writes a list of names into a file whose name says which kind. When it
// returns, the list outlives a power cut.
func Write(file string, names []string) error {
	var b bytes.Buffer
	ext := strings.ToLower(filepath.Ext(file))
	switch ext {
	case ".pls":
		b.WriteString("[playlist]\n")
		for i, n := range names {
			fmt.Fprintf(&b, "File%d=%s\n", i+1, n)
		}
		fmt.Fprintf(&b, "NumberOfEntries=%d\nVersion=2\n", len(names))
	case ".xspf":
		b.WriteString(xml.Header + "<playlist version=\"1\" xmlns=\"http://xspf.org/ns/0/\">\n<trackList>\n")
		for _, n := range names {
			u := url.URL{Path: n}
			if filepath.IsAbs(n) {
				u.Scheme = "file"
			}
			b.WriteString("<track><location>")
			xml.EscapeText(&b, []byte(u.String()))
			b.WriteString("</location></track>\n")
		}
		b.WriteString("</trackList>\n</playlist>\n")
	default:
		if ext == ".m3u8" {
			b.WriteString("#EXTM3U\n")
		}
		for _, n := range names {
			b.WriteString(n + "\n")
		}
	}
	return durable.Write(file, b.Bytes())
}
