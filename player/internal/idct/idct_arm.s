//go:build arm && !purego

#include "textflag.h"

// The transform is that of generic.go. Rows go to 64 words on the stack, turned
// over, so that a column is loaded at once; rows 4 to 7 are left out, and columns
// cut short, where there is nothing in them, which is so in most blocks.
//
//	R0  the block, then a line of dst      R1  the turned rows
//
// w4*x is written x<<14 - x.

#define W1 $22725
#define W2 $21407
#define W3 $19266
#define W5 $12873
#define W6 $8867
#define W7 $4520

// EVEN makes a0 to a3 of a short row or column: base is w4*c0 and what rounds.
// a0 and a1 are made from it; a2 and a3 are what is left of twice the base.
#define EVEN(base, c2, a0, a1, a2, k) \
	MOVW W2, k \
	MULA k, c2, base, a0 \
	MOVW W6, k \
	MULA k, c2, base, a1 \
	RSB base<<1, a1, a2 \
	RSB base<<1, a0, base

// ROW writes two results of a row: sum and difference.
#define ROW(a, b, t, first, last) \
	ADD b, a, t \
	MOVW t->11, t \
	MOVW t, first(R1) \
	SUB b, a, t \
	MOVW t->11, t \
	MOVW t, last(R1)

// PUT writes two samples of a column: of the line at p, which goes down, and of
// that at q, which goes up. b, t and a are lost.
#define PUT(a, b, t, p, q) \
	ADD b, a, t \
	SUB b, a, a \
	MOVW t->20, b \
	CMP $255, b \
	MVN.HI b->31, b \
	MOVB b, (p) \
	ADD R2, p, p \
	MOVW a->20, b \
	CMP $255, b \
	MVN.HI b->31, b \
	MOVB b, (q) \
	SUB R2, q, q

// ADDTO adds them to what is there.
#define ADDTO(a, b, t, p, q) \
	ADD b, a, t \
	SUB b, a, a \
	MOVBU (p), b \
	ADD t->20, b, b \
	CMP $255, b \
	MVN.HI b->31, b \
	MOVB b, (p) \
	ADD R2, p, p \
	MOVBU (q), b \
	ADD a->20, b, b \
	CMP $255, b \
	MVN.HI b->31, b \
	MOVB b, (q) \
	SUB R2, q, q

// ROWS transforms the block's rows into the turned ones, and leaves zeros in the
// block. lower is 0 where rows 4 to 7 are empty, and left out.
#define ROWS \
	MOVW b+8(FP), R0 \
	MOVW $turned-256(SP), R1 \
	ADD $64, R0, R11 \
	MOVM.IA.W (R11), [R2-R9] \
	ORR R3, R2, R2 \
	ORR R4, R2, R2 \
	ORR R5, R2, R2 \
	ORR R6, R2, R2 \
	ORR R7, R2, R2 \
	ORR R8, R2, R2 \
	ORR R9, R2, R12 \
	MOVM.IA.W (R11), [R2-R9] \
	ORR R2, R12, R12 \
	ORR R3, R12, R12 \
	ORR R4, R12, R12 \
	ORR R5, R12, R12 \
	ORR R6, R12, R12 \
	ORR R7, R12, R12 \
	ORR R8, R12, R12 \
	ORR R9, R12, R12 \
	CMP $0, R12 \
	MOVW R12, lower-264(SP) \
	MOVW.EQ $4, R14 \
	MOVW.NE $8, R14 \
row: \
	MOVW R14, left-260(SP) \
	MOVM.IA (R0), [R2-R5] \
	MOVW $0, R6 \
	MOVW $0, R7 \
	MOVW $0, R8 \
	MOVW $0, R9 \
	MOVM.IA.W [R6-R9], (R0) \
	ORR R5, R4, R11 \
	ORR R3, R11, R12 \
	ORR.S R2>>16, R12, R12 \
	BNE uneven \
	MOVW R2<<16, R2 \
	MOVW R2->13, R2 \
	MOVW R2, 0(R1) \
	MOVW R2, 32(R1) \
	MOVW R2, 64(R1) \
	MOVW R2, 96(R1) \
	MOVW R2, 128(R1) \
	MOVW R2, 160(R1) \
	MOVW R2, 192(R1) \
	MOVW R2, 224(R1) \
	B rowdone \
uneven: \
	MOVW R2->16, R6 \
	MOVW R2<<16, R2 \
	MOVW R2->16, R2 \
	MOVW R3->16, R7 \
	MOVW R3<<16, R3 \
	MOVW R3->16, R3 \
	CMP $0, R11 \
	BNE wholerow \
	MOVW R2<<14, R8 \
	SUB R2, R8, R2 \
	ADD $1024, R2, R2 \
	EVEN(R2, R3, R8, R9, R11, R12) \
	MOVW W1, R3 \
	MOVW W3, R4 \
	MUL R3, R6, R5 \
	MULA R4, R7, R5, R5 \
	ROW(R8, R5, R12, 0, 224) \
	RSB $0, R7, R7 \
	MOVW W7, R12 \
	MUL R4, R6, R5 \
	MULA R12, R7, R5, R5 \
	ROW(R9, R5, R8, 32, 192) \
	MOVW W5, R4 \
	MUL R4, R6, R5 \
	MULA R3, R7, R5, R5 \
	ROW(R11, R5, R8, 64, 160) \
	MUL R12, R6, R5 \
	MULA R4, R7, R5, R5 \
	ROW(R2, R5, R8, 96, 128) \
	B rowdone \
wholerow: \
	MOVW R4->16, R8 \
	MOVW R4<<16, R4 \
	MOVW R4->16, R4 \
	MOVW R5->16, R9 \
	MOVW R5<<16, R5 \
	MOVW R5->16, R5 \
	ADD R4, R2, R11 \
	SUB R4, R2, R2 \
	MOVW R11<<14, R4 \
	SUB R11, R4, R4 \
	ADD $1024, R4, R4 \
	MOVW R2<<14, R11 \
	SUB R2, R11, R11 \
	ADD $1024, R11, R11 \
	MOVW W2, R14 \
	MULA R14, R3, R4, R12 \
	RSB $0, R14, R14 \
	MULA R14, R5, R11, R2 \
	MOVW W6, R14 \
	MULA R14, R5, R12, R12 \
	MULA R14, R3, R2, R2 \
	RSB R4<<1, R12, R4 \
	RSB R11<<1, R2, R11 \
	MOVW W1, R14 \
	MUL R14, R6, R3 \
	MOVW W3, R14 \
	MULA R14, R7, R3, R3 \
	MOVW W5, R14 \
	MULA R14, R8, R3, R3 \
	MOVW W7, R14 \
	MULA R14, R9, R3, R3 \
	ROW(R12, R3, R5, 0, 224) \
	MOVW W3, R14 \
	MUL R14, R6, R3 \
	MOVW W7, R14 \
	RSB $0, R14, R14 \
	MULA R14, R7, R3, R3 \
	MOVW W1, R14 \
	RSB $0, R14, R14 \
	MULA R14, R8, R3, R3 \
	MOVW W5, R14 \
	RSB $0, R14, R14 \
	MULA R14, R9, R3, R3 \
	ROW(R2, R3, R5, 32, 192) \
	MOVW W5, R14 \
	MUL R14, R6, R3 \
	MOVW W1, R14 \
	RSB $0, R14, R14 \
	MULA R14, R7, R3, R3 \
	MOVW W7, R14 \
	MULA R14, R8, R3, R3 \
	MOVW W3, R14 \
	MULA R14, R9, R3, R3 \
	ROW(R11, R3, R5, 64, 160) \
	MOVW W7, R14 \
	MUL R14, R6, R3 \
	MOVW W5, R14 \
	RSB $0, R14, R14 \
	MULA R14, R7, R3, R3 \
	MOVW W3, R14 \
	MULA R14, R8, R3, R3 \
	MOVW W1, R14 \
	RSB $0, R14, R14 \
	MULA R14, R9, R3, R3 \
	ROW(R4, R3, R5, 96, 128) \
rowdone: \
	ADD $4, R1, R1 \
	MOVW left-260(SP), R14 \
	SUB.S $1, R14, R14 \
	BNE row

// func putKernel(dst *byte, stride int, b *Block)
TEXT ·putKernel(SB), NOSPLIT, $272-12
	ROWS
	MOVW $turned-256(SP), R1
	MOVW stride+4(FP), R2
	MOVW dst+0(FP), R0
	MOVW lower-264(SP), R4
	CMP $0, R4
	BNE column
short:
	MOVW R0, line-268(SP)
	MOVM.IA (R1), [R6-R9]
	ADD $32, R1, R1
	ADD $32, R6, R6
	MOVW R6<<14, R11
	SUB R6, R11, R6
	EVEN(R6, R8, R11, R12, R8, R4)
	ADD R2<<3, R0, R3
	SUB R2, R3, R3
	MOVW W1, R4
	MOVW W3, R5
	MUL R4, R7, R14
	MULA R5, R9, R14, R14
	PUT(R11, R14, R4, R0, R3)
	RSB $0, R9, R9
	MOVW W7, R4
	MUL R5, R7, R14
	MULA R4, R9, R14, R14
	PUT(R12, R14, R5, R0, R3)
	MOVW W5, R5
	MOVW W1, R11
	MUL R5, R7, R14
	MULA R11, R9, R14, R14
	PUT(R8, R14, R12, R0, R3)
	MUL R4, R7, R14
	MULA R5, R9, R14, R14
	PUT(R6, R14, R12, R0, R3)
	MOVW line-268(SP), R0
	ADD $1, R0, R0
	TST $7, R0
	BNE short
	RET
column:
	MOVW R0, line-268(SP)
	MOVM.IA.W (R1), [R4-R9,R11,R12]
	MOVW R1, left-260(SP)
	ADD $32, R4, R4
	ADD R8, R4, R14
	SUB R8, R4, R4
	MOVW R14<<14, R8
	SUB R14, R8, R8
	MOVW R4<<14, R14
	SUB R4, R14, R4
	MOVW W2, R14
	MULA R14, R6, R8, R3
	RSB $0, R14, R14
	MULA R14, R11, R4, R0
	MOVW W6, R14
	MULA R14, R11, R3, R3
	MULA R14, R6, R0, R0
	RSB R8<<1, R3, R8
	RSB R4<<1, R0, R4
	MOVW line-268(SP), R6
	ADD R2<<3, R6, R11
	SUB R2, R11, R11
	MOVW W1, R14
	MUL R14, R5, R1
	MOVW W3, R14
	MULA R14, R7, R1, R1
	MOVW W5, R14
	MULA R14, R9, R1, R1
	MOVW W7, R14
	MULA R14, R12, R1, R1
	PUT(R3, R1, R14, R6, R11)
	MOVW W3, R14
	MUL R14, R5, R1
	MOVW W7, R14
	RSB $0, R14, R14
	MULA R14, R7, R1, R1
	MOVW W1, R14
	RSB $0, R14, R14
	MULA R14, R9, R1, R1
	MOVW W5, R14
	RSB $0, R14, R14
	MULA R14, R12, R1, R1
	PUT(R0, R1, R14, R6, R11)
	MOVW W5, R14
	MUL R14, R5, R1
	MOVW W1, R14
	RSB $0, R14, R14
	MULA R14, R7, R1, R1
	MOVW W7, R14
	MULA R14, R9, R1, R1
	MOVW W3, R14
	MULA R14, R12, R1, R1
	PUT(R4, R1, R14, R6, R11)
	MOVW W7, R14
	MUL R14, R5, R1
	MOVW W5, R14
	RSB $0, R14, R14
	MULA R14, R7, R1, R1
	MOVW W3, R14
	MULA R14, R9, R1, R1
	MOVW W1, R14
	RSB $0, R14, R14
	MULA R14, R12, R1, R1
	PUT(R8, R1, R14, R6, R11)
	MOVW left-260(SP), R1
	MOVW line-268(SP), R0
	ADD $1, R0, R0
	TST $7, R0
	BNE column
	RET

// func addKernel(dst *byte, stride int, b *Block)
TEXT ·addKernel(SB), NOSPLIT, $272-12
	ROWS
	MOVW $turned-256(SP), R1
	MOVW stride+4(FP), R2
	MOVW dst+0(FP), R0
	MOVW lower-264(SP), R4
	CMP $0, R4
	BNE column
short:
	MOVW R0, line-268(SP)
	MOVM.IA (R1), [R6-R9]
	ADD $32, R1, R1
	ADD $32, R6, R6
	MOVW R6<<14, R11
	SUB R6, R11, R6
	EVEN(R6, R8, R11, R12, R8, R4)
	ADD R2<<3, R0, R3
	SUB R2, R3, R3
	MOVW W1, R4
	MOVW W3, R5
	MUL R4, R7, R14
	MULA R5, R9, R14, R14
	ADDTO(R11, R14, R4, R0, R3)
	RSB $0, R9, R9
	MOVW W7, R4
	MUL R5, R7, R14
	MULA R4, R9, R14, R14
	ADDTO(R12, R14, R5, R0, R3)
	MOVW W5, R5
	MOVW W1, R11
	MUL R5, R7, R14
	MULA R11, R9, R14, R14
	ADDTO(R8, R14, R12, R0, R3)
	MUL R4, R7, R14
	MULA R5, R9, R14, R14
	ADDTO(R6, R14, R12, R0, R3)
	MOVW line-268(SP), R0
	ADD $1, R0, R0
	TST $7, R0
	BNE short
	RET
column:
	MOVW R0, line-268(SP)
	MOVM.IA.W (R1), [R4-R9,R11,R12]
	MOVW R1, left-260(SP)
	ADD $32, R4, R4
	ADD R8, R4, R14
	SUB R8, R4, R4
	MOVW R14<<14, R8
	SUB R14, R8, R8
	MOVW R4<<14, R14
	SUB R4, R14, R4
	MOVW W2, R14
	MULA R14, R6, R8, R3
	RSB $0, R14, R14
	MULA R14, R11, R4, R0
	MOVW W6, R14
	MULA R14, R11, R3, R3
	MULA R14, R6, R0, R0
	RSB R8<<1, R3, R8
	RSB R4<<1, R0, R4
	MOVW line-268(SP), R6
	ADD R2<<3, R6, R11
	SUB R2, R11, R11
	MOVW W1, R14
	MUL R14, R5, R1
	MOVW W3, R14
	MULA R14, R7, R1, R1
	MOVW W5, R14
	MULA R14, R9, R1, R1
	MOVW W7, R14
	MULA R14, R12, R1, R1
	ADDTO(R3, R1, R14, R6, R11)
	MOVW W3, R14
	MUL R14, R5, R1
	MOVW W7, R14
	RSB $0, R14, R14
	MULA R14, R7, R1, R1
	MOVW W1, R14
	RSB $0, R14, R14
	MULA R14, R9, R1, R1
	MOVW W5, R14
	RSB $0, R14, R14
	MULA R14, R12, R1, R1
	ADDTO(R0, R1, R14, R6, R11)
	MOVW W5, R14
	MUL R14, R5, R1
	MOVW W1, R14
	RSB $0, R14, R14
	MULA R14, R7, R1, R1
	MOVW W7, R14
	MULA R14, R9, R1, R1
	MOVW W3, R14
	MULA R14, R12, R1, R1
	ADDTO(R4, R1, R14, R6, R11)
	MOVW W7, R14
	MUL R14, R5, R1
	MOVW W5, R14
	RSB $0, R14, R14
	MULA R14, R7, R1, R1
	MOVW W3, R14
	MULA R14, R9, R1, R1
	MOVW W1, R14
	RSB $0, R14, R14
	MULA R14, R12, R1, R1
	ADDTO(R8, R1, R14, R6, R11)
	MOVW left-260(SP), R1
	MOVW line-268(SP), R0
	ADD $1, R0, R0
	TST $7, R0
	BNE column
	RET
