//go:build !purego

#include "textflag.h"

// func midSide(l, r []int32)
TEXT ·midSide(SB), NOSPLIT, $4-24
	MOVW l_base+0(FP), R0
	MOVW l_len+4(FP), R2
	MOVW r_base+12(FP), R1
	SUB.S $4, R2
	BLT tail

four:
	MOVM.IA (R0), [R3, R4, R5, R6]
	MOVM.IA (R1), [R7, R8, R9, R11]
	ADD R7, R3, R12
	SUB R7, R3, R7
	ADD R8, R4, R14
	SUB R8, R4, R8
	MOVM.IA.W [R12, R14], (R0)
	ADD R9, R5, R12
	SUB R9, R5, R9
	ADD R11, R6, R14
	SUB R11, R6, R11
	MOVM.IA.W [R12, R14], (R0)
	SUB.S $4, R2
	MOVM.IA.W [R7, R8, R9, R11], (R1)
	BGE four

tail:
	ADD.S $4, R2
	BEQ done

one:
	MOVW (R0), R3
	MOVW (R1), R4
	SUB.S $1, R2
	ADD R4, R3, R5
	SUB R4, R3, R6
	MOVW.P R5, 4(R0)
	MOVW.P R6, 4(R1)
	BNE one

done:
	RET
