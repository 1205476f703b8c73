package main

// The flags of a macroblock_type, as package mpeg2 has them.
const (
	quant = 1 << iota
	forward
	backward
	pattern
	intra
)

var intraTypes = []code{{"1", intra}, {"01", intra | quant}}

var forwardTypes = []code{
	{"1", forward | pattern}, {"01", pattern}, {"001", forward}, {"00011", intra},
	{"00010", forward | pattern | quant}, {"00001", pattern | quant}, {"000001", intra | quant},
}

var bothTypes = []code{
	{"10", forward | backward}, {"11", forward | backward | pattern},
	{"010", backward}, {"011", backward | pattern},
	{"0010", forward}, {"0011", forward | pattern}, {"00011", intra},
	{"00010", forward | backward | pattern | quant},
	{"000011", forward | pattern | quant}, {"000010", backward | pattern | quant}, {"000001", intra | quant},
}

func typeTable(codes []code) []uint32 { return spread(codes, 6) }

// increments are macroblock_address_increment 0 (none such), 1 to 33,
// macroblock_escape and MPEG-1's macroblock_stuffing.
const increments = `-
1 011 010 0011 0010 00011 00010 0000111 0000110
00001011 00001010 00001001 00001000 00000111 00000110
0000010111 0000010110 0000010101 0000010100 0000010011 0000010010
00000100011 00000100010 00000100001 00000100000 00000011111 00000011110
00000011101 00000011100 00000011011 00000011010 00000011001 00000011000
00000001000 00000001111`

const motions = `1 01 001 0001 000011 0000101 0000100 0000011
000001011 000001010 000001001 0000010001 0000010000 0000001111 0000001110 0000001101 0000001100`

const lumaSizes = `100 00 01 101 110 1110 11110 111110 1111110 11111110 111111110 111111111`

const chromaSizes = `00 01 10 110 1110 11110 111110 1111110 11111110 111111110 1111111110 1111111111`

// patternCodes are {code, length} of coded_block_pattern 0 to 63.
var patternCodes = [64][2]int{
	{0x1, 9}, {0xb, 5}, {0x9, 5}, {0xd, 6}, {0xd, 4}, {0x17, 7}, {0x13, 7}, {0x1f, 8},
	{0xc, 4}, {0x16, 7}, {0x12, 7}, {0x1e, 8}, {0x13, 5}, {0x1b, 8}, {0x17, 8}, {0x13, 8},
	{0xb, 4}, {0x15, 7}, {0x11, 7}, {0x1d, 8}, {0x11, 5}, {0x19, 8}, {0x15, 8}, {0x11, 8},
	{0xf, 6}, {0xf, 8}, {0xd, 8}, {0x3, 9}, {0xf, 5}, {0xb, 8}, {0x7, 8}, {0x7, 9},
	{0xa, 4}, {0x14, 7}, {0x10, 7}, {0x1c, 8}, {0xe, 6}, {0xe, 8}, {0xc, 8}, {0x2, 9},
	{0x10, 5}, {0x18, 8}, {0x14, 8}, {0x10, 8}, {0xe, 5}, {0xa, 8}, {0x6, 8}, {0x6, 9},
	{0x12, 5}, {0x1a, 8}, {0x16, 8}, {0x12, 8}, {0xd, 5}, {0x9, 8}, {0x5, 8}, {0x5, 9},
	{0xc, 5}, {0x8, 8}, {0x4, 8}, {0x4, 9}, {0x7, 3}, {0xa, 5}, {0x8, 5}, {0xc, 6},
}

// patterns writes patternCodes as numbered wants them.
func patterns() (words string) {
	for _, c := range patternCodes {
		words += binary(c[0], c[1]) + " "
	}
	return words
}

func binary(v, n int) (s string) {
	for i := n - 1; i >= 0; i-- {
		s += string(rune('0' + v>>i&1))
	}
	return s
}

// zeroCodes are the codes of table B.14: for each run in turn the levels from 1 up as
// many as levels says, then escape and end_of_block.
var zeroCodes = [113][2]int{
	{0x3, 2}, {0x4, 4}, {0x5, 5}, {0x6, 7}, {0x26, 8}, {0x21, 8}, {0xa, 10}, {0x1d, 12},
	{0x18, 12}, {0x13, 12}, {0x10, 12}, {0x1a, 13}, {0x19, 13}, {0x18, 13}, {0x17, 13}, {0x1f, 14},
	{0x1e, 14}, {0x1d, 14}, {0x1c, 14}, {0x1b, 14}, {0x1a, 14}, {0x19, 14}, {0x18, 14}, {0x17, 14},
	{0x16, 14}, {0x15, 14}, {0x14, 14}, {0x13, 14}, {0x12, 14}, {0x11, 14}, {0x10, 14}, {0x18, 15},
	{0x17, 15}, {0x16, 15}, {0x15, 15}, {0x14, 15}, {0x13, 15}, {0x12, 15}, {0x11, 15}, {0x10, 15},
	{0x3, 3}, {0x6, 6}, {0x25, 8}, {0xc, 10}, {0x1b, 12}, {0x16, 13}, {0x15, 13}, {0x1f, 15},
	{0x1e, 15}, {0x1d, 15}, {0x1c, 15}, {0x1b, 15}, {0x1a, 15}, {0x19, 15}, {0x13, 16}, {0x12, 16},
	{0x11, 16}, {0x10, 16}, {0x5, 4}, {0x4, 7}, {0xb, 10}, {0x14, 12}, {0x14, 13}, {0x7, 5},
	{0x24, 8}, {0x1c, 12}, {0x13, 13}, {0x6, 5}, {0xf, 10}, {0x12, 12}, {0x7, 6}, {0x9, 10},
	{0x12, 13}, {0x5, 6}, {0x1e, 12}, {0x14, 16}, {0x4, 6}, {0x15, 12}, {0x7, 7}, {0x11, 12},
	{0x5, 7}, {0x11, 13}, {0x27, 8}, {0x10, 13}, {0x23, 8}, {0x1a, 16}, {0x22, 8}, {0x19, 16},
	{0x20, 8}, {0x18, 16}, {0xe, 10}, {0x17, 16}, {0xd, 10}, {0x16, 16}, {0x8, 10}, {0x15, 16},
	{0x1f, 12}, {0x1a, 12}, {0x19, 12}, {0x17, 12}, {0x16, 12}, {0x1f, 13}, {0x1e, 13}, {0x1d, 13},
	{0x1c, 13}, {0x1b, 13}, {0x1f, 16}, {0x1e, 16}, {0x1d, 16}, {0x1c, 16}, {0x1b, 16}, {0x1, 6},
	{0x2, 2},
}

// oneCodes are the codes of table B.15: for each run in turn the levels from 1 up as
// many as levels says, then escape and end_of_block.
var oneCodes = [113][2]int{
	{0x2, 2}, {0x6, 3}, {0x7, 4}, {0x1c, 5}, {0x1d, 5}, {0x5, 6}, {0x4, 6}, {0x7b, 7},
	{0x7c, 7}, {0x23, 8}, {0x22, 8}, {0xfa, 8}, {0xfb, 8}, {0xfe, 8}, {0xff, 8}, {0x1f, 14},
	{0x1e, 14}, {0x1d, 14}, {0x1c, 14}, {0x1b, 14}, {0x1a, 14}, {0x19, 14}, {0x18, 14}, {0x17, 14},
	{0x16, 14}, {0x15, 14}, {0x14, 14}, {0x13, 14}, {0x12, 14}, {0x11, 14}, {0x10, 14}, {0x18, 15},
	{0x17, 15}, {0x16, 15}, {0x15, 15}, {0x14, 15}, {0x13, 15}, {0x12, 15}, {0x11, 15}, {0x10, 15},
	{0x2, 3}, {0x6, 5}, {0x79, 7}, {0x27, 8}, {0x20, 8}, {0x16, 13}, {0x15, 13}, {0x1f, 15},
	{0x1e, 15}, {0x1d, 15}, {0x1c, 15}, {0x1b, 15}, {0x1a, 15}, {0x19, 15}, {0x13, 16}, {0x12, 16},
	{0x11, 16}, {0x10, 16}, {0x5, 5}, {0x7, 7}, {0xfc, 8}, {0xc, 10}, {0x14, 13}, {0x7, 5},
	{0x26, 8}, {0x1c, 12}, {0x13, 13}, {0x6, 6}, {0xfd, 8}, {0x12, 12}, {0x7, 6}, {0x4, 9},
	{0x12, 13}, {0x6, 7}, {0x1e, 12}, {0x14, 16}, {0x4, 7}, {0x15, 12}, {0x5, 7}, {0x11, 12},
	{0x78, 7}, {0x11, 13}, {0x7a, 7}, {0x10, 13}, {0x21, 8}, {0x1a, 16}, {0x25, 8}, {0x19, 16},
	{0x24, 8}, {0x18, 16}, {0x5, 9}, {0x17, 16}, {0x7, 9}, {0x16, 16}, {0xd, 10}, {0x15, 16},
	{0x1f, 12}, {0x1a, 12}, {0x19, 12}, {0x17, 12}, {0x16, 12}, {0x1f, 13}, {0x1e, 13}, {0x1d, 13},
	{0x1c, 13}, {0x1b, 13}, {0x1f, 16}, {0x1e, 16}, {0x1d, 16}, {0x1c, 16}, {0x1b, 16}, {0x1, 6},
	{0x6, 4},
}

// levels says for each run how many levels have a code.
var levels = [32]int{40, 18, 5, 4, 3, 3, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}

// coefficients makes the two look-ups of one of the tables.
func coefficients(which int) (short, long []uint32) {
	short, long = make([]uint32, 1<<9), make([]uint32, 1<<10)
	n := 0
	codes := [...]*[113][2]int{&zeroCodes, &oneCodes}[which]
	for run, count := range levels {
		for level := 1; level <= count; level++ {
			c := codes[n]
			if c[1] > 8 {
				enterLong(long, c[0], c[1], run, level)
			} else {
				enter(short, c[0]<<1, c[1]+1, uint32(level)<<16|uint32(run+1)<<8)
				enter(short, c[0]<<1|1, c[1]+1, uint32(level)<<16|uint32(run+1)<<8|negative)
			}
			n++
		}
	}
	enter(short, codes[n+1][0], codes[n+1][1], last)
	return short, long
}

// The flags of a runlevel.Code.
const (
	last     = 1 << 15
	negative = 1 << 7
)

// enter puts a code of up to nine bits into short.
func enter(short []uint32, bits, length int, word uint32) {
	for i := range 1 << (9 - length) {
		set(short, bits<<(9-length)+i, word|uint32(length))
	}
}

// enterLong puts one that is longer, and begins with six zeros, into long:
// level<<16 | run<<8 | length. The sign, which is read apart, counts to the
// length.
func enterLong(long []uint32, bits, length, run, level int) {
	at := bits << (16 - length)
	for i := range 1 << (16 - length) {
		set(long, at+i, uint32(level<<16|run<<8|length+1))
	}
}

// signed makes a runlevel.Long of those that have at most 16 bits with the
// sign.
func signed(long []uint32) []uint32 {
	t := make([]uint32, len(long))
	for i, c := range long {
		if length := c & 255; length > 0 && length <= 16 {
			t[i] = c + 1<<8 | uint32(i)>>(16-length)&1*negative
		}
	}
	return t
}

func set(t []uint32, i int, v uint32) {
	if t[i] != 0 {
		panic("one code begins as another")
	}
	t[i] = v
}
