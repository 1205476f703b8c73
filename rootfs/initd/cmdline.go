package initd

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// params are what the kernel's command line tells process 1.
type params struct {
	board string   // linnet.board
	host  string   // linnet.hostname
	args  []string // linnet.args, for the player
	run   []string // linnet.run, instead of the player; nil: not asked for
	again bool     // linnet.end=reboot: what to do after it, for machines that can't power off

	// From a boot loader that chooses between two systems.
	slot     string // linnet.slot: "a" or "b"; empty where there is no choice
	fallback string // linnet.fallback: why it is not the one that was to be; empty: it is
	trial    bool   // linnet.trial=1: it is left for the other one unless it confirms that it runs
}

// parseCmdline reads /proc/cmdline. An error tells what was not understood;
// the rest holds.
func parseCmdline(s string) (params, error) {
	var p params
	var bad []error
	for _, a := range splitCmdline(s) {
		key, value, _ := strings.Cut(a, "=")
		name, ours := strings.CutPrefix(key, "linnet.")
		if !ours {
			continue
		}
		value = unquote(value)
		var err error
		switch name {
		case "board":
			p.board = value
		case "hostname":
			p.host = value
		case "args":
			p.args, err = words(value)
		case "run":
			p.run, err = words(value)
		case "end":
			p.again, err = endParam(value)
		case "slot":
			p.slot, err = oneOf(value, "a", "b")
		case "trial":
			value, err = oneOf(value, "0", "1")
			p.trial = value == "1"
		case "fallback":
			p.fallback, err = oneOf(value, "checksum", "unconfirmed", "starts")
		default:
			err = errors.New("there is no such parameter")
		}
		if err != nil {
			bad = append(bad, fmt.Errorf("initd: kernel command line: %s: %w", key, err))
		}
	}
	return p, errors.Join(bad...)
}

func endParam(value string) (again bool, err error) {
	value, err = oneOf(value, "reboot", "poweroff")
	return value == "reboot", err
}

// oneOf is a value that has to be one of some.
func oneOf(value string, of ...string) (string, error) {
	if !slices.Contains(of, value) {
		return "", fmt.Errorf("%q is none of %s", value, strings.Join(of, ", "))
	}
	return value, nil
}

// splitCmdline splits at blanks outside of double quotes, as the kernel does
// (next_arg in lib/cmdline.c): a quote may stand before the key or the value.
// What stands behind "--" is for process 1 by other means, so it ends there.
func splitCmdline(s string) []string {
	var all []string
	for {
		s = strings.TrimLeft(s, " \t\n")
		end, quoted := 0, false
		for ; end < len(s) && (quoted || !strings.ContainsRune(" \t\n", rune(s[end]))); end++ {
			if s[end] == '"' {
				quoted = !quoted
			}
		}
		if end == 0 || s[:end] == "--" {
			return all
		}
		arg := s[:end]
		if strings.HasPrefix(arg, `"`) {
			arg = unquote(arg)
		}
		all, s = append(all, arg), s[end:]
	}
}

// unquote takes the quotes off both ends; the kernel has no way to write one
// inside.
func unquote(s string) string {
	if t, ok := strings.CutPrefix(s, `"`); ok {
		return strings.TrimSuffix(t, `"`)
	}
	return s
}

// words splits a value into arguments: at blanks, except inside of single
// quotes and behind a backslash. The result is never nil.
func words(s string) ([]string, error) {
	all := []string{}
	var word []byte
	begun, quoted := false, false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '\'':
			quoted, begun = !quoted, true
		case c == '\\' && !quoted && i+1 < len(s):
			i++
			word, begun = append(word, s[i]), true
		case strings.IndexByte(" \t\n", c) >= 0 && !quoted:
			if begun {
				all = append(all, string(word))
			}
			word, begun = nil, false
		default:
			word, begun = append(word, c), true
		}
	}
	if begun {
		all = append(all, string(word))
	}
	if quoted {
		return all, errors.New("a single quote is not closed")
	}
	return all, nil
}
