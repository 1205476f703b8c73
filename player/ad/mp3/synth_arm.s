//go:build !purego

#include "go_asm.h"
#include "textflag.h"

// func filterBank(s *synthesis, sub, out []int32, stride, n int)
//
// The calls' arguments are on the stack from 4 to 24, and behind them the
// newest place, the subband samples, the output and how many are to do.
TEXT ·filterBank(SB), NOSPLIT, $40-36
	MOVW s+0(FP), R0
	MOVW sub_base+4(FP), R3
	MOVW out_base+16(FP), R4
	MOVW n+32(FP), R5
	ADD $synthesis_at, R0, R1
	MOVW (R1), R2
	ADD $28, R13, R12

loop:
	SUB $1, R2
	AND $15, R2
	MOVM.IA [R2, R3, R4, R5], (R12)
	MOVW R3, R1
	MOVW R2, R3
	MOVW R0, R2
	MOVM.IB [R1, R2, R3], (R13) // x, h, at
	BL ·dct32(SB)
	MOVW s+0(FP), R1
	MOVW 28(R13), R2
	MOVW 36(R13), R3
	MOVW stride+28(FP), R4
	MOVM.IB [R1, R2, R3], (R13) // h, at, out
	MOVW R4, 24(R13)
	BL ·windowing(SB)
	ADD $28, R13, R12
	MOVM.IA (R12), [R2, R3, R4, R5]
	MOVW stride+28(FP), R1
	MOVW s+0(FP), R0
	ADD $128, R3
	ADD R1<<7, R4
	SUB.S $1, R5
	BNE loop
	ADD $synthesis_at, R0, R1
	MOVW R2, (R1)
	RET
