package font

// class is what a character is to its neighbours.
type class uint8

const (
	other  class = iota // spaces, Latin punctuation, symbols
	word                // letters and digits of alphabets
	han                 // hanzi, kana, hangul: an em wide, breakable anywhere
	stop                // CJK punctuation and full-width forms
	mark                // combines with the character before
	hidden              // shows nothing
)

// classOf sorts a character by its block.
func classOf(c rune) class {
	switch {
	case c < 0x300:
		return latinClass(c)
	case isMark(c):
		return mark
	case isHidden(c):
		return hidden
	case c < 0x2000:
		return word
	case c < 0x2E80:
		return other
	case c >= 0x3000 && c <= 0x3020 && c != '々' && c != '〇', c >= 0x3030 && c < 0x3040, c == '・', c >= 0xFE30 && c < 0xFE50, c >= 0xFF00 && c < 0xFF66, c >= 0xFFE0 && c < 0xFFF0:
		return stop
	case c < 0xD7B0, c >= 0xF900 && c < 0xFB00, c >= 0xFF66 && c < 0xFFE0, c >= 0x20000 && c < 0x40000:
		return han
	default:
		return other
	}
}

func latinClass(c rune) class {
	switch {
	case c >= '0' && c <= '9', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z':
		return word
	case c < 0xC0:
		if c == 0xAD {
			return hidden // soft hyphen
		}
		return other
	case c == '×', c == '÷':
		return other
	default:
		return word
	}
}

func isMark(c rune) bool {
	switch {
	case c < 0x370, c >= 0x483 && c < 0x48A:
		return true
	case c >= 0x1AB0 && c < 0x1B00, c >= 0x1DC0 && c < 0x1E00, c >= 0x20D0 && c < 0x2100:
		return true
	default:
		return c == 0x3099 || c == 0x309A || c >= 0xFE20 && c < 0xFE30
	}
}

// isHidden is true of joiners, directional marks, variation selectors, skin
// tones and tags.
func isHidden(c rune) bool {
	switch {
	case c >= 0x200B && c < 0x2010, c >= 0x2028 && c < 0x202F, c >= 0x2060 && c < 0x2070:
		return true
	case c >= 0xFE00 && c < 0xFE10, c == 0xFEFF:
		return true
	default:
		return c >= 0x1F3FB && c < 0x1F400 || c >= 0xE0000 && c < 0xE1000
	}
}
