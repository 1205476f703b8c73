package subtitle

import (
	"errors"
	"reflect"
	"testing"
	"time"
	"unicode/utf16"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"linnet/player/internal/charset"
	"linnet/player/media"
)

const ms = time.Millisecond

var pal = media.Rational{Num: 25, Den: 1}

func TestFormats(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []Cue
	}{
		{"srt", "1\r\n00:00:01,500 --> 00:00:03,250\r\nHello <i>there</i>\r\nagain\r\n\r\n2\r\n00:01:00,000 --> 00:01:01,000 X1:40\r\n1 < 2 <b>bold\r\n\r\n",
			[]Cue{{1500 * ms, 3250 * ms, "Hello there\nagain", true, false}, {60000 * ms, 61000 * ms, "1 < 2 bold", false, false}}},
		{"srt without numbers, blank line inside", "00:00:01.5 --> 00:00:02,5\na\n\nb\n\n7\n01:00:00,000 --> 01:00:00,001\n{\\an8}c",
			[]Cue{{1500 * ms, 2500 * ms, "a\nb", false, false}, {time.Hour, time.Hour + ms, "c", false, true}}},
		{"srt, damaged", "1\n00:00:0x,000 --> 00:00:02,000\nno\n\n2\n00:00:03,000 --> 00:00:02,000\nno\n\n3\n00:00:04,000 --> 00:00:05,000\nyes",
			[]Cue{{4000 * ms, 5000 * ms, "yes", false, false}}},
		{"microdvd", "{25}{50}One|two\n{75}{100}{y:i}slanted\n{x}{2}no\n{100}{150}/also",
			[]Cue{{1000 * ms, 2000 * ms, "One\ntwo", false, false}, {3000 * ms, 4000 * ms, "slanted", true, false}, {4000 * ms, 6000 * ms, "also", true, false}}},
		{"microdvd with its rate", "{1}{1}50.000\n{50}{100}x", []Cue{{1000 * ms, 2000 * ms, "x", false, false}}},
		{"ass", "[Script Info]\nTitle: x\n[V4+ Styles]\nFormat: Name, Italic, Alignment\nStyle: Default,0,2\nStyle: Sign,-1,8\n[Events]\nFormat: Layer, Start, End, Style, Text\n" +
			"Dialogue: 0,0:00:05.00,0:00:06.50,Sign,above\nComment: 0,0:00:01.00,0:00:02.00,Default,no\nDialogue: 0,0:00:01.00,0:00:02.00,Default,a, b{\\i1}\\Nc{\\p1}m 0 0 l 1 1{\\p0}\n",
			[]Cue{{1000 * ms, 2000 * ms, "a, b\nc", true, false}, {5000 * ms, 6500 * ms, "above", true, true}}},
	} {
		got, err := Parse([]byte(c.text), pal)
		if err != nil || !reflect.DeepEqual(got.Cues, c.want) {
			t.Errorf("%s: %+v, %v; want %+v", c.name, got, err, c.want)
		}
	}
	var f *media.FormatError
	for _, bad := range []string{"", "no subtitles", "1\n2\n3", "{1}{2}"} {
		if _, err := Parse([]byte(bad), pal); !errors.As(err, &f) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestCharsets(t *testing.T) {
	const text = "1\n00:00:01,000 --> 00:00:02,000\n我们在这里等了很久，天气不错。\n你知道他为什么没有来吗？\n\n"
	const old = "1\n00:00:01,000 --> 00:00:02,000\n我們在這裡等了很久，天氣不錯。\n你知道他為什麼沒有來嗎？\n\n"
	wide := func(s string, big bool) string {
		var b []byte
		for _, u := range utf16.Encode([]rune(s)) {
			if big {
				b = append(b, byte(u>>8), byte(u))
			} else {
				b = append(b, byte(u), byte(u>>8))
			}
		}
		return string(b)
	}
	coded := func(e encoding.Encoding, s string) string {
		b, err := e.NewEncoder().String(s)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for _, c := range []struct {
		set        charset.Charset
		data, want string
	}{
		{charset.UTF8, text, text}, {charset.UTF8, "\ufeff" + text, text},
		{"UTF-16", wide("\ufeff"+text, true), text}, {"UTF-16", wide("\ufeff"+text, false), text},
		{"UTF-16", wide(text, true), text}, {"UTF-16", wide(text, false), text},
		{charset.GB18030, coded(simplifiedchinese.GB18030, text), text},
		{charset.Big5, coded(traditionalchinese.Big5, old), old},
	} {
		got, err := Parse([]byte(c.data), pal)
		if err != nil {
			t.Errorf("%s: %v", c.set, err)
			continue
		}
		want, _ := Parse([]byte(c.want), pal)
		if got.Charset != c.set || got.Cues[0].Text != want.Cues[0].Text {
			t.Errorf("%s: found %s, %q", c.set, got.Charset, got.Cues[0].Text)
		}
	}
}

func TestAt(t *testing.T) {
	tr, err := Parse([]byte("{0}{100}long\n{25}{50}a\n{40}{75}b\n{200}{225}c"), pal)
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[time.Duration]string{0: "long", 1000 * ms: "longa", 1600 * ms: "longab", 2000 * ms: "longb", 4000 * ms: "", 8500 * ms: "c", 9000 * ms: ""} {
		got := ""
		for _, c := range tr.At(nil, at) {
			got += c.Text
		}
		if got != want {
			t.Errorf("at %v: %q, want %q", at, got, want)
		}
	}
	var buf [8]Cue
	if n := testing.AllocsPerRun(10, func() { tr.At(buf[:0], time.Second) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"1\n00:00:01,000 --> 00:00:02,000\n<i>x{\\an8}\n", "{1}{1}25\n{1}{2}{y:i}x|y", "[V4 Styles]\nFormat: Name, Alignment\nStyle: a,6\n[Events]\nFormat: Start,End,Style,Text\nDialogue: 0:0:1.0,0:0:2.0,a,x{\\p1", "\xff\xfe1\x00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		tr, err := Parse(data, media.Rational{})
		if err != nil {
			return
		}
		for i, c := range tr.Cues {
			if c.Text == "" || c.End <= c.Start || i > 0 && c.Start < tr.Cues[i-1].Start {
				t.Fatalf("cue %d: %+v", i, c)
			}
		}
	})
}
