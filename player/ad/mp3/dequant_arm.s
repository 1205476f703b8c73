//go:build !purego

#include "textflag.h"
#include "bits_arm.h"

// R3 goes through the list of what is coded; R6, R7 and R8 are the codes about
// 0.

// CODE takes R5 bits; R4 is 32 less those. The flags say whether to fill.
#define CODE(x) \
	MOVW R1>>R4, x; \
	ADD $1, x; \
	MOVW x<<R4, x; \
	EOR $(1<<31), x; \
	MOVW R1<<R5, R1; \
	SUB.S R5, R2

// SCALE takes scale, shift, bits and place from the list.
#define SCALE \
	MOVW out+16(FP), R14; \
	MOVM.IA.W (R3), [R4, R5, R9, R11]; \
	ADD R14, R11

// SAMPLE makes a sample of a code and stores it.
#define SAMPLE(x, at) \
	MULL x, R4, (R9, R14); \
	MOVW.S R9->R5, R9; \
	ADC $0, R9; \
	MOVW R9, at(R11)

// func dequantize(r *bitReader, codes []bandCode, out *slotSamples)
TEXT ·dequantize(SB), NOSPLIT, $4-20
	MOVW r+0(FP), R11
	OPEN
	MOVW codes_base+4(FP), R3
	MOVW codes_len+8(FP), R4
	MOVW $0, R6
	MOVW $0, R7
	MOVW $0, R8
	ADD R4<<4, R3, R4
	MOVW R4, 4(R13)
	CMP $0, R2
	BGE next
	FILL(R9, R11)
	B next

band:
	MOVW 8(R3), R5
	RSB $32, R5, R4
	SUB $1, R5, R9
	CMP $16, R9
	BHS special
	CODE(R6)
	BPL second
	FILL(R9, R11)

second:
	CODE(R7)
	BPL third
	FILL(R9, R11)

third:
	CODE(R8)
	BPL three
	FILL(R9, R11)

three:
	SCALE
	SAMPLE(R6, 0)
	SAMPLE(R7, 128)
	SAMPLE(R8, 256)

next:
	MOVW 4(R13), R4
	CMP R4, R3
	BNE band
	MOVW r+0(FP), R11
	CLOSE
	RET

special:
	CMP $0, R5
	BEQ three
	BGT single
	RSB $0, R5
	RSB $32, R5, R4
	MOVW R1>>R4, R6
	MOVW R1<<R5, R1
	SUB R5, R2
	MOVW $·groupCodes(SB), R9
	CMP $7, R5
	ADD.EQ $(32*4), R9
	ADD.GT $(160*4), R9
	MOVW R6<<2(R9), R9
	MOVW $0xff000000, R11
	AND R9, R11, R6
	AND R9<<8, R11, R7
	AND R9<<16, R11, R8
	CMP $0, R2
	BPL three
	FILL(R9, R11)
	B three

single:
	SUB.S $64, R5
	BEQ one
	RSB $32, R5, R4
	CODE(R6)
	BPL one
	FILL(R9, R11)

one:
	SCALE
	SAMPLE(R6, 0)
	B next
