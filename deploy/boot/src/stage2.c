/*
 * The second stage: the splash, the choice of a kernel, and its start.
 */
#include "common.h"
#include "layout.h"
#include "lz4.h"
#include "nand.h"
#include "panel.h"
#include "slot.h"
#include "state.h"

#define MACHINE 193
#define LIMIT (KERNEL_B - KERNEL_A) * BLOCK

#define ATAG_NONE 0
#define ATAG_CORE 0x54410001
#define ATAG_MEM 0x54410002
#define ATAG_CMDLINE 0x54410009

#define ROOM 0x1000000	/* for what is unpacked, and less than up to KERNEL */

void caches_on(u32 *table);
void start_kernel(u32 entry, u32 machine, u32 atags);

static union {
	struct slot slot;
	u32 words[PAGE / 4];
} head;

/* Where to start what lies at KERNEL; 0: it can't be. */
static u32 unpack(void)
{
	const u8 *packed = (const u8 *)(KERNEL + 4);
	u32 size = *(const u32 *)KERNEL;

	if (head.slot.version == SLOT_PLAIN)
		return KERNEL;
	if (head.slot.version != SLOT_PACKED || head.slot.length < 4 || size > ROOM ||
	    !lz4_unpack(packed, head.slot.length - 4, (u8 *)UNPACKED, size))
		return 0;
	return UNPACKED;
}

/* Loads a kernel and says where to start it; 0: it is not as it was written. */
static u32 load(u32 slot)
{
	struct reader r;
	u8 *to = (u8 *)KERNEL;
	u32 crc = 0, left, size;

	if (slot)
		reader_open(&r, KERNEL_B, KERNEL_END);
	else
		reader_open(&r, KERNEL_A, KERNEL_B);
	if (!reader_page(&r, &head) || head.slot.magic != SLOT_MAGIC || head.slot.length > LIMIT ||
	    crc32(0, &head, PAGE - 4) != head.slot.head_crc)
		return 0;
	for (left = head.slot.length; left; left -= size) {
		size = left < PAGE ? left : PAGE;
		if (!reader_page(&r, to))
			return 0;
		crc = crc32(crc, to, size);
		to += PAGE;
	}
	if (r.corrected || r.lost) {
		say("bits corrected: ");
		put_number(r.corrected);
		put(", pages lost: ");
		put_number(r.lost);
		put("\n");
	}
	return !r.lost && crc == head.slot.crc ? unpack() : 0;
}

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
	end = append(text, head.slot.text);
	end = append(end, slot ? " linnet.slot=b" : " linnet.slot=a");
	if (reason == REASON_CHECKSUM)
		end = append(end, " linnet.fallback=checksum");
	if (reason == REASON_UNCONFIRMED)
		end = append(end, " linnet.fallback=unconfirmed");
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

/* A kernel that is being tried has one try less; without any it is left. */
static void count_try(struct state *s)
{
	if (s->confirmed)
		return;
	if (s->tries) {
		s->tries--;
	} else {
		say("the new system was not confirmed\n");
		s->slot ^= 1;
		s->confirmed = 1;
		s->reason = REASON_UNCONFIRMED;
	}
	state_write(s);
}

void stage2(void)
{
	struct state s;
	u32 slot, reason, entry;
	int trial;

	panel_splash();
	say("splash\n");
	caches_on((u32 *)TABLE);
	nand_init();
	state_read(&s);
	count_try(&s);
	slot = s.slot;
	reason = s.reason;
	entry = load(slot);
	if (!entry) {
		say("this kernel is bad: ");
		put(slot ? "b\n" : "a\n");
		slot ^= 1;
		reason = REASON_CHECKSUM;
		entry = load(slot);
		if (!entry) {
			say("and so is the other one: nothing can be started\n");
			for (;;)
				;
		}
	}
	trial = !s.confirmed && slot == s.slot;
	write_tags(slot, reason, trial);
	say("kernel ");
	put(slot ? "b\n" : "a\n");
	if (trial)
		watch();
	start_kernel(entry, MACHINE, ATAGS);
}
