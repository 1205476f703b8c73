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

func TestContains(t *testing.T) {
	for _, c := range []struct {
		s, letters string
		want       bool
	}{
		{"月亮代表我的心", "yldb", true}, {"月亮代表我的心", "dbw", true}, {"月亮代表我的心", "wdx", true}, {"月亮代表我的心", "wdxx", false},
		{"音乐", "yl", true}, {"音乐", "yy", true}, {"邓 丽 君", "dlj", true}, {"Live 现场", "xc", true}, {"现场 Live", "xcl", true},
		{"abc", "abc", false}, {"", "a", false}, {"心", "", true},
	} {
		if got := Contains(c.s, c.letters); got != c.want {
			t.Errorf("%q, %q: %v", c.s, c.letters, got)
		}
	}
}
