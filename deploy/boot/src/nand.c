#include "nand.h"

#define CMD_READ 0x00
#define CMD_READ_SPARE 0x50
#define CMD_RESET 0xff
#define CMD_INPUT 0x80
#define CMD_PROGRAM 0x10
#define CMD_ERASE 0x60
#define CMD_CONFIRM 0xd0
#define CMD_STATUS 0x70

#define CONF 0xf830	/* enabled, not selected; 10, 40 and 10 ns at 101 MHz */
#define SELECT 0xf030
#define START_ECC (1 << 12)
#define MARK 5		/* of a bad block, in the spare bytes */

/*
 * The chip may take 100 ns to say that it is busy, and 60 until it can tell its
 * status: a read over the bus takes 10 at least.
 */
static void settle(void)
{
	u32 n;

	for (n = 0; n < 12; n++)
		(void)NFSTAT;
}

static void wait_ready(void)
{
	settle();
	while (!(NFSTAT & 1))
		;
}

static void address(u32 column, u32 page)
{
	NFADDR = column;
	NFADDR = page;
	NFADDR = page >> 8;
	NFADDR = page >> 16;
}

void nand_init(void)
{
	NFCONF = CONF;
	NFCONF = SELECT;
	NFCMD = CMD_RESET;
	wait_ready();
	NFCONF = CONF;
}

/* Gathers bytes into words: a store of four costs as much as one of one. */
static void transfer(u32 *to, u32 words)
{
	volatile u8 *data = &NFDATA;

	do {
		u32 w = *data;
		w |= *data << 8;
		w |= *data << 16;
		w |= *data << 24;
		*to++ = w;
	} while (--words);
}

/*
 * The ECC has a pair of parities for each bit of the position of a bit. One
 * wrong bit of the data makes exactly one of each pair wrong; one wrong bit of
 * the ECC makes one wrong in all.
 */
static int correct(u8 *data, u32 wrong)
{
	u32 byte = 0, bit = 0, i;

	if (!wrong)
		return 0;
	if (!(wrong & (wrong - 1)))
		return 1;
	if (((wrong ^ (wrong >> 1)) & 0x555555) != 0x555555)
		return -1;
	for (i = 0; i < 9; i++)
		byte |= ((wrong >> (2 * i + 1)) & 1) << i;
	for (i = 0; i < 3; i++)
		bit |= ((wrong >> (2 * i + 19)) & 1) << i;
	data[byte] ^= 1 << bit;
	return 1;
}

int nand_read(u32 page, void *to)
{
	u32 computed, stored;

	NFCONF = SELECT;
	NFCMD = CMD_READ;
	address(0, page);
	wait_ready();
	NFCONF = SELECT | START_ECC;
	transfer(to, PAGE / 4);
	computed = NFECC & 0xffffff;
	stored = NFDATA;
	stored |= NFDATA << 8;
	stored |= NFDATA << 16;
	NFCONF = CONF;
	return correct(to, computed ^ stored);
}

static u8 mark(u32 page)
{
	u8 m;

	NFCONF = SELECT;
	NFCMD = CMD_READ_SPARE;
	address(MARK, page);
	wait_ready();
	m = NFDATA;
	NFCMD = CMD_READ;
	NFCONF = CONF;
	return m;
}

/* The bits of a mark that are not as an erased page has them. */
static u32 turned(u32 page)
{
	return mark(page) ^ 0xff;
}

int nand_bad(u32 block)
{
	return (turned(block * BLOCK_PAGES) | turned(block * BLOCK_PAGES + 1)) != 0;
}

/* Says whether no mark of a block has more than one bit turned. */
static int doubtful(u32 block)
{
	u32 a = turned(block * BLOCK_PAGES), b = turned(block * BLOCK_PAGES + 1);

	return !(a & (a - 1)) && !(b & (b - 1));
}

void reader_open(struct reader *r, u32 block, u32 end, int lenient)
{
	r->page = block * BLOCK_PAGES;
	r->end = end * BLOCK_PAGES;
	r->lenient = lenient;
	r->doubtful = r->corrected = r->lost = 0;
}

static int skips(struct reader *r, u32 block)
{
	if (!nand_bad(block))
		return 0;
	if (!doubtful(block))
		return 1;
	r->doubtful++;
	return !r->lenient;
}

int reader_page(struct reader *r, void *to)
{
	int n;

	while (r->page < r->end && r->page % BLOCK_PAGES == 0 && skips(r, r->page / BLOCK_PAGES))
		r->page += BLOCK_PAGES;
	if (r->page >= r->end)
		return 0;
	n = nand_read(r->page++, to);
	if (n < 0)
		r->lost++;
	else
		r->corrected += n;
	return 1;
}

/* Ends a command that changes the flash. */
static int succeeded(void)
{
	u8 status;

	wait_ready();
	NFCMD = CMD_STATUS;
	settle();
	status = NFDATA;
	NFCONF = CONF;
	return !(status & 1);
}

int nand_erase(u32 block)
{
	u32 page = block * BLOCK_PAGES;

	NFCONF = SELECT;
	NFCMD = CMD_ERASE;
	NFADDR = page;
	NFADDR = page >> 8;
	NFADDR = page >> 16;
	NFCMD = CMD_CONFIRM;
	return succeeded();
}

int nand_write(u32 page, const void *from)
{
	const u8 *p = from, *end = p + PAGE;
	u32 ecc;

	NFCONF = SELECT;
	NFCMD = CMD_READ;
	NFCMD = CMD_INPUT;
	address(0, page);
	NFCONF = SELECT | START_ECC;
	while (p < end)
		NFDATA = *p++;
	ecc = NFECC;
	NFDATA = ecc;
	NFDATA = ecc >> 8;
	NFDATA = ecc >> 16;
	NFCMD = CMD_PROGRAM;
	return succeeded();
}

void nand_mark(u32 block)
{
	NFCONF = SELECT;
	NFCMD = CMD_READ_SPARE;
	NFCMD = CMD_INPUT;
	address(MARK, block * BLOCK_PAGES);
	NFDATA = 0;
	NFCMD = CMD_PROGRAM;
	succeeded();
}

static int fill_block(u32 block, const u8 *from, u32 size)
{
	u32 page = block * BLOCK_PAGES;
	const u8 *end = from + size;

	if (!nand_erase(block))
		return 0;
	for (; from < end; from += PAGE)
		if (!nand_write(page++, from))
			return 0;
	return 1;
}

int nand_fill(u32 block, u32 end, const u8 *from, u32 size)
{
	for (; size && block < end; block++) {
		u32 n = size < BLOCK ? size : BLOCK;

		if (nand_bad(block))
			continue;
		if (!fill_block(block, from, n)) {
			nand_mark(block);
			continue;
		}
		from += n;
		size -= n;
	}
	return !size;
}
