//go:build !purego

#include "textflag.h"

// A product's time depends on the size of one operand, which here is the
// sample, as the coefficients have 31 bits.

// On the stack are, from 4 on, what dct9 made of the even and, from 40 on, of
// the odd lines, each in the order 8, 7, 6, 0, 1, 5, 2, 3, 4, and from 76 on
// where the overlap, the output and the lines are and the subband.

// EVENS makes of the lines at R0 those of the even half in R1 to R9.
#define EVENS \
	MOVM.IA.W (R0), [R1, R2, R3, R11, R12]; \
	ADD R3, R2; \
	ADD R12, R11, R3; \
	MOVM.IA.W (R0), [R4, R5, R11, R12]; \
	ADD R5, R4; \
	ADD R12, R11, R5; \
	MOVM.IA.W (R0), [R6, R7, R11, R12]; \
	ADD R7, R6; \
	ADD R12, R11, R7; \
	MOVM.IA.W (R0), [R8, R9, R11, R12]; \
	ADD R9, R8; \
	ADD R12, R11, R9

// ODDS makes those of the odd half.
#define ODDS \
	MOVM.IA.W (R0), [R1, R2, R11, R12]; \
	ADD R2, R1; \
	ADD R12, R11; \
	ADD R11, R1, R2; \
	MOVM.IA.W (R0), [R3, R4, R12, R14]; \
	ADD R4, R3; \
	ADD R14, R12; \
	ADD R12, R3, R4; \
	ADD R11, R3; \
	MOVM.IA.W (R0), [R5, R6, R11, R14]; \
	ADD R6, R5; \
	ADD R14, R11; \
	ADD R11, R5, R6; \
	ADD R12, R5; \
	MOVM.IA.W (R0), [R7, R8, R12, R14]; \
	ADD R8, R7; \
	ADD R14, R12; \
	ADD R12, R7, R8; \
	ADD R11, R7; \
	MOVM.IA (R0), [R9, R11]; \
	ADD R11, R9; \
	ADD R12, R9

// DCT9 transforms R1 to R9 and puts them on the stack. Its even half comes to
// R0, R3, R5, R9 and the place of 4, its odd half to R1, R11, R6, R2.
#define DCT9(at) \
	SUB R7, R1, R11; \
	ADD R7->1, R1; \
	SUB R5, R3, R12; \
	SUB R9, R12; \
	ADD R3, R5; \
	ADD R3, R9; \
	ADD R12->1, R11, R3; \
	SUB R12, R11, R7; \
	MOVW $·dct9Coefs(SB), R0; \
	MOVW R7, (at+32)(R13); \
	SUB R9, R5, R11; \
	MOVM.IA (R0), [R12, R14]; \ // 40, 80
	MULL R5, R12, (R0, R7); \
	MULAL R9, R14, (R0, R7); \
	ADD R5, R0; \
	MULL R5, R14, (R5, R7); \
	MULAL R11, R12, (R5, R7); \
	ADD R11, R5; \
	SUB R0, R5, R9; \
	ADD R1, R9; \
	SUB R5, R1, R5; \
	ADD R1, R0; \
	MOVW $·dct9Coefs+8(SB), R1; \
	MOVM.IA (R1), [R11, R12, R14]; \ // 30, 50, 70
	MULL R4, R11, (R1, R7); \
	ADD R1, R4; \
	SUB R6, R2, R1; \
	SUB R8, R1; \
	MULL R11, R1, (R11, R7); \
	ADD R1, R11; \
	ADD R2, R6; \
	ADD R2, R8; \
	MULL R6, R12, (R1, R7); \
	MULAL R8, R14, (R1, R7); \
	ADD R6, R1; \
	SUB R6, R8, R2; \
	MULL R8, R12, (R6, R7); \
	MULAL R2, R14, (R6, R7); \
	ADD R8, R6; \
	SUB R6, R1, R2; \
	SUB R4, R2; \
	ADD R4, R1; \
	SUB R4, R6; \
	ADD R1, R0, R7; \
	SUB R1, R0; \
	ADD R11, R3, R8; \
	SUB R11, R3; \
	ADD R6, R5, R12; \
	SUB R6, R5; \
	ADD R2, R9, R14; \
	SUB R2, R9; \
	ADD $at, R13, R1; \
	MOVM.IA [R0, R3, R5, R7, R8, R9, R12, R14], (R1)

// Factors: x*(1+c), x*(2+c) and a whole one with 28 bits behind the point.
#define TIMES1(c, x) \
	MULL x, c, (R11, R12); \
	ADD R11, x

#define TIMES2(c, x) \
	MULL x, c, (R11, R12); \
	ADD x<<1, R11, x

#define TIMES4(c, x) \
	MULL x, c, (R11, R12); \
	MOVW R11<<4, x; \
	ORR R12>>28, x

// Sums with a product of 27 bits behind the point, and overlaps; the second of
// each are those with the sign inverted.
#define OUT(x, hi, lo) \
	SUB hi<<5, x; \
	SUB lo>>27, x

#define OUTINV(x, hi, lo) \
	ADD hi<<5, x; \
	ADD lo>>27, x

#define KEEP SUB R3->1, R11
#define KEEPINV RSB R3->1, R11
#define SAME
#define INV RSB $0, R14

// JOIN does outputs i and 17-i. at is where the two halves are on the stack.
#define JOIN(i, at, TIMES, OUT1, OUT2, KEEP1, KEEP2) \
	MOVW (4+at)(R13), R3; \
	MOVW (40+at)(R13), R4; \
	MOVM.IA.W (R2), [R5, R6, R7, R8, R9]; \
	TIMES(R5, R4); \
	SUB R4, R3, R5; \
	ADD R4, R3; \
	MULL R5, R6, (R11, R12); \
	MULL R5, R7, (R14, R6); \
	MOVW (4*i)(R0), R4; \
	MOVW (4*(17-i))(R0), R5; \
	OUT1(R4, R11, R12); \
	OUT2(R5, R14, R6); \
	MOVW R4, (128*i)(R1); \
	MOVW R5, (128*(17-i))(R1); \
	MULL R3, R8, (R11, R12); \
	MULL R3, R9, (R14, R12); \
	KEEP1; \
	KEEP2; \
	MOVW R11, (4*i)(R0); \
	MOVW R14, (4*(17-i))(R0)

// func imdct36(xr *[576]int32, overlap *[32][18]int32, out *subbands, window *[9][5]int32, from, to int)
TEXT ·imdct36(SB), NOSPLIT, $88-24
	MOVW xr+0(FP), R2
	MOVW overlap+4(FP), R0
	MOVW out+8(FP), R1
	MOVW from+16(FP), R3
	MOVW to+20(FP), R4
	CMP R4, R3
	BGE done
	ADD R3<<3, R3, R5
	ADD R5<<3, R0
	ADD R5<<3, R2
	ADD R3<<2, R1
	ADD $76, R13, R14
	MOVM.IA [R0, R1, R2, R3], (R14)

block:
	MOVW R2, R0
	EVENS
	DCT9(4)
	MOVW 84(R13), R0
	ODDS
	DCT9(40)
	ADD $76, R13, R14
	MOVM.IA (R14), [R0, R1, R2, R3]
	MOVW window+12(FP), R2
	TST $1, R3
	BNE odd
	JOIN(0, 0, TIMES4, OUT, OUT, KEEP, SAME)
	JOIN(1, 4, TIMES2, OUT, OUT, KEEP, SAME)
	JOIN(2, 8, TIMES1, OUT, OUT, KEEP, SAME)
	JOIN(3, 20, TIMES1, OUT, OUT, KEEP, SAME)
	JOIN(4, 32, TIMES1, OUT, OUT, KEEP, SAME)
	JOIN(5, 28, TIMES1, OUT, OUT, KEEP, SAME)
	JOIN(6, 24, TIMES1, OUT, OUT, KEEP, SAME)
	JOIN(7, 16, TIMES1, OUT, OUT, KEEP, SAME)
	JOIN(8, 12, TIMES1, OUT, OUT, KEEP, SAME)

next:
	MOVW 84(R13), R2
	MOVW 88(R13), R3
	MOVW to+20(FP), R4
	ADD $72, R0
	ADD $4, R1
	ADD $72, R2
	ADD $1, R3
	ADD $76, R13, R14
	MOVM.IA [R0, R1, R2, R3], (R14)
	CMP R4, R3
	BLT block

done:
	RET

odd:
	JOIN(0, 0, TIMES4, OUT, OUTINV, KEEP, INV)
	JOIN(1, 4, TIMES2, OUTINV, OUT, KEEPINV, SAME)
	JOIN(2, 8, TIMES1, OUT, OUTINV, KEEP, INV)
	JOIN(3, 20, TIMES1, OUTINV, OUT, KEEPINV, SAME)
	JOIN(4, 32, TIMES1, OUT, OUTINV, KEEP, INV)
	JOIN(5, 28, TIMES1, OUTINV, OUT, KEEPINV, SAME)
	JOIN(6, 24, TIMES1, OUT, OUTINV, KEEP, INV)
	JOIN(7, 16, TIMES1, OUTINV, OUT, KEEPINV, SAME)
	JOIN(8, 12, TIMES1, OUT, OUTINV, KEEP, INV)
	B next
