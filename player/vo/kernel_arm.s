//go:build !purego

#include "go_asm.h"
#include "textflag.h"

// HUE makes a hue, of one sample of Cb and one of Cr. No load is followed at once
// by what needs it.
#define HUE(blue, red) \
	MOVBU.P 1(R1), R9; \
	MOVBU.P 1(R2), R8; \
	ADD R9<<3, blue, R9; \
	MOVM.IA (R9), [R5, R7]; \
	ADD R8<<3, red, R8; \
	MOVM.IA (R8), [R6, R8]; \
	ADD R8, R7; \
	MOVM.IA.W [R5, R6, R7], (R0)

// func makeHues(dst *hue, cb, cr *uint8, t *tables, pairs, odd int)
//
//	R0 dst   R1 cb   R2 cr   R3, R4 tables   R11, R12 those for every other one
TEXT ·makeHues(SB), NOSPLIT, $4-24
	MOVW dst+0(FP), R0
	MOVW cb+4(FP), R1
	MOVW cr+8(FP), R2
	MOVW t+12(FP), R5
	MOVW pairs+16(FP), R14
	MOVW odd+20(FP), R6
	MOVW $tables_cb, R7
	ADD R7, R5, R3
	MOVW $tables_cr, R7
	ADD R7, R5, R4
	RSB $1, R6, R7
	ADD R7<<3, R3, R11
	ADD R7<<3, R4, R12
	ADD R6<<3, R3
	ADD R6<<3, R4

	TST $1, R14
	BEQ hues
	ADD $1, R14
	B middle

hues:
	HUE(R3, R4)
	HUE(R11, R12)

middle:
	HUE(R3, R4)
	HUE(R11, R12)
	SUB.S $2, R14
	BNE hues
	RET

// A block is two pixels of each of two lines; the first of the upper line and
// the second of the lower one are light fields of the chequerboard. Registers:
//
//	R2, R3 the lines of luma       R4 hues
//	R6 blue  R7 red  R8 green      the places of a hue
//	R9, R11 words of two pixels    R5, R12, R14 samples and levels
//
// Light fields look at twice luma, dark ones one further: there luma is added to
// itself with the carry, which stays set.
//
// LIGHT makes the light ones: the lower half of R9, and what becomes the upper
// half of R11. It leaves in R12 and R14 where the dark ones of the upper and the
// lower line look.
#define LIGHT \
	MOVM.IA.W (R4), [R6, R7, R8]; \
	MOVBU.P 1(R2), R12; \
	MOVBU 1(R3), R14; \
	MOVBU R12<<1(R7), R9; \
	MOVBU R14<<1(R7), R11; \
	MOVBU R12<<1(R8), R5; \
	MOVBU R12<<1(R6), R12; \
	ORR R9<<6, R5, R9; \
	MOVBU R14<<1(R8), R5; \
	MOVBU R14<<1(R6), R14; \
	ORR R9<<5, R12, R9; \
	MOVBU.P 1(R2), R12; \
	ORR R11<<6, R5, R11; \
	ORR R11<<5, R14, R11; \
	MOVBU.P 2(R3), R14; \
	ADC R12, R12; \
	ADC R14, R14

// DARK makes the dark ones: that at high into the upper half of R9, that at low
// into the lower half of R11.
#define DARK(high, low) \
	MOVBU high<<0(R7), R5; \
	ORR R5<<27, R9; \
	MOVBU high<<0(R8), R5; \
	MOVBU high<<0(R6), high; \
	ORR R5<<21, R9; \
	MOVBU low<<0(R7), R5; \
	ORR high<<16, R9; \
	MOVBU low<<0(R8), high; \
	MOVBU low<<0(R6), low; \
	ORR R11<<5, R5, R11; \
	ORR R11<<6, high, R11; \
	ORR R11<<5, low, R11

#define ROWS \
	LIGHT; \
	DARK(R12, R14); \
	MOVW.P R9, 4(R0); \
	MOVW.P R11, 4(R1)

#define COLUMNS \
	LIGHT; \
	DARK(R14, R12); \
	MOVW R9, (R0); \
	ADD R1, R0; \
	MOVW R11, (R0); \
	ADD R1, R0

// func paintRows(upper, lower *uint16, y0, y1 *uint8, hues *hue, pairs int)
TEXT ·paintRows(SB), NOSPLIT, $8-24
	MOVW upper+0(FP), R0
	MOVW lower+4(FP), R1
	MOVW y0+8(FP), R2
	MOVW y1+12(FP), R3
	MOVW hues+16(FP), R4
	MOVW pairs+20(FP), R5
	ADD R5<<1, R5, R6
	ADD R6<<3, R4, R6
	MOVW R6, 4(R13) // where the hues end
	CMP R4, R4 // sets the carry
	TST $1, R5
	BNE middle

rows:
	ROWS
	ROWS

middle:
	ROWS
	ROWS
	MOVW 4(R13), R5
	CMP R4, R5 // the end is not below: the carry stays set
	BNE rows
	RET

// func paintColumns(dst *uint16, step int, y0, y1 *uint8, hues *hue, pairs int)
TEXT ·paintColumns(SB), NOSPLIT, $8-24
	MOVW dst+0(FP), R0
	MOVW step+4(FP), R1
	MOVW y0+8(FP), R2
	MOVW y1+12(FP), R3
	MOVW hues+16(FP), R4
	MOVW pairs+20(FP), R5
	ADD R5<<1, R5, R6
	ADD R6<<3, R4, R6
	MOVW R6, 4(R13) // where the hues end
	CMP R4, R4 // sets the carry
	TST $1, R5
	BNE middle

columns:
	COLUMNS
	COLUMNS

middle:
	COLUMNS
	COLUMNS
	MOVW 4(R13), R5
	CMP R4, R5 // the end is not below: the carry stays set
	BNE columns
	RET
