//go:build !appliance

package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"linnet/player/cue"
	"linnet/player/formats"
	"linnet/player/tag"
)

type tagsCmd struct {
	Charset string   `placeholder:"NAME" help:"Read texts that do not say their charset as this, as Big5 or Shift_JIS; without it, what fits all the files named in one folder best."`
	File    []string `arg:"" help:"Files to look at."`
}

// Help is called by kong.
func (tagsCmd) Help() string {
	return "For each file come the values that hold, then each field, of which tag it is and in which charset it was read. Where tags do not say their charset, the line charset says which one was " +
		"chosen, and why: the texts of all files named in a folder are weighed together, and a file .charset in the folder, or --charset, decides. " +
		"The exit status is 0 when every file could be read, tags or none."
}

// Run prints everything that the tags of files say, and how it was read.
func (c *tagsCmd) Run(s *streams) error {
	var force tag.Charset
	if c.Charset != "" {
		f, err := tag.ParseCharset(c.Charset)
		if err != nil {
			return err
		}
		force = f
	}
	evidence := map[string][][]byte{} // by folder
	for _, name := range c.File {
		if u := undecidedTags(name); u != nil {
			dir := filepath.Dir(name)
			evidence[dir] = append(evidence[dir], u.Texts()...)
		}
	}
	var failed error
	for i, name := range c.File {
		if i > 0 {
			fmt.Fprintln(s.out)
		}
		if sheet, _, ok := cue.Of(name); ok {
			name = sheet
		}
		err := error(nil)
		if cue.Is(name) {
			err = writeSheet(s.out, name, force)
		} else {
			err = writeTags(s.out, name, force, evidence[filepath.Dir(name)])
		}
		if err != nil {
			complain(s.err, "tags: %s", advise(err))
			failed = errSaid
		}
	}
	return failed
}

func writeTags(w io.Writer, name string, force tag.Charset, others [][]byte) error {
	f, size, err := formats.OpenFile(name)
	if err != nil {
		return err
	}
	defer f.Close()
	r, err := tag.Inspect(f, size, force, others)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	t := r.Tags
	var b strings.Builder
	line := func(name, text string) {
		if text != "" {
			fmt.Fprintf(&b, "%-12s %s\n", name, plain(text))
		}
	}
	line("file", name)
	line("title", t.Title)
	line("artist", t.Artist)
	line("album", t.Album)
	line("album artist", t.AlbumArtist)
	line("composer", t.Composer)
	line("track", ofTotal(t.Track, t.TrackTotal))
	line("disc", ofTotal(t.Disc, t.DiscTotal))
	line("date", t.Date)
	line("genre", t.Genre)
	line("comment", t.Comment)
	if r.Verdict.Texts > 0 {
		line("charset", fmt.Sprintf("%s (%s)", r.Verdict.Charset, r.Verdict.Why()))
	}
	if t.Oversize {
		line("", "a picture or a text in the tags is too large, and was not read, or not all of it")
	}
	for _, field := range r.Fields {
		how := ""
		if field.Charset != "" {
			how = "  (" + string(field.Charset) + ")"
		}
		line("", fmt.Sprintf("%s %s = %s%s", field.Tag, field.Name, field.Text, how))
	}
	if len(r.Fields) == 0 {
		line("", "no tags")
	}
	_, err = io.WriteString(w, b.String())
	return err
}
