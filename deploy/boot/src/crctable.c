#include "common.h"

static u32 table[4][256];

static void make_table(void)
{
	u32 i, t;

	for (i = 0; i < 256; i++) {
		u32 crc = i;
		int bit;

		for (bit = 0; bit < 8; bit++)
			crc = (crc >> 1) ^ (0xedb88320 & -(crc & 1));
		table[0][i] = crc;
	}
	for (t = 1; t < 4; t++)
		for (i = 0; i < 256; i++)
			table[t][i] = (table[t - 1][i] >> 8) ^ table[0][table[t - 1][i] & 255];
}

/* Four bytes at a time. The data begins at a word. */
u32 crc32(u32 crc, const void *data, u32 size)
{
	const u32 *p = data, *end = p + size / 4;
	const u8 *rest = (const u8 *)end, *all = (const u8 *)data + size;

	if (!table[0][1])
		make_table();
	crc = ~crc;
	while (p < end) {
		crc ^= *p++;
		crc = table[3][crc & 255] ^ table[2][(crc >> 8) & 255] ^
		      table[1][(crc >> 16) & 255] ^ table[0][crc >> 24];
	}
	while (rest < all)
		crc = (crc >> 8) ^ table[0][(crc ^ *rest++) & 255];
	return ~crc;
}
