/*
 * The cycles of the ARM9TDMI, by the table of instruction cycle times and the
 * section on interlocks of its Technical Reference Manual. Caches always hit.
 *
 *   data processing           1, and 1 more to shift by a register
 *   MUL, MLA                  2 + m
 *   long multiplications      3 + m
 *   LDR, STR                  1; a word can be used after 1 cycle more, a byte
 *                             or a halfword after 2
 *   LDM, STM of n registers   n, but at least 2; what LDM loads last can be used
 *                             after 1 cycle more
 *   SWP                       2
 *   B, BL, BX, data to PC     2 more than without the jump
 *   LDR, LDM to PC            4 more
 *   SWI                       3
 *
 * m is 1 to 4 by the size of Rs, which a plugin can't see: 2 is taken, a value
 * of 16 bits with its sign. What stands behind a condition is taken to be
 * executed, except jumps. ARMv5TE's own instructions, which the ARM920T lacks
 * but packaged programs have, cost what they do on its successor, the ARM9E.
 */
#include "arm920t.h"

enum { PC = 15, M = 2 };

static bool bit(uint32_t w, int n) { return w >> n & 1; }
static uint32_t reg(uint32_t w, int at) { return w >> at & 15; }
static uint32_t mask(uint32_t w, int at) { return 1u << reg(w, at); }

static void load(struct cost *c, uint32_t registers, uint32_t latency) {
	c->count[LOADS] += __builtin_popcount(registers);
	c->late = registers & ~(1u << PC);
	c->latency = latency;
	if (registers >> PC & 1)
		c->jump = 4;
}

/* MUL, MLA, UMULL, UMLAL, SMULL, SMLAL. */
static void multiply(uint32_t w, struct cost *c) {
	bool is_long = bit(w, 23), accumulates = bit(w, 21);
	c->count[is_long ? MULLS : MULS] = 1;
	c->count[CYCLES] = (is_long ? 3 : 2) + M;
	c->needs = mask(w, 0) | mask(w, 8);
	if (accumulates)
		c->needs |= mask(w, 12) | (is_long ? mask(w, 16) : 0);
}

/* SWP, SWPB. */
static void swap(uint32_t w, struct cost *c) {
	c->count[CYCLES] = 2;
	c->count[STORES] = 1;
	c->needs = mask(w, 0) | mask(w, 16);
	load(c, mask(w, 12), bit(w, 22) ? 2 : 1);
}

/* LDRH, LDRSH, LDRSB, STRH, and ARMv5TE's LDRD and STRD. */
static void halfword(uint32_t w, struct cost *c) {
	bool loads = bit(w, 20), is_pair = !loads && bit(w, 6), by_register = !bit(w, 22);
	c->needs = mask(w, 16) | (by_register ? mask(w, 0) : 0);
	if (is_pair) {
		c->count[CYCLES] = 2;
		if (!bit(w, 5))
			load(c, mask(w, 12) * 3 & 0xffff, 1);
		else
			c->count[STORES] = 2;
	} else if (loads) {
		load(c, mask(w, 12), 2);
	} else {
		c->count[STORES] = 1;
		c->needs_later = mask(w, 12);
	}
}

/* BX, BLX, CLZ, MRS, MSR, saturating and halfword arithmetic of ARMv5TE. */
static void miscellaneous(uint32_t w, struct cost *c) {
	uint32_t op = w >> 4 & 15;
	if ((op == 1 && !bit(w, 22)) || op == 3) { /* BX, BLX */
		c->jump = 2;
		c->needs = mask(w, 0);
	} else if (op == 0) { /* MRS, MSR */
		bool writes = bit(w, 21), more_than_flags = w >> 16 & 7;
		if (writes && more_than_flags)
			c->count[CYCLES] = 3;
		c->needs = writes ? mask(w, 0) : 0;
	} else {
		c->count[MULS] = op >= 8;
		c->needs = mask(w, 0) | mask(w, 8);
	}
}

static void data_processing(uint32_t w, struct cost *c) {
	bool immediate = bit(w, 25), by_register = !immediate && bit(w, 4);
	uint32_t op = w >> 21 & 15;
	bool compares = op >= 8 && op < 12, moves = op == 13 || op == 15;
	if (!immediate)
		c->needs |= mask(w, 0);
	if (by_register) {
		c->needs |= mask(w, 8);
		c->count[CYCLES] = 2;
	}
	if (!moves)
		c->needs |= mask(w, 16);
	if (!compares && reg(w, 12) == PC)
		c->jump = 2;
}

/* LDR, LDRB, STR, STRB. */
static void single(uint32_t w, struct cost *c) {
	bool by_register = bit(w, 25);
	c->needs = mask(w, 16) | (by_register ? mask(w, 0) : 0);
	if (bit(w, 20)) {
		load(c, mask(w, 12), bit(w, 22) ? 2 : 1);
	} else {
		c->count[STORES] = 1;
		c->needs_later = mask(w, 12);
	}
}

/* LDM, STM. */
static void multiple(uint32_t w, struct cost *c) {
	uint32_t list = w & 0xffff, n = __builtin_popcount(list);
	c->count[CYCLES] = n > 2 ? n : 2;
	c->needs = mask(w, 16);
	if (bit(w, 20)) {
		load(c, list, 1);
		/* All but the last have arrived by then. */
		c->late = list && !(list >> PC & 1) ? 1u << (31 - __builtin_clz(list)) : 0;
	} else {
		c->count[STORES] = n;
		c->needs_later = list & -list;
	}
}

struct cost arm920t_cost(uint32_t w) {
	struct cost c = {.count = {[INSTRUCTIONS] = 1, [CYCLES] = 1}, .conditional = w >> 28 < 14};
	uint32_t class = w >> 25 & 7;
	if (w >> 28 == 15) { /* ARMv5's: BLX to Thumb, PLD */
		c.jump = class == 5 ? 2 : 0;
	} else if (class == 0 && (w & 0x90) == 0x90) {
		if (w & 0x60)
			halfword(w, &c);
		else if (bit(w, 24))
			swap(w, &c);
		else
			multiply(w, &c);
	} else if (class == 0 && (w & 0x01900000) == 0x01000000) {
		miscellaneous(w, &c);
	} else if (class < 2) {
		data_processing(w, &c);
	} else if (class < 4) {
		single(w, &c);
	} else if (class == 4) {
		multiple(w, &c);
	} else if (class == 5) {
		c.jump = 2; /* B, BL */
	} else if (class == 7 && bit(w, 24)) {
		c.count[CYCLES] = 3; /* SWI */
	}
	return c;
}

/* wait lets the pipeline stand until registers can be used at a cycle. */
static uint32_t wait(const struct pipeline *p, uint32_t registers, uint32_t cycle) {
	uint32_t until = cycle;
	for (; registers; registers &= registers - 1) {
		uint32_t ready = p->ready[__builtin_ctz(registers)];
		if (ready > until)
			until = ready;
	}
	return until - cycle;
}

void arm920t_step(struct pipeline *p, uint32_t word) {
	struct cost c = arm920t_cost(word);
	uint32_t *count = p->block.count, now = count[CYCLES];
	uint32_t stall = wait(p, c.needs, now), later = wait(p, c.needs_later, now + 1);
	count[CYCLES] += stall > later ? stall : later;
	for (int i = 0; i < KINDS; i++)
		count[i] += c.count[i];
	p->block.on_jump = c.conditional ? c.jump : 0;
	if (!c.conditional)
		count[CYCLES] += c.jump;
	for (uint32_t r = c.late; r; r &= r - 1)
		p->ready[__builtin_ctz(r)] = count[CYCLES] + c.latency;
}
