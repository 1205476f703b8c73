//go:build !purego

#include "textflag.h"

// The rotations before and behind the FFT, and the overlap.
//
// A product of a sample and a factor of 16 bits is rounded down to a whole
// number, and then added to another. With the factor in the upper half of a
// word that is one sum of 64 bits: the fraction of the first product, the lower
// 31 bits, is cleared before the second is added, so that nothing carries
// from the one to the other. To take the product away, its negative is
// added, with all bits of the fraction set: that rounds it up.

// SUM adds up a*x and b*y.
#define SUM(x, a, y, b, hi, lo) \
	MULL x, a, (hi, lo); \
	AND $(1<<31), lo; \
	MULAL y, b, (hi, lo); \
	ADD.S lo, lo; \
	ADC hi, hi

// CMUL multiplies a+ib by c+is. The real part comes out in a, the imaginary in
// im. The sample is the operand on whose size the multiplier's time depends.
#define CMUL(a, b, c, s, lo, im) \
	SUM(a, s, b, c, im, lo); \
	RSB $0, s; \
	MULL a, c, (a, lo); \
	ORR $0x7f000000, lo; \
	ORR $0x00ff0000, lo; \
	MULAL b, s, (a, lo); \
	ADD.S lo, lo; \
	ADC a, a

// PRODUCT multiplies a by c, rounded down.
#define PRODUCT(a, c, hi, lo) \
	MULL a, c, (hi, lo); \
	ADD.S lo, lo; \
	ADC hi, hi

// PEAK collects the bits of v's size.
#define PEAK(v, peak) \
	EOR v->31, v; \
	ORR v, peak

// func rotateIn(buf []complex32, src []int32, stride int, rot []rotation, low, high int)
//
//	R0 front    R1 back    R2 rot    R3 buf    R4 step of front and back    R5 the end of a loop
TEXT ·rotateIn(SB), NOSPLIT, $4-48
	MOVW buf_base+0(FP), R3
	MOVW buf_len+4(FP), R8
	MOVW src_base+12(FP), R0
	MOVW stride+24(FP), R4
	MOVW rot_base+28(FP), R2
	MOVW low+40(FP), R9
	ADD R8<<1, R8, R5
	ADD R5<<2, R2, R5
	MOVW R5, 4(R13)
	MOVW R8<<1, R8
	SUB $1, R8
	SUB R9<<1, R8
	MUL R4, R8, R1
	ADD R1<<2, R0, R1 // where the second loop begins
	MOVW R4<<3, R4
	ADD R9<<1, R9, R5
	ADD R5<<2, R2, R5
	CMP R5, R2
	BEQ pairs

front:
	MOVM.IA.W (R2), [R6, R7, R8]
	MOVW.P R4<<0(R0), R9
	ADD R8<<3, R3, R8
	PRODUCT(R9, R6, R11, R12)
	PRODUCT(R9, R7, R14, R12)
	MOVM.IA [R11, R14], (R8)
	CMP R5, R2
	BNE front

pairs:
	MOVW rot_base+28(FP), R5
	MOVW high+44(FP), R6
	ADD R6<<1, R6, R6
	ADD R6<<2, R5, R5
	CMP R5, R2
	BEQ behind

pair:
	MOVM.IA.W (R2), [R6, R7, R8]
	MOVW.P R4<<0(R0), R9
	MOVW (R1), R11
	SUB R4, R1
	ADD R8<<3, R3, R8
	CMUL(R9, R11, R6, R7, R12, R14)
	MOVM.IA [R9, R14], (R8)
	CMP R5, R2
	BNE pair

behind:
	MOVW 4(R13), R5
	CMP R5, R2
	BEQ done

back:
	MOVM.IA.W (R2), [R6, R7, R8]
	MOVW (R1), R9
	SUB R4, R1
	ADD R8<<3, R3, R8
	PRODUCT(R9, R7, R11, R12)
	PRODUCT(R9, R6, R14, R12)
	RSB $0, R11
	MOVM.IA [R11, R14], (R8)
	CMP R5, R2
	BNE back

done:
	RET

// OUT rotates a number, and writes it to both ends.
#define OUT \
	MOVM.IA.W (R2), [R6, R7]; \
	MOVM.IA.W (R3), [R8, R9, R12]; \
	CMUL(R7, R6, R9, R8, R12, R14); \
	MOVW.P R14, 8(R0); \
	MOVW.P R7, -8(R1); \
	PEAK(R14, R5); \
	PEAK(R7, R5)

// func rotateOut(dst []int32, buf []complex32, rot []rotation) uint32
//
//	R0 front    R1 back    R2 buf    R3 rot    R4 the end of buf    R5 peak
TEXT ·rotateOut(SB), NOSPLIT, $4-40
	MOVW dst_base+0(FP), R0
	MOVW buf_base+12(FP), R2
	MOVW buf_len+16(FP), R4
	MOVW rot_base+24(FP), R3
	ADD R4<<3, R0, R1
	SUB $4, R1
	ADD R4<<3, R2, R4
	MOVW $0, R5

out:
	OUT
	OUT
	CMP R4, R2
	BNE out
	MOVW R5, ret+36(FP)
	RET

// func mix(x []int32, slopes []twiddle) uint32
//
//	R0 front    R1 back    R2 slopes    R3 their end    R4 peak
TEXT ·mix(SB), NOSPLIT, $4-28
	MOVW x_base+0(FP), R0
	MOVW slopes_base+12(FP), R2
	MOVW slopes_len+16(FP), R3
	ADD R3<<3, R0, R1
	SUB $4, R1
	ADD R3<<3, R2, R3
	MOVW $0, R4

slope:
	MOVM.IA.W (R2), [R7, R8]
	MOVW (R0), R5
	MOVW (R1), R6
	CMUL(R5, R6, R7, R8, R9, R11)
	MOVW.P R5, 4(R0)
	MOVW.P R11, -4(R1)
	PEAK(R5, R4)
	PEAK(R11, R4)
	CMP R3, R2
	BNE slope
	MOVW R4, ret+24(FP)
	RET
