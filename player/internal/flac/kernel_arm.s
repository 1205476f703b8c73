//go:build !purego

#include "textflag.h"

// FOUR divides four words further: R3 to R6 become quotients of those in
// R3 to R6, given the quotient before them in R2 and, in R7, R8, R9, R11, R12
// and R14, the six from sixteen words back on.
#define FOUR \
	EOR R7, R3; \
	EOR R9, R3; \
	EOR R2, R3; \
	EOR R8, R4; \
	EOR R11, R4; \
	EOR R3, R4; \
	EOR R9, R5; \
	EOR R12, R5; \
	EOR R4, R5; \
	EOR R11, R6; \
	EOR R14, R6; \
	EOR R5, R6; \
	MOVW R6, R2; \
	MOVM.IA.W [R3, R4, R5, R6], (R0)

// func divide(q *[16]uint32, b []byte)
TEXT ·divide(SB), NOSPLIT, $4-16
	MOVW q+0(FP), R0
	MOVW b_base+4(FP), R1
	MOVW b_len+8(FP), R2
	MOVW R2>>6, R3
	CMP $0, R3
	BEQ done
	MOVW R3, left-4(SP)
	MOVW 60(R0), R2

sixteen:
	MOVM.IA (R0), [R7, R8, R9, R11, R12, R14]
	MOVM.IA.W (R1), [R3, R4, R5, R6]
	FOUR
	MOVM.IA (R0), [R7, R8, R9, R11, R12, R14]
	MOVM.IA.W (R1), [R3, R4, R5, R6]
	FOUR
	MOVM.IA (R0), [R7, R8, R9, R11, R12, R14]
	MOVM.IA.W (R1), [R3, R4, R5, R6]
	FOUR
	MOVM.IA (R0), [R7, R8, R9, R11]
	MOVM.IA.W (R1), [R3, R4, R5, R6]
	SUB $48, R0, R12
	MOVM.IA (R12), [R12, R14] // the first two of this turn
	FOUR
	SUB $64, R0
	MOVW left-4(SP), R3
	SUB.S $1, R3
	MOVW R3, left-4(SP)
	BNE sixteen

done:
	RET

// FF leaves in t a bit 7 of each byte of w that is 0xff, and perhaps of some
// behind such a byte. R2 is 0xfefefefe.
#define FF(w, t) \
	SUB w, R2, t; \
	AND w, t

// func findSync(b []byte) int
//
// Sixteen bytes at a time that are no 0xff, and byte by byte where there is
// one and to the next border of words.
TEXT ·findSync(SB), NOSPLIT, $0-16
	MOVW b_base+0(FP), R0
	MOVW b_len+4(FP), R1
	ADD R0, R1
	SUB $1, R1        // the last byte
	SUB $16, R1, R12  // a group may begin up to here
	MOVW $0xfefefefe, R2
	MOVW $0x80808080, R3

next:
	TST $3, R0
	BNE byte
	CMP R12, R0
	BHI byte

sixteen:
	MOVM.IA.W (R0), [R4, R5, R6, R7]
	FF(R4, R8)
	FF(R5, R9)
	ORR R9, R8
	FF(R6, R9)
	ORR R9, R8
	FF(R7, R9)
	ORR R9, R8
	TST R3, R8
	BNE some
	CMP R12, R0
	BLS sixteen
	B byte

some:
	SUB $16, R0

byte:
	CMP R1, R0
	BHS done
	MOVBU.P 1(R0), R4
	CMP $0xff, R4
	BNE next
	MOVBU (R0), R4
	BIC $1, R4
	CMP $0xf8, R4
	BNE next
	SUB $1, R0

done:
	MOVW b_base+0(FP), R1
	SUB R1, R0
	MOVW R0, ret+12(FP)
	RET
