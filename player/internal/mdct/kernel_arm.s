//go:build !purego

#include "textflag.h"

// The kernels of mdct. In MULL and MULAL the first operand is the one on whose
// size the multiplier's time depends: the value, where it can be, as factors
// are large. The second one must not be a result.

// POINT turns a pair of coefficients:
//
//	R0 z    R1 x upwards    R2 x downwards    R3 rot    R4 place    R14 what was cut off
#define POINT \
	MOVW.P 8(R1), R5; \
	MOVW.P -8(R2), R6; \
	MOVM.IA.W (R3), [R7, R8]; \
	MOVHU.P 2(R4), R12; \
	MOVW $0, R9; \
	MULAL R5, R7, (R9, R14); \
	RSB $0, R6, R11; \
	MULAL R11, R8, (R9, R14); \
	MOVW $0, R11; \
	MULAL R6, R7, (R11, R14); \
	MULAL R5, R8, (R11, R14); \
	ADD R12<<2, R0, R12; \
	MOVM.IA [R9, R11], (R12)

// func rotateIn(z, x, rot []int32, place []uint16)
TEXT ·rotateIn(SB), NOSPLIT, $8-48
	MOVW z_base+0(FP), R0
	MOVW x_base+12(FP), R1
	MOVW x_len+16(FP), R2
	ADD R2<<2, R1, R2
	SUB $4, R2
	MOVW rot_base+24(FP), R3
	MOVW place_base+36(FP), R4
	MOVW place_len+40(FP), R5
	ADD R5<<1, R4, R5
	MOVW R5, 4(R13)
	MOVW $(1<<31), R14

points: // there are 16 or more of them, by fours
	POINT
	POINT
	POINT
	POINT
	MOVW 4(R13), R5
	CMP R5, R4
	BLO points
	RET

// func rotateOut(z, rot []int32)
TEXT ·rotateOut(SB), NOSPLIT, $4-24
	MOVW z_base+0(FP), R0
	MOVW z_len+4(FP), R1
	ADD R1<<2, R0, R1
	MOVW rot_base+12(FP), R2
	MOVW rot_len+16(FP), R3
	ADD R3<<2, R2, R3

ends:
	MOVM.IA (R0), [R4, R5]
	MOVM.IA.W (R2), [R6, R7]
	MULL R5, R6, (R8, R11)
	MULAL R4, R7, (R8, R11)
	RSB $0, R4, R4
	MULL R4, R6, (R14, R11)
	MULAL R5, R7, (R14, R11)
	MOVM.DB (R1), [R4, R5]
	MOVM.DB.W (R3), [R6, R7]
	MULL R5, R6, (R12, R11)
	MULAL R4, R7, (R12, R11)
	RSB $0, R4, R4
	MULL R4, R6, (R9, R11)
	MULAL R5, R7, (R9, R11)
	MOVM.IA.W [R8, R9], (R0)
	MOVM.DB.W [R12, R14], (R1)
	CMP R1, R0
	BLO ends
	RET

// FOUR transforms four points, in the order 0 2 1 3. The third one of the
// results is in R12 and R14.
#define FOUR \
	ADD R6, R4; \
	ADD R7, R5; \
	SUB R6<<1, R4, R6; \
	SUB R7<<1, R5, R7; \
	ADD R11, R8; \
	ADD R14, R9; \
	SUB R11<<1, R8, R11; \
	SUB R14<<1, R9, R14; \
	ADD R8, R4; \
	ADD R9, R5; \
	SUB R8<<1, R4, R8; \
	SUB R9<<1, R5, R9; \
	SUB R14, R6, R12; \
	ADD R14, R6; \
	ADD R11, R7, R14; \
	SUB R11, R7

// func fourier(z []int32, plan []uint8)
//
// R3 is the place that the plan has come to.
TEXT ·fourier(SB), NOSPLIT, $12-24
	MOVW z_base+0(FP), R3
	MOVW plan_base+12(FP), R11
	MOVW plan_len+16(FP), R12
	ADD R11, R12
	MOVW R12, 8(R13)
	B step

four:
	MOVM.IA (R3), [R4, R5, R6, R7, R8, R9, R11, R14]
	FOUR
	MOVM.IA.W [R4, R5, R6, R7, R8, R9, R12, R14], (R3)

next:
	MOVM.IB (R13), [R11, R12]

step:
	CMP R12, R11
	BEQ done
	MOVBU.P 1(R11), R12
	MOVW R11, 4(R13)
	CMP $1, R12
	BLO four
	BHI pass

	// A leaf of 8. The carry is set, and stays.
	MOVM.IA (R3), [R4, R5, R6, R7, R8, R9, R11, R14]
	FOUR
	MOVM.IA.W [R4, R5, R6, R7, R8, R9, R12, R14], (R3)
	MOVM.IA (R3), [R4, R5, R6, R7, R8, R9, R11, R14]
	ADD R6, R4 // a
	ADD R7, R5
	SUB R6<<1, R4, R6 // e
	SUB R7<<1, R5, R7
	ADD R11, R8 // b
	ADD R14, R9
	SUB R11<<1, R8, R11 // f
	SUB R14<<1, R9, R14
	ADD R8, R4 // p
	ADD R9, R5
	SUB R8<<1, R4, R8 // d
	SUB R9<<1, R5, R9
	SUB $32, R3, R0

	MOVM.IA (R0), [R1, R2]
	ADD R4, R1
	ADD R5, R2
	MOVM.IA.W [R1, R2], (R0)
	SUB R4<<1, R1, R4
	SUB R5<<1, R2, R5
	MOVM.IA.W [R4, R5], (R3)

	MOVW $1518500250, R12
	ADD R7, R6, R4
	SUB R7, R6
	SUB R11, R14, R5
	ADD R14, R11
	MULL R4, R12, (R7, R14)
	MULL R6, R12, (R1, R14)
	MULL R5, R12, (R2, R14)
	MULL R11, R12, (R4, R14)
	SUB R2, R7, R5
	ADC R2, R7
	SUB R1, R4, R6
	ADC R1, R4, R11

	MOVM.IA (R0), [R1, R2]
	ADD R5<<1, R1, R12
	ADD R6<<1, R2, R14
	MOVM.IA.W [R12, R14], (R0)
	SUB R5<<1, R1
	SUB R6<<1, R2
	MOVM.IA.W [R1, R2], (R3)

	MOVM.IA (R0), [R1, R2]
	ADD R9, R1, R12
	SUB R8, R2, R14
	MOVM.IA.W [R12, R14], (R0)
	SUB R9, R1
	ADD R8, R2
	MOVM.IA.W [R1, R2], (R3)

	MOVM.IA (R0), [R1, R2]
	SUB R11<<1, R1, R12
	SUB R7<<1, R2, R14
	MOVM.IA [R12, R14], (R0)
	ADD R11<<1, R1
	ADD R7<<1, R2
	MOVM.IA.W [R1, R2], (R3)
	B next

	// A pass over four parts of R5 bytes each, at R0, R1, R2 and R3, with
	// the factors at R4.
pass:
	MOVW $8, R5
	MOVW R5<<R12, R5
	SUB R5<<2, R3, R0
	ADD R5, R0, R1
	ADD R5, R1, R2
	SUB R5, R3
	MOVW $·factors(SB), R4
	SUB $32, R5
	ADD R5, R4

	MOVM.IA (R0), [R5, R6]
	MOVM.IA (R1), [R7, R8]
	MOVM.IA (R2), [R9, R11]
	MOVM.IA (R3), [R12, R14]
	ADD R12, R9
	ADD R14, R11
	SUB R12<<1, R9, R12
	SUB R14<<1, R11, R14
	ADD R9, R5
	ADD R11, R6
	MOVM.IA.W [R5, R6], (R0)
	SUB R9<<1, R5
	SUB R11<<1, R6
	MOVM.IA.W [R5, R6], (R2)
	ADD R14, R7, R5
	SUB R12, R8, R6
	MOVM.IA.W [R5, R6], (R1)
	SUB R14, R7
	ADD R12, R8
	MOVM.IA.W [R7, R8], (R3)
	MOVM.IA.W (R4), [R5, R6]
	CMP $0, R5 // sets the carry, for ADC

point:
	MOVM.IA (R2), [R7, R8]
	MULL R7, R5, (R9, R14)
	MULAL R8, R6, (R9, R14)
	MULL R8, R5, (R11, R14)
	RSB $0, R7, R7
	MULAL R7, R6, (R11, R14)
	MOVM.IA (R3), [R7, R8]
	MULL R8, R5, (R12, R14)
	MULAL R7, R6, (R12, R14)
	RSB $0, R8, R8
	MULL R5, R7, (R14, R5)
	MULAL R8, R6, (R14, R5)
	ADC R14, R9, R5
	SUB R14, R9
	ADC R12, R11, R6
	SUB R12, R11
	MOVM.IA (R0), [R7, R8]
	ADD R5<<1, R7, R12
	ADD R6<<1, R8, R14
	MOVM.IA.W [R12, R14], (R0)
	SUB R5<<1, R7
	SUB R6<<1, R8
	MOVM.IA.W [R7, R8], (R2)
	MOVM.IA (R1), [R7, R8]
	ADD R11<<1, R7, R12
	SUB R9<<1, R8, R14
	MOVM.IA.W [R12, R14], (R1)
	SUB R11<<1, R7
	ADD R9<<1, R8
	MOVM.IA.W [R7, R8], (R3)
	MOVM.IA.W (R4), [R5, R6]
	CMP $0, R5
	BNE point
	B next

done:
	RET

// MEET makes the next two values of sound:
//
//	R0 prev    R1 cur    R2 window    R3 dst downwards    R4 dst upwards
//	R5 stride in bytes    R6 the largest value
#define MEET \
	MOVW.W -4(R0), R7; \
	MOVW.P 4(R1), R8; \
	MOVM.IA.W (R2), [R9, R11]; \
	MULL R8, R9, (R12, R14); \
	MULAL R7, R11, (R12, R14); \
	RSB $0, R8, R8; \
	MULL R9, R7, (R14, R9); \
	MULAL R8, R11, (R14, R9); \
	MOVW R14<<6, R7; \
	CMP R7->6, R14; \
	EOR.NE R14->31, R6, R7; \
	MOVW R12<<6, R8; \
	CMP R8->6, R12; \
	EOR.NE R12->31, R6, R8; \
	MOVW.P.U R7, R5<<0(R3); \
	MOVW.P R8, R5<<0(R4)

// func overlap(dst []int32, lo, hi, stride int, prev, cur, window []int32)
TEXT ·overlap(SB), NOSPLIT, $4-60
	MOVW dst_base+0(FP), R4
	MOVW lo+12(FP), R3
	MOVW hi+16(FP), R5
	ADD R3<<2, R4, R3
	ADD R5<<2, R4, R4
	MOVW stride+20(FP), R5
	MOVW R5<<2, R5
	MOVW prev_base+24(FP), R0
	MOVW prev_len+28(FP), R1
	ADD R1<<2, R0, R0
	MOVW cur_base+36(FP), R1
	MOVW window_base+48(FP), R2
	MVN $(1<<31), R6

meet: // there are two or more, by twos
	MEET
	MEET
	MOVW prev_base+24(FP), R7
	CMP R7, R0
	BHI meet
	RET
