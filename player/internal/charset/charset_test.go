package charset

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// encoders write with x/text what is to be recognised.
var encoders = map[Charset]encoding.Encoding{
	GB18030: simplifiedchinese.GB18030, Big5: traditionalchinese.Big5, ShiftJIS: japanese.ShiftJIS,
	EUCKR: korean.EUCKR, CP1251: charmap.Windows1251, Latin1: charmap.ISO8859_1, UTF8: encoding.Nop,
}

func encode(t testing.TB, c Charset, s string) []byte {
	t.Helper()
	b, err := encoders[c].NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatalf("%s of %q: %v", c, s, err)
	}
	return b
}

// Titles that stand alone, of which each has to be enough.
func TestAlone(t *testing.T) {
	for c, list := range map[Charset][]string{
		GB18030: {"月亮代表我的心", "邓丽君", "爱", "七里香 - 周杰伦", "《我们》，走吧！", "Live 现场版 2001", "周杰倫", "溥仪", "国际歌（合唱）",
			"双截棍", "青花瓷", "十年", "红豆", "天下有情人", "上海滩", "祝你生日快乐", "二泉映月", "梁祝 小提琴协奏曲"},
		Big5: {"月亮代表我的心", "鄧麗君", "張學友 - 吻別", "愛你一萬年", "海闊天空", "吳青峰", "周杰倫 范特西", "小幸運"},
		ShiftJIS: {"さくら", "愛の歌", "宇多田ヒカル", "涙そうそう", "ドラえもんのうた", "君の名は。", "北国の春", "First Love ～初恋",
			"千と千尋の神隠し"},
		EUCKR:  {"사랑해", "소녀시대", "강남스타일", "아리랑", "이별의 부산정거장", "나는 나비", "서태지와 아이들"},
		CP1251: {"Катюша", "Подмосковные вечера", "Группа крови", "КИНО", "Звезда по имени Солнце", "Алла Пугачёва", "В лесу родилась ёлочка"},
		Latin1: {"café", "Größe", "Mötley Crüe", "Déjà vu", "naïve", "Sigur Rós", "À la recherche", "Björk", "Beyoncé",
			"¿Dónde?", "São Paulo", "Jóga", "Tränen lügen nicht", "Señorita", "Für Elise", "Ænima", "Ágætis byrjun"},
		UTF8: {"Песня", "Мы", "月亮", "café", "사랑", "さくら", "Größe", "Ágætis byrjun"},
	} {
		for _, s := range list {
			b := encode(t, c, s)
			v := Guess([][]byte{b})
			if got := v.Charset.String(b); v.Charset != c || got != s {
				t.Errorf("%s of %q: %s, %q (%s)", c, s, v.Charset, got, v.Why())
			}
		}
	}
}

// Titles that alone may be something else, but not beside each other.
func TestAlbum(t *testing.T) {
	for c, list := range map[Charset][]string{
		CP1251: {"Мы", "Я", "Лето", "Пачка сигарет", "Она", "Дом", "Сад"},
		EUCKR:  {"길", "비", "꿈", "그대에게", "안녕", "나에게로의 초대"},
		Latin1: {"Öl", "Größer", "Übermut", "Maß", "Ärger"},
		Big5:   {"A面", "他", "夜", "我是一隻小小鳥"},
	} {
		var texts [][]byte
		for _, s := range list {
			texts = append(texts, encode(t, c, s))
		}
		v := Guess(texts)
		if v.Charset != c {
			t.Errorf("%s: %s (%s)", c, v.Charset, v.Why())
		}
	}
}

func TestVerdict(t *testing.T) {
	if v := Guess([][]byte{[]byte("plain"), nil}); v.Charset != ASCII || v.Why() != "nothing but ASCII" {
		t.Errorf("%+v, %s", v, v.Why())
	}
	v := Guess([][]byte{{0xe9}})
	if v.Charset != Latin1 || v.Texts != 1 || v.Next == "" || !strings.Contains(v.Why(), "1 text in") {
		t.Errorf("%+v, %s", v, v.Why())
	}
	if v := Guess([][]byte{{0x80, 0xff}, {0xff}}); v.Charset != Latin1 && v.Charset != CP1251 {
		t.Errorf("rubbish is %+v", v)
	}
	for _, name := range []string{"gbk", "BIG5", "sjis", "euc-kr", "CP1251", "latin1", "utf-8"} {
		if _, err := Parse(name); err != nil {
			t.Error(err)
		}
	}
	if _, err := Parse("klingon"); err == nil {
		t.Error("klingon is a charset")
	}
	if got := GB18030.String([]byte("\xb0\xae\xff")); got != "爱\ufffd" {
		t.Errorf("%q", got)
	}
}

// What a name stands for is what All lists.
func TestAll(t *testing.T) {
	for _, c := range All() {
		if got, err := Parse(string(c)); got != c || err != nil {
			t.Errorf("%s: %s, %v", c, got, err)
		}
	}
}

func FuzzGuess(f *testing.F) {
	for c := range encoders {
		if c == CP1251 {
			f.Add(encode(f, c, "Мы"), encode(f, c, "Катюша"))
		}
	}
	f.Add([]byte("\x81\x30\x81\x30"), []byte("\xff\xfe"))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		v := Guess([][]byte{a, b})
		v.Charset.String(a)
		if v.Bits < 0 || v.Charset == "" || v.Why() == "" {
			t.Errorf("%+v", v)
		}
	})
}
