//go:build !purego

#include "textflag.h"

// Products here are sums of 64 bits whose upper word is wanted, the factors
// having 32 bits of fraction: the lower word is cleared before each.

// COMB makes a sample of five, b0 to b4, whose first is replaced by the one that
// comes next behind them. Where it is near the limit it goes to slow, and comes
// back behind.
#define COMB(b0, b1, b2, b3, b4, slow, back) \
	MOVW (R9), R12; \
	MOVW $0, R11; \
	MULAL b2, R1, (R12, R11); \
	MOVW $0, R11; \
	ADD b1, b3, R14; \
	MULAL R14, R2, (R12, R11); \
	MOVW $0, R11; \
	ADD b4, b0; \
	MULAL b0, R3, (R12, R11); \
	MOVW.P 4(R0), b0; \
	ADD $(1<<28), R12, R14; \
	TST $(7<<29), R14; \
	BNE slow; \
back: \
	MOVW.P R12, 4(R9)

#define SATURATION 300000000

#define SATURATE \
	MOVW $SATURATION, R14; \
	CMP R14, R12; \
	MOVW.GT R14, R12; \
	CMN R14, R12; \
	RSB.LT $0, R14, R12

// func combSteady(x []int32, delay int, gains *[3]int32)
//
//	R0 the taps' next sample    R1 to R3 gains    R4 to R8 samples    R9 x
TEXT ·combSteady(SB), NOSPLIT, $8-20
	MOVW x_base+0(FP), R0
	MOVW x_len+4(FP), R14
	MOVW delay+12(FP), R9
	MOVW gains+16(FP), R4
	MOVM.IA (R4), [R1, R2, R3]
	MOVW R1<<17, R1
	MOVW R2<<17, R2
	MOVW R3<<17, R3
	ADD R14<<2, R0, R14
	MOVW R14, 4(R13)
	ADD R9<<2, R0, R9
	MOVM.IA.W (R0), [R4, R5, R6, R7, R8]
	CMP R14, R9
	BEQ done

five:
	COMB(R4, R5, R6, R7, R8, slow0, back0)
	COMB(R5, R6, R7, R8, R4, slow1, back1)
	COMB(R6, R7, R8, R4, R5, slow2, back2)
	COMB(R7, R8, R4, R5, R6, slow3, back3)
	COMB(R8, R4, R5, R6, R7, slow4, back4)
	MOVW 4(R13), R14
	CMP R14, R9
	BNE five

done:
	RET

slow0:
	SATURATE
	B back0

slow1:
	SATURATE
	B back1

slow2:
	SATURATE
	B back2

slow3:
	SATURATE
	B back3

slow4:
	SATURATE
	B back4

// WEIGH makes the gains of taps of those in g0 to g2 and the weight in w.
#define WEIGH(w, g0, g1, g2) \
	MUL g0, w, g0; \
	MUL g1, w, g1; \
	MUL g2, w, g2; \
	MOVW g0->15, g0; \
	MOVW g1->15, g1; \
	MOVW g2->15, g2; \
	MOVW g0<<17, g0; \
	MOVW g1<<17, g1; \
	MOVW g2<<17, g2

// TAPS adds five samples by the gains in R4 to R6 to R12.
#define TAPS(b0, b1, b2, b3, b4, lo) \
	ADD b3, b1; \
	ADD b4, b0; \
	MOVW $0, lo; \
	MULAL b2, R4, (R12, lo); \
	MOVW $0, lo; \
	MULAL b1, R5, (R12, lo); \
	MOVW $0, lo; \
	MULAL b0, R6, (R12, lo)

// func combFade(x []int32, at int, f *fader)
//
//	R0, R1 the taps' first samples    R2 x    R3 weights
//
// From 4(R13) on there are the gains of both filters, and the end of x.
TEXT ·combFade(SB), NOSPLIT, $28-20
	MOVW x_base+0(FP), R2
	MOVW at+12(FP), R3
	MOVW f+16(FP), R14
	ADD R3<<2, R2
	MOVM.IA (R14), [R0, R1, R3, R4, R5, R6, R7, R8]
	SUB R0<<2, R2, R0
	SUB R1<<2, R2, R1
	ADD $(4*120), R2, R9
	MOVM.IB [R3, R4, R5, R6, R7, R8, R9], (R13)
	MOVW $·fades(SB), R3

fade:
	MOVW.P 4(R3), R7
	MOVM.IB (R13), [R4, R5, R6]
	WEIGH(R7, R4, R5, R6)
	MOVM.IA (R0), [R7, R8, R9, R11, R14]
	ADD $4, R0
	MOVW (R2), R12
	TAPS(R7, R8, R9, R11, R14, R14)
	ADD $16, R13, R4
	MOVM.IA (R4), [R4, R5, R6]
	MOVW.P 4(R3), R7
	WEIGH(R7, R4, R5, R6)
	MOVM.IA (R1), [R7, R8, R9, R11, R14]
	ADD $4, R1
	TAPS(R7, R8, R9, R11, R14, R14)
	ADD $(1<<28), R12, R14
	TST $(7<<29), R14
	BNE slow

back:
	MOVW.P R12, 4(R2)
	MOVW 28(R13), R14
	CMP R14, R2
	BNE fade
	RET

slow:
	SATURATE
	B back

// 0.85 in 16 bits, with 32 bits of fraction and 1 too little: what it is
// multiplied with is added.
#define COEFFICIENT 0xd99a0000 // 27853<<17 - 1<<32

// SAMPLE adds to v what is left of the sample before, and rounds. R9 collects
// the bits of the sizes.
#define SAMPLE(v, size) \
	ADD R3, v; \
	MULL v, R4, (R3, R12); \
	ADD v, R3; \
	ADD $2048, v; \
	EOR v->31, v, size

// DEEMPHASIZE writes samples step bytes apart.
#define DEEMPHASIZE(step) \
	MOVM.IA.W (R1), [R5, R6, R7, R8]; \
	SAMPLE(R5, R9); \
	SAMPLE(R6, R11); \
	ORR R11, R9; \
	SAMPLE(R7, R11); \
	ORR R11, R9; \
	SAMPLE(R8, R11); \
	ORR R11, R9; \
	MOVW R5->12, R5; \
	MOVW R6->12, R6; \
	MOVW R7->12, R7; \
	MOVW R8->12, R8; \
	CMP $(1<<27), R9; \
	BHS clip; \
write: \
	MOVH.P R5, step(R0); \
	MOVH.P R6, step(R0); \
	MOVH.P R7, step(R0); \
	MOVH.P R8, step(R0); \
	CMP R2, R1; \
	BNE four; \
	B done; \
clip: \
	MOVW R5->15, R9; \
	CMP R5->31, R9; \
	EOR.NE R5->31, R14, R5; \
	MOVW R6->15, R9; \
	CMP R6->31, R9; \
	EOR.NE R6->31, R14, R6; \
	MOVW R7->15, R9; \
	CMP R7->31, R9; \
	EOR.NE R7->31, R14, R7; \
	MOVW R8->15, R9; \
	CMP R8->31, R9; \
	EOR.NE R8->31, R14, R8; \
	B write

// func deemphasizeMono(pcm []int16, src []int32, memory int32) int32
//
//	R0 pcm    R1 src    R2 its end    R3 memory    R4 the coefficient    R14 the largest sample
TEXT ·deemphasizeMono(SB), NOSPLIT, $4-32
	MOVW pcm_base+0(FP), R0
	MOVW src_base+12(FP), R1
	MOVW src_len+16(FP), R2
	MOVW memory+24(FP), R3
	MOVW $COEFFICIENT, R4
	MOVW $32767, R14
	ADD R2<<2, R1, R2

four:
	DEEMPHASIZE(2)

done:
	MOVW R3, ret+28(FP)
	RET

// func deemphasizeStereo(pcm []int16, src []int32, memory int32) int32
TEXT ·deemphasizeStereo(SB), NOSPLIT, $4-32
	MOVW pcm_base+0(FP), R0
	MOVW src_base+12(FP), R1
	MOVW src_len+16(FP), R2
	MOVW memory+24(FP), R3
	MOVW $COEFFICIENT, R4
	MOVW $32767, R14
	ADD R2<<2, R1, R2

four:
	DEEMPHASIZE(4)

done:
	MOVW R3, ret+28(FP)
	RET

#define LIMIT(v, tmp) \
	MOVW v->15, tmp; \
	CMP v->31, tmp; \
	EOR.NE v->31, R14, v

// func deemphasizeAdding(pcm []int16, stride int, src []int32, memory int32) int32
//
// The registers are those above; R5 is the stride in bytes.
TEXT ·deemphasizeAdding(SB), NOSPLIT, $4-36
	MOVW pcm_base+0(FP), R0
	MOVW stride+12(FP), R5
	MOVW src_base+16(FP), R1
	MOVW src_len+20(FP), R2
	MOVW memory+28(FP), R3
	MOVW $COEFFICIENT, R4
	MOVW $32767, R14
	MOVW R5<<1, R5
	ADD R2<<2, R1, R2

sample:
	MOVW.P 4(R1), R6
	MOVH (R0), R8
	ADD R3, R6
	MULL R6, R4, (R3, R12)
	ADD R6, R3
	ADD $2048, R6
	MOVW R6->12, R6
	LIMIT(R6, R7)
	ADD R8, R6
	LIMIT(R6, R7)
	MOVH R6, (R0)
	ADD R5, R0
	CMP R2, R1
	BNE sample
	MOVW R3, ret+32(FP)
	RET
