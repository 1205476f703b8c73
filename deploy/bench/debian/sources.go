package debian

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// systemSources returns what the machine's files say about where Debian is, by
// file name. Files about other archives are left out.
func systemSources(etc string) (map[string]string, error) {
	files, err := filepath.Glob(filepath.Join(etc, "sources.list.d", "*"))
	if err != nil {
		return nil, err
	}
	found := map[string]string{}
	for _, f := range append([]string{filepath.Join(etc, "sources.list")}, files...) {
		b, err := os.ReadFile(f)
		if err != nil {
			continue // a machine has either kind
		}
		var text string
		switch filepath.Ext(f) {
		case ".list":
			text = convertLines(string(b))
		case ".sources":
			text = convertStanzas(string(b))
		}
		if text != "" {
			found[filepath.Base(f)] = text
		}
	}
	return found, nil
}

// isDebian tells Debian's own archive, or a mirror of it, by what every one of
// them has in its address.
func isDebian(uri string) bool { return strings.Contains(uri, "debian") }

// convertLines turns one-line entries into ones for programs and sources of any
// architecture: deb [arch=amd64 signed-by=FILE] URI SUITE COMPONENT...
func convertLines(text string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		if len(words) < 4 || words[0] != "deb" {
			continue
		}
		rest := words[1:]
		var options []string
		if strings.HasPrefix(rest[0], "[") {
			end := slices.IndexFunc(rest, func(w string) bool { return strings.HasSuffix(w, "]") })
			if end < 0 || end+1 == len(rest) {
				continue
			}
			options = strings.Fields(strings.Trim(strings.Join(rest[:end+1], " "), "[]"))
			rest = rest[end+1:]
		}
		options = slices.DeleteFunc(options, func(o string) bool { return strings.HasPrefix(o, "arch") })
		if !isDebian(rest[0]) {
			continue
		}
		if len(options) > 0 {
			rest = append([]string{"[" + strings.Join(options, " ") + "]"}, rest...)
		}
		for _, kind := range []string{"deb ", "deb-src "} {
			out.WriteString(kind + strings.Join(rest, " ") + "\n")
		}
	}
	return out.String()
}

// convertStanzas does the same to the newer form, in which an entry is a stanza
// of fields. A field goes on in lines that start with a blank.
func convertStanzas(text string) string {
	var out []string
	for _, stanza := range strings.Split(text, "\n\n") {
		fields := stanzaFields(stanza)
		if !isDebian(fields["uris"]) || strings.EqualFold(strings.TrimSpace(fields["enabled"]), "no") || !slices.Contains(strings.Fields(fields["types"]), "deb") {
			continue
		}
		kept := []string{"Types: deb deb-src"}
		for _, name := range []string{"URIs", "Suites", "Components", "Signed-By", "Trusted"} {
			if v := fields[strings.ToLower(name)]; v != "" {
				kept = append(kept, name+":"+v)
			}
		}
		out = append(out, strings.Join(kept, "\n")+"\n")
	}
	return strings.Join(out, "\n")
}

// stanzaFields are a stanza's values by their names in small letters; lines of a
// long one stay apart.
func stanzaFields(stanza string) map[string]string {
	fields, name := map[string]string{}, ""
	for line := range strings.Lines(stanza) {
		line = strings.TrimRight(line, "\n")
		switch {
		case line == "" || line[0] == '#':
		case line[0] == ' ' || line[0] == '\t':
			fields[name] += "\n" + line
		default:
			var value string
			name, value, _ = strings.Cut(line, ":")
			name = strings.ToLower(name)
			fields[name] = value
		}
	}
	return fields
}
