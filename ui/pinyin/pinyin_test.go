package pinyin

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

func TestSplit(t *testing.T) {
	for in, want := range map[string][]string{
		"":         nil,
		"ni":       {"ni"},
		"nihao":    {"ni", "hao"},
		"huish":    {"hui", "sh"},
		"yuanshan": {"yuan", "shan"},
		"xi'an":    {"xi", "an"},
		"xian":     {"xian"},
		"zhuangzh": {"zhuang", "zh"},
		"nv":       {"nv"},
		"lve":      {"lve"},
		"iu":       {"i", "u"},
		"''a'":     {"a"},
		"woaibeij": {"wo", "ai", "bei", "j"},
		"shengyin": {"sheng", "yin"},
		"q":        {"q"},
	} {
		if got := Split(in); !slices.Equal(got, want) {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}

func TestFind(t *testing.T) {
	for _, c := range []struct {
		syllable, first string
		all             string // must be among forty
	}{
		{"shan", "", "山善闪扇衫"},
		{"yue", "", "月越约乐岳阅"},
		{"le", "了", "乐"},
		{"de", "的", "得地德"},
		{"wo", "我", "握卧"},
		{"nv", "女", ""},
		{"zh", "", "这中"},
		{"sh", "是", "上说"},
		{"hui", "会", "回灰汇慧"},
		{"sheng", "", "生声"},
	} {
		got := Find(nil, c.syllable, 40)
		if c.first != "" && string(got[0]) != c.first {
			t.Errorf("%s begins with %c, want %s", c.syllable, got[0], c.first)
		}
		for _, r := range c.all {
			if !slices.Contains(got, r) {
				t.Errorf("%s lacks %c: %s", c.syllable, r, string(got))
			}
		}
		if sorted := slices.Compact(slices.Sorted(slices.Values(got))); len(sorted) != len(got) {
			t.Errorf("%s has a hanzi twice: %s", c.syllable, string(got))
		}
	}
	if got := Find([]rune("x"), "ui", 9); string(got) != "x" {
		t.Errorf("no syllable begins with ui: %s", string(got))
	}
	if got := Find(nil, "", 9); got != nil {
		t.Errorf("nothing typed: %s", string(got))
	}
}

// TestAll: every hanzi of the set can be typed.
func TestAll(t *testing.T) {
	seen := map[rune]bool{}
	at := 2
	var names []string
	for range syllables() {
		n := int(table[at])
		names = append(names, string(table[at+1:at+1+n]))
		at += 1 + n
	}
	if !slices.IsSorted(names) || len(names) < 400 || len(names) > 450 {
		t.Errorf("%d syllables", len(names))
	}
	for ; at < len(table); at += 4 {
		seen[rune(table[at])|rune(table[at+1])<<8] = true
	}
	if len(seen) < 20800 {
		t.Errorf("%d hanzi can be typed", len(seen))
	}
	buf := make([]rune, 0, 64)
	if n := testing.AllocsPerRun(10, func() { buf = Find(buf[:0], "shi", 60) }); n != 0 {
		t.Errorf("Find allocates %.0f times", n)
	}
}

// TestGenerated makes the table anew where Unihan is installed.
func TestGenerated(t *testing.T) {
	const unihan = "/usr/share/unicode/Unihan_Readings.txt.bz2"
	if _, err := os.Stat(unihan); err != nil {
		t.Skipf("the table is not made anew: Debian's unicode-data is not installed: %v", err)
	}
	out := filepath.Join(t.TempDir(), "table.bin")
	run := exec.Command("go", "run", "./internal/gen", "-o", out)
	run.Env = append(os.Environ(), "GOOS=", "GOARCH=", "GOARM=")
	if b, err := run.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, b)
	}
	if got, err := os.ReadFile(out); err != nil || !bytes.Equal(got, table) {
		t.Errorf("table.bin is not what gen makes; run go generate (%v)", err)
	}
}
