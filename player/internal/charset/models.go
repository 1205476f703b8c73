package charset

import "unicode/utf8"

// What characters take, in bits: those of a language's few hundred most
// frequent ones, its other usual ones, and the rest.
const (
	frequent = 8
	usual    = 13
	sign     = 11
	seldom   = 16
	odd      = 19
	exotic   = 30
)

// utf8Bits takes what UTF-8 makes of the bytes: text of other charsets seldom
// is valid as that, and then gives letters of rare alphabets.
func utf8Bits(b []byte) int {
	n := 0
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && size == 1:
			return impossible
		case r < utf8.RuneSelf:
			n += asciiBits
		case r >= 0xa1 && r <= 0x17f, r >= 0x391 && r <= 0x3ce, r >= 0x400 && r <= 0x45f:
			n += 9
		case r < 0x800:
			n += odd // two bytes: what is valid by chance is mostly here
		case r >= 0x2010 && r <= 0x2122, r >= 0x3000 && r <= 0x30ff:
			n += sign
		default:
			n += usual
		}
		b = b[size:]
	}
	return n
}

// gbChar is of GB18030: GB 2312's first level (rows 16 to 55) has the 3755
// usual characters, rows 56 to 87 rarer ones, GBK's other pairs the rest.
func gbChar(b []byte) (size, bits int) {
	if len(b) < 2 || b[0] == 0x80 || b[0] == 0xff {
		return 0, 0
	}
	lead, trail := b[0], b[1]
	if trail >= '0' && trail <= '9' {
		if len(b) < 4 || b[2] < 0x81 || b[2] == 0xff || b[3] < '0' || b[3] > '9' {
			return 0, 0
		}
		return 4, exotic
	}
	if trail < 0x40 || trail == 0x7f || trail == 0xff {
		return 0, 0
	}
	switch {
	case trail < 0xa1:
		return 2, odd
	case lead == 0xa1 || lead == 0xa3:
		return 2, sign
	case lead >= 0xb0 && lead <= 0xd7:
		if has(frequentHans, pair(tableGB18030, lead, trail)) {
			return 2, frequent
		}
		return 2, usual
	case lead >= 0xd8 && lead <= 0xf7, lead >= 0xa2 && lead <= 0xa9:
		return 2, seldom
	}
	return 2, odd
}

// big5Char is of Big5: the pairs from A440 to C67E are its first level.
func big5Char(b []byte) (size, bits int) {
	if len(b) < 2 || b[0] < 0xa1 || b[0] > 0xf9 {
		return 0, 0
	}
	lead, trail := b[0], b[1]
	if trail < 0x40 || trail > 0x7e && trail < 0xa1 || trail == 0xff {
		return 0, 0
	}
	switch {
	case lead <= 0xa3:
		return 2, sign
	case lead <= 0xc6:
		if has(frequentHant, pair(tableBig5, lead, trail)) {
			return 2, frequent
		}
		return 2, usual
	case lead >= 0xc9:
		return 2, seldom + 1
	}
	return 2, odd
}

// sjisChar is of Shift_JIS: one byte is a katakana of half width, 82 and 83
// lead kana, 88 to 98 the first level of kanji.
func sjisChar(b []byte) (size, bits int) {
	lead := b[0]
	if lead >= 0xa1 && lead <= 0xdf {
		return 1, 10
	}
	if len(b) < 2 || lead == 0x80 || lead == 0xa0 || lead > 0xfc {
		return 0, 0
	}
	trail := b[1]
	if trail < 0x40 || trail == 0x7f || trail > 0xfc {
		return 0, 0
	}
	switch {
	case lead == 0x82 && trail >= 0x9f && trail <= 0xf1, lead == 0x83 && trail <= 0x96:
		return 2, 7
	case lead == 0x81, lead == 0x82:
		return 2, sign
	case lead >= 0x88 && lead <= 0x98:
		if has(frequentJapanese, pair(tableShiftJIS, lead, trail)) {
			return 2, frequent
		}
		return 2, usual
	case lead <= 0x9f, lead >= 0xe0 && lead <= 0xea:
		return 2, seldom + 1
	}
	return 2, odd
}

// krChar is of EUC-KR and of what Windows adds to it: rows B0 to C8 are the
// usual syllables, CA to FD Chinese characters.
func krChar(b []byte) (size, bits int) {
	if len(b) < 2 || b[0] == 0x80 || b[0] == 0xff {
		return 0, 0
	}
	lead, trail := b[0], b[1]
	if trail < 0x41 || trail == 0xff || trail > 0x5a && trail < 0x61 || trail > 0x7a && trail < 0x81 {
		return 0, 0
	}
	switch {
	case trail < 0xa1:
		return 2, odd
	case lead >= 0xb0 && lead <= 0xc8:
		if has(frequentHangul, pair(tableEUCKR, lead, trail)) {
			return 2, frequent
		}
		return 2, usual
	case lead >= 0xa1 && lead <= 0xac:
		return 2, seldom
	}
	return 2, seldom + 1
}

// cyrillic is of Windows-1251: C0 to FF are Russian's letters, A8 and B8 its
// thirty-third.
func cyrillic(v byte) (bits int, kind kind) {
	switch {
	case v >= 0xe0 || v == 0xb8:
		if common1251(v) {
			return 4, small
		}
		return 5, small
	case v >= 0xc0 || v == 0xa8:
		return 5, capital
	}
	return 12, none
}

// common1251 says whether a byte is one of the ten most frequent letters.
func common1251(v byte) bool {
	switch v {
	case 0xe0, 0xe5, 0xe8, 0xee, 0xed, 0xf2, 0xf1, 0xf0, 0xeb, 0xe2: // а е и о н т с р л в
		return true
	}
	return false
}

// western is of Latin-1, in which letters above ASCII stand among others.
func western(v byte) (bits int, kind kind) {
	switch {
	case v == 0xd7 || v == 0xf7:
		return 12, none
	case v >= 0xdf:
		return 7, small
	case v >= 0xc0:
		return 7, capital
	case v == 0xa0, v == 0xa9, v == 0xab, v == 0xae, v == 0xb0, v == 0xb4, v == 0xbb, v == 0xbf, v == 0xa1:
		return 11, none
	case v < 0xa0:
		return 13, none
	}
	return 12, none
}
