package tags

import "golang.org/x/text/encoding/simplifiedchinese"

// decodeChinese decodes b as GB18030 when that is what it looks like: every
// byte above ASCII belongs to a pair, and at least half of the pairs are
// among the 3755 common characters of GB 2312 or its punctuation. In European
// text letters above ASCII stand alone, between ASCII letters; where two meet
// they are mostly small ones, which are not common characters.
func decodeChinese(b []byte) (s string, ok bool) {
	common, rare, inWord := 0, 0, false
	for i := 0; i < len(b); i++ {
		if b[i] < 0x80 {
			continue
		}
		if i+1 == len(b) || !gbkPair(b[i], b[i+1]) {
			return "", false
		}
		if commonPair(b[i], b[i+1]) {
			common++
		} else {
			rare++
		}
		inWord = i > 0 && letter(b[i-1]) || i+2 < len(b) && letter(b[i+2])
		i++
	}
	if common == 0 || rare > common || common+rare == 1 && inWord {
		return "", false
	}
	out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(b)
	return string(out), err == nil
}

func gbkPair(lead, trail byte) bool {
	return lead >= 0x81 && lead <= 0xfe && trail >= 0x40 && trail <= 0xfe && trail != 0x7f
}

// commonPair says whether a pair is in rows 16 to 55 of GB 2312, or in row 1
// or 3, which hold the punctuation and the wide forms of ASCII.
func commonPair(lead, trail byte) bool {
	row := lead >= 0xb0 && lead <= 0xd7 || lead == 0xa1 || lead == 0xa3
	return row && trail >= 0xa1 && trail <= 0xfe
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
