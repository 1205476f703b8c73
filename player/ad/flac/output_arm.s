//go:build !purego

#include "textflag.h"

// FRAMES runs four frames of two channels at a time: the first channel goes
// into R4, R6, R8 and R11, the second into R5, R7, R9 and R12, where BOTH
// works on each frame. It returns how many frames were done.
#define FRAMES(BOTH, up) \
	MOVW out_base+0(FP), R0; \
	MOVW a_base+12(FP), R1; \
	MOVW a_len+16(FP), R3; \
	MOVW b_base+24(FP), R2; \
	BIC $3, R3; \
	MOVW R3, done+36(FP); \
	CMP $0, R3; \
	BEQ none; \
four: \
	MOVM.IA.W (R1), [R4, R6]; \
	MOVM.IA.W (R2), [R5, R7]; \
	MOVM.IA.W (R1), [R8, R11]; \
	MOVM.IA.W (R2), [R9, R12]; \
	BOTH(R4, R5, up); \
	BOTH(R6, R7, up); \
	BOTH(R8, R9, up); \
	BOTH(R11, R12, up); \
	MOVM.IA.W [R4, R5, R6, R7, R8, R9, R11, R12], (R0); \
	SUB.S $4, R3; \
	BNE four; \
none: \
	RET

#define SHIFT(a, b, up) \
	MOVW a<<up, a; \
	MOVW b<<up, b

#define LEFT_SIDE(left, side, up) \
	SUB side, left, side; \
	SHIFT(left, side, up)

#define SIDE_RIGHT(side, right, up) \
	ADD right, side; \
	SHIFT(side, right, up)

// The bit that mid lost is that of side: left is mid and the larger half of
// side.
#define MID_SIDE(mid, side, up) \
	ADD $1, side, R14; \
	ADD R14->1, mid; \
	SUB side, mid, side; \
	SHIFT(mid, side, up)

// func leftRight16(out, a, b []int32) (done int)
TEXT ·leftRight16(SB), NOSPLIT, $4-40
	FRAMES(SHIFT, 16)

// func leftRight8(out, a, b []int32) (done int)
TEXT ·leftRight8(SB), NOSPLIT, $4-40
	FRAMES(SHIFT, 8)

// func leftSide16(out, a, b []int32) (done int)
TEXT ·leftSide16(SB), NOSPLIT, $4-40
	FRAMES(LEFT_SIDE, 16)

// func leftSide8(out, a, b []int32) (done int)
TEXT ·leftSide8(SB), NOSPLIT, $4-40
	FRAMES(LEFT_SIDE, 8)

// func sideRight16(out, a, b []int32) (done int)
TEXT ·sideRight16(SB), NOSPLIT, $4-40
	FRAMES(SIDE_RIGHT, 16)

// func sideRight8(out, a, b []int32) (done int)
TEXT ·sideRight8(SB), NOSPLIT, $4-40
	FRAMES(SIDE_RIGHT, 8)

// func midSide16(out, a, b []int32) (done int)
TEXT ·midSide16(SB), NOSPLIT, $4-40
	FRAMES(MID_SIDE, 16)

// func midSide8(out, a, b []int32) (done int)
TEXT ·midSide8(SB), NOSPLIT, $4-40
	FRAMES(MID_SIDE, 8)
