/* The NAND chip: a K9F1208 of 4096 blocks of 32 pages of 512 and 16 bytes. */
#ifndef NAND_H
#define NAND_H

#include "s3c2410.h"

#define PAGE 512
#define SPARE 16
#define BLOCK_PAGES 32
#define BLOCK (BLOCK_PAGES * PAGE)

void nand_init(void);

/*
 * Reads a page, a word-aligned 512 bytes. Returns the number of bits that were
 * corrected, or -1 where there are too many wrong ones.
 */
int nand_read(u32 page, void *to);

/*
 * Says whether a block has the mark of a bad one: anything but ones, as the data
 * sheet and Linux have it. Who writes takes no such block.
 */
int nand_bad(u32 block);

/* Erase a block and write an erased page; they return 0 where that failed. */
int nand_erase(u32 block);
int nand_write(u32 page, const void *from);

/* Gives a block the mark of a bad one. */
void nand_mark(u32 block);

/*
 * A reader of a part of the chip, which skips bad blocks. Where one bit of a mark is
 * turned, nothing tells whether it was so when the part was written, and the block was
 * skipped, or has turned since: a lenient reader takes such a block for a good one. Who
 * finds with neither what a checksum is good for has lost it.
 */
struct reader {
	u32 page, end;	/* the next page, and that behind the part */
	int lenient;
	int doubtful;	/* blocks with such a mark, so far */
	int corrected;	/* bits, so far */
	int lost;	/* pages that could not be corrected */
};

void reader_open(struct reader *r, u32 block, u32 end, int lenient);

/* Reads the next page, and returns 0 at the end of the part. */
int reader_page(struct reader *r, void *to);

/*
 * Writes size bytes, which are whole pages, to a part of the chip.
 * Bad blocks are skipped, and those that turn out to be are marked. Returns 0
 * where there are not enough blocks.
 */
int nand_fill(u32 block, u32 end, const u8 *from, u32 size);

#endif
