//go:build !purego

#include "textflag.h"

// POWER looks up the power of a value below 16 and multiplies it; ROUND drops
// the fraction.
#define POWER(x) \
	MULL x, R2, (x, R12)

#define ROUND(x) \
	MOVW.S x->R3, x; \
	ADC $0, x

// func requantizeLines(x []int32, mantissa uint32, shift int)
//
// R1 is the end, R2 half the mantissa, R3 the shift of small values (from -16 to 15), R4 the
// power of 0, R14 the end of the values that are done one by one.
TEXT ·requantizeLines(SB), NOSPLIT, $4-20
	MOVW x_base+0(FP), R0
	MOVW x_len+4(FP), R1
	MOVW mantissa+12(FP), R2
	MOVW shift+16(FP), R3
	MOVW $·small43+64(SB), R4
	ADD R1<<2, R0, R1
	MOVW R2>>1, R2
	SUB $2, R3

four:
	SUB R0, R1, R5
	CMP $16, R5
	BLT tail
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
	MOVW R5<<2(R4), R5
	MOVW R6<<2(R4), R6
	MOVW R7<<2(R4), R7
	MOVW R8<<2(R4), R8
	POWER(R5)
	POWER(R6)
	POWER(R7)
	POWER(R8)
	ROUND(R5)
	ROUND(R6)
	ROUND(R7)
	ROUND(R8)
	MOVM.IA.W [R5, R6, R7, R8], (R0)
	B four

group:
	ADD $16, R0, R14
	B value

tail:
	MOVW R1, R14
	CMP R14, R0
	BEQ done

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

done:
	RET

// From 16 and -17 on: the magnitude's power has 21 fractional bits, from 256 on 14.
large:
	SUB R5->31, R6
	MOVW $·pow43(SB), R7
	MOVW R6<<2(R7), R7
	MOVW mantissa+12(FP), R9
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
