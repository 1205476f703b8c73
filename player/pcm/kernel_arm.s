//go:build !purego

#include "textflag.h"

// Each filter goes through a run of frames by itself. What changes from frame
// to frame lies on the stack, from 4(R13) on:
//
//	4  x        the input under the filter
//	8  w        the weights of the phase
//	12 whole    added to x for a frame, and
//	16 part     to w
//	20 end      where w wraps around: then x goes on by one frame more
//	24 size     what is taken from w there
//	28 out      the output
//	32 stride   added to it for a frame
//	36 left     frames to go
//	40 taps
//
// all in bytes but the last two. The registers are the inner loop's:
//
//	R0 x    R1 w    R3:R2 left    R5:R4 right    R14 taps to go
//
// A sum begins with half of the last place that is kept, so that dropping what
// is below rounds to the nearest. The weight is the operand on whose size the
// multiplier's time depends.

#define ENTER(shift) \
	MOVW x_base+20(FP), R0; \
	MOVW weights_base+32(FP), R1; \
	MOVW taps+44(FP), R14; \
	MOVW w+48(FP), R12; \
	MOVM.IA (R12), [R2, R3, R4, R5, R6]; \ // at, phase, whole, part, size
	ADD R2<<shift, R0; \
	ADD R6<<2, R1, R7; \ // end
	ADD R3<<2, R1; \
	MOVW R4<<shift, R2; \
	MOVW R5<<2, R3; \
	MOVW R7, R4; \
	MOVW R6<<2, R5; \
	MOVW dst_base+0(FP), R6; \
	MOVW stride+12(FP), R7; \
	MOVW R7<<2, R7; \
	MOVW n+16(FP), R8; \
	MOVW R14, R9; \
	MOVM.IB [R0, R1, R2, R3, R4, R5, R6, R7, R8, R9], (R13)

// STEP moves x and w on to the next frame, and leaves the flags to say
// whether there is one.
#define STEP(frame) \
	MOVM.IB (R13), [R0, R1, R2, R3, R4, R5]; \
	ADD R2, R0; \
	ADD R3, R1; \
	CMP R4, R1; \
	SUB.CS R5, R1; \
	ADD.CS $frame, R0; \
	MOVM.IB [R0, R1], (R13); \
	MOVW 40(R13), R14; \
	MOVW 36(R13), R2; \
	SUB.S $1, R2; \
	MOVW R2, 36(R13)

#define LEAVE(shift) \
	MOVW x_base+20(FP), R2; \
	MOVW weights_base+32(FP), R3; \
	SUB R2, R0; \
	SUB R3, R1; \
	MOVW R0>>shift, R0; \
	MOVW R1>>2, R1; \
	MOVW w+48(FP), R12; \
	MOVM.IA [R0, R1], (R12)

// SAMPLE makes a sample of a sum: without its 22 bits of fraction, and
// clipped where it is too large.
#define SAMPLE(hi, lo) \
	MOVW lo>>22, lo; \
	ORR hi<<10, lo; \
	MOVW hi->21, R6; \
	CMP hi->31, R6; \
	MVN.NE $(1<<31), lo; \
	EOR.NE hi->31, lo

#define TAPS2 \
	MOVM.IA.W (R1), [R6, R7]; \
	MOVM.IA.W (R0), [R8, R9, R11, R12]; \
	MULAL R6, R8, (R3, R2); \
	MULAL R6, R9, (R5, R4); \
	MULAL R7, R11, (R3, R2); \
	MULAL R7, R12, (R5, R4)

// SCALE multiplies by a factor with so many bits of fraction.
#define SCALE(bits) \
	MOVW p_base+0(FP), R0; \
	MOVW p_len+4(FP), R7; \
	MOVW factor+12(FP), R1; \
	ADD R7<<2, R0, R7; \
	CMP R7, R0; \
	BEQ done; \
loop: \
	MOVW (R0), R2; \
	MULL R1, R2, (R4, R3); \
	ADD.S $(1<<(bits-1)), R3; \
	ADC $0, R4; \
	MOVW R3>>bits, R5; \
	ORR R4<<(32-bits), R5; \
	MOVW R4->(bits-1), R6; \
	CMP R4->31, R6; \
	MVN.NE $(1<<31), R5; \
	EOR.NE R4->31, R5; \
	MOVW.P R5, 4(R0); \
	CMP R7, R0; \
	BNE loop; \
done: \
	RET

// func filter2(dst []int32, stride, n int, x, weights []int32, taps int, w *walk)
TEXT ·filter2(SB), NOSPLIT, $40-52
	ENTER(3)
	CMP $0, R8
	BLE done

frame:
	MOVW $(1<<21), R2
	MOVW $0, R3
	MOVW $(1<<21), R4
	MOVW $0, R5
	TST $2, R14
	ADD.NE $2, R14
	BNE half

four:
	TAPS2

half:
	TAPS2
	SUB.S $4, R14
	BGT four

	SAMPLE(R3, R2)
	SAMPLE(R5, R4)
	MOVW 28(R13), R6
	MOVW 32(R13), R7
	MOVW R2, (R6)
	MOVW R4, 4(R6)
	ADD R7, R6
	MOVW R6, 28(R13)
	STEP(8)
	BGT frame

done:
	LEAVE(3)
	RET

#define TAPS4 \
	MOVM.IA.W (R1), [R4, R5, R6, R7]; \
	MOVM.IA.W (R0), [R8, R9, R11, R12]; \
	MULAL R4, R8, (R3, R2); \
	MULAL R5, R9, (R3, R2); \
	MULAL R6, R11, (R3, R2); \
	MULAL R7, R12, (R3, R2)

// func filter1(dst []int32, stride, n int, x, weights []int32, taps int, w *walk)
TEXT ·filter1(SB), NOSPLIT, $40-52
	ENTER(2)
	CMP $0, R8
	BLE done

frame:
	MOVW $(1<<21), R2
	MOVW $0, R3
	TST $2, R14
	BEQ four
	MOVM.IA.W (R1), [R4, R5]
	MOVM.IA.W (R0), [R8, R9]
	MULAL R4, R8, (R3, R2)
	MULAL R5, R9, (R3, R2)
	SUB.S $2, R14
	BEQ sum

four:
	TAPS4
	SUB.S $4, R14
	BGT four

sum:
	SAMPLE(R3, R2)
	MOVW 28(R13), R6
	MOVW 32(R13), R7
	MOVW R2, (R6)
	ADD R7, R6
	MOVW R6, 28(R13)
	STEP(4)
	BGT frame

done:
	LEAVE(2)
	RET

// func scale(p []int32, factor int32)
TEXT ·scale(SB), NOSPLIT, $0-16
	SCALE(30)

// func amplify(p []int32, factor int32)
TEXT ·amplify(SB), NOSPLIT, $0-16
	SCALE(24)

// func ring(p []int32, stride int, c *resonance, s *resonator)
TEXT ·ring(SB), NOSPLIT, $8-24
	MOVW p_base+0(FP), R0
	MOVW p_len+4(FP), R11
	MOVW stride+12(FP), R12
	ADD R11<<2, R0, R11
	MOVW R12<<2, R12
	MOVW R11, 4(R13)
	MOVW R12, 8(R13)
	MOVW c+16(FP), R11
	MOVM.IA (R11), [R1, R2, R3]             // gain, near, far
	MOVW s+20(FP), R11
	MOVM.IA (R11), [R4, R5, R6, R7, R8, R9] // x1, x2, t1, t2, e1, e2
	MOVW 4(R13), R14
	B test

loop:
	MOVW (R0), R11
	RSB R8<<1, R9, R9
	SUB R5, R11, R5
	MOVW R9->31, R14
	MOVW R9, R12
	MULAL R1, R5, (R14, R12)
	MULAL R2, R6, (R14, R12)
	MULAL R3, R7, (R14, R12)
	MOVW R8, R9
	BIC $(3<<30), R12, R8
	MOVW R6, R7
	MOVW R12>>30, R6
	ORR R14<<2, R6
	MOVW R4, R5
	MOVW R11, R4
	ADD R6, R11
	MOVW 8(R13), R12
	MOVW 4(R13), R14
	MOVW R11, (R0)
	ADD R12, R0

test:
	CMP R14, R0
	BLO loop
	MOVW s+20(FP), R11
	MOVM.IA [R4, R5, R6, R7, R8, R9], (R11)
	RET
