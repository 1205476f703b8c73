package charset

import (
	"fmt"
	"strings"
)

// A Charset is one that text may be in, by the name that IANA knows it by.
type Charset string

// The charsets that are told apart. ASCII says that nothing had to be.
const (
	ASCII    Charset = "US-ASCII"
	UTF8     Charset = "UTF-8"
	GB18030  Charset = "GB18030"
	Big5     Charset = "Big5"
	ShiftJIS Charset = "Shift_JIS"
	EUCKR    Charset = "EUC-KR"
	CP1251   Charset = "windows-1251"
	Latin1   Charset = "ISO-8859-1"
)

// All are the charsets that can be asked for, in the order in which they are
// tried: of two that fit alike the first is taken.
func All() []Charset { return []Charset{UTF8, GB18030, Big5, ShiftJIS, EUCKR, CP1251, Latin1} }

// Parse finds a charset by its name or one that is as usual, in any case.
func Parse(name string) (Charset, error) {
	s := strings.ToLower(strings.TrimSpace(name))
	for _, c := range All() {
		if s == strings.ToLower(string(c)) {
			return c, nil
		}
	}
	switch s {
	case "utf8":
		return UTF8, nil
	case "gbk", "gb2312", "cp936":
		return GB18030, nil
	case "cp950", "big5-hkscs":
		return Big5, nil
	case "sjis", "shift-jis", "cp932", "windows-31j":
		return ShiftJIS, nil
	case "euckr", "cp949", "uhc":
		return EUCKR, nil
	case "cp1251":
		return CP1251, nil
	case "latin1", "latin-1", "cp1252", "windows-1252":
		return Latin1, nil
	}
	var names []string
	for _, c := range All() {
		names = append(names, string(c))
	}
	return "", fmt.Errorf("charset: %q is not known; there are %s", name, strings.Join(names, ", "))
}

// String decodes text. What is not valid becomes U+FFFD. What says
// Latin-1 is Windows' extension of it more often than not; the controls that
// the latter has no letters for are dropped by those who show text.
func (c Charset) String(b []byte) string {
	switch c {
	case GB18030:
		return decode(tableGB18030, b)
	case Big5:
		return decode(tableBig5, b)
	case ShiftJIS:
		return decode(tableShiftJIS, b)
	case EUCKR:
		return decode(tableEUCKR, b)
	case CP1251:
		return decode(tableCP1251, b)
	case Latin1:
		var s strings.Builder
		for _, v := range b {
			s.WriteRune(rune(v))
		}
		return s.String()
	}
	return strings.ToValidUTF8(string(b), "\ufffd")
}

// Wide says whether characters of the charset have several bytes.
func (c Charset) Wide() bool { return c != ASCII && c != CP1251 && c != Latin1 }
