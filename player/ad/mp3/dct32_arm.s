//go:build !purego

#include "textflag.h"

// A product's time depends on the size of one operand, which here is the
// sample, as the factors have 31 bits.

// Factors, as dct32Generic has them: x*(1+c), x*(2+c) and a whole one with so
// many bits above the point. x is at the same time where the result goes.
#define TIMES1(c, x) \
	MULL x, c, (R5, R12); \
	ADD R5, x

#define TIMES2(c, x) \
	MULL x, c, (R5, R12); \
	ADD x<<1, R5, x

#define TIMES(bits, c, x) \
	MULL x, c, (R5, R12); \
	MOVW R5<<bits, x; \
	ORR R12>>(32-bits), x

#define TIMES3(c, x) TIMES(3, c, x)
#define TIMES4(c, x) TIMES(4, c, x)
#define TIMES5(c, x) TIMES(5, c, x)

// STEPS does the first two steps for inputs k, 31-k, 15-k and 16+k.
#define STEPS(k, INNER, BOTH) \
	MOVW (4*k)(R0), R2; \
	MOVW (4*(31-k))(R0), R3; \
	MOVW (4*(15-k))(R0), R4; \
	MOVW (4*(16+k))(R0), R5; \
	MOVM.IA.W (R1), [R6, R7, R8]; \
	SUB R3, R2, R9; \
	ADD R3, R2; \
	SUB R5, R4, R11; \
	ADD R5, R4; \
	ADD R4, R2, R3; \
	SUB R4, R2; \
	TIMES1(R6, R9); \
	INNER(R7, R11); \
	ADD R11, R9, R4; \
	SUB R11, R9; \
	BOTH(R8, R2); \
	BOTH(R8, R9); \
	MOVW R3, (4+4*k)(R13); \
	MOVW R2, (36+4*k)(R13); \
	MOVW R4, (68+4*k)(R13); \
	MOVW R9, (100+4*k)(R13)

// HALF is a butterfly of the first step of dct8: x to the sum, y to the
// difference times 1+c.
#define HALF(x, y, c) \
	SUB y, x, R11; \
	ADD y, x; \
	MULL R11, c, (y, R12); \
	ADD R11, y

// DCT8 transforms the eight values at an offset of the stack; they come out in
// R0, R7, R3, R4, R1, R6, R2, R5.
#define DCT8(at) \
	ADD $at, R13, R12; \
	MOVW $·dct8Coefs(SB), R14; \
	MOVM.IA (R12), [R0, R1, R2, R3, R4, R5, R6, R7]; \
	MOVM.IA.W (R14), [R8, R9]; \
	HALF(R0, R7, R8); \
	HALF(R1, R6, R9); \
	MOVM.IA.W (R14), [R8, R9]; \
	HALF(R2, R5, R8); \
	SUB R4, R3, R11; \
	ADD R4, R3; \
	MULL R11, R9, (R4, R12); \
	MOVW R4<<3, R4; \
	ORR R12>>29, R4; \
	MOVM.IA.W (R14), [R8, R9]; \
	HALF(R0, R3, R8); \
	HALF(R1, R2, R9); \
	HALF(R7, R4, R8); \
	HALF(R6, R5, R9); \
	MOVW (R14), R8; \
	HALF(R0, R1, R8); \
	HALF(R3, R2, R8); \
	ADD R2, R3; \
	HALF(R7, R6, R8); \
	HALF(R4, R5, R8); \
	ADD R5, R4; \
	ADD R4, R7; \
	ADD R6, R4; \
	ADD R5, R6

// NEIGHBOURS adds to each of the eight values the next one.
#define NEIGHBOURS \
	ADD R7, R0; \
	ADD R3, R7; \
	ADD R4, R3; \
	ADD R1, R4; \
	ADD R6, R1; \
	ADD R2, R6; \
	ADD R5, R2

// LOW stores value j below 16 of the transform, HIGH one from 16 on, both
// times; R12 is row 8 of the history at the newest place.
#define LOW(x, j) \
	MOVW x, (256*(8-j)+128)(R12); \
	MOVW x, (256*(8-j)+192)(R12)

#define HIGH(x, j) \
	MOVW x, (256*(j-24))(R12); \
	MOVW x, (256*(j-24)+64)(R12)

// PUT4 stores the eight values as values j, j+4 and so on to j+28.
#define PUT4(j) \
	MOVW 132(R13), R12; \
	LOW(R0, (j)); \
	LOW(R7, (j+4)); \
	LOW(R3, (j+8)); \
	LOW(R4, (j+12)); \
	HIGH(R1, (j+16)); \
	HIGH(R6, (j+20)); \
	HIGH(R2, (j+24)); \
	HIGH(R5, (j+28))

// ODD makes values 4j+1 and 4j+3 of d, the sum of two neighbours of the last
// dct8, and values j (c) and j+1 (e) of the one before, the latter at an
// offset of the stack.
#define ODD(PUT, j, d, c, e, at) \
	MOVW at(R13), e; \
	ADD d, c, R11; \
	ADD e, d; \
	PUT(R11, (4*j+1)); \
	PUT(d, (4*j+3))

// func dct32(x *[32]int32, h *history, at int)
TEXT ·dct32(SB), NOSPLIT, $132-12
	MOVW x+0(FP), R0
	MOVW $·dctCoefs(SB), R1
	STEPS(0, TIMES5, TIMES1)
	STEPS(1, TIMES3, TIMES1)
	STEPS(2, TIMES2, TIMES1)
	STEPS(3, TIMES1, TIMES1)
	STEPS(4, TIMES1, TIMES1)
	STEPS(5, TIMES1, TIMES1)
	STEPS(6, TIMES1, TIMES2)
	STEPS(7, TIMES1, TIMES4)

	MOVW h+4(FP), R0
	MOVW at+8(FP), R1
	ADD $(8*256), R0
	ADD R1<<2, R0
	MOVW R0, 132(R13)

	DCT8(4)
	PUT4(0)
	DCT8(36)
	NEIGHBOURS
	PUT4(2)
	DCT8(68)
	ADD $68, R13, R12
	MOVM.IA [R0, R1, R2, R3, R4, R5, R6, R7], (R12)
	DCT8(100)
	NEIGHBOURS
	MOVW 132(R13), R12
	MOVW 68(R13), R8
	ODD(LOW, 0, R0, R8, R9, 96)
	ODD(LOW, 1, R7, R9, R8, 80)
	ODD(LOW, 2, R3, R8, R9, 84)
	ODD(LOW, 3, R4, R9, R8, 72)
	ODD(HIGH, 4, R1, R8, R9, 92)
	ODD(HIGH, 5, R6, R9, R8, 76)
	ODD(HIGH, 6, R2, R8, R9, 88)
	ADD R5, R9
	HIGH(R9, 29)
	HIGH(R5, 31)
	RET
