//go:build !purego

#include "textflag.h"

// A product's time depends on the size of one operand, which here is the
// coefficient, of at most 18 bits. The sums are of 64 bits.

// PAIR adds the three products of a pair of values to the sums: R3:R2 of r,
// R5:R4 of p and R1:R0 of both.
#define PAIR(MUL, m) \
	MOVW (8*m)(R6), R8; \
	MOVW (128+4+8*(7-m))(R6), R9; \
	MOVM.IA.W (R7), [R11, R12, R14]; \
	MUL R11, R9, (R3, R2); \
	MUL R12, R8, (R5, R4); \
	ADD R8, R9; \
	MUL R14, R9, (R1, R0)

// CLIP puts in lo, which is hi:lo without its 11 bits of fraction, the limit
// where that is too large.
#define CLIP(hi, lo) \
	MOVW hi->10, R11; \
	CMP hi->31, R11; \
	MVN.NE $(1<<31), lo; \
	EOR.NE hi->31, lo

#define TAPS4 \
	MOVM.IA.W (R8), [R2, R3, R4, R5]; \
	MOVM.IA.W (R7), [R9, R11, R12, R14]; \
	MULAL R9, R2, (R1, R0); \
	MULAL R11, R3, (R1, R0); \
	MULAL R12, R4, (R1, R0); \
	MULAL R14, R5, (R1, R0)

#define TAPS2(at) \
	MOVW at(R8), R2; \
	MOVW (at+8)(R8), R3; \
	MOVM.IA.W (R7), [R9, R11]; \
	MULAL R9, R2, (R1, R0); \
	MULAL R11, R3, (R1, R0)

#define EDGE(at) \
	MOVW R0>>11, R0; \
	ORR R1<<21, R0; \
	CLIP(R1, R0); \
	MOVW out_base+8(FP), R2; \
	MOVW R0, at(R2)

// ROW makes two samples of the row at R6, which then goes to the next row. The
// sums' upper words tell together whether one is too large.
#define ROW(shift, loud, store) \
	PAIR(MULL, 0); \
	PAIR(MULAL, 1); \
	PAIR(MULAL, 2); \
	PAIR(MULAL, 3); \
	PAIR(MULAL, 4); \
	PAIR(MULAL, 5); \
	PAIR(MULAL, 6); \
	PAIR(MULAL, 7); \
	SUB.S R2, R0, R8; \
	SBC R3, R1, R9; \
	ADD.S R4, R0; \
	ADC R5, R1; \
	MOVM.IB (R13), [R2, R3]; \
	ADD $(1<<10), R9, R11; \
	ADD $(1<<10), R1, R12; \
	ORR R11, R12; \
	MOVW R8>>11, R8; \
	ORR R9<<21, R8; \
	MOVW R0>>11, R0; \
	ORR R1<<21, R0; \
	MOVW.S R12>>11, R12; \
	BNE loud; \
store: \
	MOVW R8, R6>>(6-shift)(R2); \
	MOVW.U R0, R6>>(6-shift)(R3); \
	ADD $256, R6

#define LOUD(store) \
	CLIP(R9, R8); \
	CLIP(R1, R0); \
	B store

// WINDOW is for samples 4<<shift bytes apart. R6 goes from row to row of 256
// bytes and tells where in the output they belong. On the stack are, from 4 on,
// what takes it there upwards and downwards, and the end of the coefficients.
#define WINDOW(shift) \
	MOVW h+0(FP), R6; \
	MOVW at+4(FP), R0; \
	MOVW $·windowEdge(SB), R7; \
	ADD R0<<2, R6; \
	MOVW R6, R8; \
	MOVW $0, R0; \
	MOVW $0, R1; \
	TAPS4; \
	TAPS4; \
	TAPS4; \
	TAPS4; \
	EDGE(0); \
	ADD $(16*256+128), R6, R8; \
	MOVW $0, R0; \
	MOVW $0, R1; \
	TAPS2(4); \
	TAPS2(20); \
	TAPS2(36); \
	TAPS2(52); \
	EDGE((16*4<<shift)); \
	SUB R6>>(6-shift), R2, R3; \
	ADD R6>>(6-shift), R2, R4; \
	ADD $(32*4<<shift), R4; \
	MOVW $·windowRows(SB), R7; \
	ADD $(15*96), R7, R5; \
	MOVM.IB [R3, R4, R5], (R13); \
	ADD $256, R6; \
rows: \
	ROW(shift, loud1, store1); \
	ROW(shift, loud2, store2); \
	ROW(shift, loud3, store3); \
	MOVW 12(R13), R4; \
	CMP R4, R7; \
	BNE rows; \
	RET; \
loud1: \
	LOUD(store1); \
loud2: \
	LOUD(store2); \
loud3: \
	LOUD(store3)

// func windowing(h *history, at int, out []int32, stride int)
TEXT ·windowing(SB), NOSPLIT, $0-24
	MOVW stride+20(FP), R0
	CMP $1, R0
	BEQ mono
	B windowing2<>(SB)

mono:
	B windowing1<>(SB)

TEXT windowing1<>(SB), NOSPLIT, $12-24
	WINDOW(0)

TEXT windowing2<>(SB), NOSPLIT, $12-24
	WINDOW(1)
