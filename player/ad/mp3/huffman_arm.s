//go:build !purego

#include "textflag.h"
#include "bits_arm.h"

// R3 is the table, R4 and R5 are where the next values go and where they end.

#define ENTER \
	MOVW r+0(FP), R11; \
	OPEN; \
	MOVW dst_base+4(FP), R4; \
	MOVW dst_len+8(FP), R5; \
	ADD R5<<2, R4, R5; \
	MOVW entries_base+16(FP), R3

#define LEAVE \
	MOVW r+0(FP), R11; \
	CLOSE

// func pairs(r *bitReader, dst []int32, entries []uint16, linbits int)
TEXT ·pairs(SB), NOSPLIT, $4-32
	ENTER
	MOVW linbits+28(FP), R11
	SUB $4, R5 // behind the last pair that is whole
	CMP $0, R2
	BLT fill
	B next

pair:
	MOVW R1>>(32-9), R6
	ADD R6<<1, R3, R6
	MOVH (R6), R6
	AND.S $15, R6, R8
	BEQ deeper

leaf:
	MOVW R1<<R8, R1
	SUB.S R8, R2
	MOVW R6->11, R8
	MOVW R6<<21, R9
	MOVW R9->27, R9
	MOVM.IA.W [R8, R9], (R4)
	BMI fill

next:
	CMP R5, R4
	BLO pair

done:
	LEAVE
	RET

fill:
	SUB R0, R12, R8
	CMP $2, R8
	BLT end
	MOVBU.P 1(R0), R8
	MOVBU.P 1(R0), R9
	RSB $0, R2, R14
	ADD $16, R2
	ORR R8<<8, R9
	CMP R5, R4
	ORR R9<<R14, R1
	BLO pair
	B done

end:
	FILL(R8, R9)
	B next

// The way to another level, or a word with values of 15.
deeper:
	MOVW $9, R14

level:
	AND.S $(7<<4), R6, R7
	BEQ escape
	MOVW R1<<R14, R1
	SUB.S R14, R2
	BPL filled1
	FILL(R8, R9)

filled1:
	MOVW R7>>4, R7
	ADD $1, R7, R14
	RSB $32, R14, R7
	MOVW R6<<16, R6
	MOVW R6>>23, R6
	ADD R6<<3, R3, R6
	MOVW R1>>R7, R7
	ADD R7<<1, R6
	MOVH (R6), R6
	AND.S $15, R6, R8
	BNE leaf
	B level

// R6 becomes x, and R7 y until it is its turn.
escape:
	MOVW R6<<21, R8
	MOVW R8>>28, R8
	MOVW R1<<R8, R1
	SUB R8, R2
	MOVW R6<<16, R6
	MOVW R6>>27, R7
	SUB.S $16, R7, R6
	MOVW.PL $15, R7
	MOVW.MI $15, R6

value:
	CMP $0, R2
	BGE filled2
	FILL(R8, R9)

filled2:
	CMP $15, R6
	BNE sign
	RSB $32, R11, R14
	ADD R1>>R14, R6
	MOVW R1<<R11, R1
	SUB.S R11, R2
	BPL sign
	FILL(R8, R9)

sign:
	CMP $0, R6
	BEQ store
	EOR R1->31, R6
	SUB R1->31, R6
	MOVW R1<<1, R1
	SUB $1, R2

store:
	MOVW.P R6, 4(R4)
	CMP $0, R7
	BLT both
	MOVW R7, R6
	MVN $0, R7
	B value

both:
	CMP $0, R2
	BLT fill
	B next

// func quads(r *bitReader, dst []int32, entries []uint16, bits, left int) int
TEXT ·quads(SB), NOSPLIT, $4-40
	ENTER
	MOVW bits+28(FP), R7
	MOVW left+32(FP), R11
	RSB $32, R7, R7
	SUB $12, R5 // behind the last quadruple that is whole
	CMP $0, R2
	BLT fill
	B next

quad:
	MOVW R1>>R7, R6
	ADD R6<<1, R3, R6
	MOVH (R6), R6
	AND $15, R6, R14
	SUB.S R14, R11
	BMI done
	MOVW R1<<R14, R1
	SUB.S R14, R2
	MOVW R6<<20, R8
	MOVW R6<<22, R9
	MOVW R6<<18, R14
	MOVW R6->14, R6
	MOVW R8->30, R8
	MOVW R9->30, R9
	MOVW R14->30, R14
	MOVM.IA.W [R6, R14], (R4)
	MOVM.IA.W [R8, R9], (R4)
	BMI fill

next:
	CMP R5, R4
	BLO quad

done:
	MOVW dst_base+4(FP), R6
	SUB R6, R4, R6
	MOVW R6>>2, R6
	MOVW R6, ret+36(FP)
	LEAVE
	RET

fill:
	FILL(R8, R9)
	B next
