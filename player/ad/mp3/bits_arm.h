// The bit reader in registers: R0 the next byte, R12 the end of the data, R1
// the next bits, from the top, R2 how many those are, less 16.

// OPEN takes the reader at R11; it uses R3.
#define OPEN \
	MOVM.IA (R11), [R0, R12]; \
	ADD $12, R11; \
	ADD R0, R12; \
	MOVM.IA (R11), [R1, R2, R3]; \
	ADD R3, R0

// CLOSE puts it back.
#define CLOSE \
	MOVW (R11), R3; \
	ADD $12, R11; \
	SUB R3, R0, R3; \
	MOVM.IA [R1, R2, R3], (R11)

// FILL takes another 16 bits, which are zeros behind the end.
#define FILL(a, b) \
	MOVW $0, a; \
	MOVW $0, b; \
	CMP R12, R0; \
	MOVBU.CC (R0), a; \
	ADD $1, R0; \
	CMP R12, R0; \
	MOVBU.CC (R0), b; \
	ADD $1, R0; \
	ORR a<<8, b; \
	RSB $0, R2, a; \
	ADD $16, R2; \
	ORR b<<a, R1
