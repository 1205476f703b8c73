package main

import "strings"

// pairCodes are the code tables of ISO/IEC 11172-3 table B.7 for pairs of
// big values, each as its code words in order from 00...0 upwards: one
// character for the length of the word (base 36), then x and y in
// hexadecimal. A complete prefix code is determined by its lengths in this
// order. Tables 16 to 23 share the words of 16, and 24 to 31 those of 24.
var pairCodes = map[int]string{
	1: "311301210100",
	2: "622602512521520311301310100",
	3: "622602512521520310211201200",
	5: "833823732631713703730722612621602620311301310100",
	6: "733703623632630513531522502412421420301211310300",
	7: "a55a45a54a53935944925952815851905934850943933824842714741740804823832803713731730722612521" +
		"602620411301310100",
	8: "b55b54a45953a35a44925952905815851934943950933824842814741804840823832813831803830622602620" +
		"412421211301310200",
	9: "955945835853954905844825852815751734743850804724742733740614641623632513531603630522502412" +
		"421420311301310300",
	10: "b77b67b76b57b75b66a47a74a56a65a37a73a46b55b54a63927972a64a07970962a45a35906a53a44817871936" +
		"926a25a52915951a34a43816861860905950924942933904814841840823832803713731730722612621602620" +
		"411301310100",
	11: "a77a67a76a75a66a47a74b57b55a56a65937973946a45a54a35a53827872964907771817870836863860944925" +
		"952905815762826806716761851834850943933824842814841804840723732613631703730622521412502520" +
		"311301310200",
	12: "a77a67976957975966947974965856837973955827872846864817871907970836863845854844906905726762" +
		"761816860835853825852715751734743850804724742714633641623632740703630513531522412421502520" +
		"400311301310",
	13: "jfejfcifdhedgffgefgdfgeegcfgdegbfgfbgcegdchafhe9fecfddgfagcdfbefebf9fff9feafbdfdbf8fff8fcc" +
		"gaeg9ef8eg7fg7eef7edafadfbcfcbff6e6fee8e5fe9ded9ef5ee7eacebbe4fef4fcafe6ef3d3fe8ded8d2fdf2" +
		"e6ee9cd0fec9e5edabe7ded7d4eec8ed6d3edb9e9beaac1fcf1cf0dbade5de4d8cd6dde3ce2d2ed0ec1ece1de0" +
		"d5ddd5d7cdc7d4dd8bdb8dd4d9ada9d6ccc6c3ddd3d7bc2dcd2c1dcb7d5cdc5d99d7acc3da7d97c4bbd1c0dcd0" +
		"c8aca8c4ccc4c6bcb6b3cb2cbc2b5bcb5c89b1cbc1c98c0cbc0cb4c6aca6c79b3bbb3c88c5ab2bca5c69ba4c78" +
		"c87b94c77c76ab2a1bab1b0bbb0b96b4ab3aba3b59b95a2aaa2a1aaa1b0ab68aa0b86b49a93b39b58b85b67a29" +
		"a92b57b75a38a83b66b47b74b56b65b73919991a09a90a48a84a72b46b64928982918a37a27917971a55a07a70" +
		"a36a63a45a54a26a62a35881908980916961906960a53a44925952905815851934943950924942933814741804" +
		"840823832713731703730722612621602620411401310100",
	15: "dffdefdfeddfceedfddcfdfcddededdbfcfbdcedeccddcafcfacbecebccdcdcc9fcf9ceacbdcdbc8fcf8cccc9e" +
		"ce9c7fcf7cadcdacbcc6fdaed0fbcbbf6c8ece8c5fc9dbf5b7ebe7bacbcabbbcd9c8db4fbf4b3fbf3bd8be6b2f" +
		"bf2c6ecf0b1fbf1b9cbc9b5ebabbbabe5b7dbd7b4ebe4b8cbc8b3eb6dbd6be3b9bbb9b2ebaabe2b1ebe1c0ece0" +
		"b5dbd5b7cbc7b4db8bad4bb8b9aba9b6cbc6b3dad3ad2b2db0da1da7bab7ad1b5cbd0ac5a8aaa8a4cac4a6bab6" +
		"b99b0ca3cac3a7aaa7aa6bc0b0b9c2a2ca5bab5a1ca89a98ac1a4bab4a6aa3ba799b3a97a88a2ba5a9b2aa5a1b" +
		"9b1ab0a69a96a4aaa4a78a87a3a9a395999592a9a291a9a1a0aaa0968986949994939993a77a09958985929967" +
		"976992891919990948984957975938983966947828882818881974908980956965937973946827872864817855" +
		"871907970836863845854826862816906960835761853844725752715751805850734743724742733641714704" +
		"623632740703613631630522512521502520311401410300",
	16: "befbfebdfbfdbcfbfcbbfbfbaafbfab9fbf9bf8a8fa7faf7a6faf68ffa5faf594f9f49f39f0a3fgcehechddfde" +
		"fe9geagd9eeefedfebebeecdfdcfdbeaeeccfadfdaf7efacecafc9f7de5edbd8f292f90f81f8f1d9eebcecbe8e" +
		"ee8e9dee7ebbe8ded8e6ede6d9ceabebaee5ed7d4eee4e8cdc8d3ed6ded6e9beb9eaade1dd4eb8ea9d7beb7ed0" +
		"ce3d0ede0d5ddd5d7cdc7d4dd8bd9ad6cdc6d3dd5cdc5c0dd8ada8d99d4cdb6d7ac3cd5bd89c1ccc0d98d79be2" +
		"c2ec1ecd3c2dcd2cd1c3bd97d88b1dcc4c6bcc3ca7b2ccc2cb5cc1c0cc4bcb4c6aca6bb3c5aca5b2bbb2b1bbb1" +
		"c0bcb0c69c96c4aca4c78c87ba3c3ac59b2ac95c68ba1c86c77b94c49c57b67aa2a1ab0aba0b39b93b58b85a29" +
		"a92b76b09a19a91b90b48b84b75b38b83b66b28a82b47b74a18a81a80b08b56a37a73b65b46a27a72b64b55a07" +
		"917971a70a36a63a45a54a26962916961a06a60953a35a44925952851915905934943950924942933814841904" +
		"940823832713731803830722612621602620411401310100",
	24: "8ef8fe8df8fd8cf8fc8bf8fb7fa8af89f7f97f888f87f7f776f7f675f7f574f7f473f7f372f7f27f181f8f090f" +
		"beebdebedbcebecbddbbebebbcdbdcbaebeabbdbdbbccb9ebe9badbdabbcbcbb8ebe8b9dbd9b7ebe7bac4ffbca" +
		"bbbb8dbd8c0ece0b0dae6b6eb9cac9a5eabaae5babb7dad7ae4a8cac8b4eb2ea3ea6dad6ae3a9bab9aaaae2a1e" +
		"ae1a5dad5a7cac7a4da8bab8ad4a9aaa9a6cac6a3dad3a2dad2a1da7bab7ad1a5cac5a8aaa8a99a4cac4a6bab6" +
		"bd0b0ca3cac3a7aaa7a2cac2a5bab5a1ca89a98ac1a4bbc0b0ba3bbb0b0aa1a9b4a6aaa6a79a97ba0b09a909b3" +
		"988a2ba5a9b2aa5a1bab1a699969a4a4aa7898793a9a395999592a9a29a1968986977949994939993958985929" +
		"967976992919991948984957975938983966928982918947974981a08a80956965917a07a70873937927872846" +
		"864855871836863845854826862816861906960835853844825852815905950751834843724742733714741804" +
		"840723732613631703730622512521602620411401410400",
}

// linbits is how many bits follow the value 15, by table_select.
var linbits = [32]uint8{
	16: 1, 2, 3, 4, 6, 8, 10, 13,
	24: 4, 5, 6, 7, 8, 9, 11, 13,
}

// quadWords are the words of tables A and B of count1, for vwxy from 0 to 15.
var quadWords = [2][16]string{
	{
		"1", "0101", "0100", "00101", "0110", "000101", "00100", "000100",
		"0111", "00011", "00110", "000000", "00111", "000010", "000011", "000001",
	},
	{
		"1111", "1110", "1101", "1100", "1011", "1010", "1001", "1000",
		"0111", "0110", "0101", "0100", "0011", "0010", "0001", "0000",
	},
}

// A word is one code word of a prefix code.
type word struct {
	code, len int
	x, y      int
}

// words assigns the code words of one table.
func words(s string) []word {
	var out []word
	next, length := 0, 0
	for ; len(s) > 0; s = s[3:] {
		l := digit(s[0])
		if l > length {
			next <<= l - length
		} else {
			next >>= length - l
		}
		length = l
		out = append(out, word{next, l, digit(s[1]), digit(s[2])})
		next++
	}
	return out
}

func digit(c byte) int { return strings.IndexByte("0123456789abcdefghijklmnopqrstuvwxyz", c) }

// The lookup tables have levels: a lookup takes as many bits as its level
// has. An entry is a leaf (low nibble is the number of bits that are left of
// the word and its signs, then, from bit 6 on, y and x as signed numbers of
// five bits), or the way to the next level (low nibble is 0, then three bits
// for the level's bits less one, then a quarter of its offset from the table's
// start), or a word whose values of 15 have more bits behind them (low seven
// bits are 0, then four bits for the word's rest, then y where x is 15 and 16
// plus x where it is not).
const (
	firstBits = 9
	nextBits  = 6
)

// pairTable builds the levels of one table, of words without their signs.
func pairTable(ws []word, escapes bool) []uint16 {
	entries := make([]uint16, 1<<firstBits)
	fill(&entries, 0, firstBits, withSigns(ws, escapes), escapes)
	return entries
}

// withSigns appends the signs to the words that do not escape.
func withSigns(ws []word, escapes bool) []word {
	var out []word
	for _, w := range ws {
		if escapes && (w.x == 15 || w.y == 15) {
			out = append(out, w)
			continue
		}
		for _, x := range signed5(w.x) {
			for _, y := range signed5(w.y) {
				v := word{w.code, w.len, x, y}
				for _, value := range []int{x, y} {
					if value != 0 {
						v.code, v.len = v.code<<1, v.len+1
						if value < 0 {
							v.code++
						}
					}
				}
				out = append(out, v)
			}
		}
	}
	return out
}

// signed5 is v with both signs.
func signed5(v int) []int {
	if v == 0 {
		return []int{0}
	}
	return []int{v, -v}
}

func longest(ws []word) int {
	n := 0
	for _, w := range ws {
		n = max(n, w.len)
	}
	return n
}

// fill writes one level of bits bits at offset at.
func fill(entries *[]uint16, at, bits int, ws []word, escapes bool) {
	deeper := map[int][]word{}
	for _, w := range ws {
		if w.len > bits {
			rest := w.len - bits
			deeper[w.code>>rest] = append(deeper[w.code>>rest], word{w.code & (1<<rest - 1), rest, w.x, w.y})
			continue
		}
		for i := range 1 << (bits - w.len) {
			(*entries)[at+w.code<<(bits-w.len)+i] = leaf(w, escapes)
		}
	}
	for i := range 1 << bits {
		if ws := deeper[i]; ws != nil {
			n := min(max(longest(ws), 2), nextBits)
			sub := len(*entries)
			if sub/4 >= 1<<9 {
				panic("a level starts too far from its table's start")
			}
			(*entries)[at+i] = uint16((n-1)<<4 | sub/4<<7)
			*entries = append(*entries, make([]uint16, 1<<n)...)
			fill(entries, sub, n, ws, escapes)
		}
	}
}

func leaf(w word, escapes bool) uint16 {
	switch {
	case escapes && w.x == 15:
		return uint16(w.len<<7 | w.y<<11)
	case escapes && w.y == 15:
		return uint16(w.len<<7 | (16+w.x)<<11)
	}
	return uint16(w.len | w.y&31<<6 | w.x&31<<11)
}

// quadTable has one level; an entry is the length of the word with its signs
// in the low nibble, and in the high byte v, w, x and y, two bits each.
func quadTable(codes [16]string, bits int) []uint16 {
	entries := make([]uint16, 1<<bits)
	for v, s := range codes {
		code, n := 0, len(s)
		for _, c := range s {
			code = code<<1 | int(c-'0')
		}
		ws := []word{{code: code, len: n}}
		for k := 3; k >= 0; k-- {
			if v>>k&1 == 0 {
				continue
			}
			for i, w := range ws { // x has the values so far
				ws[i] = word{w.code << 1, w.len + 1, w.x | 1<<(2*k), 0}
				ws = append(ws, word{w.code<<1 + 1, w.len + 1, w.x | 3<<(2*k), 0})
			}
		}
		for _, w := range ws {
			for i := range 1 << (bits - w.len) {
				entries[w.code<<(bits-w.len)+i] = uint16(w.len | w.x<<8)
			}
		}
	}
	return entries
}
