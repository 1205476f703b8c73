/*
 * A plugin of qemu-arm that counts what a program executes and what that costs
 * on an ARM920T.
 *
 *   out=FILE      where the counts of all threads go, a line each: name, number
 *   profile=FILE  a line for each block that was executed: address,
 *                 instructions, cycles
 *   laps=FILE     a line for each lap: name, instructions, cycles of all threads
 *                 until then
 *
 * A program calls a lap by getsid(LAP), a name in the second argument, which does
 * nothing else (package lap). A thread is a CPU to QEMU and counts for itself, so the counts are exact with
 * many threads.
 */
#include "arm920t.h"
#include "qemu.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

EXPORT int qemu_plugin_version = 1;

/* A translation is a block as QEMU has translated it, perhaps once of many times. */
struct translation {
	struct block block;
	uint64_t start, end;     /* addresses, the second behind it */
	uint64_t times, jumps;   /* executed, and left by a jump; only for a profile */
	struct translation *next;
};

/* A cpu belongs to one thread. */
struct cpu {
	uint64_t count[KINDS];
	struct translation *last;
};

enum { MAX_CPUS = 4096 };
static struct cpu *cpus[MAX_CPUS];
static struct translation *translations;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *out, *profile, *laps;

/* A lap is what all threads had counted when the program said its name. */
struct lap {
	uint32_t name;
	uint64_t instructions, cycles;
};

enum { GETSID = 147, LAP = 0x4c61706d, MAX_LAPS = 1 << 16 };
static struct lap lap[MAX_LAPS];
static unsigned lapped;

static void fail(const char *what) {
	fprintf(stderr, "meter: %s\n", what);
	_Exit(99);
}

static void *allocate(size_t n) {
	void *p = calloc(1, n);
	if (!p)
		fail("no memory");
	return p;
}

/* leave adds what the jump out of the last block cost, if it was one. */
static void leave(struct cpu *c, uint64_t to) {
	struct translation *t = c->last;
	if (!t || !t->block.on_jump || t->end == to)
		return;
	c->count[CYCLES] += t->block.on_jump;
	if (profile)
		__atomic_fetch_add(&t->jumps, 1, __ATOMIC_RELAXED);
}

static void executed(unsigned cpu, void *data) {
	struct translation *t = data;
	if (cpu >= MAX_CPUS)
		fail("too many threads");
	struct cpu *c = cpus[cpu];
	if (!c)
		c = cpus[cpu] = allocate(sizeof *c);
	leave(c, t->start);
	for (int i = 0; i < KINDS; i++)
		c->count[i] += t->block.count[i];
	c->last = t;
	if (profile)
		__atomic_fetch_add(&t->times, 1, __ATOMIC_RELAXED);
}

/* translated goes through the instructions of a new block. */
static void translated(qemu_plugin_id_t id, struct qemu_plugin_tb *tb) {
	struct translation *t = allocate(sizeof *t);
	struct pipeline p = {0};
	t->start = t->end = qemu_plugin_tb_vaddr(tb);
	for (size_t i = 0, n = qemu_plugin_tb_n_insns(tb); i < n; i++) {
		struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
		size_t size = qemu_plugin_insn_size(insn);
		uint32_t word = 0xe1a00000; /* Thumb is not modelled: as if it were MOV R0, R0 */
		if (size == sizeof word)
			memcpy(&word, qemu_plugin_insn_data(insn), sizeof word);
		arm920t_step(&p, word);
		t->end += size;
	}
	t->block = p.block;
	pthread_mutex_lock(&lock);
	t->next = translations;
	translations = t;
	pthread_mutex_unlock(&lock);
	qemu_plugin_register_vcpu_tb_exec_cb(tb, executed, QEMU_PLUGIN_CB_NO_REGS, t);
}

static uint64_t sum_of(int kind) {
	uint64_t sum = 0;
	for (int c = 0; c < MAX_CPUS; c++)
		sum += cpus[c] ? cpus[c]->count[kind] : 0;
	return sum;
}

static void called(qemu_plugin_id_t id, unsigned cpu, int64_t number, uint64_t a1, uint64_t a2, uint64_t a3, uint64_t a4,
                   uint64_t a5, uint64_t a6, uint64_t a7, uint64_t a8) {
	if (number != GETSID || (uint32_t)a1 != LAP)
		return;
	pthread_mutex_lock(&lock);
	if (lapped == MAX_LAPS)
		fail("too many laps");
	lap[lapped++] = (struct lap){(uint32_t)a2, sum_of(INSTRUCTIONS), sum_of(CYCLES)};
	pthread_mutex_unlock(&lock);
}

static void write_laps(FILE *f) {
	for (unsigned i = 0; i < lapped; i++)
		fprintf(f, "%u %llu %llu\n", lap[i].name, (unsigned long long)lap[i].instructions, (unsigned long long)lap[i].cycles);
}

static void write_counts(FILE *f) {
	static const char *const names[KINDS] = {"instructions", "cycles", "loads", "stores", "muls", "mulls"};
	for (int i = 0; i < KINDS; i++)
		fprintf(f, "%s %llu\n", names[i], (unsigned long long)sum_of(i));
}

static void write_profile(FILE *f) {
	for (const struct translation *t = translations; t; t = t->next) {
		const uint32_t *count = t->block.count;
		unsigned long long cycles = t->times * count[CYCLES] + t->jumps * t->block.on_jump;
		if (t->times)
			fprintf(f, "%#llx %llu %llu\n", (unsigned long long)t->start,
			        (unsigned long long)(t->times * count[INSTRUCTIONS]), cycles);
	}
}

static void to_file(const char *name, void (*write)(FILE *)) {
	FILE *f = fopen(name, "w");
	if (!f)
		fail("a file for the counts can't be made");
	write(f);
	if (fclose(f))
		fail("the counts can't be written");
}

static void finished(qemu_plugin_id_t id, void *data) {
	to_file(out, write_counts);
	if (profile)
		to_file(profile, write_profile);
	if (laps)
		to_file(laps, write_laps);
}

EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc, char **argv) {
	for (int i = 0; i < argc; i++) {
		if (!strncmp(argv[i], "out=", 4))
			out = strdup(argv[i] + 4);
		else if (!strncmp(argv[i], "profile=", 8))
			profile = strdup(argv[i] + 8);
		else if (!strncmp(argv[i], "laps=", 5))
			laps = strdup(argv[i] + 5);
	}
	if (!out) {
		fprintf(stderr, "meter: say out=FILE\n");
		return -1;
	}
	qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
	if (laps)
		qemu_plugin_register_vcpu_syscall_cb(id, called);
	qemu_plugin_register_atexit_cb(id, finished, NULL);
	return 0;
}
