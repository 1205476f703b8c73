//go:build !purego

#include "textflag.h"

// SHEAR is a butterfly of lines u, before the boundary at R0, and d, behind
// it; LESS takes the whole part of a sine of more than 1/2 off.
#define SHEAR(i, LESS) \
	MOVW (-4*(i+1))(R0), R3; \
	MOVW (4*i)(R0), R4; \
	MOVM.IA.W (R2), [R5, R6]; \
	MULL R4, R5, (R7, R8); \
	ADD R7, R3; \
	MULL R3, R6, (R7, R8); \
	SUB R7, R4; \
	LESS; \
	MULL R4, R5, (R7, R8); \
	MOVW R4, (4*i)(R0); \
	ADD R7, R3; \
	MOVW R3, (-4*(i+1))(R0)

#define ONE SUB R3, R4
#define NONE

// func reduceAlias(xr *[576]int32, boundaries int)
TEXT ·reduceAlias(SB), NOSPLIT, $0-8
	MOVW xr+0(FP), R0
	MOVW boundaries+4(FP), R1
	CMP $0, R1
	BLE done

boundary:
	MOVW $·aliasCoefs(SB), R2
	ADD $72, R0
	SHEAR(0, ONE)
	SHEAR(1, NONE)
	SHEAR(2, NONE)
	SHEAR(3, NONE)
	SHEAR(4, NONE)
	SHEAR(5, NONE)
	SHEAR(6, NONE)
	SHEAR(7, NONE)
	SUB.S $1, R1
	BNE boundary

done:
	RET
