//go:build !purego

#include "go_asm.h"
#include "textflag.h"

// WORD looks a code word up. The registers are those of addWords:
//
//	R0 x    R1 y    R2 end of x    R3 table    R4 mask    R5 cache
//	R6 bits in the cache above tableBits, in the low byte; no matter what above
//	R7 values    R8 the entry    R9 stride in bytes    R11 mask of a digit
//
// A length is in the low byte of its entry, which is all that a shift looks at.
#define WORD(rare) \
	AND R4, R5, R8; \
	MOVW R8<<2(R3), R8; \
	SUB R8, R6; \
	TST $0x80, R6; \
	BNE rare; \
	MOVW R5>>R8, R5

// RARE is WORD where the word is a long one, or leaves too little behind it.
// Then up to four bytes go into the cache, or this word is made the last one.
#define RARE(fill, add) \
	AND $0xff, R8, R12; \
	CMP $const_isLong, R12; \
	ADD.EQ R8, R6; \
	BEQ done; \
	MOVW R5>>R8, R5; \
	MOVW R6<<24, R6; \
	MOVW R6->24, R6; \
	MOVW 4(R13), R12; \
	MOVW 8(R13), R14; \
	CMP R14, R12; \
	MOVW.HI R0, R2; \
	BHI add; \
	ADD $const_tableBits, R6; \
fill: \
	MOVBU.P 1(R12), R14; \
	ORR R14<<R6, R5; \
	ADD $8, R6; \
	CMP $24, R6; \
	BLE fill; \
	SUB $const_tableBits, R6; \
	MOVW R12, 4(R13); \
	B add

// DIGIT adds the value of the digit at bit at of the entry.
#define DIGIT(at, to) \
	AND R8>>at, R11, R12; \
	MOVW R12<<2(R7), R12; \
	MOVW (to), R14; \
	ADD R12, R14; \
	MOVW.P R14, R9<<0(to)

// func addWords(x, y []int32, stride int, b *book, r *vorbis.Bits) int
//
// On the stack are the next byte of the packet, and the last one that has four
// with it.
TEXT ·addWords(SB), NOSPLIT, $8-40
	MOVW r+32(FP), R12
	MOVM.IA (R12), [R0, R1, R2, R3, R5, R6] // Data, Next, Cache, Have
	ADD R0, R3
	ADD R0, R1
	SUB $4, R1
	MOVW R3, 4(R13)
	MOVW R1, 8(R13)
	SUB $const_tableBits, R6
	MOVW b+28(FP), R12
	MOVW book_mask(R12), R4
	MOVW book_table(R12), R3
	MOVW (book_vectors+vectors_values)(R12), R7
	MOVW (book_vectors+vectors_width)(R12), R8
	MOVW $1, R11
	MOVW R11<<R8, R11
	SUB $1, R11
	MOVW x_base+0(FP), R0
	MOVW x_len+4(FP), R2
	ADD R2<<2, R0, R2
	MOVW y_base+12(FP), R1
	MOVW stride+24(FP), R9
	MOVW R9<<2, R9
	CMP R2, R0
	BHS done
	CMP $6, R8
	BEQ four
	BLO eight

two: // vectors of two values
	WORD(rare2)
add2:
	DIGIT(8, R0)
	DIGIT(20, R1)
	CMP R2, R0
	BLO two
	B done

rare2:
	RARE(fill2, add2)

four:
	WORD(rare4)
add4:
	DIGIT(8, R0)
	DIGIT(14, R1)
	DIGIT(20, R0)
	DIGIT(26, R1)
	CMP R2, R0
	BLO four
	B done

rare4:
	RARE(fill4, add4)

eight:
	WORD(rare8)
add8:
	DIGIT(8, R0)
	DIGIT(11, R1)
	DIGIT(14, R0)
	DIGIT(17, R1)
	DIGIT(20, R0)
	DIGIT(23, R1)
	DIGIT(26, R0)
	DIGIT(29, R1)
	CMP R2, R0
	BLO eight
	B done

rare8:
	RARE(fill8, add8)

done:
	MOVW R6<<24, R6
	MOVW R6->24, R6
	ADD $const_tableBits, R6
	MOVW r+32(FP), R12
	MOVW (R12), R8
	MOVW 4(R13), R4
	SUB R8, R4
	ADD $12, R12
	MOVM.IA [R4, R5, R6], (R12)
	MOVW x_base+0(FP), R8
	SUB R8, R0
	MOVW R0>>2, R0
	MOVW R0, ret+36(FP)
	RET

// func scale(x []int32, l line, shift int)
//
//	R0 x    R1 its end    R2 the floor    R3 whole    R4 step    R5 part
//	R6 of    R7 parts that are missing, below zero    R9 shift    R11 32-shift
TEXT ·scale(SB), NOSPLIT, $4-36
	MOVW x_base+0(FP), R0
	MOVW x_len+4(FP), R1
	ADD R1<<2, R0, R1
	MOVW l_y+12(FP), R2
	MOVW l_whole+16(FP), R3
	MOVW l_step+20(FP), R4
	MOVW l_part+24(FP), R5
	MOVW l_of+28(FP), R6
	MOVW shift+32(FP), R9
	MOVW $·decibels(SB), R8
	ADD R2<<2, R8, R2
	MOVW R3<<2, R3
	MOVW R4<<2, R4
	RSB $0, R6, R7
	RSB $32, R9, R11

value:
	MOVW.P 4(R0), R12
	CMP $0, R12
	BEQ step
	MOVW (R2), R14
	MULL R14, R12, (R14, R8)
	MOVW.S R8>>R9, R8 // the carry is what the last place is rounded by
	ADC R14<<R11, R8
	MOVW R8, -4(R0)

step:
	ADD R3, R2
	ADD.S R5, R7
	ADD.CS R4, R2
	SUB.CS R6, R7
	CMP R1, R0
	BLO value
	RET

// COUPLED is decouple for one value; a is below zero in R12 where m is not above
// it.
#define COUPLED(m, a) \
	CMP $0, m; \
	RSB.LE $0, a, R12; \
	MOVW.GT a, R12; \
	CMP $0, a; \
	SUB.GT R12, m, a; \
	MOVW.LE m, a; \
	ADD.LE R12, m

// func decoupleFours(m, a []int32)
TEXT ·decoupleFours(SB), NOSPLIT, $0-24
	MOVW m_base+0(FP), R0
	MOVW m_len+4(FP), R2
	MOVW a_base+12(FP), R1
	ADD R2<<2, R0, R2
	CMP R2, R0
	BHS done

fours:
	MOVM.IA (R0), [R3, R4, R5, R6]
	MOVM.IA (R1), [R7, R8, R9, R11]
	COUPLED(R3, R7)
	COUPLED(R4, R8)
	COUPLED(R5, R9)
	COUPLED(R6, R11)
	MOVM.IA.W [R3, R4, R5, R6], (R0)
	MOVM.IA.W [R7, R8, R9, R11], (R1)
	CMP R2, R0
	BLO fours

done:
	RET
