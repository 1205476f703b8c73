//go:build !purego

#include "textflag.h"

// STEP finds what a code does. R4 is the last entry of the table, R5 the word
// of codes; code takes one out of it to where the table has it.
#define STEP(code) \
	AND code, R6, R11; \
	ADD R4>>25, R11; \
	MOVW R11<<2(R2), R4

// MOVE moves the sample, R3, by it.
#define MOVE \
	ADD R4<<7, R3; \
	MOVW R3->31, R14; \
	TEQ R3->29, R14; \
	EOR.NE R7, R14, R3

#define PUT \
	AND R3<<2, R8, R12; \
	MOVW.P R12, R9<<0(R0)

// NEXT puts the last sample while an entry is on its way.
#define NEXT(code) \
	STEP(code); \
	PUT; \
	MOVE

// func imaWords(table *imaTable, out []int32, stride int, codes []byte, step, n int, s *imaState)
TEXT ·imaWords(SB), NOSPLIT, $8-44
	MOVW table+0(FP), R2
	MOVW out_base+4(FP), R0
	MOVW stride+16(FP), R9
	MOVW codes_base+20(FP), R1
	MOVW step+32(FP), R11
	MOVW n+36(FP), R12
	MOVW s+40(FP), R14
	MOVM.IB [R11, R12], (R13)
	CMP $0, R12
	BLE done
	MOVM.IA (R14), [R3, R4]
	MOVW R9<<2, R9
	MOVW $(15<<7), R6
	MOVW $(32767<<14), R7
	MOVW $0xffff0000, R8

word:
	TST $3, R1
	BNE bytes
	MOVW (R1), R5

codes:
	STEP(R5<<7)
	MOVE
	NEXT(R5<<3)
	NEXT(R5>>1)
	NEXT(R5>>5)
	NEXT(R5>>9)
	NEXT(R5>>13)
	NEXT(R5>>17)
	NEXT(R5>>21)
	PUT
	MOVM.IB (R13), [R11, R12]
	ADD R11, R1
	SUB.S $1, R12
	MOVW R12, 8(R13)
	BNE word
	MOVW s+40(FP), R14
	MOVM.IA [R3, R4], (R14)

done:
	RET

bytes:
	MOVBU (R1), R5
	MOVBU 1(R1), R11
	MOVBU 2(R1), R12
	MOVBU 3(R1), R14
	ORR R11<<8, R5
	ORR R12<<16, R5
	ORR R14<<24, R5
	B codes
