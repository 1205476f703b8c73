//go:build !purego

#include "textflag.h"

// WORD turns the bytes of a word of memory around.
#define WORD(w) \
	EOR w@>16, w, R14; \
	BIC $0xff0000, R14; \
	MOVW w@>8, w; \
	EOR R14>>8, w

// func numbers(dst []int32, data []byte, code *place) (n int)
//
//	R0 where the next number goes    R1 the next word of the data
//	R2 the next 32 bits              R3 the word that the last of them are from,
//	                                 and R4 how many of its bits are not in R2
//	R5 the mean                      R6 the parameter that it gives
//	R7 the step                      R8 runs
//
// On the stack, from 4(R13) on: the least mean with this parameter, how many
// there are, the end of the numbers, the end of the data.
TEXT ·numbers(SB), NOSPLIT, $16-32
	MOVW dst_base+0(FP), R0
	MOVW dst_len+4(FP), R11
	MOVW data_base+12(FP), R1
	MOVW data_len+16(FP), R12
	MOVW code+24(FP), R14
	MOVM.IA (R14), [R4, R5, R7]
	ADD R11<<2, R0, R11
	ADD R1, R12
	MOVW R11, 12(R13)
	MOVW R12, 16(R13)
	MOVW $·runs(SB), R8
	ADD R4>>3, R1
	AND $7, R4, R9
	AND $3, R1, R11
	BIC $3, R1
	ADD R11<<3, R9 // the bits of the first word that are past
	ADD $4, R1, R11
	CMP R12, R11
	BHS nothing
	MOVM.IA.W (R1), [R2, R3]
	RSB $32, R9, R4
	WORD(R2)
	WORD(R3)
	MOVW R2<<R9, R2
	ORR R3>>R4, R2
	B parameter

number:
	MOVBU R2>>24(R8), R9 // a run of ones and the zero behind it
	RSB $32, R6, R12
	MOVW R2<<R9, R11
	MOVW R11>>R12, R11
	CMP $2, R11
	MOVW.LO $1, R11
	ADD R6, R9, R12
	SUB.LO $1, R12 // the last bit is left out
	SUB.S R12, R4
	BLT fill
	MOVW R2<<R12, R2
	ORR R3>>R4, R2

filled:
	SUB R9, R11
	SUB $1, R9
	ADD R9<<R6, R11 // R9 ones of 1<<R6 - 1 each, and R11 - 1
	MOVW.S R11>>1, R12
	MVN.CS R12, R12
	MOVW.P R12, 4(R0)
	MUL R7, R5, R12
	MULA R7, R11, R5, R5
	SUB R12>>9, R5
	CMP $0x10000, R11
	BHS large

next:
	MOVM.IB (R13), [R9, R11, R12]
	CMP R12, R0
	BHS done
	SUB R9, R5, R9
	CMP R11, R9
	BLO number
	CMP $128, R5 // a run of zeros follows
	BLO done

parameter:
	MOVW R5>>9, R9
	ADD $3, R9
	MOVW $0, R6

logarithm:
	MOVW.S R9>>1, R9
	ADD.NE $1, R6
	BNE logarithm
	MOVW code+24(FP), R12
	MOVW 12(R12), R12
	CMP R12, R6
	MOVW.GT R12, R6
	CMP $20, R6
	BHI done
	MOVW $512, R11
	MOVW R11<<R6, R11
	SUB $(3<<9), R11, R9
	CMP $1, R6
	MOVW.EQ $128, R9
	SUB.EQ $640, R11 // the least mean would be -512
	CMP R12, R6
	RSB.EQ $0, R9, R11 // there is no larger one
	MOVM.IB [R9, R11], (R13)
	B number

large:
	MOVW $0xffff, R5
	B next

fill:
	ADD.S $32, R4
	BMI out // a run of more than seven ones
	MOVW 16(R13), R14
	CMP R14, R1
	BHS out
	MOVW R2<<R12, R2
	RSB $32, R4, R14
	ORR R3<<R14, R2
	MOVW.P 4(R1), R3
	WORD(R3)
	ORR R3>>R4, R2
	B filled

out:
	ADD R12, R4
	SUB $32, R4

done:
	MOVW data_base+12(FP), R11
	MOVW code+24(FP), R14
	SUB R11, R1
	RSB R1<<3, R4
	SUB $32, R4
	MOVM.IA [R4, R5], (R14)

nothing:
	MOVW dst_base+0(FP), R11
	SUB R11, R0
	MOVW R0>>2, R0
	MOVW R0, n+28(FP)
	RET
