//go:build !purego

#include "textflag.h"

// EIGHT makes words of the halves of four.
#define EIGHT \
	MOVM.IA.W (R1), [R3, R5, R7, R9]; \
	BIC R14, R3, R4; \
	MOVW R3<<16, R3; \
	BIC R14, R5, R6; \
	MOVW R5<<16, R5; \
	BIC R14, R7, R8; \
	MOVW R7<<16, R7; \
	BIC R14, R9, R11; \
	MOVW R9<<16, R9; \
	MOVM.IA.W [R3, R4, R5, R6, R7, R8, R9, R11], (R0)

// func widen(dst []int32, src []int16)
//
//	R0 dst    R1 src    R2 samples to go    R14 the lower half of a word
TEXT ·widen(SB), NOSPLIT, $4-24
	MOVW dst_base+0(FP), R0
	MOVW src_base+12(FP), R1
	MOVW src_len+16(FP), R2
	MOVW $0xffff, R14
	TST $2, R1
	BEQ even
	CMP $0, R2
	BEQ done
	MOVHU.P 2(R1), R3
	MOVW R3<<16, R3
	MOVW.P R3, 4(R0)
	SUB $1, R2

even:
	SUB.S $8, R2
	BLT rest

eight:
	EIGHT
	SUB.S $8, R2
	BGE eight

rest:
	ADD.S $8, R2
	BEQ done

one:
	MOVHU.P 2(R1), R3
	MOVW R3<<16, R3
	MOVW.P R3, 4(R0)
	SUB.S $1, R2
	BNE one

done:
	RET
