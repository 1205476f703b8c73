package subtitle

import (
	"strconv"
	"strings"
	"time"

	"linnet/player/media"
)

// An ass reads SubStation Alpha line by line.
type ass struct {
	section string
	format  []string // the fields of a line, in their order
	styles  map[string]Cue
}

// parseASS reads the lines Dialogue of the section of events, in the order of
// fields that its line Format says.
func parseASS(lines []string, _ media.Rational) (cues []Cue) {
	a := &ass{styles: map[string]Cue{}}
	for _, l := range lines {
		kind, rest := a.head(l)
		if kind != "dialogue" || a.section != "[events]" || len(cues) == maxCues {
			continue
		}
		f := named(a.format, fields(rest, len(a.format)))
		start, ok1 := clock(f["start"])
		end, ok2 := clock(f["end"])
		if ok1 && ok2 {
			cues = add(cues, a.cue(f, start, end))
		}
	}
	return cues
}

// head reads a line, and keeps what those that follow need. It returns what kind
// of line it is, in lower case, and what stands behind.
func (a *ass) head(l string) (kind, rest string) {
	l = strings.TrimSpace(l)
	if strings.HasPrefix(l, "[") {
		a.section, a.format = strings.ToLower(l), nil
		return "", ""
	}
	kind, rest, ok := strings.Cut(l, ":")
	if !ok {
		return "", ""
	}
	switch kind = strings.ToLower(kind); {
	case kind == "format":
		a.format = fields(strings.ToLower(rest), -1)
	case kind == "style" && strings.Contains(a.section, "styles") && len(a.styles) < maxStyles:
		a.style(named(a.format, fields(rest, len(a.format))))
	}
	return kind, rest
}

// maxStyles bounds memory.
const maxStyles = 1000

// style keeps a style. Where letters stand is numbered in another way in the
// advanced kind than in the plain one.
func (a *ass) style(f map[string]string) {
	align, _ := strconv.Atoi(f["alignment"])
	top := align >= 7 && align <= 9
	if !strings.Contains(a.section, "v4+") {
		top = align >= 5 && align <= 7
	}
	a.styles[f["name"]] = Cue{Italic: f["italic"] == "-1" || f["italic"] == "1", Top: top}
}

// breaks are the ends of lines and the blanks within a text.
var breaks = strings.NewReplacer("\\N", "\n", "\\n", "\n", "\\h", " ")

// cue makes a cue of the fields of an event.
func (a *ass) cue(f map[string]string, start, end time.Duration) Cue {
	c := a.styles[strings.TrimPrefix(f["style"], "*")]
	c.Start, c.End = start, end
	c.Text = c.overrides(breaks.Replace(f["text"]))
	return c
}

// fields parts a line at its commas, into n at most.
func fields(s string, n int) []string {
	all := strings.SplitN(s, ",", n)
	for i := range all {
		all[i] = strings.TrimSpace(all[i])
	}
	return all
}

// named gives fields their names.
func named(names, values []string) map[string]string {
	m := make(map[string]string, len(names))
	for i, v := range values {
		if i < len(names) {
			m[names[i]] = v
		}
	}
	return m
}
