package tag

import (
	"io"

	"linnet/player/internal/charset"
	"linnet/player/internal/tags"
	"linnet/player/media"
)

// A Charset is one that tags without a stated one may be in.
type Charset = charset.Charset

// ParseCharset finds a charset by one of its usual names.
func ParseCharset(name string) (Charset, error) { return charset.Parse(name) }

// GuessCharset finds the charset that texts have in common; Why of the verdict
// says it in words.
func GuessCharset(texts [][]byte) charset.Verdict { return charset.Guess(texts) }

// Undecided is tags with texts in them whose charset is not known: those that
// claim to be Latin-1, and those that claim nothing. Who reads the files of an
// album decides for all of them at once.
type Undecided struct{ info tags.Info }

// ReadUndecided is Read that leaves the charset open.
func ReadUndecided(r io.ReaderAt, size int64) (*Undecided, error) {
	w := &watch{r: r}
	u := &Undecided{tags.ReadUndecided(w, size)}
	return u, w.result()
}

// Texts are the texts in question, as bytes; none where all is known.
func (u *Undecided) Texts() [][]byte { return u.info.Legacy() }

// Decide gives the tags with those texts in a charset.
func (u *Undecided) Decide(c Charset) media.Tags {
	info := tags.Info{Tags: u.info.Tags}
	info.Decide(c)
	return info.Tags
}

// A Field is one thing that one of a file's tags says.
type Field struct {
	Tag  string // which tag, as "ID3v2.3"
	Name string // the field's own name in it, as "TIT2"
	Text string
	// Charset is what the text was decoded from where the tag does not say, or
	// says Latin-1; "" where it does.
	Charset Charset
}

// A Report is all that a file's tags say.
type Report struct {
	Fields  []Field
	Tags    media.Tags // what comes of them
	Verdict charset.Verdict
}

// Inspect reads everything that the tags of a file of size bytes say. Texts
// without a stated charset are decoded as force, or, where that is "", as what
// Guess makes of them and of others, which are the texts of files beside it.
func Inspect(r io.ReaderAt, size int64, force Charset, others [][]byte) (Report, error) {
	w := &watch{r: r}
	info := tags.ReadFields(w, size)
	texts := info.Legacy()
	v := charset.Guess(append(texts[:len(texts):len(texts)], others...))
	if force != "" {
		v = charset.Verdict{Charset: force, Texts: len(texts), Forced: true}
	}
	info.Decide(v.Charset)
	rep := Report{Tags: info.Tags, Verdict: v}
	for _, f := range info.Fields {
		out := Field{Tag: f.Tag, Name: f.Name, Text: f.Text}
		if f.Raw != nil {
			out.Charset = v.Charset
		}
		rep.Fields = append(rep.Fields, out)
	}
	return rep, w.result()
}
