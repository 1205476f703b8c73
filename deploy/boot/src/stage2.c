/*
 * The second stage: the splash, the choice of a kernel, and its start.
 */
#include "common.h"
#include "kernel.h"
#include "nand.h"
#include "panel.h"
#include "recovery.h"
#include "state.h"

#define MACHINE 193

#define ATAG_NONE 0
#define ATAG_CORE 0x54410001
#define ATAG_MEM 0x54410002
#define ATAG_CMDLINE 0x54410009

void caches_on(u32 *table);
void start_kernel(u32 entry, u32 machine, u32 atags);

static u32 *tag(u32 *at, u32 kind, u32 words)
{
	at[0] = words + 2;
	at[1] = kind;
	return at + 2;
}

static u8 *append(u8 *to, const char *s)
{
	while (*s)
		*to++ = *s++;
	return to;
}

/* Tells the kernel of the memory, and on its command line what has happened. */
static void write_tags(u32 slot, u32 reason, int trial)
{
	u32 *at = (u32 *)ATAGS, words;
	u8 *text, *end;

	at = tag(at, ATAG_CORE, 0);
	at = tag(at, ATAG_MEM, 2);
	*at++ = FRAME - SDRAM;
	*at++ = SDRAM;
	text = (u8 *)(at + 2);
	end = append(text, kernel_text());
	end = append(end, slot ? " linnet.slot=b" : " linnet.slot=a");
	if (reason == REASON_CHECKSUM)
		end = append(end, " linnet.fallback=checksum");
	if (reason == REASON_UNCONFIRMED)
		end = append(end, " linnet.fallback=unconfirmed");
	if (reason == REASON_STARTS)
		end = append(end, " linnet.fallback=starts");
	if (trial) /* and the kernel's watchdog is to run until the system feeds it */
		end = append(end, " linnet.trial=1 s3c2410_wdt.tmr_atboot=1");
	do
		*end++ = 0;
	while ((u32)end & 3);
	words = (end - text) / 4;
	at = tag(at, ATAG_CMDLINE, words) + words;
	at[0] = 0;
	at[1] = ATAG_NONE;
}

/* A kernel on trial that hangs is reset after the longest time that there is, 42 s
   at 50.7 MHz / 256 / 128. Its own driver takes over before. */
static void watch(void)
{
	WTDAT = 0xffff;
	WTCNT = 0xffff;
	WTCON = 255 << 8 | 1 << 5 | 3 << 3 | 1;
}

/*
 * A kernel that is being tried has one try less; without any it is left. So is one
 * whose try can't be counted: it would be tried for ever.
 */
static void count_try(struct state *s)
{
	if (s->confirmed)
		return;
	if (s->tries) {
		s->tries--;
		if (state_write(s))
			return;
		say("the record can't be written\n");
	} else {
		say("the new system was not confirmed\n");
	}
	s->slot ^= 1;
	s->confirmed = 1;
	s->reason = REASON_UNCONFIRMED;
	state_write(s);
}

/*
 * How often a confirmed system is started in a row, without saying that it runs and
 * without the power going off, before the other one is as often: its kernel is whole,
 * but what it needs may not be. Where that one does not run either, nothing is
 * changed any more.
 */
#define STARTS 3

/* What a count of starts lies beside; any other value is none. */
#define COUNTING 0x4c4e5300

/*
 * Counts a start, and returns how many there were before. A running system sets the
 * register to 0 (rootfs/initd), power on does, too. So nothing is written to flash for it.
 */
static u32 count_start(void)
{
	u32 n = GSTATUS3 ^ COUNTING;

	if (n > 0xff)
		n = 0;
	GSTATUS3 = COUNTING | (n < 0xff ? n + 1 : n);
	return n;
}

/* The kernel that is to be started, or where it is bad the other one. */
static u32 choose(struct state *s)
{
	u32 entry;

	count_try(s);
	if (s->confirmed && count_start() / STARTS == 1) {
		say("this system does not come to run: ");
		put(s->slot ? "b\n" : "a\n");
		s->slot ^= 1;
		s->reason = REASON_STARTS;
	}
	entry = kernel_load(s->slot);
	if (entry)
		return entry;
	say("this kernel is bad: ");
	put(s->slot ? "b\n" : "a\n");
	s->slot ^= 1;
	s->confirmed = 1;
	s->reason = REASON_CHECKSUM;
	entry = kernel_load(s->slot);
	if (!entry)
		say("and so is the other one: nothing can be started\n");
	return entry;
}

void stage2(void)
{
	struct state s;
	u32 entry = 0;

	panel_splash();
	say("splash\n");
	caches_on((u32 *)TABLE);
	nand_init();
	state_read(&s);
	if (recovery_wanted())
		entry = recovery(&s);
	if (!entry)
		entry = choose(&s);
	while (!entry)
		entry = recovery(&s);
	write_tags(s.slot, s.reason, !s.confirmed);
	say("kernel ");
	put(s.slot ? "b\n" : "a\n");
	if (!s.confirmed)
		watch();
	start_kernel(entry, MACHINE, ATAGS);
}
