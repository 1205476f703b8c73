//go:build !purego

#include "textflag.h"

// The channels of a pixel are spread over a word as in kernel_generic.go. R8
// and R9 hold the constants for that.
#define CONSTANTS \
	MOVW $0x07E0F81F, R8; \
	MOVW $0x02008010, R9

#define SPREAD(c) \
	ORR c<<16, c; \
	AND R8, c

#define PACK(v) \
	AND v>>5, R8, v; \
	ORR v>>16, v

// MIX makes v, packed, of a spread pixel b and of f over it at level l; f is
// lost. The level is the multiplier's small operand.
#define MIX(b, f, l, v) \
	SUB b, f; \
	MULA l, f, R9, v; \
	ADD b<<5, v; \
	PACK(v)

// func fillRow(dst []Color, c Color)
TEXT ·fillRow(SB), NOSPLIT, $0-14
	MOVW dst_base+0(FP), R0
	MOVW dst_len+4(FP), R1
	MOVHU c+12(FP), R2
	CMP $0, R1
	BEQ filled
	ORR R2<<16, R2
	TST $2, R0 // a word begins at every other pixel
	BEQ whole
	MOVH.P R2, 2(R0)
	SUB $1, R1

whole:
	MOVW R2, R3
	MOVW R2, R4
	MOVW R2, R5
	SUB.S $16, R1
	BLT few

many:
	MOVM.IA.W [R2, R3, R4, R5], (R0)
	MOVM.IA.W [R2, R3, R4, R5], (R0)
	SUB.S $16, R1
	BGE many

few: // 0 to 15 pixels, by the bits of their number
	TST $8, R1
	BEQ 2(PC)
	MOVM.IA.W [R2, R3, R4, R5], (R0)
	TST $4, R1
	BEQ 2(PC)
	MOVM.IA.W [R2, R3], (R0)
	TST $2, R1
	MOVW.NE.P R2, 4(R0)
	TST $1, R1
	BEQ filled
	MOVH R2, (R0)

filled:
	RET

// func blendRow(dst []Color, f, l uint32)
//
// b*32 + (f-b)*l is b*(32-l) + f*l, of which the second half is the same for
// all pixels.
TEXT ·blendRow(SB), NOSPLIT, $0-20
	MOVW dst_base+0(FP), R0
	MOVW dst_len+4(FP), R1
	MOVW f+12(FP), R2
	MOVW l+16(FP), R3
	CMP $0, R1
	BEQ blended
	CONSTANTS
	MULA R3, R2, R9, R4
	RSB $32, R3
	TST $1, R1
	BEQ pair
	MOVHU (R0), R5
	SPREAD(R5)
	MULA R3, R5, R4, R6
	PACK(R6)
	MOVH.P R6, 2(R0)
	SUB.S $1, R1
	BEQ blended

pair:
	MOVHU (R0), R5
	MOVHU 2(R0), R7
	SPREAD(R5)
	SPREAD(R7)
	MULA R3, R5, R4, R6
	MULA R3, R7, R4, R12
	PACK(R6)
	PACK(R12)
	MOVH.P R6, 2(R0)
	MOVH.P R12, 2(R0)
	SUB.S $2, R1
	BGT pair

blended:
	RET

// func mixRow(dst, src []Color, l uint32)
TEXT ·mixRow(SB), NOSPLIT, $0-28
	MOVW dst_base+0(FP), R0
	MOVW dst_len+4(FP), R1
	MOVW src_base+12(FP), R2
	MOVW l+24(FP), R3
	CMP $0, R1
	BEQ mixed
	CONSTANTS

mix:
	MOVHU (R0), R4
	MOVHU.P 2(R2), R5
	SPREAD(R4)
	SPREAD(R5)
	MIX(R4, R5, R3, R6)
	MOVH.P R6, 2(R0)
	SUB.S $1, R1
	BNE mix

mixed:
	RET

// func maskRow(dst []Color, mask []uint8, c Color)
TEXT ·maskRow(SB), NOSPLIT, $0-26
	MOVW dst_base+0(FP), R0
	MOVW dst_len+4(FP), R1
	MOVW mask_base+12(FP), R2
	MOVHU c+24(FP), R3
	CMP $0, R1
	BEQ masked
	CONSTANTS
	ORR R3<<16, R3, R7
	AND R8, R7

mask:
	MOVBU.P 1(R2), R4
	MOVHU (R0), R5
	ADD $4, R4
	MOVW.S R4>>3, R4
	BEQ none
	CMP $32, R4
	BEQ full
	MOVW R7, R6
	SPREAD(R5)
	MIX(R5, R6, R4, R12)
	MOVH.P R12, 2(R0)
	SUB.S $1, R1
	BNE mask
	RET

full:
	MOVH.P R3, 2(R0)
	SUB.S $1, R1
	BNE mask
	RET

none:
	ADD $2, R0
	SUB.S $1, R1
	BNE mask

masked:
	RET

// NIBBLE draws a pixel with the coverage in R5. R4 is the curve.
#define NIBBLE(none, full, next) \
	MOVBU R5<<0(R4), R5; \
	MOVHU (R0), R6; \
	ADD $4, R5; \
	MOVW.S R5>>3, R5; \
	BEQ none; \
	CMP $32, R5; \
	BEQ full; \
	MOVW R7, R12; \
	SPREAD(R6); \
	MIX(R6, R12, R5, R14); \
	MOVH.P R14, 2(R0); \
	B next; \
full: \
	MOVH.P R3, 2(R0); \
	B next; \
none: \
	ADD $2, R0; \
next: \
	SUB.S $1, R1

// func glyphRow(dst []Color, row []byte, x0 int, c Color, curve *[16]uint8)
TEXT ·glyphRow(SB), NOSPLIT, $4-36
	MOVW dst_base+0(FP), R0
	MOVW dst_len+4(FP), R1
	MOVW row_base+12(FP), R2
	MOVW x0+24(FP), R5
	MOVHU c+28(FP), R3
	MOVW curve+32(FP), R4
	CMP $0, R1
	BEQ drawn
	CONSTANTS
	ORR R3<<16, R3, R7
	AND R8, R7
	ADD R5>>1, R2
	TST $1, R5
	BNE low

high:
	MOVBU (R2), R5
	CMP $0, R5 // most pixels beside a stroke are empty, two at a time
	BEQ empty
	MOVW R5>>4, R5
	NIBBLE(noneHigh, fullHigh, nextHigh)
	BEQ drawn

low:
	MOVBU.P 1(R2), R5
	AND $15, R5
	NIBBLE(noneLow, fullLow, nextLow)
	BNE high
	RET

empty:
	MOVBU (R4), R5 // unless the curve gives something to nothing
	CMP $4, R5
	BCS solid
	ADD $1, R2
	ADD $4, R0
	SUB.S $2, R1
	BGT high
	RET

solid:
	MOVW $0, R5
	NIBBLE(noneOdd, fullOdd, nextOdd)
	BNE low

drawn:
	RET

// TURN takes two words of the source, which are two pixels for each of two
// rows.
#define TURN \
	MOVW.P R3<<0(R2), R6; \
	MOVW.P R3<<0(R2), R7; \
	AND R5, R6, R8; \
	BIC R5, R7, R9; \
	ORR R7<<16, R8; \
	ORR R6>>16, R9; \
	MOVW.P R8, 4(R0); \
	MOVW.P R9, 4(R1)

// func turnPairs(even, odd *Color, rows int, src *Color, across, down, w, h int)
TEXT ·turnPairs(SB), NOSPLIT, $4-32
	MOVW even+0(FP), R0
	MOVW odd+4(FP), R1
	MOVW rows+8(FP), R14
	MOVW src+12(FP), R2
	MOVW across+16(FP), R3
	MOVW h+28(FP), R12
	MOVW $0xFFFF, R5
	MOVW R3<<1, R3 // bytes
	MOVW R14<<1, R14
	// From the end of a row to the next pair.
	MOVW w+24(FP), R4
	SUB R4<<1, R14

rows:
	MOVW w+24(FP), R4
	MOVW R2, 4(R13)
	TST $2, R4
	BEQ four
	TURN
	SUB.S $2, R4
	BEQ ended

four:
	TURN
	TURN
	SUB.S $4, R4
	BGT four

ended:
	MOVW 4(R13), R2
	MOVW down+20(FP), R6
	ADD R6<<1, R2
	ADD R14, R0
	ADD R14, R1
	SUB.S $2, R12
	BGT rows
	RET

// func boxSum(pix []uint8, stride int, x, y *taps) uint64
//
//	R0 row    R1 stride    R2 rows to go    R3 columns    R4, R5, R6 head, mid, tail
//	R12:R9 the sum    R7 the row's    R14 the row's weight
TEXT ·boxSum(SB), NOSPLIT, $8-32
	MOVW pix_base+0(FP), R0
	MOVW stride+12(FP), R1
	MOVW y+20(FP), R2
	MOVW 8(R2), R14
	MOVW 4(R2), R2
	MOVW x+16(FP), R3
	ADD $8, R3, R4
	MOVW 4(R3), R3
	MOVM.IA (R4), [R4, R5, R6]
	MOVW $0, R9
	MOVW $0, R12
	SUB R3, R1 // from a row's end to the next

row:
	MOVBU.P 1(R0), R8
	MUL R8, R4, R7
	SUB.S $2, R3, R3
	BLT summed // one column
	BEQ last
	MOVW R12, 4(R13)
	MOVW $0, R12
	TST $1, R3
	BEQ two
	MOVBU.P 1(R0), R12
	SUB.S $1, R3
	BEQ middle

two:
	MOVBU.P 1(R0), R8
	MOVBU.P 1(R0), R11
	ADD R8, R12
	ADD R11, R12
	SUB.S $2, R3
	BGT two

middle:
	MULA R12, R5, R7, R8
	MOVW R8, R7
	MOVW 4(R13), R12

last:
	MOVBU.P 1(R0), R8
	MULA R8, R6, R7, R11
	MOVW R11, R7

summed:
	MULALU R14, R7, (R12, R9)
	MOVW x+16(FP), R3
	MOVW y+20(FP), R8
	MOVW 4(R3), R3
	ADD R1, R0
	SUB.S $1, R2
	BEQ all
	MOVW 12(R8), R14 // mid, or behind the last but one
	CMP $1, R2
	MOVW.EQ 16(R8), R14
	B row

all:
	MOVW R9, ret_lo+24(FP)
	MOVW R12, ret_hi+28(FP)
	RET
