/*
 * LZ4 blocks: a token with two lengths, literals, how far back a match begins;
 * a block ends with literals.
 */
#include "lz4.h"

#pragma GCC optimize("O2") /* it takes most of the loader's time */

#include "copy.h" /* behind the pragma, which is for it, too */

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
