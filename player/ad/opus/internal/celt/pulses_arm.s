//go:build !purego

#include "textflag.h"

// func unrank(y []int32, k int, i uint32) int32
//
//	R0 y    R1 places    R2 pulses    R3 i    R4 pulseCounts    R5 pulseRows    R6 sum of squares
//	R8 sign: -1 or 0    R7 pulses before
TEXT ·unrank(SB), NOSPLIT, $4-24
	MOVW y_base+0(FP), R0
	MOVW y_len+4(FP), R1
	MOVW k+12(FP), R2
	MOVW i+16(FP), R3
	MOVW $·pulseCounts(SB), R4
	MOVW $·pulseRows(SB), R5
	MOVW $0, R6
	MOVW $0, R8
	CMP $2, R1
	BLE last

next:
	MOVW R2, R7
	CMP R1, R2
	BGE many

	// R9 and R14 are rows k and k+1, R12 is where this ends
	ADD R2<<2, R5, R9
	MOVM.IA (R9), [R9, R14]
	ADD R9<<2, R4, R9
	ADD R14<<2, R4, R14
	MOVW $2, R12
	CMP R12, R2
	MOVW.GT R2, R12

few:
	MOVW R1<<2(R14), R11
	CMP R11, R3
	BHS negative
	MOVW R1<<2(R9), R11
	SUB.S R11, R3, R11
	BLO fewer
	MOVW R11, R3
	MOVW.P R8, 4(R0)
	SUB $1, R1
	CMP R12, R1
	BGT few
	CMP $2, R1
	BGT next
	B last

negative:
	SUB R11, R3
	MVN $0, R8

fewer:
	ADD R2<<2, R5, R12

lower:
	MOVW.W -4(R12), R11
	SUB $1, R2
	ADD R1, R11
	MOVW R11<<2(R4), R11
	CMP R3, R11
	BHI lower

found:
	SUB R11, R3
	SUB R2, R7
	MULA R7, R7, R6, R6
	EOR R8, R7
	SUB R8, R7
	MOVW.P R7, 4(R0)
	MOVW $0, R8
	SUB $1, R1
	CMP $2, R1
	BGT next

last:
	// R7 is of the first place, R9 of the second
	ADD R2<<1, R8, R11
	ADD $1, R11
	CMP R11, R3
	SUB.HS R11, R3
	MVN.HS $0, R8
	ADD $1, R3, R9
	MOVW.S R9>>1, R9
	SUB R9, R2, R7
	SUB.NE R9<<1, R3
	ADD.NE $1, R3
	MULA R7, R7, R6, R6
	MULA R9, R9, R6, R6
	EOR R8, R7
	SUB R8, R7
	CMP $0, R3
	RSB.NE $0, R9
	MOVM.IA [R7, R9], (R0)
	MOVW R6, ret+20(FP)
	RET

many:
	// R9 is the row of so many places
	MOVW R1<<2(R5), R9
	ADD R9<<2, R4, R9
	ADD R2<<2, R9, R12
	MOVW.W 4(R12), R11
	CMP R11, R3
	SUB.HS R11, R3
	MVN.HS $0, R8
	MOVW R1<<2(R9), R11
	CMP R3, R11
	MOVW.HI R1, R2
	BHI fewer
	ADD $1, R2

along:
	MOVW.W -4(R12), R11
	SUB $1, R2
	CMP R3, R11
	BHI along
	B found
