//go:build !purego

#include "textflag.h"

// Whole words go out by LDM and STM, which need an output at a multiple of
// four; one that is not gets its bytes one by one.

// func storeS32(out []byte, src []int32)
TEXT ·storeS32(SB), NOSPLIT, $0-24
	MOVW out_base+0(FP), R0
	MOVW src_base+12(FP), R1
	MOVW src_len+16(FP), R2
	TST $3, R0
	BNE bytes
	SUB.S $8, R2
	BLT few

eight:
	MOVM.IA.W (R1), [R3, R4, R5, R6, R7, R8, R9, R12]
	MOVM.IA.W [R3, R4, R5, R6, R7, R8, R9, R12], (R0)
	SUB.S $8, R2
	BGE eight

few:
	ADD.S $8, R2
	BEQ done

one:
	MOVW.P 4(R1), R3
	SUB.S $1, R2
	MOVW.P R3, 4(R0)
	BNE one

done:
	RET

bytes:
	CMP $0, R2
	BEQ done

byte:
	MOVW.P 4(R1), R3
	SUB.S $1, R2
	MOVW R3>>8, R4
	MOVW R3>>16, R5
	MOVW R3>>24, R6
	MOVB.P R3, 1(R0)
	MOVB.P R4, 1(R0)
	MOVB.P R5, 1(R0)
	MOVB.P R6, 1(R0)
	BNE byte
	RET

// ROUND adds half of what a 16-bit sample drops, and stops at the largest.
#define ROUND(s) \
	ADD.S $0x8000, s; \
	MVN.VS $(1<<31), s

// PAIR makes one word of two rounded samples.
#define PAIR(low, high) \
	MOVW low>>16, low; \
	MOVW high>>16, high; \
	ORR high<<16, low

// func storeS16(out []byte, src []int32)
TEXT ·storeS16(SB), NOSPLIT, $0-24
	MOVW out_base+0(FP), R0
	MOVW src_base+12(FP), R1
	MOVW src_len+16(FP), R2
	TST $3, R0
	BNE few
	SUB.S $8, R2
	BLT rest

eight:
	MOVM.IA.W (R1), [R3, R4, R5, R6, R7, R8, R9, R12]
	ROUND(R3)
	ROUND(R4)
	ROUND(R5)
	ROUND(R6)
	ROUND(R7)
	ROUND(R8)
	ROUND(R9)
	ROUND(R12)
	PAIR(R3, R4)
	PAIR(R5, R6)
	PAIR(R7, R8)
	PAIR(R9, R12)
	MOVM.IA.W [R3, R5, R7, R9], (R0)
	SUB.S $8, R2
	BGE eight

rest:
	ADD $8, R2

few:
	CMP $0, R2
	BEQ done

one:
	MOVW.P 4(R1), R3
	SUB $1, R2
	ROUND(R3)
	MOVW R3>>16, R3
	MOVB.P R3, 1(R0)
	MOVW R3>>8, R3
	MOVB.P R3, 1(R0)
	CMP $0, R2
	BNE one

done:
	RET
