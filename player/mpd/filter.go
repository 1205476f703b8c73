package mpd

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"time"

	"linnet/player/library"
)

// A filter says whether a song is wanted.
type filter interface{ match(t *library.Track) bool }

type both []filter // all of them

func (f both) match(t *library.Track) bool {
	for _, x := range f {
		if !x.match(t) {
			return false
		}
	}
	return true
}

type inverse struct{ filter }

func (f inverse) match(t *library.Track) bool { return !f.filter.match(t) }

type predicate func(t *library.Track) bool

func (f predicate) match(t *library.Track) bool { return f(t) }

// maxFilter is how deep expressions are taken, maxTerms how many parts they have.
const maxFilter, maxTerms = 16, 64

// tagFilter compares a tag, or any tag where its name is "". A tag that a song
// lacks is "" for equality; the artist stands in for an album artist.
type tagFilter struct {
	tag string
	ok  func(string) bool
}

func (f tagFilter) match(t *library.Track) bool {
	if f.tag == "" {
		for _, name := range tagNames {
			if v := value(t, name); v != "" && f.ok(v) {
				return true
			}
		}
		return false
	}
	v := value(t, f.tag)
	if v == "" && f.tag == "AlbumArtist" {
		v = value(t, "Artist")
	}
	return f.ok(v)
}

// operators give what compares with a value.
func operator(op, want string, fold bool) (ok func(string) bool, negative bool, err error) {
	if fold && op != "=~" && op != "!~" {
		want = strings.ToLower(want)
	}
	folded := func(f func(a, b string) bool) func(string) bool {
		return func(have string) bool {
			if fold {
				have = strings.ToLower(have)
			}
			return f(have, want)
		}
	}
	equal := func(a, b string) bool { return a == b }
	switch op {
	case "==":
		if fold { // as in MPD, searching is looking for a part
			return folded(strings.Contains), false, nil
		}
		return folded(equal), false, nil
	case "!=":
		if fold {
			return folded(strings.Contains), true, nil
		}
		return folded(equal), true, nil
	case "contains":
		return folded(strings.Contains), false, nil
	case "!contains":
		return folded(strings.Contains), true, nil
	case "starts_with":
		return folded(strings.HasPrefix), false, nil
	case "!starts_with":
		return folded(strings.HasPrefix), true, nil
	case "=~", "!~":
		if fold {
			want = "(?i)" + want
		}
		const most = 256
		if len(want) > most {
			return nil, false, fail(errArg, "regex is too long")
		}
		re, err := regexp.Compile(want)
		if err != nil {
			return nil, false, fail(errArg, "%v", err)
		}
		return re.MatchString, op == "!~", nil
	}
	return nil, false, fail(errArg, "Unknown filter operator: %s", op)
}

// term makes a filter of a name, an operator and a value.
func term(name, op, want string, fold bool) (filter, error) {
	var f filter
	ok, negative, err := operator(op, want, fold)
	if err != nil {
		return nil, err
	}
	switch lower := strings.ToLower(name); {
	case lower == "any":
		f = tagFilter{"", ok}
	case lower == "file" || lower == "filename":
		f = predicate(func(t *library.Track) bool { return ok(t.Path) })
	case canonical(name) != "":
		f = tagFilter{canonical(name), ok}
	default:
		return nil, fail(errArg, "Unknown filter type: %s", name)
	}
	if negative {
		f = inverse{f}
	}
	return f, nil
}

// special makes a filter of a name that takes no operator.
func special(name, want string) (filter, error) {
	switch strings.ToLower(name) {
	case "base":
		dir := uri(want)
		return predicate(func(t *library.Track) bool { return dir == "" || t.Path == dir || strings.HasPrefix(t.Path, dir+"/") }), nil
	case "modified-since", "added-since":
		at, err := when(want)
		if err != nil {
			return nil, err
		}
		if strings.EqualFold(name, "added-since") {
			return predicate(func(t *library.Track) bool { return t.Added >= at }), nil
		}
		return predicate(func(t *library.Track) bool { return t.ModTime/int64(time.Second) >= at }), nil
	}
	return nil, errNotSpecial
}

// errNotSpecial is what special answers to other names.
var errNotSpecial = fail(errArg, "Unknown filter type")

// known says whether songs can be asked for by a name.
func known(name string) bool {
	switch strings.ToLower(name) {
	case "any", "file", "filename", "base", "modified-since", "added-since":
		return true
	}
	return canonical(name) != ""
}

// when reads a time: seconds since 1970, or as in ISO 8601.
func when(s string) (int64, error) {
	if n, err := strconv.ParseInt(s, 10, 64); err == nil && n >= 0 { // of any length: 32 bits end in 2038
		return n, nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.Unix(), nil
		}
	}
	return 0, fail(errArg, "Failed to parse timestamp")
}

// An expression is what is left of one to be parsed.
type expression struct {
	rest  string
	fold  bool
	terms int
}

func (e *expression) space() { e.rest = strings.TrimLeft(e.rest, " \t") }

// take steps over a text, if it is next.
func (e *expression) take(s string) bool {
	rest, ok := strings.CutPrefix(e.rest, s)
	if ok {
		e.rest = rest
		e.space()
	}
	return ok
}

func (e *expression) word() string {
	i := strings.IndexFunc(e.rest, func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '-' || r == '_') })
	if i < 0 {
		i = len(e.rest)
	}
	w := e.rest[:i]
	e.rest = e.rest[i:]
	e.space()
	return w
}

// quoted reads a value in quotes of either kind, in which a backslash takes the
// next character as it is.
func (e *expression) quoted() (string, error) {
	if e.rest == "" || e.rest[0] != '"' && e.rest[0] != '\'' {
		return "", fail(errArg, "Quoted string expected")
	}
	quote := e.rest[0]
	var b strings.Builder
	for i := 1; i < len(e.rest); i++ {
		switch c := e.rest[i]; {
		case c == quote:
			e.rest = e.rest[i+1:]
			e.space()
			return b.String(), nil
		case c == '\\' && i+1 < len(e.rest):
			i++
			b.WriteByte(e.rest[i])
		default:
			b.WriteByte(c)
		}
	}
	return "", fail(errArg, "Closing quote not found")
}

// parse reads one expression, which is in parentheses.
func (e *expression) parse(depth int) (filter, error) {
	if e.terms++; depth > maxFilter || e.terms > maxTerms {
		return nil, fail(errArg, "Filter is too complex")
	}
	if !e.take("(") {
		return nil, fail(errArg, "'(' expected")
	}
	switch {
	case strings.HasPrefix(e.rest, "!"):
		e.take("!")
		f, err := e.parse(depth + 1)
		if err != nil {
			return nil, err
		}
		return inverse{f}, e.end()
	case strings.HasPrefix(e.rest, "("):
		return e.and(depth)
	}
	return e.comparison()
}

func (e *expression) end() error {
	if !e.take(")") {
		return fail(errArg, "')' expected")
	}
	return nil
}

func (e *expression) and(depth int) (filter, error) {
	var all both
	for {
		f, err := e.parse(depth + 1)
		if err != nil {
			return nil, err
		}
		all = append(all, f)
		if e.take(")") {
			return all, nil
		}
		if e.word() != "AND" {
			return nil, fail(errArg, "'AND' expected")
		}
	}
}

func (e *expression) comparison() (filter, error) {
	name := e.word()
	if name == "" {
		return nil, fail(errArg, "Word expected")
	}
	if strings.HasPrefix(e.rest, "'") || strings.HasPrefix(e.rest, "\"") {
		want, err := e.quoted()
		if err != nil {
			return nil, err
		}
		f, err := special(name, want)
		if err != nil {
			return nil, err
		}
		return f, e.end()
	}
	op := ""
	for _, o := range []string{"==", "!=", "=~", "!~", "contains", "!contains", "starts_with", "!starts_with"} {
		if op == "" && e.take(o) {
			op = o
		}
	}
	if op == "" {
		return nil, fail(errArg, "Unknown filter operator: %s", e.rest)
	}
	want, err := e.quoted()
	if err != nil {
		return nil, err
	}
	var f filter
	if strings.EqualFold(name, "audioformat") {
		f, err = formatFilter(op, want)
	} else {
		f, err = term(name, op, want, e.fold)
	}
	if err != nil {
		return nil, err
	}
	return f, e.end()
}

// formatFilter compares a song's format with one in which parts may be "*".
func formatFilter(op, want string) (filter, error) {
	parts := strings.Split(want, ":")
	if op != "==" && op != "=~" || len(parts) != 3 {
		return nil, fail(errArg, "Failed to parse audio format")
	}
	return predicate(func(t *library.Track) bool {
		have := strings.Split(audioText(t.Audio), ":")
		if len(have) != len(parts) {
			return false
		}
		for i, p := range parts {
			if p != have[i] && !(p == "*" && op == "=~") {
				return false
			}
		}
		return true
	}), nil
}

// A query is a filter and what is to be done with what it finds.
type query struct {
	filter   filter
	sort     string // a tag, "" for the library's order
	reverse  bool
	from, to int // of the window; to below 0 is all
	groups   []string
	position string
	seen     int
}

// inWindow counts a song that was found, and says whether it is in the window.
func (q *query) inWindow() bool {
	q.seen++
	return q.seen > q.from && (q.to < 0 || q.seen <= q.to)
}

// parseQuery reads a filter, in the old form of names and values or in the new
// one of expressions, and what follows it.
func (c *client) parseQuery(args []string, fold bool) (*query, error) {
	q := &query{to: -1}
	var err error
	for len(args) >= 2 {
		n := len(args) - 2
		key, val := args[n], args[n+1]
		switch key {
		case "sort":
			q.sort, q.reverse = strings.TrimPrefix(val, "-"), strings.HasPrefix(val, "-")
			if canonical(q.sort) == "" && !strings.EqualFold(q.sort, "Last-Modified") {
				return nil, fail(errArg, "Unknown sort tag")
			}
		case "window":
			if q.from, q.to, err = span(val, 1<<30); err != nil {
				return nil, err
			}
		case "group":
			name := canonical(val)
			if name == "" {
				return nil, fail(errArg, "Unknown tag type: %s", val)
			}
			q.groups = append([]string{name}, q.groups...)
		case "position":
			q.position = val
		default:
			n = -1
		}
		if n < 0 {
			break
		}
		args = args[:n]
	}
	q.filter, err = parseFilter(args, fold)
	return q, err
}

func parseFilter(args []string, fold bool) (filter, error) {
	var all both
	for len(args) > 0 {
		if len(all) >= maxTerms {
			return nil, fail(errArg, "Filter is too complex")
		}
		if strings.HasPrefix(args[0], "(") {
			e := &expression{rest: args[0], fold: fold}
			f, err := e.parse(0)
			if err == nil && e.rest != "" {
				err = fail(errArg, "Unparsed garbage after expression")
			}
			if err != nil {
				return nil, err
			}
			all, args = append(all, f), args[1:]
			continue
		}
		if len(args) < 2 {
			return nil, fail(errArg, "Incorrect number of filter arguments")
		}
		if !known(args[0]) {
			return nil, fail(errArg, "Unknown filter type")
		}
		f, err := special(args[0], args[1])
		if errors.Is(err, errNotSpecial) {
			f, err = term(args[0], "==", args[1], fold)
		}
		if err != nil {
			return nil, err
		}
		all, args = append(all, f), args[2:]
	}
	return all, nil
}
