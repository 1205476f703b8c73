#include "common.h"
#include "layout.h"
#include "nand.h"
#include "state.h"

static u32 page_buffer[PAGE / 4];
static u32 last_page;	/* of the record that counts; 0: none */

static int valid(const struct state *s)
{
	return s->magic == STATE_MAGIC && s->slot < 2 && crc32(0, s, sizeof(*s) - 4) == s->crc;
}

static void copy(struct state *to, const void *from)
{
	const u32 *f = from;
	u32 *t = (u32 *)to, i;

	for (i = 0; i < sizeof(*to) / 4; i++)
		t[i] = f[i];
}

static int is_empty(const u32 *words)
{
	u32 i;

	for (i = 0; i < PAGE / 4; i++)
		if (words[i] != 0xffffffff)
			return 0;
	return 1;
}

/*
 * Looks at the pages of a block until there is an empty one. A page whose code can't
 * correct it is taken as it is, for so the running system has it, and both have to
 * find the same; a record has a checksum of its own.
 */
static void read_block(u32 block, struct state *best)
{
	u32 page;

	for (page = block * BLOCK_PAGES; page < (block + 1) * BLOCK_PAGES; page++) {
		struct state s;

		nand_read(page, page_buffer);
		if (is_empty(page_buffer))
			return;
		copy(&s, page_buffer);
		if (valid(&s) && s.number > best->number) {
			*best = s;
			last_page = page;
		}
	}
}

void state_read(struct state *s)
{
	static const struct state none = { STATE_MAGIC, 0, 0, 1, 0, REASON_NONE, 0, 0 };
	u32 block;

	*s = none;
	last_page = 0;
	for (block = PARAMS; block < PARAMS_END; block++)
		read_block(block, s);
}

/*
 * Erases the good block behind another one and returns its first page; 0: there is
 * none but that of the record that counts, which has to stay.
 */
static u32 next_block(u32 block)
{
	u32 n;

	for (n = PARAMS; n < PARAMS_END; n++) {
		block = block + 1 < PARAMS_END ? block + 1 : PARAMS;
		if (last_page && block == last_page / BLOCK_PAGES)
			return 0;
		if (nand_bad(block))
			continue;
		if (nand_erase(block))
			return block * BLOCK_PAGES;
		nand_mark(block);
	}
	return 0;
}

/* Says whether a page, which is read into the buffer, is empty. */
static int page_empty(u32 page)
{
	nand_read(page, page_buffer);
	return is_empty(page_buffer);
}

/* Writes a record onto an empty page, and reads it again. */
static int write_page(u32 page, const struct state *s)
{
	struct state again;

	copy((struct state *)page_buffer, s);
	if (!nand_write(page, page_buffer) || nand_read(page, page_buffer) < 0)
		return 0;
	copy(&again, page_buffer);
	return valid(&again) && again.number == s->number;
}

int state_write(struct state *s)
{
	u32 page = last_page ? last_page + 1 : PARAMS_END * BLOCK_PAGES, blocks = PARAMS_END - PARAMS;

	s->magic = STATE_MAGIC;
	s->number++;
	s->unused = 0;
	s->crc = crc32(0, s, sizeof(*s) - 4);
	for (;;) {
		if (page % BLOCK_PAGES == 0)
			page = blocks-- ? next_block(page / BLOCK_PAGES - 1) : 0;
		if (!page)
			return 0;
		if (!page_empty(page)) {
			page++;
			continue;
		}
		if (write_page(page, s)) {
			last_page = page;
			return 1;
		}
		/* It may be empty still, and then nobody looks behind it. */
		page = (page / BLOCK_PAGES + 1) * BLOCK_PAGES;
	}
}
