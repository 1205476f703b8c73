//go:build !purego

#include "textflag.h"

// Products of 32 and 16 bits are the upper words of sums of 64, the 16 bits being
// those of the upper half of a factor. The lower word is cleared before each,
// since each is rounded down.

// SATURATE limits v to 16 bits.
#define SATURATE(v, tmp) \
	MOVW v->15, tmp; \
	CMP v->31, tmp; \
	MOVW.NE v->31, v; \
	EOR.NE $0x7f00, v; \
	EOR.NE $0x00ff, v

#define FOUR \
	MOVM.IA.W (R0), [R4, R5, R6, R7]; \
	MOVM.IA.W (R1), [R8, R9, R11, R12]; \
	MOVW $0, R2; \
	MULAL R4, R8, (R3, R2); \
	MOVW $0, R2; \
	MULAL R5, R9, (R3, R2); \
	MOVW $0, R2; \
	MULAL R6, R11, (R3, R2); \
	MOVW $0, R2; \
	MULAL R7, R12, (R3, R2)

// func predictShort(state, coefs []int32, bias int32)
//
//	R0 the past    R1 coefs    R3 sum    R14 taps
TEXT ·predictShort(SB), NOSPLIT, $8-28
	MOVW state_base+0(FP), R0
	MOVW state_len+4(FP), R2
	MOVW coefs_base+12(FP), R1
	MOVW coefs_len+16(FP), R14
	ADD R2<<2, R0, R2
	SUB R14<<2, R2
	MOVW R2, 4(R13)
	RSB $16, R14, R3
	ADD R3<<2, R0
	CMP R2, R0
	BEQ done

sample:
	MOVW bias+24(FP), R3
	FOUR
	FOUR
	FOUR
	CMP $12, R14
	BEQ twelve
	FOUR

twelve:
	MOVW (R0), R4
	MOVW R3<<4, R5
	CMP R5->4, R3
	BNE wide

add:
	ADD.S R5, R4
	BVS over

store:
	MOVW.P R4, 4(R0)
	MOVW 4(R13), R5
	SUB R14<<2, R0
	SUB R14<<2, R1
	CMP R5, R0
	BNE sample

done:
	RET

wide:
	MVN $(31<<27), R5
	EOR R3->31, R5
	MOVW R5<<4, R5
	B add

over:
	MVN $(1<<31), R4
	EOR R5->31, R4
	B store

// func predictPitch(x, next, past, coefs []int32)
//
//	R0 past    R1 x    R2 next    R4 to R8 coefs    R14 sum
TEXT ·predictPitch(SB), NOSPLIT, $8-48
	MOVW x_base+0(FP), R1
	MOVW x_len+4(FP), R3
	MOVW next_base+12(FP), R2
	MOVW past_base+24(FP), R0
	MOVW coefs_base+36(FP), R4
	MOVM.IA (R4), [R4, R5, R6, R7, R8]
	ADD R3<<2, R1, R3
	MOVW R3, 4(R13)
	CMP R3, R1
	BEQ done

sample:
	MOVM.IA (R0), [R9, R11, R12]
	MOVW $2, R14
	MOVW $0, R3
	MULAL R9, R4, (R14, R3)
	MOVW 12(R0), R9
	MOVW $0, R3
	MULAL R11, R5, (R14, R3)
	MOVW 16(R0), R11
	MOVW $0, R3
	MULAL R12, R6, (R14, R3)
	MOVW $0, R3
	MULAL R9, R7, (R14, R3)
	MOVW $0, R3
	MULAL R11, R8, (R14, R3)
	MOVW (R1), R9
	MOVW 4(R13), R3
	ADD $4, R0
	ADD R14<<1, R9
	MOVW.P R9, 4(R1)
	MOVW R9<<1, R9
	MOVW.P R9, 4(R2)
	CMP R3, R1
	BNE sample

done:
	RET

#define PAIR \
	MOVM.IA.W (R2), [R4, R5]; \
	MOVH.P 2(R1), R6; \
	MOVH.P 2(R1), R7; \
	MULA R6, R4, R3, R3; \
	MULA R7, R5, R3, R3

// func whitenBy(dst, in []int16, coefs []int32)
//
//	R0 dst    R1 in    R2 coefs    R3 sum    R8 samples to go    R14 taps
TEXT ·whitenBy(SB), NOSPLIT, $4-36
	MOVW dst_base+0(FP), R0
	MOVW dst_len+4(FP), R8
	MOVW in_base+12(FP), R1
	MOVW coefs_base+24(FP), R2
	MOVW coefs_len+28(FP), R14
	CMP $0, R8
	BEQ done

sample:
	ADD R14<<1, R1, R9
	MOVH (R9), R3
	MOVW R3<<12, R3
	PAIR
	PAIR
	PAIR
	PAIR
	PAIR
	CMP $10, R14
	BEQ ten
	PAIR
	PAIR
	PAIR

ten:
	MOVW R3->11, R3
	ADD $1, R3
	MOVW R3->1, R3
	SATURATE(R3, R4)
	MOVH.P R3, 2(R0)
	SUB R14<<2, R2
	SUB R14<<1, R1
	ADD $2, R1
	SUB.S $1, R8
	BNE sample

done:
	RET

// ALLPASS sends in through a section with the state s and a coefficient below
// a half, and NEAR through one with 1 more.
#define ALLPASS(s, in, tmp, out, coef) \
	SUB s, in, tmp; \
	MOVW $coef, R14; \
	MULL R14, tmp, (R12, R14); \
	ADD R12, s, out; \
	ADD R12, in, s

#define NEAR(s, in, tmp, out, coef) \
	SUB s, in, tmp; \
	MOVW $coef, R14; \
	MULL R14, tmp, (R12, R14); \
	ADD tmp, R12; \
	ADD R12, s, out; \
	ADD R12, in, s

#define OUT(v) \
	ADD $512, v; \
	MOVW v->10, v; \
	SATURATE(v, R12); \
	MOVH.P v, 2(R0)

// func double(dst, src []int16, s *[6]int32)
//
//	R0 dst    R1 src    R2 to R7 state    R8 the sample
TEXT ·double(SB), NOSPLIT, $8-28
	MOVW dst_base+0(FP), R0
	MOVW src_base+12(FP), R1
	MOVW src_len+16(FP), R8
	MOVW s+24(FP), R2
	MOVM.IA (R2), [R2, R3, R4, R5, R6, R7]
	ADD R8<<1, R1, R8
	MOVW R8, 4(R13)
	CMP R8, R1
	BEQ done

sample:
	MOVH.P 2(R1), R8
	MOVW R8<<10, R8
	ALLPASS(R2, R8, R11, R9, 0x06d20000)
	ALLPASS(R3, R9, R11, R11, 0x3a8a0000)
	NEAR(R4, R11, R9, R9, 0x98ab0000)
	OUT(R9)
	ALLPASS(R5, R8, R11, R9, 0x1ac60000)
	ALLPASS(R6, R9, R11, R11, 0x64a90000)
	NEAR(R7, R11, R9, R9, 0xd8f60000)
	OUT(R9)
	MOVW 4(R13), R12
	CMP R12, R1
	BNE sample

done:
	MOVW s+24(FP), R8
	MOVM.IA [R2, R3, R4, R5, R6, R7], (R8)
	RET

// func interpolateAll(dst, buf []int16, step int32) int
//
//	R0 dst    R1 buf    R2 at    R3 step    R14 sum
TEXT ·interpolateAll(SB), NOSPLIT, $8-32
	MOVW dst_base+0(FP), R0
	MOVW buf_base+12(FP), R1
	MOVW buf_len+16(FP), R4
	MOVW step+24(FP), R3
	MOVW $0, R2
	SUB $8, R4
	MOVW R4<<16, R4
	MOVW R4, 4(R13)
	CMP R4, R2
	BGE done

sample:
	MOVW R2<<16, R4
	MOVW R4>>16, R4
	ADD R4<<1, R4
	MOVW R4>>14, R4
	MOVW $·fractions(SB), R5
	ADD R4<<4, R5, R6
	SUB R4<<4, R5
	ADD $176, R5
	MOVM.IA (R6), [R6, R7, R8, R9]
	MOVW R2>>16, R4
	ADD R4<<1, R1, R4
	MOVH (R4), R11
	MOVH 2(R4), R12
	MUL R11, R6, R14
	MOVH 4(R4), R11
	MULA R12, R7, R14, R14
	MOVH 6(R4), R12
	MULA R11, R8, R14, R14
	MULA R12, R9, R14, R14
	MOVM.IA (R5), [R6, R7, R8, R9]
	MOVH 8(R4), R11
	MOVH 10(R4), R12
	MULA R11, R9, R14, R14
	MOVH 12(R4), R11
	MULA R12, R8, R14, R14
	MOVH 14(R4), R12
	MULA R11, R7, R14, R14
	MULA R12, R6, R14, R14
	ADD $(1<<14), R14
	MOVW R14->15, R14
	SATURATE(R14, R4)
	MOVH.P R14, 2(R0)
	MOVW 4(R13), R4
	ADD R3, R2
	CMP R4, R2
	BLT sample

done:
	MOVW dst_base+0(FP), R1
	SUB R1, R0
	MOVW R0>>1, R0
	MOVW R0, ret+28(FP)
	RET
