//go:build !purego

#include "textflag.h"

// Vectors of 16 bits, two numbers a turn, and one in front if there is an odd
// one.

// func correlate(x, y []int16) (cross, side int32)
//
//	R0 x    R1 y    R2 to go    R3 cross    R4 side
TEXT ·correlate(SB), NOSPLIT, $0-32
	MOVW x_base+0(FP), R0
	MOVW y_base+12(FP), R1
	MOVW y_len+16(FP), R2
	MOVW $0, R3
	MOVW $0, R4
	TST $1, R2
	BEQ even
	MOVH.P 2(R0), R5
	MOVH.P 2(R1), R6
	SUB $1, R2
	MUL R5, R6, R3
	MUL R6, R6, R4

even:
	CMP $0, R2
	BEQ done

two:
	MOVH.P 2(R1), R6
	MOVH.P 2(R0), R5
	MOVH.P 2(R1), R8
	MOVH.P 2(R0), R7
	MULA R6, R6, R4, R4
	MULA R5, R6, R3, R3
	MULA R8, R8, R4, R4
	MULA R7, R8, R3, R3
	SUB.S $2, R2
	BNE two

done:
	MOVW R3, cross+24(FP)
	MOVW R4, side+28(FP)
	RET

#define BLEND \
	MOVH (R0), R11; \
	MOVH (R1), R12; \
	MULA R11, R3, R8, R11; \
	MOVW R11->15, R11; \
	ADD R12, R11; \
	SUB R12<<1, R11, R12; \
	MULA R12, R4, R9, R12; \
	MULA R11, R6, R14, R11; \
	MOVW R12->R5, R12; \
	MOVW R11->R7, R11; \
	MOVH.P R12, 2(R0); \
	MOVH.P R11, 2(R1)

// func blend(x, y []int16, p *panorama)
//
//	R0 x    R1 y    R2 to go    R3 mid    R4, R5 left    R6, R7 right
//	R8, R9, R14 a half of the last place of mid, left and right
TEXT ·blend(SB), NOSPLIT, $4-28
	MOVW x_base+0(FP), R0
	MOVW y_base+12(FP), R1
	MOVW y_len+16(FP), R2
	MOVW p+24(FP), R11
	MOVM.IA (R11), [R3, R4, R5, R6, R7]
	MOVW $1, R12
	MOVW $(1<<14), R8
	SUB $1, R5, R9
	SUB $1, R7, R14
	MOVW R12<<R9, R9
	MOVW R12<<R14, R14
	TST $1, R2
	BEQ even
	BLEND
	SUB $1, R2

even:
	CMP $0, R2
	BEQ done

two:
	BLEND
	BLEND
	SUB.S $2, R2
	BNE two

done:
	RET

// WIDEN makes words of the halves of two, in their upper halves. R14 is the lower
// one.
#define WIDEN \
	MOVM.IA.W (R1), [R5, R7]; \
	BIC R14, R5, R6; \
	MOVW R5<<16, R5; \
	BIC R14, R7, R8; \
	MOVW R7<<16, R7

#define SCALE \
	MULL R5, R3, (R5, R9); \
	MULL R6, R3, (R6, R9); \
	MULL R7, R3, (R7, R9); \
	MULL R8, R3, (R8, R9)

// func scaleBand(dst []int32, x []int16, factor int32, n int)
//
//	R0 dst    R1 x    R2 to go    R3 factor    R4 further shift
TEXT ·scaleBand(SB), NOSPLIT, $4-32
	MOVW dst_base+0(FP), R0
	MOVW x_base+12(FP), R1
	MOVW x_len+16(FP), R2
	MOVW factor+24(FP), R3
	MOVW n+28(FP), R4
	MOVW $0xffff, R14
	RSB.S $16, R4, R5
	MOVW.GT R3<<R5, R3
	RSB $0, R5, R4
	MOVW.GT $0, R4
	TST $2, R1
	BNE rest
	SUB.S $4, R2
	BLT less
	CMP $0, R4
	BNE shifted

four:
	WIDEN
	SCALE
	MOVM.IA.W [R5, R6, R7, R8], (R0)
	SUB.S $4, R2
	BGE four
	B less

shifted:
	WIDEN
	SCALE
	MOVW R5->R4, R5
	MOVW R6->R4, R6
	MOVW R7->R4, R7
	MOVW R8->R4, R8
	MOVM.IA.W [R5, R6, R7, R8], (R0)
	SUB.S $4, R2
	BGE shifted

less:
	ADD $4, R2

rest:
	CMP $0, R2
	BEQ done

one:
	MOVH.P 2(R1), R5
	MOVW R5<<16, R5
	MULL R5, R3, (R5, R9)
	MOVW R5->R4, R5
	MOVW.P R5, 4(R0)
	SUB.S $1, R2
	BNE one

done:
	RET

// func attenuate(dst, x []int16, factor int32)
//
//	R0 dst    R1 x    R2 to go    R3 factor
TEXT ·attenuate(SB), NOSPLIT, $0-28
	MOVW dst_base+0(FP), R0
	MOVW x_base+12(FP), R1
	MOVW x_len+16(FP), R2
	MOVW factor+24(FP), R3
	TST $1, R2
	BEQ even
	MOVH.P 2(R1), R4
	SUB $1, R2
	MUL R4, R3, R5
	MOVW R5->15, R5
	MOVH.P R5, 2(R0)

even:
	CMP $0, R2
	BEQ done

two:
	MOVH.P 2(R1), R4
	MOVH.P 2(R1), R6
	MUL R4, R3, R5
	MUL R6, R3, R7
	MOVW R5->15, R5
	MOVW R7->15, R7
	MOVH.P R5, 2(R0)
	MOVH.P R7, 2(R0)
	SUB.S $2, R2
	BNE two

done:
	RET

// func weigh(x []int16, y []int32, factor int32, n int)
//
//	R0 x    R1 y    R2 to go    R3 factor    R4 shift    R5 a half of the last place
TEXT ·weigh(SB), NOSPLIT, $0-32
	MOVW x_base+0(FP), R0
	MOVW y_base+12(FP), R1
	MOVW y_len+16(FP), R2
	MOVW factor+24(FP), R3
	MOVW n+28(FP), R4
	MOVW $1, R5
	SUB $1, R4, R6
	MOVW R5<<R6, R5
	TST $1, R2
	BEQ even
	MOVW.P 4(R1), R6
	SUB $1, R2
	MULA R6, R3, R5, R6
	MOVW R6->R4, R6
	MOVH.P R6, 2(R0)

even:
	CMP $0, R2
	BEQ done

two:
	MOVM.IA.W (R1), [R6, R7]
	MULA R6, R3, R5, R6
	MULA R7, R3, R5, R7
	MOVW R6->R4, R6
	MOVW R7->R4, R7
	MOVH.P R6, 2(R0)
	MOVH.P R7, 2(R0)
	SUB.S $2, R2
	BNE two

done:
	RET

// func amplify(x []int16, factor int32, n int)
//
//	R0 x    R2 to go    R3 factor    R4 shift    R5 a half of the last place
TEXT ·amplify(SB), NOSPLIT, $0-20
	MOVW x_base+0(FP), R0
	MOVW x_len+4(FP), R2
	MOVW factor+12(FP), R3
	MOVW n+16(FP), R4
	MOVW $1, R5
	SUB $1, R4, R6
	MOVW R5<<R6, R5
	TST $1, R2
	BEQ even
	MOVH (R0), R6
	SUB $1, R2
	MULA R6, R3, R5, R6
	MOVW R6->R4, R6
	MOVH.P R6, 2(R0)

even:
	CMP $0, R2
	BEQ done

two:
	MOVH (R0), R6
	MOVH 2(R0), R7
	MULA R6, R3, R5, R6
	MULA R7, R3, R5, R7
	MOVW R6->R4, R6
	MOVW R7->R4, R7
	MOVH.P R6, 2(R0)
	MOVH.P R7, 2(R0)
	SUB.S $2, R2
	BNE two

done:
	RET

// TURN makes R11 = c*a - s*b and R9 = c*b + s*a.
#define TURN \
	MULA R7, R3, R6, R9; \
	MULA R7, R2, R6, R11; \
	MULA R8, R2, R9, R9; \
	MULA R8, R4, R11, R11; \
	MOVW R9->15, R9; \
	MOVW R11->15, R11

// func rotatePairs(x []int16, distance int, c, s int32)
//
//	R0 x    R12 a distance behind    R1 to go    R2 c    R3 s    R4 -s    R6 a half of the last place
//	R7 a    R8 b
TEXT ·rotatePairs(SB), NOSPLIT, $0-24
	MOVW x_base+0(FP), R0
	MOVW x_len+4(FP), R1
	MOVW distance+12(FP), R5
	MOVW c+16(FP), R2
	MOVW s+20(FP), R3
	RSB $0, R3, R4
	MOVW $(1<<14), R6
	SUB.S R5, R1
	BLE done
	CMP $1, R5
	BEQ neighbours
	ADD R5<<1, R0, R12

forward:
	MOVH (R0), R7
	MOVH (R12), R8
	TURN
	MOVH.P R9, 2(R12)
	MOVH.P R11, 2(R0)
	SUB.S $1, R1
	BNE forward

	// both go back from behind the last pair to the distance in front of it
	MOVW x_len+4(FP), R1
	SUB R5<<1, R0
	SUB R5<<1, R12
	SUB.S R5<<1, R1
	BLE done

backward:
	MOVH.W -2(R0), R7
	MOVH.W -2(R12), R8
	TURN
	MOVH R9, (R12)
	MOVH R11, (R0)
	SUB.S $1, R1
	BNE backward
	RET

neighbours:
	MOVH (R0), R7

ascend:
	MOVH 2(R0), R8
	TURN
	MOVH.P R11, 2(R0)
	MOVW R9, R7
	SUB.S $1, R1
	BNE ascend
	MOVH R9, (R0)

	MOVW x_len+4(FP), R1
	SUB.S $2, R1
	BLE done
	MOVH.W -2(R0), R8

descend:
	MOVH.W -2(R0), R7
	TURN
	MOVH R9, 2(R0)
	MOVW R11, R8
	SUB.S $1, R1
	BNE descend
	MOVH R11, (R0)

done:
	RET

// func haar(x []int16, n, stride int)
//
//	R0 x    R1 a stride behind    R2 pairs of blocks to go    R3 stride    R6 pairs to go
//	R4 the square root of a half    R5 a half of the last place
TEXT ·haar(SB), NOSPLIT, $0-20
	MOVW x_base+0(FP), R0
	MOVW n+12(FP), R2
	MOVW stride+16(FP), R3
	MOVW $23170, R4
	MOVW $(1<<14), R5
	MOVW.S R2>>1, R2
	BEQ done

blocks:
	ADD R3<<1, R0, R1
	MOVW R3, R6

pair:
	MOVH (R0), R7
	MOVH (R1), R8
	ADD R8, R7, R9
	SUB R8, R7, R8
	MULA R9, R4, R5, R9
	MULA R8, R4, R5, R8
	MOVW R9->15, R9
	MOVW R8->15, R8
	MOVH.P R9, 2(R0)
	MOVH.P R8, 2(R1)
	SUB.S $1, R6
	BNE pair
	MOVW R1, R0
	SUB.S $1, R2
	BNE blocks

done:
	RET

// func gather(dst, x []int16, stride int)
//
//	R0 dst    R1 x    R2 to go    R3 stride
TEXT ·gather(SB), NOSPLIT, $0-28
	MOVW dst_base+0(FP), R0
	MOVW dst_len+4(FP), R2
	MOVW x_base+12(FP), R1
	MOVW stride+24(FP), R3
	MOVW R3<<1, R3
	TST $1, R2
	BEQ even
	MOVH.P R3<<0(R1), R4
	SUB $1, R2
	MOVH.P R4, 2(R0)

even:
	CMP $0, R2
	BEQ done

two:
	MOVH.P R3<<0(R1), R4
	MOVH.P R3<<0(R1), R5
	SUB.S $2, R2
	MOVH.P R4, 2(R0)
	MOVH.P R5, 2(R0)
	BNE two

done:
	RET

// func scatter(dst, x []int16, stride int)
//
//	R0 dst    R1 x    R2 to go    R3 stride
TEXT ·scatter(SB), NOSPLIT, $0-28
	MOVW dst_base+0(FP), R0
	MOVW x_base+12(FP), R1
	MOVW x_len+16(FP), R2
	MOVW stride+24(FP), R3
	MOVW R3<<1, R3
	TST $1, R2
	BEQ even
	MOVH.P 2(R1), R4
	SUB $1, R2
	MOVH.P R4, R3<<0(R0)

even:
	CMP $0, R2
	BEQ done

two:
	MOVH.P 2(R1), R4
	MOVH.P 2(R1), R5
	SUB.S $2, R2
	MOVH.P R4, R3<<0(R0)
	MOVH.P R5, R3<<0(R0)
	BNE two

done:
	RET
