//go:build !purego

#include "textflag.h"

// ENTER: R0 is the output, R1 the codes, R2 the adaptation of code 0, R3 and R4
// the last sample and the one before, R5 and R6 their coefficients, R7 the
// step, R9 its limit. R8 is the largest sample.
#define ENTER \
	MOVW out_base+0(FP), R0; \
	MOVW codes_base+12(FP), R1; \
	MOVW codes_len+16(FP), R2; \
	MOVW c+24(FP), R12; \
	CMP $0, R2; \
	BEQ done; \
	ADD R1, R2; \
	MOVW R2, 4(R13); \
	MOVM.IA (R12), [R5, R6, R7]; \
	MOVW 12(R12), R3; \
	MOVW 16(R12), R4; \
	MOVW $·adaptation+32(SB), R2; \
	MOVW $0x7fff, R8; \
	MOVW $2796202, R9 // maxDelta

// CODE decodes the code in R11, and puts the sample so many bytes before the
// next one.
#define CODE(step) \
	MUL R5, R3, R12; \
	MULA R6, R4, R12, R12; \
	MOVW R3, R4; \
	MOVW R12->31, R14; \
	ADD R14>>24, R12; \ // the quotient is rounded towards 0
	MOVW R12->8, R12; \
	MULA R11, R7, R12, R3; \
	MOVW R11<<2(R2), R11; \
	MOVW R3->31, R14; \
	TEQ R3->15, R14; \
	EOR.NE R8, R14, R3; \
	MUL R11, R7, R12; \
	MOVW R3<<16, R14; \
	MOVW.P R14, step(R0); \
	MOVW R12->8, R7; \
	CMP $16, R7; \
	MOVW.LT $16, R7; \
	CMP R9, R7; \
	MOVW.GT R9, R7

#define LEAVE \
	MOVW 4(R13), R12; \
	CMP R12, R1; \
	BLO byte; \
	MOVW c+24(FP), R12; \
	MOVW R7, 8(R12); \
	MOVW R3, 12(R12); \
	MOVW R4, 16(R12); \
done: \
	RET

// func msBoth(out []int32, codes []byte, c *msChannel)
TEXT ·msBoth(SB), NOSPLIT, $4-28
	ENTER

byte:
	MOVB (R1), R11
	MOVW R11->4, R11
	CODE(4)
	MOVBU.P 1(R1), R11
	MOVW R11<<28, R11
	MOVW R11->28, R11
	CODE(4)
	LEAVE

// func msHigh(out []int32, codes []byte, c *msChannel)
TEXT ·msHigh(SB), NOSPLIT, $4-28
	ENTER

byte:
	MOVBU.P 1(R1), R11
	MOVW R11<<24, R11
	MOVW R11->28, R11
	CODE(8)
	LEAVE

// func msLow(out []int32, codes []byte, c *msChannel)
TEXT ·msLow(SB), NOSPLIT, $4-28
	ENTER

byte:
	MOVBU.P 1(R1), R11
	MOVW R11<<28, R11
	MOVW R11->28, R11
	CODE(8)
	LEAVE
