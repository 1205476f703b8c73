#include "common.h"

/* A bit at a time: the first stage has no room for a table. */
u32 crc32(u32 crc, const void *data, u32 size)
{
	const u8 *p = data, *end = p + size;
	int bit;

	crc = ~crc;
	while (p < end) {
		crc ^= *p++;
		for (bit = 0; bit < 8; bit++)
			crc = (crc >> 1) ^ (0xedb88320 & -(crc & 1));
	}
	return ~crc;
}
