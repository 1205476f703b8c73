package subtitle

import (
	"strconv"
	"strings"
	"time"

	"linnet/player/media"
)

// parseSRT reads SubRip: a number, a line of two times, and text up to an empty
// line. The number is not needed; an empty line within the text is passed over
// where no times follow.
func parseSRT(lines []string, _ media.Rational) (cues []Cue) {
	for i := 0; i < len(lines) && len(cues) < maxCues; i++ {
		start, end, ok := srtTimes(lines[i])
		if !ok {
			continue
		}
		var text []string
		for i++; i < len(lines); i++ {
			if _, _, ok := srtTimes(lines[i]); ok {
				// The number before it belongs to the next one.
				if n := len(text); n > 0 && number(text[n-1]) {
					text = text[:n-1]
				}
				break
			}
			text = append(text, lines[i])
		}
		i--
		cues = add(cues, styled(start, end, strings.Join(text, "\n")))
	}
	return cues
}

// add appends a cue that shows something.
func add(cues []Cue, c Cue) []Cue {
	if c.Text = tidy(c.Text); c.Text == "" || c.End <= c.Start {
		return cues
	}
	return append(cues, c)
}

func number(s string) bool {
	_, err := strconv.Atoi(strings.TrimSpace(s))
	return err == nil
}

// srtTimes reads "00:01:02,345 --> 00:01:04,000", behind which places may
// stand.
func srtTimes(line string) (start, end time.Duration, ok bool) {
	from, to, found := strings.Cut(line, "-->")
	if !found {
		return 0, 0, false
	}
	if fields := strings.Fields(to); len(fields) > 0 {
		to = fields[0]
	}
	start, ok1 := clock(from)
	end, ok2 := clock(to)
	return start, end, ok1 && ok2
}

// clock reads h:mm:ss or mm:ss with a fraction behind a comma or a dot.
func clock(s string) (time.Duration, bool) {
	s = strings.Replace(strings.TrimSpace(s), ",", ".", 1)
	whole, part, _ := strings.Cut(s, ".")
	fields := strings.Split(whole, ":")
	if len(fields) < 2 || len(fields) > 3 {
		return 0, false
	}
	seconds := 0
	for _, f := range fields {
		n, err := strconv.Atoi(strings.TrimSpace(f))
		if err != nil || n < 0 || n > 999 {
			return 0, false
		}
		seconds = 60*seconds + n
	}
	d, unit := time.Duration(seconds)*time.Second, time.Second
	for _, c := range part {
		if c < '0' || c > '9' {
			return 0, false
		}
		unit /= 10
		d += time.Duration(c-'0') * unit
	}
	return d, true
}

// styled makes a cue of text with SubRip's tags, which are HTML's, and the
// overrides of SubStation Alpha that files have all the same.
func styled(start, end time.Duration, text string) Cue {
	c := Cue{Start: start, End: end}
	text = c.overrides(text)
	var out strings.Builder
	for text != "" {
		at := strings.IndexByte(text, '<')
		if at < 0 {
			break
		}
		out.WriteString(text[:at])
		text = text[at:]
		stop := strings.IndexByte(text, '>')
		if stop < 0 || !tag(text[1:stop]) {
			out.WriteByte('<')
			text = text[1:]
			continue
		}
		c.Italic = c.Italic || strings.EqualFold(text[1:stop], "i")
		text = text[stop+1:]
	}
	out.WriteString(text)
	c.Text = out.String()
	return c
}

// tag says whether what stands between < and > is a tag.
func tag(s string) bool {
	name, _, _ := strings.Cut(strings.ToLower(strings.TrimPrefix(s, "/")), " ")
	return name == "i" || name == "b" || name == "u" || name == "s" || name == "font"
}

// overrides takes what stands in braces out of a text, and heeds it.
func (c *Cue) overrides(text string) string {
	var out strings.Builder
	drawing := false
	for text != "" {
		at := strings.Index(text, "{\\")
		if at < 0 {
			at = len(text)
		}
		if !drawing {
			out.WriteString(text[:at])
		}
		text = text[at:]
		stop := strings.IndexByte(text, '}')
		if stop < 0 {
			if !drawing {
				out.WriteString(text)
			}
			break
		}
		for _, o := range strings.Split(text[1:stop], "\\") {
			switch {
			case o == "i1":
				c.Italic = true
			case strings.HasPrefix(o, "an") && len(o) == 3:
				c.Top = o[2] >= '7' && o[2] <= '9'
			case strings.HasPrefix(o, "p") && number(o[1:]):
				drawing = o != "p0" // what follows are lines, not letters
			}
		}
		text = text[stop+1:]
	}
	return out.String()
}

// parseMicroDVD reads lines of {from}{to}text, which count pictures. The first
// may say their rate.
func parseMicroDVD(lines []string, rate media.Rational) (cues []Cue) {
	if !rate.Known() {
		rate = media.Rational{Num: 25, Den: 1}
	}
	at := func(n int) time.Duration { return media.VideoFormat{Rate: rate}.Duration(int64(n)) }
	for _, l := range lines {
		from, rest, ok1 := braced(strings.TrimSpace(l))
		to, text, ok2 := braced(rest)
		if !ok1 || !ok2 || len(cues) == maxCues {
			continue
		}
		if from <= 1 && to <= 1 {
			if r, ok := decimal(text); ok {
				rate = r
				continue
			}
		}
		c := Cue{Start: at(from), End: at(to)}
		var shown []string
		for _, part := range strings.Split(text, "|") {
			for strings.HasPrefix(part, "{") {
				code, behind, found := strings.Cut(part[1:], "}")
				if !found {
					break
				}
				c.Italic = c.Italic || strings.EqualFold(code, "y:i")
				part = behind
			}
			if strings.HasPrefix(part, "/") {
				c.Italic, part = true, part[1:]
			}
			shown = append(shown, part)
		}
		c.Text = strings.Join(shown, "\n")
		cues = add(cues, c)
	}
	return cues
}

// braced reads a number in braces, and returns what stands behind.
func braced(s string) (n int, rest string, ok bool) {
	if !strings.HasPrefix(s, "{") {
		return 0, s, false
	}
	digits, rest, ok := strings.Cut(s[1:], "}")
	n, err := strconv.Atoi(digits)
	return n, rest, ok && err == nil && n >= 0 && n < 1<<30
}

// decimal reads a rate as 23.976.
func decimal(s string) (media.Rational, bool) {
	whole, part, _ := strings.Cut(strings.TrimSpace(s), ".")
	part = (part + "000")[:3]
	n, err := strconv.Atoi(whole + part)
	return media.Rational{Num: n, Den: 1000}, err == nil && n >= 1000 && n < 1000_000
}
