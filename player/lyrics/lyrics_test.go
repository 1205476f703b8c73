package lyrics

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
)

const ms = time.Millisecond

func TestParse(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []Line
	}{
		"nothing":  {"", nil},
		"no times": {"La la\n[ar:Nobody]\n[ti:Nothing]", nil},
		"plain":    {"\ufeff[ar:X]\r\n[00:12.34]One\r\n[00:15]Two\n[01:02.003] Three ", []Line{{12340 * ms, "One", nil}, {15000 * ms, "Two", nil}, {62003 * ms, "Three", nil}}},
		"repeated": {"[00:30.00][00:10.00]Chorus\n[00:20.00]Verse", []Line{{10000 * ms, "Chorus", nil}, {20000 * ms, "Verse", nil}, {30000 * ms, "Chorus", nil}}},
		"offset":   {"[offset:+500]\n[00:10.00]Sooner\n[00:00.10]First", []Line{{0, "First", nil}, {9500 * ms, "Sooner", nil}}},
		"later":    {"[offset:-250]\n[00:10.00]Later", []Line{{10250 * ms, "Later", nil}}},
		"enhanced": {"[00:10.00]<00:10.00>I <00:10.50>can <00:11.25>hear", []Line{{10000 * ms, "I can hear", []Word{{10000 * ms, 0}, {10500 * ms, 2}, {11250 * ms, 6}}}}},
		"twice":    {"[00:01.00][00:05.00]<00:01.00>a<00:01.50>b", []Line{{1000 * ms, "ab", []Word{{1000 * ms, 0}, {1500 * ms, 1}}}, {5000 * ms, "ab", []Word{{5000 * ms, 0}, {5500 * ms, 1}}}}},
		"brackets": {"[00:01.00]a < b <c> d [x]", []Line{{1000 * ms, "a < b <c> d [x]", nil}}},
		"broken":   {"[00:01.00\n[aa:bb]x\n[00:02.00]ok\n[99999:00]y\n[00:03.x]z", []Line{{2000 * ms, "ok", nil}}},
		"colons":   {"[00:02:50]mm:ss:xx\n[01:00:02.50]hours", []Line{{2500 * ms, "mm:ss:xx", nil}, {3602500 * ms, "hours", nil}}},
		"empty":    {"[00:01.00]\n[00:02.00]x", []Line{{1000 * ms, "", nil}, {2000 * ms, "x", nil}}},
	} {
		if got := Parse([]byte(c.text)); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s:\n%v, want\n%v", name, got, c.want)
		}
	}
}

func TestChinese(t *testing.T) {
	const text = "[00:12.00]我听见远山的回声\n[00:20.00]一句一句 慢慢走来\n[00:31.00]你说春天会回来\n"
	gbk, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	want := Parse([]byte(text))
	if got := Parse([]byte(gbk)); !reflect.DeepEqual(got, want) || len(got) != 3 {
		t.Errorf("%v, want %v", got, want)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"[00:01.00]a", "[offset:9999]\n[1:2]<0:1>b<", "[[00:00]]", strings.Repeat("[00:01]", 99)} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		last := time.Duration(0)
		for _, l := range Parse(data) {
			if l.At < last {
				t.Fatal("the lines are not in order")
			}
			last = l.At
			for _, w := range l.Words {
				if w.From < 0 || w.From > len(l.Text) || w.At < 0 {
					t.Fatalf("%+v of %q", w, l.Text)
				}
			}
		}
	})
}
