//go:build !purego

#include "textflag.h"

// Rice codes, one function for each parameter K. All bits are inverted on
// their way in: then a code begins with ones, its K lower bits give the
// complement of half the number at once, and a shift leaves the sign in the
// carry.
//
//	R0 where the next number goes    R1 the end of the numbers, or 16 bytes before
//	R2 the next word of the data     R3 the end of the data
//	R4 runs                          R5 the next 32 bits
//	R6 the word that the last of them are from, and R7 how many of its bits
//	   are not in R5
//	R8, R9 the length of the run and its end, of this code and of the next
//	R11 the code behind its run      R12, R14 for anything

// WORD makes the inverted bits of a word of memory, whose bytes are the wrong
// way around: no instruction turns them.
#define WORD(from, to) \
	EOR from@>16, from, R14; \
	BIC $0xff0000, R14; \
	MVN from@>8, to; \
	EOR R14>>8, to

// VALUE makes the number of a code whose run is gone from R11: first half of
// it, inverted, and the inverted sign in the carry.
#define VALUE(K, run, to) \
	MOVW.S R11>>(33-K), to; \
	SUB run<<(K-1), to; \
	MVN.CS to, to

#define VALUE1(K, run, to) \
	MOVW.S R11<<1, to; \
	RSB $0, run, to; \
	MVN.CS to, to

#define VALUE0(K, run, to) \
	RSB $0, run, to; \
	MOVW.S to->1, to; \
	MVN.CS to, to

// CODE reads one code, and the run of the next. The more than 32 bits that
// R5 and R6 have of a code's word are the same bits at the same place, so they
// may be put there twice.
#define CODE(K, VALUE, run, next, fill, filled) \
	MOVW R5<<run, R11; \
	SUB run, R7; \
	SUB.S $K, R7; \
	BLT fill; \
	MOVW R11<<K, R5; \
	ORR R6>>R7, R5; \
filled: \
	MOVBU R5>>24(R4), next; \
	VALUE(K, run, R12); \
	MOVW.P R12, 4(R0)

// FILL goes on to the next word, unless there is none or a run is longer than a
// byte: then R5 is as it was.
#define FILL(K, free, fill, filled, out) \
fill: \
	ADD.S $32, R7; \
	BMI out; \
	CMP R3, R2; \
	BHS out; \
	MOVW.P 4(R2), free; \
	RSB $32, R7, R14; \
	MOVW R11<<K, R5; \
	ORR R6<<R14, R5; \
	WORD(free, R6); \
	ORR R6>>R7, R5; \
	B filled

// PAIR reads two codes of up to sixteen bits each. They are in R5 in any case,
// so that it is moved on only once.
#define PAIR(K, VALUE, fill, filled) \
	MOVW R5<<R8, R11; \
	MOVW R11<<K, R14; \
	MOVBU R14>>24(R4), R9; \
	VALUE(K, R8, R12); \
	SUB R8, R7; \
	MOVW R14<<R9, R11; \
	SUB R9, R7; \
	SUB.S $(2*K), R7; \
	BLT fill; \
	MOVW R11<<K, R5; \
	ORR R6>>R7, R5; \
filled: \
	MOVBU R5>>24(R4), R8; \
	VALUE(K, R9, R14); \
	MOVM.IA.W [R12, R14], (R0)

// ENTER fills R5 and R6 and looks at the first run.
#define ENTER \
	MOVW dst_base+0(FP), R0; \
	MOVW dst_len+4(FP), R1; \
	MOVW data_base+12(FP), R2; \
	MOVW data_len+16(FP), R3; \
	MOVW pos+24(FP), R7; \
	MOVW $·runs(SB), R4; \
	ADD R1<<2, R0, R1; \
	SUB $16, R1; \
	ADD R2, R3; \
	ADD R7>>3, R2; \
	AND $7, R7, R12; \
	AND $3, R2, R14; \
	BIC $3, R2; \
	ADD R14<<3, R12; \ // the bits of the first word that are past
	ADD $4, R2, R14; \
	CMP R3, R14; \
	BHS nothing; \
	MOVM.IA.W (R2), [R8, R9]; \
	RSB $32, R12, R7; \
	WORD(R8, R5); \
	WORD(R9, R6); \
	MOVW R5<<R12, R5; \
	ORR R6>>R7, R5; \
	MOVBU R5>>24(R4), R8

// LEAVE returns how many numbers there are and where the next code begins.
#define LEAVE \
done: \
	MOVW dst_base+0(FP), R12; \
	MOVW data_base+12(FP), R14; \
	SUB R12, R0; \
	MOVW R0>>2, R0; \
	SUB R14, R2; \
	RSB R2<<3, R7; \
	SUB $32, R7; \
	MOVW R0, n+28(FP); \
	MOVW R7, next+32(FP); \
	RET; \
nothing: \
	MOVW $0, R0; \
	MOVW R0, n+28(FP); \
	MOVW R7, next+32(FP); \
	RET

// SHORT is the whole function for a parameter of up to 8.
#define SHORT(K, VALUE) \
	ENTER; \
	CMP R1, R0; \
	BHI few; \
four: \
	PAIR(K, VALUE, fill1, filled1); \
	PAIR(K, VALUE, fill2, filled2); \
	CMP R1, R0; \
	BLS four; \
few: \
	ADD $16, R1; \
one: \
	CMP R1, R0; \
	BHS done; \
	CODE(K, VALUE, R8, R9, fill3, filled3); \
	MOVW R9, R8; \
	B one; \
	FILL(K, R8, fill1, filled1, out2); \
	FILL(K, R8, fill2, filled2, out2); \
	FILL(K, R12, fill3, filled3, out1); \
out2: \
	ADD R9, R7; \
	ADD $K, R7; \
out1: \
	ADD R8, R7; \
	SUB $(32-K), R7; \
	LEAVE

// LONG is the function for a larger one.
#define LONG(K) \
	ENTER; \
	CMP R1, R0; \
	BHI few; \
four: \
	CODE(K, VALUE, R8, R9, fill1, filled1); \
	CODE(K, VALUE, R9, R8, fill2, filled2); \
	CODE(K, VALUE, R8, R9, fill3, filled3); \
	CODE(K, VALUE, R9, R8, fill4, filled4); \
	CMP R1, R0; \
	BLS four; \
few: \
	ADD $16, R1; \
one: \
	CMP R1, R0; \
	BHS done; \
	CODE(K, VALUE, R8, R9, fill5, filled5); \
	MOVW R9, R8; \
	B one; \
	FILL(K, R12, fill1, filled1, out8); \
	FILL(K, R12, fill2, filled2, out9); \
	FILL(K, R12, fill3, filled3, out8); \
	FILL(K, R12, fill4, filled4, out9); \
	FILL(K, R12, fill5, filled5, out8); \
out9: \
	MOVW R9, R8; \
out8: \
	ADD R8, R7; \
	SUB $(32-K), R7; \
	LEAVE

// func rice0(dst []int32, data []byte, pos int) (n, next int)
TEXT ·rice0(SB), NOSPLIT, $4-36
	SHORT(0, VALUE0)

// func rice1(dst []int32, data []byte, pos int) (n, next int)
TEXT ·rice1(SB), NOSPLIT, $4-36
	SHORT(1, VALUE1)

// func rice2(dst []int32, data []byte, pos int) (n, next int)
TEXT ·rice2(SB), NOSPLIT, $4-36
	SHORT(2, VALUE)

// func rice3(dst []int32, data []byte, pos int) (n, next int)
TEXT ·rice3(SB), NOSPLIT, $4-36
	SHORT(3, VALUE)

// func rice4(dst []int32, data []byte, pos int) (n, next int)
TEXT ·rice4(SB), NOSPLIT, $4-36
	SHORT(4, VALUE)

// func rice5(dst []int32, data []byte, pos int) (n, next int)
TEXT ·rice5(SB), NOSPLIT, $4-36
	SHORT(5, VALUE)

// func rice6(dst []int32, data []byte, pos int) (n, next int)
TEXT ·rice6(SB), NOSPLIT, $4-36
	SHORT(6, VALUE)

// func rice7(dst []int32, data []byte, pos int) (n, next int)
TEXT ·rice7(SB), NOSPLIT, $4-36
	SHORT(7, VALUE)

// func rice8(dst []int32, data []byte, pos int) (n, next int)
TEXT ·rice8(SB), NOSPLIT, $4-36
	SHORT(8, VALUE)

// func rice9(dst []int32, data []byte, pos int) (n, next int)
TEXT ·rice9(SB), NOSPLIT, $4-36
	LONG(9)

// func rice10(dst []int32, data []byte, pos int) (n, next int)
TEXT ·rice10(SB), NOSPLIT, $4-36
	LONG(10)

// func rice11(dst []int32, data []byte, pos int) (n, next int)
TEXT ·rice11(SB), NOSPLIT, $4-36
	LONG(11)

// func rice12(dst []int32, data []byte, pos int) (n, next int)
TEXT ·rice12(SB), NOSPLIT, $4-36
	LONG(12)

// func rice13(dst []int32, data []byte, pos int) (n, next int)
TEXT ·rice13(SB), NOSPLIT, $4-36
	LONG(13)

// func rice14(dst []int32, data []byte, pos int) (n, next int)
TEXT ·rice14(SB), NOSPLIT, $4-36
	LONG(14)

// func rice15(dst []int32, data []byte, pos int) (n, next int)
TEXT ·rice15(SB), NOSPLIT, $4-36
	LONG(15)

// func rice16(dst []int32, data []byte, pos int) (n, next int)
TEXT ·rice16(SB), NOSPLIT, $4-36
	LONG(16)

// func rice17(dst []int32, data []byte, pos int) (n, next int)
TEXT ·rice17(SB), NOSPLIT, $4-36
	LONG(17)

// func rice18(dst []int32, data []byte, pos int) (n, next int)
TEXT ·rice18(SB), NOSPLIT, $4-36
	LONG(18)

// func rice19(dst []int32, data []byte, pos int) (n, next int)
TEXT ·rice19(SB), NOSPLIT, $4-36
	LONG(19)

// func rice20(dst []int32, data []byte, pos int) (n, next int)
TEXT ·rice20(SB), NOSPLIT, $4-36
	LONG(20)
