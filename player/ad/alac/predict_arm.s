//go:build !purego

#include "textflag.h"

// ENTER: R0 is the sample that all are compared with, R1 the coefficients, that
// of the oldest sample first. On the stack, from 4(R13) on: the shift, the bits
// that a sample lacks of 32, half of the last place, and the end.
#define ENTER(order) \
	MOVW x_base+0(FP), R0; \
	MOVW x_len+4(FP), R2; \
	MOVW coefs+12(FP), R1; \
	MOVW shift+16(FP), R3; \
	MOVW cut+20(FP), R4; \
	SUB.S $(order+1), R2; \
	BLE done; \
	ADD R2<<2, R0, R6; \
	MOVW $1, R5; \
	MOVW R5<<R3, R5; \
	MOVW R5>>1, R5; \
	MOVM.IB [R3, R4, R5, R6], (R13)

#define PRODUCT(x, c) \
	SUB R3, x; \
	MULA c, x, R2, R2

#define ONE \
	MOVW.P 4(R0), R4; \
	MOVW.P 4(R1), R8; \
	PRODUCT(R4, R8)

#define TWO \
	MOVM.IA.W (R0), [R4, R5]; \
	MOVM.IA.W (R1), [R8, R9]; \
	PRODUCT(R4, R8); \
	PRODUCT(R5, R9)

#define FOUR \
	MOVM.IA.W (R0), [R4, R5, R6, R7]; \
	MOVM.IA.W (R1), [R8, R9, R11, R12]; \
	PRODUCT(R4, R8); \
	PRODUCT(R5, R9); \
	PRODUCT(R6, R11); \
	PRODUCT(R7, R12)

#define FIVE FOUR; ONE
#define SIX FOUR; TWO
#define SEVEN FOUR; TWO; ONE
#define EIGHT FOUR; FOUR

// MOVE moves a coefficient by the sign of the difference, and takes what that
// does from the residue, R2: the difference by TIMES, its place. R8 is the
// shift.
#define RAISE(i, TIMES) \
	MOVW (4*i)(R0), R5; \
	MOVW (4*i)(R1), R6; \
	SUB.S R5, R3, R5; \
	SUB.GT $1, R6; \
	ADD.LT $1, R6; \
	RSB.LT $0, R5; \
	MOVW R6, (4*i)(R1); \
	MOVW R5->R8, R5; \
	TIMES; \
	BLE next

#define LOWER(i, TIMES) \
	MOVW (4*i)(R0), R5; \
	MOVW (4*i)(R1), R6; \
	SUB.S R5, R3, R5; \
	ADD.GT $1, R6; \
	SUB.LT $1, R6; \
	RSB.GT $0, R5; \
	MOVW R6, (4*i)(R1); \
	MOVW R5->R8, R5; \
	TIMES; \
	BGE next

#define TIMES1 SUB.S R5, R2
#define TIMES2 SUB.S R5<<1, R2
#define TIMES3 ADD R5<<1, R5; SUB.S R5, R2
#define TIMES4 SUB.S R5<<2, R2
#define TIMES5 ADD R5<<2, R5; SUB.S R5, R2
#define TIMES6 ADD R5<<1, R5; SUB.S R5<<1, R2
#define TIMES7 RSB R5<<3, R5; SUB.S R5, R2
#define TIMES8 SUB.S R5<<3, R2

#define MOVE4(MOVE) MOVE(0, TIMES1); MOVE(1, TIMES2); MOVE(2, TIMES3); MOVE(3, TIMES4)
#define MOVE5(MOVE) MOVE4(MOVE); MOVE(4, TIMES5)
#define MOVE6(MOVE) MOVE5(MOVE); MOVE(5, TIMES6)
#define MOVE7(MOVE) MOVE6(MOVE); MOVE(6, TIMES7)
#define MOVE8(MOVE) MOVE7(MOVE); MOVE(7, TIMES8)

#define ADAPT(order, SUM, MOVES) \
	ENTER(order); \
sample: \
	MOVW 12(R13), R2; \
	MOVW.P 4(R0), R3; \
	SUM; \
	MOVM.IB (R13), [R8, R9]; \
	MOVW R2, R5; \
	MOVW (R0), R2; \
	ADD R5->R8, R3, R5; \
	ADD R2, R5; \
	MOVW R5<<R9, R5; \
	MOVW R5->R9, R5; \
	MOVW R5, (R0); \
	SUB $(4*order), R0; \
	SUB $(4*order), R1; \
	CMP $0, R2; \
	BEQ next; \
	BMI lower; \
	MOVES(RAISE); \
	B next; \
lower: \
	MOVES(LOWER); \
next: \
	MOVW 16(R13), R12; \
	CMP R12, R0; \
	BLO sample; \
done: \
	RET

// func adapt4(x []int32, coefs *[8]int32, shift, cut uint)
TEXT ·adapt4(SB), NOSPLIT, $16-24
	ADAPT(4, FOUR, MOVE4)

// func adapt5(x []int32, coefs *[8]int32, shift, cut uint)
TEXT ·adapt5(SB), NOSPLIT, $16-24
	ADAPT(5, FIVE, MOVE5)

// func adapt6(x []int32, coefs *[8]int32, shift, cut uint)
TEXT ·adapt6(SB), NOSPLIT, $16-24
	ADAPT(6, SIX, MOVE6)

// func adapt7(x []int32, coefs *[8]int32, shift, cut uint)
TEXT ·adapt7(SB), NOSPLIT, $16-24
	ADAPT(7, SEVEN, MOVE7)

// func adapt8(x []int32, coefs *[8]int32, shift, cut uint)
TEXT ·adapt8(SB), NOSPLIT, $16-24
	ADAPT(8, EIGHT, MOVE8)
