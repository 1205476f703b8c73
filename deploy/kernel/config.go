package kernel

import (
	"bufio"
	"bytes"
	"fmt"
	"slices"
	"strings"
)

// option is a line of a configuration. An option that is off has the value n.
type option struct{ name, value string }

// parse reads a configuration: NAME=value, or "# NAME is not set".
func parse(text []byte) ([]option, error) {
	var all []option
	s := bufio.NewScanner(bytes.NewReader(text))
	for n := 1; s.Scan(); n++ {
		line := strings.TrimSpace(s.Text())
		if name, ok := strings.CutPrefix(line, "# CONFIG_"); ok {
			if name, ok := strings.CutSuffix(name, " is not set"); ok {
				all = append(all, option{"CONFIG_" + name, "n"})
			}
			continue
		}
		if line == "" || line[0] == '#' {
			continue
		}
		name, value, ok := strings.Cut(line, "=")
		if !ok || !strings.HasPrefix(name, "CONFIG_") {
			return nil, fmt.Errorf("line %d is neither an option nor a comment: %q", n, line)
		}
		all = append(all, option{name, value})
	}
	return all, s.Err()
}

// dropped returns those of the options wanted that the configuration has not,
// as lines that say what it has instead. Of an option named twice the later
// line counts. An option that the configuration does not mention is off.
func dropped(want, got []option) []string {
	value := map[string]string{}
	for _, o := range got {
		value[o.name] = o.value
	}
	last := map[string]string{}
	for _, o := range want {
		last[o.name] = o.value
	}
	var bad []string
	for name, v := range last {
		has := value[name]
		if has == "" {
			has = "n"
		}
		if has != v {
			bad = append(bad, fmt.Sprintf("%s=%s (it is %s)", name, v, has))
		}
	}
	slices.Sort(bad)
	return bad
}
