//go:build !purego

#include "go_asm.h"
#include "textflag.h"

// minBits is how many bits are in the cache at least before each word: the
// first level of a table, and four signs.
#define minBits 10

// LOOKUP looks a word up. The registers are those of readWords:
//
//	R0 x    R1 end of x    R2 book    R3 cache, from the top
//	R4 bits in the cache above minBits, in the low byte; no matter what above
//	R5 mask of a magnitude    R6 the entry
//
// A length is in the low byte of its entry, which is all that a shift looks at.
#define LOOKUP(rare) \
	MOVW R3>>26, R6; \
	MOVW R6<<2(R2), R6; \
	TST $(const_isLink+const_isEscape), R6; \
	BNE rare

#define TAKE \
	SUB R6, R4; \
	MOVW R3<<R6, R3

// MAGNITUDE unpacks a magnitude and takes its sign.
#define MAGNITUDE(at, to) \
	AND.S R6>>at, R5, to; \
	MOVW.S.NE R3<<1, R3; \
	RSB.CS $0, to, to

// NEXT goes on to the next word, unless there are too few bits.
#define NEXT(word, fill) \
	TST $0x80, R4; \
	BNE fill; \
	CMP R1, R0; \
	BLO word; \
	B done

// BITS makes R9 of R4 what it is.
#define BITS \
	MOVW R4<<24, R9; \
	MOVW R9->24, R9

// FILL brings bytes to the cache until there is no room. R9 says what BITS does.
#define FILL(byte) \
	MOVW 4(R13), R12; \
	MOVW 8(R13), R14; \
	CMP R14, R12; \
	BHI done; \
	RSB $(24-minBits), R9, R9; \
byte: \
	MOVBU.P 1(R12), R14; \
	ORR R14<<R9, R3; \
	SUB.S $8, R9; \
	BPL byte; \
	RSB $(24-minBits), R9, R4; \
	MOVW R12, 4(R13)

// FOLLOW follows links to the next levels. What would be left of the cache is
// in R7, and in R8 how many bits would be gone.
#define FOLLOW(byte, follow, level, found) \
	TST $const_isEscape, R6; \
	BNE done; \
	BITS; \
	CMP $(20-minBits), R9; \ // the longest word has 16 bits and 4 signs, or 19
	BGE follow; \
	FILL(byte); \
follow: \
	MOVW R3<<6, R7; \
	MOVW $6, R8; \
level: \
	AND $31, R6, R9; \
	RSB $32, R9, R12; \
	MOVW R6>>8, R14; \
	ADD R7>>R12, R14; \
	MOVW R14<<2(R2), R6; \
	TST $const_isLink, R6; \
	MOVW.NE R7<<R9, R7; \
	ADD.NE R9, R8; \
	BNE level; \
	TST $const_isEscape, R6; \
	BNE done; \
	SUB R8, R4; \
	MOVW R7, R3; \
	B found

// func readWords(x []int32, r *bits.Reader, book []uint32, kind int) int
//
// On the stack are the next byte of the data, and the last one that has four
// with it.
TEXT ·readWords(SB), NOSPLIT, $8-36
	MOVW r+12(FP), R12
	MOVM.IA (R12), [R3, R4, R5, R6, R7] // cache, have, next, data
	ADD R6, R5
	ADD R7, R6
	SUB $4, R6
	MOVW R5, 4(R13)
	MOVW R6, 8(R13)
	SUB $minBits, R4
	MOVW x_base+0(FP), R0
	MOVW x_len+4(FP), R1
	ADD R1<<2, R0, R1
	MOVW book_base+16(FP), R2
	MOVW kind+28(FP), R6
	MOVW $3, R5
	CMP $const_unsignedFours, R6
	BLO next0
	BEQ next1
	MOVW $31, R5
	CMP $const_unsignedPairs, R6
	BLO next2
	BEQ next3
	B next4

word0:
	LOOKUP(rare0)
found0:
	TAKE
	MOVW R6<<22, R7
	MOVW R7->30, R7
	MOVW R6<<20, R8
	MOVW R8->30, R8
	MOVW R6<<18, R9
	MOVW R9->30, R9
	MOVW R6<<16, R11
	MOVW R11->30, R11
	MOVM.IA.W [R7, R8, R9, R11], (R0)
next0:
	NEXT(word0, fill0)
rare0:
	FOLLOW(byte0, follow0, level0, found0)
fill0:
	BITS
	FILL(more0)
	CMP R1, R0
	BLO word0
	B done

word1:
	LOOKUP(rare1)
found1:
	TAKE
	SUB R6>>24, R4
	MAGNITUDE(8, R7)
	MAGNITUDE(10, R8)
	MAGNITUDE(12, R9)
	MAGNITUDE(14, R11)
	MOVM.IA.W [R7, R8, R9, R11], (R0)
next1:
	NEXT(word1, fill1)
rare1:
	FOLLOW(byte1, follow1, level1, found1)
fill1:
	BITS
	FILL(more1)
	CMP R1, R0
	BLO word1
	B done

word2:
	LOOKUP(rare2)
found2:
	TAKE
	MOVW R6<<8, R7
	MOVW R7->24, R7
	MOVW R6->24, R8
	MOVM.IA.W [R7, R8], (R0)
next2:
	NEXT(word2, fill2)
rare2:
	FOLLOW(byte2, follow2, level2, found2)
fill2:
	BITS
	FILL(more2)
	CMP R1, R0
	BLO word2
	B done

word3:
	LOOKUP(rare3)
found3:
	TAKE
	SUB R6>>24, R4
	MAGNITUDE(8, R7)
	MAGNITUDE(16, R8)
	MOVM.IA.W [R7, R8], (R0)
next3:
	NEXT(word3, fill3)
rare3:
	FOLLOW(byte3, follow3, level3, found3)
fill3:
	BITS
	FILL(more3)
	CMP R1, R0
	BLO word3
	B done

word4:
	LOOKUP(rare4)
found4:
	TAKE
	MOVW R6>>8, R7
	MOVW.P R7, 4(R0)
next4:
	NEXT(word4, fill4)
rare4:
	FOLLOW(byte4, follow4, level4, found4)
fill4:
	BITS
	FILL(more4)
	CMP R1, R0
	BLO word4

done:
	BITS
	ADD $minBits, R9, R4
	MOVW r+12(FP), R12
	MOVW 12(R12), R6
	MOVW 4(R13), R5
	SUB R6, R5
	MOVM.IA [R3, R4, R5], (R12)
	MOVW x_base+0(FP), R1
	SUB R1, R0
	MOVW R0>>2, R0
	MOVW R0, ret+32(FP)
	RET

// POWERS makes lines of values. R8 and above are scratch:
//
//	R0 x    R1 its end    R2 m    R3 half    R4 down    R5 up    R6 limit    R7 pow43
#define POWERS(value, next, large) \
	B next; \
value: \
	MOVW.P 4(R0), R8; \
	CMP $0, R8; \
	BEQ next; \
	EOR R8->31, R8, R9; \
	SUB R8->31, R9; \
	CMP R6, R9; \
	BHI large; \
	MOVW R9<<2(R7), R9; \
	MULLU R9, R2, (R11, R12); \
	ADD R3, R11; \
	MOVW R11>>R4, R11; \
	MOVW R11<<R5, R11; \
	EOR R8->31, R11; \
	SUB R8->31, R11; \
	MOVW R11, -4(R0); \
next: \
	CMP R1, R0; \
	BLO value

// func requantizeSmall(x []int32, k *requantizer) int
TEXT ·requantizeSmall(SB), NOSPLIT, $0-20
	MOVW x_base+0(FP), R0
	MOVW x_len+4(FP), R1
	ADD R1<<2, R0, R1
	MOVW k+12(FP), R12
	MOVM.IA (R12), [R2, R3, R4, R5, R6]
	MOVW $·pow43(SB), R7
	POWERS(value, next, large)
	B end

large:
	SUB $4, R0

end:
	MOVW x_base+0(FP), R1
	SUB R1, R0
	MOVW R0>>2, R0
	MOVW R0, ret+16(FP)
	RET

// func scaleBands(x *[frameLength]int32, bands []uint16, book []uint8, factor []int16) (done, at int)
//
// On the stack are the next of bands, book and factor.
TEXT ·scaleBands(SB), NOSPLIT, $12-48
	MOVW bands_base+4(FP), R11
	MOVW book_base+16(FP), R12
	MOVW factor_base+28(FP), R14
	MOVM.IB [R11, R12, R14], (R13)
	MOVW $·pow43(SB), R7

band:
	MOVM.IB (R13), [R11, R12, R14]
	MOVW book_base+16(FP), R8
	MOVW book_len+20(FP), R9
	ADD R8, R9
	CMP R9, R12
	BHS all
	MOVHU.P 2(R11), R0
	MOVBU.P 1(R12), R8
	MOVHS.P 2(R14), R9
	MOVM.IB [R11, R12, R14], (R13)
	SUB $1, R8
	CMP $(const_bookEscape-1), R8
	BHI band

	MOVHU (R11), R1
	MOVW x+0(FP), R8
	ADD R0<<2, R8, R0
	ADD R1<<2, R8, R1
	MOVW $·limits(SB), R8
	ADD R9<<1, R8
	MOVHU (R8), R6
	SUB $const_factorBias, R9
	AND $3, R9, R8
	MOVW $·quarter(SB), R11
	MOVW R8<<2(R11), R2
	MOVW R9->2, R9
	MOVW $0, R3
	MOVW $0, R5
	RSB.S $(const_powBits-1-const_lineBits), R9, R4
	RSB.LE $0, R4, R5
	MOVW.LE $0, R4
	MOVW.GT $1, R3
	MOVW.GT R3<<R4, R3
	MOVW.GT R3>>1, R3
	POWERS(value, next, large)
	B band

large:
	SUB $4, R0
	MOVW x+0(FP), R1
	SUB R1, R0
	MOVW R0>>2, R0
	MOVW 8(R13), R12
	SUB $1, R12
	B end

all:
	MOVW $0, R0

end:
	MOVW book_base+16(FP), R1
	SUB R1, R12
	MOVW R12, done+40(FP)
	MOVW R0, at+44(FP)
	RET

// SUMS makes m and s of their sum and difference.
#define SUMS(m, s) \
	ADD s, m; \
	SUB s<<1, m, s

#define CLAMP(x) \
	TEQ x<<1, x; \
	MVN.MI $(3<<30), R11; \
	EOR.MI x->31, R11, x

// func midSide(l, r []int32)
TEXT ·midSide(SB), NOSPLIT, $4-24
	MOVW l_base+0(FP), R0
	MOVW l_len+4(FP), R2
	MOVW r_base+12(FP), R1
	ADD R2<<2, R0, R2
	B more

fours: // bands are of fours
	MOVM.IA (R0), [R3, R4, R5, R6]
	MOVM.IA (R1), [R7, R8, R9, R12]
	SUMS(R3, R7)
	SUMS(R4, R8)
	SUMS(R5, R9)
	SUMS(R6, R12)
	TEQ R3<<1, R3
	TEQ.PL R4<<1, R4
	TEQ.PL R5<<1, R5
	TEQ.PL R6<<1, R6
	TEQ.PL R7<<1, R7
	TEQ.PL R8<<1, R8
	TEQ.PL R9<<1, R9
	TEQ.PL R12<<1, R12
	BMI clamp

store:
	MOVM.IA.W [R3, R4, R5, R6], (R0)
	MOVM.IA.W [R7, R8, R9, R12], (R1)

more:
	CMP R2, R0
	BLO fours
	RET

clamp:
	CLAMP(R3)
	CLAMP(R4)
	CLAMP(R5)
	CLAMP(R6)
	CLAMP(R7)
	CLAMP(R8)
	CLAMP(R9)
	CLAMP(R12)
	B store
