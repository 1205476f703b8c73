//go:build !purego

#include "textflag.h"

// The stages of the FFT. Numbers are pairs of registers or words; products are
// as in transform_arm.s. The sum and the difference of two registers are
// made in place: a+b, and then a+b-2b.

#define BUTTERFLY(a, b) \
	ADD b, a; \
	SUB b<<1, a, b

// ONES are the bits of the fraction, which round up where they are set.
#define ONES R12

#define CMUL(a, b, c, s, lo, im) \
	MULL a, s, (im, lo); \
	AND $(1<<31), lo; \
	MULAL b, c, (im, lo); \
	ADD.S lo, lo; \
	ADC im, im; \
	RSB $0, s; \
	MULL a, c, (a, lo); \
	ORR ONES, lo; \
	MULAL b, s, (a, lo); \
	ADD.S lo, lo; \
	ADC a, a

// FOURS transforms the four numbers in R1 to R8.
#define FOURS \
	SUB R5, R1, R9; \
	ADD R5, R1; \
	SUB R6, R2, R12; \
	ADD R6, R2; \
	ADD R7, R3, R5; \
	SUB R7, R3; \
	ADD R8, R4, R6; \
	SUB R8, R4, R7; \
	ADD R3, R12, R8; \
	SUB R3, R12, R4; \
	ADD R7, R9, R3; \
	SUB R7, R9, R7; \
	BUTTERFLY(R1, R5); \
	BUTTERFLY(R2, R6)

// func fours(x []complex32)
TEXT ·fours(SB), NOSPLIT, $0-12
	MOVW x_base+0(FP), R0
	MOVW x_len+4(FP), R11
	ADD R11<<3, R0, R11

four:
	MOVM.IA (R0), [R1, R2, R3, R4, R5, R6, R7, R8]
	FOURS
	MOVM.IA.W [R1, R2, R3, R4, R5, R6, R7, R8], (R0)
	CMP R11, R0
	BNE four
	RET

// The square root of a half, and the sine and the cosines of radix 3 and 5,
// with 32 bits of fraction. Those that are not below a half lack 1 or have 1
// too much, so that they fit; the other factor is added or taken away.
#define HALF 0xb5040000   // 23170<<17 - 1<<32
#define SIN120 0x224c0000 // -28378<<17 + 1<<32
#define COS72 0x4f1c0000  // 10126<<17
#define COS144 0x30e40000 // -26510<<17 + 1<<32
#define SIN72 0x0c880000  // -31164<<17 + 1<<32
#define SIN144 0x69860000 // -19261<<17 + 1<<32

// SPLIT replaces the numbers at R0 and in re and im by their sum and
// difference, and goes on to the next.
#define SPLIT(re, im) \
	MOVM.IA (R0), [R9, R11]; \
	ADD re, R9; \
	ADD im, R11; \
	SUB re<<1, R9, re; \
	SUB im<<1, R11, im; \
	MOVM.IA.W [R9, R11], (R0)

// func eights(x []complex32)
TEXT ·eights(SB), NOSPLIT, $8-12
	MOVW x_base+0(FP), R0
	MOVW x_len+4(FP), R11
	ADD R11<<3, R0, R11
	MOVW R11, 4(R13)

eight:
	MOVM.IA (R0), [R1, R2, R3, R4, R5, R6, R7, R8]
	FOURS
	MOVM.IA [R1, R2, R3, R4, R5, R6, R7, R8], (R0)
	ADD $32, R0, R14
	MOVM.IA (R14), [R1, R2, R3, R4, R5, R6, R7, R8]
	FOURS
	MOVW $HALF, R14
	SPLIT(R1, R2)
	ADD R3, R4, R9
	SUB R3, R4, R11
	MULL R9, R14, (R3, R12)
	MULL R11, R14, (R4, R12)
	ADD R9, R3
	ADD R11, R4
	SPLIT(R3, R4)
	RSB $0, R5, R12
	MOVW R6, R5
	MOVW R12, R6
	SPLIT(R5, R6)
	SUB R7, R8, R9
	ADD R7, R8, R11
	RSB $0, R11
	MULL R9, R14, (R7, R12)
	MULL R11, R14, (R8, R12)
	ADD R9, R7
	ADD R11, R8
	SPLIT(R7, R8)
	MOVM.IA.W [R1, R2, R3, R4, R5, R6, R7, R8], (R0)
	MOVW 4(R13), R11
	CMP R11, R0
	BNE eight
	RET

// The radix kernels have
//
//	R0 the first number    R1 the distance of the others    R2 factors    R3 how often

// func radix4(x []complex32, factors []twiddle)
TEXT ·radix4(SB), NOSPLIT, $16-24
	MOVW x_base+0(FP), R0
	MOVW x_len+4(FP), R4
	ADD R4<<3, R0, R4
	MOVW R4, 12(R13)
	MOVW $0x7fffffff, ONES

group:
	// a third of the factors
	MOVW factors_base+12(FP), R2
	MOVW factors_len+16(FP), R3
	MOVW $0x55555556, R4
	MULLU R3, R4, (R3, R5)
	MOVW R3<<3, R1

butterfly:
	ADD R1, R0, R14
	MOVM.IA (R14), [R4, R6]
	MOVM.IA.W (R2), [R7, R8]
	CMUL(R4, R6, R7, R8, R9, R5)
	ADD R1<<1, R1, R14
	ADD R0, R14
	MOVM.IA (R14), [R6, R8]
	MOVM.IA.W (R2), [R9, R11]
	CMUL(R6, R8, R9, R11, R14, R7)
	BUTTERFLY(R4, R6)
	BUTTERFLY(R5, R7)
	MOVM.IB [R6, R7], (R13)
	ADD R1<<1, R0, R14
	MOVM.IA (R14), [R8, R9]
	MOVM.IA.W (R2), [R11, R14]
	CMUL(R8, R9, R11, R14, R6, R7)
	MOVM.IA (R0), [R9, R11]
	ADD R8, R9, R6  // s
	SUB R8, R9, R8  // d
	ADD R7, R11, R9
	SUB R7, R11
	ADD R4, R6, R7
	SUB R4, R6, R4
	ADD R5, R9, R14
	SUB R5, R9, R5
	MOVM.IA.W [R7, R14], (R0)
	ADD R1<<1, R0, R14
	MOVM.DB [R4, R5], (R14)
	MOVM.IB (R13), [R4, R5]
	ADD R5, R8, R6
	SUB R4, R11, R7
	SUB R5, R8
	ADD R4, R11, R9
	SUB R1, R14, R4
	ADD R1, R14
	MOVM.DB [R6, R7], (R4)
	MOVM.DB [R8, R9], (R14)
	SUB.S $1, R3
	BNE butterfly
	ADD R1<<1, R1, R1
	ADD R1, R0
	MOVW 12(R13), R4
	CMP R4, R0
	BNE group
	RET

// func radix3(x []complex32, factors []twiddle)
TEXT ·radix3(SB), NOSPLIT, $8-24
	MOVW x_base+0(FP), R0
	MOVW x_len+4(FP), R4
	ADD R4<<3, R0, R4
	MOVW R4, 4(R13)
	MOVW $0x7fffffff, ONES

group:
	MOVW factors_base+12(FP), R2
	MOVW factors_len+16(FP), R3
	MOVW R3>>1, R3
	MOVW R3<<3, R1

butterfly:
	ADD R1, R0, R14
	MOVM.IA (R14), [R4, R6]
	MOVM.IA.W (R2), [R7, R8]
	CMUL(R4, R6, R7, R8, R9, R5)
	ADD R1<<1, R0, R14
	MOVM.IA (R14), [R6, R8]
	MOVM.IA.W (R2), [R9, R11]
	CMUL(R6, R8, R9, R11, R14, R7)
	BUTTERFLY(R4, R6)
	BUTTERFLY(R5, R7)
	MOVW $SIN120, R8
	MULL R6, R8, (R9, R14)
	MULL R7, R8, (R11, R14)
	SUB R6, R9, R6
	SUB R7, R11, R7
	MOVM.IA (R0), [R8, R9]
	SUB R4->1, R8, R11
	SUB R5->1, R9, R14
	ADD R4, R8
	ADD R5, R9
	MOVM.IA.W [R8, R9], (R0)
	ADD R1, R0, R4
	SUB R7, R11, R8
	ADD R6, R14, R9
	ADD R7, R11
	SUB R6, R14
	MOVM.DB [R8, R9], (R4)
	ADD R1, R4
	MOVM.DB [R11, R14], (R4)
	SUB.S $1, R3
	BNE butterfly
	ADD R1<<1, R0
	MOVW 4(R13), R4
	CMP R4, R0
	BNE group
	RET

// PLUS makes hi = z - t + s*x + t*y of radix 5.
#define PLUS(z, s, x, t, y, hi) \
	SUB t, z, hi; \
	MOVW $0, R3; \
	MULAL s, x, (hi, R3); \
	MOVW $0, R3; \
	MULAL t, y, (hi, R3)

// func radix5(x []complex32, factors []twiddle)
//
// On the stack are, from 4(R13) on, s1, d1, d2 and the end of the factors. p and
// q are the parts that both of a pair of outputs have.
TEXT ·radix5(SB), NOSPLIT, $28-24
	MOVW x_base+0(FP), R0
	MOVW factors_base+12(FP), R2
	MOVW factors_len+16(FP), R3
	MOVW R3<<1, R1
	ADD R3<<3, R2, R3
	MOVW R3, 28(R13)

butterfly:
	MVN $(1<<31), ONES
	ADD R1, R0, R14
	MOVM.IA (R14), [R4, R6]
	MOVM.IA.W (R2), [R7, R8]
	CMUL(R4, R6, R7, R8, R9, R5)
	ADD R1<<2, R0, R14
	MOVM.IA (R14), [R6, R8]
	MOVM.IA.W (R2), [R9, R11]
	CMUL(R6, R8, R9, R11, R14, R7)
	BUTTERFLY(R4, R6)
	BUTTERFLY(R5, R7)
	MOVM.IB [R4, R5, R6, R7], (R13)
	ADD R1<<1, R0, R14
	MOVM.IA (R14), [R4, R6]
	MOVM.IA.W (R2), [R7, R8]
	CMUL(R4, R6, R7, R8, R9, R5)
	ADD R1<<1, R1, R14
	ADD R0, R14
	MOVM.IA (R14), [R6, R8]
	MOVM.IA.W (R2), [R9, R11]
	CMUL(R6, R8, R9, R11, R14, R7)
	BUTTERFLY(R4, R6)
	BUTTERFLY(R5, R7)
	MOVW R6, 20(R13)
	MOVW R7, 24(R13)

	// s1 in R8 and R9, s2 in R4 and R5, x0 in R11 and R14
	MOVM.IB (R13), [R8, R9]
	MOVM.IA (R0), [R11, R14]
	MOVW $COS72, R6
	MOVW $COS144, R7
	ADD R8, R11, R3
	ADD R4, R3
	MOVW R3, (R0)
	PLUS(R11, R8, R6, R4, R7, R12)
	SUB R8, R11
	MOVW $0, R3
	MULAL R4, R6, (R11, R3)
	MOVW $0, R3
	MULAL R8, R7, (R11, R3)
	ADD R9, R14, R3
	ADD R5, R3
	MOVW R3, 4(R0)
	PLUS(R14, R9, R6, R5, R7, R4)
	SUB R9, R14
	MOVW $0, R3
	MULAL R5, R6, (R14, R3)
	MOVW $0, R3
	MULAL R9, R7, (R14, R3)

	// The real parts: of p in R12 and R11; the imaginary ones of d1 and d2 in R5 and
	// R6.
	MOVW $SIN72, R7
	MOVW $SIN144, R8
	MOVW 16(R13), R5
	MOVW 24(R13), R6
	MULL R5, R7, (R9, R3)
	MOVW $0, R3
	MULAL R6, R8, (R9, R3)
	SUB R5, R9
	SUB R6, R9
	SUB R9, R12
	ADD R9<<1, R12, R9
	MOVW R12, R1<<0(R0)
	MOVW R9, R1<<2(R0)
	MULL R6, R7, (R9, R3)
	MULL R5, R8, (R12, R3)
	SUB R6, R5
	ADD R5, R9
	SUB R12, R9
	ADD R1<<1, R0, R12
	ADD R9, R11
	SUB R9<<1, R11, R9
	MOVW R11, (R12)
	MOVW R9, R1<<0(R12)

	// The imaginary parts: of p in R4 and R14; the real ones of d1 and d2 in R5 and
	// R6.
	ADD $4, R0
	MOVW 12(R13), R5
	MOVW 20(R13), R6
	MULL R5, R7, (R9, R3)
	MOVW $0, R3
	MULAL R6, R8, (R9, R3)
	SUB R5, R9
	SUB R6, R9
	ADD R9, R4
	SUB R9<<1, R4, R9
	MOVW R4, R1<<0(R0)
	MOVW R9, R1<<2(R0)
	MULL R5, R8, (R9, R3)
	MULL R6, R7, (R11, R3)
	SUB R5, R6
	ADD R6, R9
	SUB R11, R9
	ADD R9, R14
	SUB R9<<1, R14, R9
	MOVW R14, 4(R12)
	ADD R1, R12
	MOVW R9, 4(R12)
	ADD $4, R0

	MOVW 28(R13), R3
	CMP R3, R2
	BNE butterfly
	RET
