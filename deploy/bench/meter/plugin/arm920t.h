/*
 * What an ARM instruction costs on an ARM920T, whose core is the ARM9TDMI.
 */
#ifndef LINNET_ARM920T_H
#define LINNET_ARM920T_H

#include <stdbool.h>
#include <stdint.h>

/* What is counted. */
enum {
	INSTRUCTIONS,
	CYCLES,
	LOADS,  /* words, halfwords or bytes read */
	STORES, /* and written */
	MULS,   /* multiplications with a result of 32 bits */
	MULLS,  /* and of 64 */
	KINDS
};

/* A cost is that of one instruction. */
struct cost {
	uint32_t count[KINDS]; /* cycles without waiting, as if the condition held */
	uint32_t needs;        /* registers that it needs when it is executed, as a mask */
	uint32_t needs_later;  /* and those that it needs a cycle later: what it stores */
	uint32_t late;         /* registers that it loads */
	uint32_t latency;      /* cycles after its own until these can be used */
	bool conditional;
	uint32_t jump;         /* cycles of it that are spent only when it jumps */
};

struct cost arm920t_cost(uint32_t word);

/*
 * A block is what instructions in a row cost together. The last may be a
 * conditional jump: on_jump comes on top when it is taken.
 */
struct block {
	uint32_t count[KINDS];
	uint32_t on_jump;
};

/* A pipeline goes through a block; all zero is its beginning. */
struct pipeline {
	struct block block;
	uint32_t ready[16]; /* the cycle from which a register can be used */
};

void arm920t_step(struct pipeline *p, uint32_t word);

#endif
