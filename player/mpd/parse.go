package mpd

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// split takes a line apart into words; one in double quotes may have spaces in
// it, and a backslash before what it means literally.
func split(line string) ([]string, error) {
	var words []string
	for {
		line = strings.TrimLeft(line, " \t")
		if line == "" {
			return words, nil
		}
		var w string
		if line[0] != '"' {
			i := strings.IndexAny(line, " \t")
			if i < 0 {
				i = len(line)
			}
			if strings.ContainsAny(line[:i], `"'`) && len(words) > 0 {
				return nil, fail(errUnknown, "Invalid unquoted character")
			}
			w, line = line[:i], line[i:]
		} else {
			var b strings.Builder
			i, closed := 1, false
			for ; i < len(line); i++ {
				if line[i] == '"' {
					closed = true
					i++
					break
				}
				if line[i] == '\\' && i+1 < len(line) {
					i++
				}
				b.WriteByte(line[i])
			}
			switch {
			case !closed:
				return nil, fail(errUnknown, "Missing closing '\"'")
			case i < len(line) && line[i] != ' ' && line[i] != '\t':
				return nil, fail(errUnknown, "Space expected after closing '\"'")
			}
			w, line = b.String(), line[i:]
		}
		words = append(words, w)
	}
}

func integer(s string) (int, error) {
	n, err := strconv.ParseInt(s, 10, 32)
	if err != nil {
		return 0, fail(errArg, "Integer expected: %s", s)
	}
	return int(n), nil
}

func unsigned(s string) (int, error) {
	n, err := integer(s)
	if err == nil && n < 0 {
		err = fail(errArg, "Number too large: %s", s)
	}
	return n, err
}

func boolean(s string) (bool, error) {
	switch s {
	case "0":
		return false, nil
	case "1":
		return true, nil
	}
	return false, fail(errArg, "Boolean (0/1) expected: %s", s)
}

// seconds reads a time that may have a sign and a fraction.
func seconds(s string) (time.Duration, error) {
	bad := fail(errArg, "Float expected: %s", s)
	digits := strings.TrimLeft(s, "+-")
	whole, fraction, _ := strings.Cut(digits, ".")
	if len(s)-len(digits) > 1 || whole+fraction == "" || len(whole) > 9 || strings.Trim(whole+fraction, "0123456789") != "" {
		return 0, bad
	}
	const places = 9
	n, err := strconv.ParseInt(whole+(fraction + strings.Repeat("0", places))[:places], 10, 64)
	if err != nil {
		return 0, bad
	}
	if strings.HasPrefix(s, "-") {
		n = -n
	}
	return time.Duration(n), nil
}

// decimal writes such a time without zeros that say nothing.
func decimal(d time.Duration) string {
	sign := ""
	if d < 0 {
		sign, d = "-", -d
	}
	s := fmt.Sprintf("%d.%09d", d/time.Second, d%time.Second)
	return sign + strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// span reads "4", "4:7" (4, 5 and 6) or "4:", up to end.
func span(s string, end int) (from, to int, err error) {
	a, b, isRange := strings.Cut(s, ":")
	if from, err = unsigned(a); err != nil {
		return 0, 0, err
	}
	switch {
	case !isRange:
		to = from + 1
	case b == "":
		to = max(end, from)
	default:
		if to, err = unsigned(b); err == nil && to < from {
			err = fail(errArg, "Malformed range")
		}
	}
	return from, to, err
}
