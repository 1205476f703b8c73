/*
 * LZ4 blocks: a token with two lengths, literals, how far back a match begins;
 * a block ends with literals.
 */
#include "lz4.h"

#pragma GCC optimize("O2") /* it takes most of the loader's time */

/*
 * From one byte to the next: a match may reach into what it makes. The first of
 * the rounds of eight begins in the middle. N is not 0.
 */
static inline u8 *copy(u8 *to, const u8 *from, u32 n)
{
	u8 *end = to + n;

	to -= -n & 7;
	from -= -n & 7;
	switch (n & 7) {
		do {
	case 0:
			to[0] = from[0];
			/* fall through */
	case 7:
			to[1] = from[1];
			/* fall through */
	case 6:
			to[2] = from[2];
			/* fall through */
	case 5:
			to[3] = from[3];
			/* fall through */
	case 4:
			to[4] = from[4];
			/* fall through */
	case 3:
			to[5] = from[5];
			/* fall through */
	case 2:
			to[6] = from[6];
			/* fall through */
	case 1:
			to[7] = from[7];
			to += 8;
			from += 8;
		} while (to < end);
	}
	return to;
}

/* A length of 15 goes on in bytes of which the last is below 255. */
static inline u32 length(u32 n, const u8 **in, const u8 *end)
{
	u32 more = 255;

	if (n == 15)
		while (more == 255 && *in < end) {
			more = *(*in)++;
			n += more;
		}
	return n;
}

int lz4_unpack(const u8 *in, u32 size, u8 *out, u32 room)
{
	const u8 *end = in + size;
	u8 *first = out, *last = out + room;

	while (in < end) {
		u32 token = *in++, n = length(token >> 4, &in, end), back;

		if (n > (u32)(end - in) || n > (u32)(last - out))
			return 0;
		if (n)
			out = copy(out, in, n);
		in += n;
		if (in == end)
			return out == last;
		if (end - in < 2)
			return 0;
		back = in[0] | in[1] << 8;
		in += 2;
		n = length(token & 15, &in, end) + 4;
		if (!back || back > (u32)(out - first) || n > (u32)(last - out))
			return 0;
		out = copy(out, out - back, n);
	}
	return 0;
}
