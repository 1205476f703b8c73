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

/* Looks at the pages of a block until there is an empty one. */
static void read_block(u32 block, struct state *best)
{
	u32 page;

	for (page = block * BLOCK_PAGES; page < (block + 1) * BLOCK_PAGES; page++) {
		struct state s;

		if (nand_read(page, page_buffer) >= 0) {
			if (is_empty(page_buffer))
				return;
			copy(&s, page_buffer);
			if (valid(&s) && s.number > best->number) {
				*best = s;
				last_page = page;
			}
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
		if (!nand_bad(block))
			read_block(block, s);
}

static u32 next_block(u32 block)
{
	do
		block = block + 1 < PARAMS_END ? block + 1 : PARAMS;
	while (nand_bad(block));
	return block;
}

void state_write(struct state *s)
{
	u32 page = last_page ? last_page + 1 : PARAMS * BLOCK_PAGES, tries, i;

	s->magic = STATE_MAGIC;
	s->number++;
	s->unused = 0;
	s->crc = crc32(0, s, sizeof(*s) - 4);
	if (!last_page)
		page = next_block(PARAMS_END - 1) * BLOCK_PAGES;
	for (tries = 0; tries < 4 * BLOCK_PAGES; tries++) {
		if (page % BLOCK_PAGES == 0) {
			if (last_page)
				page = next_block(page / BLOCK_PAGES - 1) * BLOCK_PAGES;
			nand_erase(page / BLOCK_PAGES);
		}
		nand_read(page, page_buffer);
		if (is_empty(page_buffer)) {
			for (i = 0; i < sizeof(*s) / 4; i++)
				page_buffer[i] = ((u32 *)s)[i];
			if (nand_write(page, page_buffer)) {
				last_page = page;
				return;
			}
		}
		page++;
	}
}
