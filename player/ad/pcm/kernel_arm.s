//go:build !purego

#include "textflag.h"

// The kernels read whole words, and do nothing where the samples do not begin
// with one.

// func words16(dst []int32, src []byte) (done int)
TEXT ·words16(SB), NOSPLIT, $0-28
	MOVW dst_base+0(FP), R0
	MOVW dst_len+4(FP), R2
	MOVW src_base+12(FP), R1
	BIC $7, R2
	TST $3, R1
	MOVW.NE $0, R2
	MOVW R2, done+24(FP)
	MOVW $0xffff0000, R12
	CMP $0, R2
	BEQ none

eight:
	MOVM.IA.W (R1), [R3, R5, R7, R9]
	AND R3, R12, R4
	AND R5, R12, R6
	AND R7, R12, R8
	AND R9, R12, R11
	MOVW R3<<16, R3
	MOVW R5<<16, R5
	MOVW R7<<16, R7
	MOVW R9<<16, R9
	MOVM.IA.W [R3, R4, R5, R6, R7, R8, R9, R11], (R0)
	SUB.S $8, R2
	BNE eight

none:
	RET

// func words24(dst []int32, src []byte) (done int)
TEXT ·words24(SB), NOSPLIT, $0-28
	MOVW dst_base+0(FP), R0
	MOVW dst_len+4(FP), R2
	MOVW src_base+12(FP), R1
	BIC $3, R2
	TST $3, R1
	MOVW.NE $0, R2
	MOVW R2, done+24(FP)
	CMP $0, R2
	BEQ none

four:
	MOVM.IA.W (R1), [R6, R7, R8]
	MOVW R6<<8, R3
	MOVW R6>>24, R4
	ORR R7<<8, R4
	MOVW R4<<8, R4
	MOVW R7>>16, R5
	ORR R8<<16, R5
	MOVW R5<<8, R5
	BIC $0xff, R8, R6
	MOVM.IA.W [R3, R4, R5, R6], (R0)
	SUB.S $4, R2
	BNE four

none:
	RET
