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

// FILL brings up to four bytes to the cache, from R12 on.
#define FILL(byte) \
	ADD $const_tableBits, R6; \
byte: \
	MOVBU.P 1(R12), R14; \
	ORR R14<<R6, R5; \
	ADD $8, R6; \
	CMP $24, R6; \
	BLE byte; \
	SUB $const_tableBits, R6; \
	MOVW R12, 4(R13)

// RARE is WORD where the word leaves too little behind it, or is linked. If
// there is nothing to fill the cache with, the word is made the last one.
#define RARE(fill, byte1, link, enough, byte2, add) \
	TST $const_isLink, R8; \
	BNE link; \
	MOVW R5>>R8, R5; \
fill: \
	MOVW R6<<24, R6; \
	MOVW R6->24, R6; \
	MOVW 4(R13), R12; \
	MOVW 8(R13), R14; \
	CMP R14, R12; \
	MOVW.HI R0, R2; \
	BHI add; \
	FILL(byte1); \
	B add; \
link: \
	ADD R8, R6; \
	AND $0xff, R8, R12; \
	CMP $const_isLong, R12; \
	BEQ done; \
	MOVW R6<<24, R6; \
	MOVW R6->24, R6; \
	CMP $const_linkBits, R6; \
	BGE enough; \
	MOVW 4(R13), R12; \
	MOVW 8(R13), R14; \
	CMP R14, R12; \
	BHI done; \
	FILL(byte2); \
enough: \
	AND $31, R8, R12; \
	MOVW $1, R14; \
	MOVW R14<<R12, R14; \
	SUB $1, R14; \
	AND R5>>const_tableBits, R14; \
	ADD R8>>8, R14; \
	MOVW R14<<2(R3), R8; \
	AND $0xff, R8, R12; \
	CMP $const_isLong, R12; \
	BEQ done; \
	SUB R8, R6; \
	MOVW R5>>R8, R5; \
	TST $0x80, R6; \
	BNE fill; \
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
	CMP $0, R6
	BGE ready
	MOVW 4(R13), R12
	MOVW 8(R13), R14
	CMP R14, R12
	BHI done
	FILL(first)

ready:
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
	RARE(fill2, byte2, link2, enough2, more2, add2)

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
	RARE(fill4, byte4, link4, enough4, more4, add4)

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
	RARE(fill8, byte8, link8, enough8, more8, add8)

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
//	R0 x    R1 its end    R2 the floor    R3 its fraction    R5:R4 slope
//	R6 decibels    R7 shift    R9 32-shift
TEXT ·scale(SB), NOSPLIT, $4-32
	MOVW x_base+0(FP), R0
	MOVW x_len+4(FP), R1
	ADD R1<<2, R0, R1
	MOVW l_y+12(FP), R2
	MOVW l_fraction+16(FP), R3
	MOVW l_slope_lo+20(FP), R4
	MOVW l_slope_hi+24(FP), R5
	MOVW $·decibels(SB), R6
	MOVW shift+28(FP), R7
	RSB $32, R7, R9

value:
	MOVW.P 4(R0), R8
	CMP $0, R8
	BEQ step
	MOVW R2<<2(R6), R12
	MULL R12, R8, (R12, R11)
	MOVW.S R11>>R7, R11 // the carry is what the last place is rounded by
	ADC R12<<R9, R11
	MOVW R11, -4(R0)

step:
	ADD.S R4, R3
	ADC R5, R2
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
