package pinyin

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

func TestInitials(t *testing.T) {
	for s, want := range map[string]string{
		"月亮代表我的心": "yldbwdx", "邓丽君": "dlj", "鄧麗君": "dlj", "七里香": "qlx", "阿八": "ab", "做": "z", "嗯": "n", "二": "e", "哦": "o", "热": "r",
		"青花瓷": "qhc", "发": "f", "个": "g", "机": "j", "开": "k", "妈": "m", "爬": "p", "他": "t", "我": "w", "丫": "y",
	} {
		got := ""
		for _, r := range s {
			got += string(Initial(r))
		}
		if got != want {
			t.Errorf("%s: %q, want %q", s, got, want)
		}
	}
	for _, r := range "aé あ가" {
		if Rank(r) != 0 || Initial(r) != 0 {
			t.Errorf("%q has a rank", r)
		}
	}
}

// Every letter's characters are one stretch, in the alphabet's order.
func TestOrder(t *testing.T) {
	byRank := make([]rune, last-first+2)
	for r := rune(first); r <= last; r++ {
		if n := Rank(r); n < 1 || n >= len(byRank) || byRank[n] != 0 {
			t.Fatalf("%c has rank %d", r, n)
		}
		byRank[Rank(r)] = r
	}
	was := byte(0)
	for _, r := range byRank[1:] {
		if c := Initial(r); c < was {
			t.Fatalf("%c begins with %c behind %c", r, c, was)
		} else {
			was = c
		}
	}
}

// The table is CLDR's: a sample of it is compared with x/text's collation.
func TestTable(t *testing.T) {
	var sample []string
	for r := rune(first); r <= last; r += 97 {
		sample = append(sample, string(r))
	}
	c := collate.New(language.MustParse("zh-u-co-pinyin"))
	want := slices.Clone(sample)
	slices.SortStableFunc(want, c.CompareString)
	slices.SortStableFunc(sample, func(a, b string) int { return Rank([]rune(a)[0]) - Rank([]rune(b)[0]) })
	if got, want := strings.Join(sample, ""), strings.Join(want, ""); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestOther(t *testing.T) {
	for r, want := range map[rune]byte{'乐': 'y', '长': 'c', '沈': 's', '月': 0, 'a': 0, 'é': 0, 0: 0} {
		if got := Other(r); got != want {
			t.Errorf("%q: %q, want %q", r, got, want)
		}
	}
	seen := map[rune]bool{}
	for i, r := range others {
		if r < first {
			continue
		}
		if seen[r] || Other(r) == Initial(r) || others[i+len(string(r))] < 'a' {
			t.Errorf("%c is there for nothing", r)
		}
		seen[r] = true
	}
}
