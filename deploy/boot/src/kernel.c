#include "common.h"
#include "inflate.h"
#include "kernel.h"
#include "layout.h"
#include "lz4.h"
#include "nand.h"
#include "slot.h"

#define LIMIT (KERNEL_PART_MAX - PAGE)
#define ROOM 0x1000000	/* for what is unpacked, and less than up to KERNEL */

_Static_assert(KERNEL_PART_MAX == (KERNEL_B - KERNEL_A) * BLOCK, "slot a");
_Static_assert(KERNEL_PART_MAX == (KERNEL_END - KERNEL_B) * BLOCK, "slot b");
_Static_assert(KERNEL_PART == KERNEL - PAGE, "the page before the kernel");

static union {
	struct slot slot;
	u32 words[PAGE / 4];
} head;

static int head_good(void)
{
	return head.slot.magic == SLOT_MAGIC && head.slot.length <= LIMIT &&
	       !head.slot.text[sizeof(head.slot.text) - 1] && crc32(0, &head, PAGE - 4) == head.slot.head_crc;
}

/* Unpacks what lies at KERNEL; 0: it is damaged, or packed in another way. */
static int unpacked(void)
{
	const u8 *packed = (const u8 *)(KERNEL + 4);
	u32 size = *(const u32 *)KERNEL, length = head.slot.length - 4;

	if (head.slot.length < 4 || size > ROOM)
		return 0;
	if (head.slot.version == SLOT_PACKED)
		return lz4_unpack(packed, length, (u8 *)UNPACKED, size);
	if (head.slot.version != SLOT_DEFLATED || !inflate(packed, length, (u8 *)UNPACKED, size))
		return 0;
	calls_relative((u32 *)UNPACKED, size / 4);
	return 1;
}

/* Where to start what lies at KERNEL; 0: it can't be. */
static u32 unpack(void)
{
	if (head.slot.version == SLOT_PLAIN)
		return KERNEL;
	return unpacked() ? UNPACKED : 0;
}

static void open(struct reader *r, u32 slot, int lenient)
{
	if (slot)
		reader_open(r, KERNEL_B, KERNEL_END, lenient);
	else
		reader_open(r, KERNEL_A, KERNEL_B, lenient);
}

/*
 * Reads a slot to the addresses that it is for; 0: it is not as it was written. A page
 * that is lost may have lost its code alone, which whoever wrote it did not see: the
 * checksum tells.
 */
static int read(struct reader *r)
{
	u8 *to = (u8 *)KERNEL;
	u32 crc = 0, left, size;

	if (!reader_page(r, &head) || !head_good())
		return 0;
	for (left = head.slot.length; left; left -= size) {
		size = left < PAGE ? left : PAGE;
		if (!reader_page(r, to))
			return 0;
		crc = crc32(crc, to, size);
		to += PAGE;
	}
	if (r->corrected || r->lost) {
		say("bits corrected: ");
		put_number(r->corrected);
		put(", pages lost: ");
		put_number(r->lost);
		put("\n");
	}
	return crc == head.slot.crc;
}

u32 kernel_load(u32 slot)
{
	struct reader r;
	int lenient = 0;

	do {
		open(&r, slot, lenient);
		if (read(&r))
			return unpack();
	} while (r.doubtful && !lenient++);
	return 0;
}

u32 kernel_check(u32 size)
{
	const u32 *from = (const u32 *)KERNEL_PART;
	u32 i;

	if (size < PAGE)
		return 0;
	for (i = 0; i < PAGE / 4; i++)
		head.words[i] = from[i];
	if (!head_good() || head.slot.length > size - PAGE ||
	    crc32(0, (const void *)KERNEL, head.slot.length) != head.slot.crc)
		return 0;
	return unpack();
}

static int same(const u32 *a, const u32 *b)
{
	u32 i;

	for (i = 0; i < PAGE / 4; i++)
		if (a[i] != b[i])
			return 0;
	return 1;
}

int kernel_store(u32 slot)
{
	static u32 page[PAGE / 4];
	const u8 *from = (const u8 *)KERNEL_PART, *end = from + PAGE + ((head.slot.length + PAGE - 1) & -PAGE);
	struct reader r;

	open(&r, slot, 0);
	if (!nand_fill(r.page / BLOCK_PAGES, r.end / BLOCK_PAGES, from, end - from))
		return 0;
	for (; from < end; from += PAGE)
		if (!reader_page(&r, page) || !same(page, (const u32 *)from))
			return 0;
	return !r.lost;
}

const char *kernel_text(void)
{
	return head.slot.text;
}
