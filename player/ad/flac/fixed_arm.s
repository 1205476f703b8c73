//go:build !purego

#include "textflag.h"

// FIXED runs four residuals at a time through a polynomial. R6 is the last
// sample; R7, R8 and R9 the last differences of the first to the third order,
// which BEGIN makes of the samples before.
#define FIXED(order, BEGIN, NEXT) \
	MOVW s_base+0(FP), R0; \
	MOVW s_len+4(FP), R1; \
	SUB $order, R1; \
	BIC $3, R1; \
	MOVW R1, done+12(FP); \
	CMP $0, R1; \
	BLE none; \
	BEGIN; \
four: \
	MOVM.IA (R0), [R2, R3, R4, R5]; \
	NEXT(R6, R2); \
	NEXT(R2, R3); \
	NEXT(R3, R4); \
	NEXT(R4, R5); \
	MOVM.IA.W [R2, R3, R4, R5], (R0); \
	MOVW R5, R6; \
	SUB.S $4, R1; \
	BNE four; \
none: \
	RET

#define BEGIN1 \
	MOVW.P 4(R0), R6

#define BEGIN2 \
	MOVM.IA.W (R0), [R5, R6]; \
	SUB R5, R6, R7

#define BEGIN3 \
	MOVM.IA.W (R0), [R4, R5, R6]; \
	SUB R5, R6, R7; \
	SUB R4, R5, R5; \
	SUB R5, R7, R8

#define BEGIN4 \
	MOVM.IA.W (R0), [R3, R4, R5, R6]; \
	SUB R5, R6, R7; \
	SUB R4, R5, R5; \
	SUB R3, R4, R4; \
	SUB R5, R7, R8; \
	SUB R4, R5, R5; \
	SUB R5, R8, R9

#define NEXT1(last, e) \
	ADD last, e

#define NEXT2(last, e) \
	ADD e, R7; \
	ADD R7, last, e

#define NEXT3(last, e) \
	ADD e, R8; \
	ADD R8, R7; \
	ADD R7, last, e

#define NEXT4(last, e) \
	ADD e, R9; \
	ADD R9, R8; \
	ADD R8, R7; \
	ADD R7, last, e

// func polynomial1(s []int32) (done int)
TEXT ·polynomial1(SB), NOSPLIT, $0-16
	FIXED(1, BEGIN1, NEXT1)

// func polynomial2(s []int32) (done int)
TEXT ·polynomial2(SB), NOSPLIT, $0-16
	FIXED(2, BEGIN2, NEXT2)

// func polynomial3(s []int32) (done int)
TEXT ·polynomial3(SB), NOSPLIT, $0-16
	FIXED(3, BEGIN3, NEXT3)

// func polynomial4(s []int32) (done int)
TEXT ·polynomial4(SB), NOSPLIT, $0-16
	FIXED(4, BEGIN4, NEXT4)
