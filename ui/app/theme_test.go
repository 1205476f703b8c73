package app

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"linnet/ui/theme"
)

// harbourTheme is the example of ui/theme/README.md, but for its icons.
func harbourTheme(t *testing.T) *theme.Theme {
	t.Helper()
	readme, err := os.ReadFile("../theme/README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(readme), "```ini\n")
	text, _, _ := strings.Cut(rest, "icons =")
	th, err := theme.Load(fstest.MapFS{"h.theme": {Data: []byte(text)}}, "h.theme")
	if err != nil {
		t.Fatal(err)
	}
	return th
}

// TestThemeFromStorage: a theme file is found when Display opens, one that is
// broken is told of, and what is chosen is seen and kept.
func TestThemeFromStorage(t *testing.T) {
	for lang, name := range map[Lang]string{English: "en", Chinese: "zh"} {
		kept := ""
		text := "wait 0.1s\nkey home\ntap 60 216\nwait 0.1s\ntap 100 96\nwait 0.2s\nshot theme-broken-" + name + "\n" +
			"wait 5s\ntap 100 60\nwait 0.1s\nshot theme-menu-" + name + "\nkey down\nkey down\nkey down\nkey enter\nwait 0.2s\nshot =chosen\nkey home\nkey down\nwait 0.2s\nshot theme-file-" + name
		perform(t, text, func(s *stage, o *Options) {
			if lang == Chinese {
				inChinese(s, o)
			}
			everything(s, o)
			o.FindThemes = func() ([]*theme.Theme, error) {
				_, err := theme.Load(fstest.MapFS{"night.theme": {Data: []byte("# Night\naccent = #602020")}}, "night.theme")
				return []*theme.Theme{harbourTheme(t)}, err
			}
			o.Keep = func(p Prefs) { kept = p.Theme }
			s.check["chosen"] = func() {
				if s.app.theme.Name != "Harbour" || kept != "Harbour" {
					s.Errorf("%s is seen, %q is kept", s.app.theme.Name, kept)
				}
			}
		})
	}
}

// TestThemeFaults: each has words in both languages.
func TestThemeFaults(t *testing.T) {
	for f := theme.FaultRead; f <= theme.FaultIcon; f++ {
		for _, w := range []*words{&english, &chinese} {
			first, second := w.themeFault(&theme.FileError{File: "themes/one.theme", Line: 7, Fault: f, What: "accnt", Least: 1, Most: 2, Tenths: 21, Err: os.ErrNotExist})
			if !strings.Contains(first, "one.theme") || !strings.Contains(first, "7") || second == "" || strings.Contains(second, "%!") {
				t.Errorf("fault %d: %q, %q", f, first, second)
			}
		}
	}
}
