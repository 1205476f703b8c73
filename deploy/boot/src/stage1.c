/*
 * The first stage: it lies in the first 4 KB of block 0, which the chip copies
 * without correcting anything and the maker of the flash guarantees. It loads
 * the second stage, of which there are two copies.
 */
#include "common.h"
#include "layout.h"
#include "nand.h"
#include "slot.h"

#define LIMIT 0xd0000

static int copy(struct reader *r)
{
	static union {
		struct slot slot;
		u32 words[PAGE / 4];
	} head __attribute__((section(".sdram")));
	u8 *to = (u8 *)STAGE2;
	u32 left;

	if (!reader_page(r, &head) || head.slot.magic != SLOT_MAGIC || head.slot.length > LIMIT)
		return 0;
	for (left = head.slot.length; (int)left > 0; left -= PAGE, to += PAGE)
		if (!reader_page(r, to))
			return 0;
	if (r->corrected) {
		say("bits corrected in the second stage: ");
		put_number(r->corrected);
		put("\n");
	}
	return crc32(0, (void *)STAGE2, head.slot.length) == head.slot.crc;
}

static int load(u32 block, u32 end)
{
	struct reader r;
	int lenient = 0;

	do {
		reader_open(&r, block, end, lenient);
		if (copy(&r))
			return 1;
	} while (r.doubtful && !lenient++);
	return 0;
}

void stage1(void)
{
	clock_init();
	uart_init();
	say("Linnet, first stage\n");
	nand_init();
	if (!load(STAGE2_A, STAGE2_B)) {
		say("the first copy of the second stage is bad\n");
		if (!load(STAGE2_B, STAGE2_END)) {
			say("and so is the other: nothing can be started\n");
			for (;;)
				;
		}
	}
	((void (*)(void))STAGE2)();
}
