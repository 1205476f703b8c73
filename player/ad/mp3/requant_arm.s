//go:build !purego

#include "textflag.h"

// POWER looks up the power of a value below 16 and multiplies it; ROUND drops
// the fraction.
#define POWER(x) \
	MULL x, R2, (x, R12)

#define ROUND(x) \
	MOVW.S x->R3, x; \
	ADC $0, x

// SMALL4 does four small values.
#define SMALL4 \
	MOVW R5<<2(R4), R5; \
	MOVW R6<<2(R4), R6; \
	MOVW R7<<2(R4), R7; \
	MOVW R8<<2(R4), R8; \
	POWER(R5); \
	POWER(R6); \
	POWER(R7); \
	POWER(R8); \
	ROUND(R5); \
	ROUND(R6); \
	ROUND(R7); \
	ROUND(R8); \
	MOVM.IA.W [R5, R6, R7, R8], (R0)

// func requantizeBands(xr *[576]int32, lines, small int, edges []int, gains *bandGains, from int) int
//
// R0 goes through the lines to R1, the band's end; R2 is half the mantissa, R3
// the shift of small values (from -16 to 15), R4 the power of 0, R14 the place
// of the band's last four values, or the end of those that are done one by
// one. On the stack, from 4 on, are the places of the band's end and of the
// next gain, the lines, their end, where all are small, and the mantissa.
TEXT ·requantizeBands(SB), NOSPLIT, $24-36
	MOVW xr+0(FP), R7
	MOVW lines+4(FP), R8
	MOVW small+8(FP), R9
	MOVW edges_base+12(FP), R5
	MOVW gains+24(FP), R6
	MOVW from+28(FP), R11
	ADD R8<<2, R7, R8
	ADD R9<<2, R7, R9
	ADD R11<<2, R6
	MOVW R11<<2(R5), R0
	ADD R11<<2, R5
	ADD R0<<2, R7, R0
	MOVM.IB [R5, R6, R7, R8, R9], (R13)
	MOVW $·small43+64(SB), R4

band:
	MOVM.IB (R13), [R5, R6, R7, R8, R9]
	CMP R8, R0
	BHS all
	MOVW.W 4(R5), R1
	MOVW.P 4(R6), R14
	MOVW $·quarter(SB), R12
	ADD R1<<2, R7, R1
	CMP R8, R1
	MOVW.HI R8, R1
	AND $3, R14, R11
	MOVW R11<<2(R12), R2
	MVN R14->2, R3
	SUB $3, R3, R11
	CMP $28, R11
	BHI extreme
	MOVM.IB [R5, R6], (R13)
	SUB $2, R3
	SUB $16, R1, R14
	CMP R9, R0
	BLO mixed
	MOVW R2>>1, R2
	CMP R14, R0
	BHI tail

small:
	MOVM.IA (R0), [R5, R6, R7, R8]
	SMALL4
	CMP R14, R0
	BLS small
	B tail

mixed:
	MOVW R2, 24(R13)
	MOVW R2>>1, R2

four:
	SUB $16, R1, R14
	CMP R14, R0
	BHI tail
	MOVM.IA (R0), [R5, R6, R7, R8]
	EOR R5->31, R5, R9
	EOR R6->31, R6, R11
	EOR R7->31, R7, R12
	EOR R8->31, R8, R14
	ORR R11, R9
	ORR R14, R12
	ORR R12, R9
	BIC.S $15, R9
	BNE group
	SMALL4
	B four

group:
	ADD $16, R0, R14
	B value

tail:
	MOVW R1, R14
	CMP R14, R0
	BEQ band

value:
	MOVW (R0), R5
	EOR R5->31, R5, R6
	CMP $16, R6
	BHS large
	MOVW R5<<2(R4), R6
	POWER(R6)
	ROUND(R6)

store:
	MOVW.P R6, 4(R0)
	CMP R14, R0
	BNE value
	CMP R1, R0
	BNE four
	B band

extreme:
	MOVW edges_base+12(FP), R6
	SUB R6, R5
	MOVW R5>>2, R5
	SUB $1, R5
	MOVW R5, ret+32(FP)
	RET

all:
	MVN $0, R5
	MOVW R5, ret+32(FP)
	RET

// From 16 and -17 on: the magnitude's power has 21 fractional bits, from 256 on 14.
large:
	SUB R5->31, R6
	MOVW $·pow43(SB), R7
	MOVW R6<<2(R7), R7
	MOVW 24(R13), R9
	CMP $256, R6
	SUB.CC $3, R3, R8
	SUB.CS $10, R3, R8
	MULLU R7, R9, (R6, R12)
	MVN $(3<<30), R7 // the largest line
	CMP $0, R8
	BLT left
	MOVW R6>>R8, R6
	CMP R7, R6
	MOVW.HI R7, R6
	B sign

left:
	RSB $0, R8
	CMP R7>>R8, R6
	MOVW.HI R7, R6
	MOVW.LS R6<<R8, R6

sign:
	EOR R5->31, R6
	SUB R5->31, R6
	B store
