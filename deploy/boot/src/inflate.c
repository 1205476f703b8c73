/*
 * Deflated data (RFC 1951). A code of up to FAST bits is looked up by the next
 * bits, all its continuations beside each other; a longer one, which is rare, is
 * read a bit at a time.
 */
#include "inflate.h"

#define FAST 10
#define LONGEST 15
#define SYMBOLS 288

struct code {
	u16 fast[1 << FAST];	/* length << 9 | symbol; 0: it is longer */
	u16 count[LONGEST + 1];	/* of each length */
	u16 symbol[SYMBOLS];	/* in the order of the codes */
};

static struct code literals, distances;

static const u8 *in, *in_end;
static u32 hold, bits;		/* read, and not used yet */

/*
 * Has at least 25 bits, at the end zeros: those fill the room as literals, or
 * are a stored block with a wrong length.
 */
static void fill(void)
{
	while (bits <= 24) {
		if (in < in_end)
			hold |= (u32)*in++ << bits;
		bits += 8;
	}
}

static u32 take(u32 n)
{
	u32 v;

	fill();
	v = hold & ((1 << n) - 1);
	hold >>= n;
	bits -= n;
	return v;
}

static u32 reversed(u32 v, u32 n)
{
	u32 r = 0;

	for (; n; n--, v >>= 1)
		r = r << 1 | (v & 1);
	return r;
}

/* Makes a code of its lengths; 0: there are more codes than bits for them. */
static int make_code(struct code *c, const u8 *lengths, u32 n)
{
	u16 at[LONGEST + 2];
	u32 i, len, next = 0;
	int left = 1;

	for (i = 0; i <= LONGEST; i++)
		c->count[i] = 0;
	for (i = 0; i < n; i++)
		c->count[lengths[i]]++;
	c->count[0] = 0;
	at[1] = 0;
	for (len = 1; len <= LONGEST; len++) {
		left = left * 2 - c->count[len];
		if (left < 0)
			return 0;
		at[len + 1] = at[len] + c->count[len];
	}
	for (i = 0; i < n; i++)
		if (lengths[i])
			c->symbol[at[lengths[i]]++] = i;
	for (i = 0; i < 1 << FAST; i++)
		c->fast[i] = 0;
	for (len = 1, i = 0; len <= FAST; len++, next <<= 1) {
		u32 k;

		for (k = 0; k < c->count[len]; k++, next++) {
			u32 slot = reversed(next, len);

			for (; slot < 1 << FAST; slot += 1 << len)
				c->fast[slot] = len << 9 | c->symbol[i];
			i++;
		}
	}
	return 1;
}

/* A code that is not in the table, or is none: -1. */
static int slow_symbol(const struct code *c)
{
	int code = 0, first = 0, index = 0;
	u32 len;

	for (len = 1; len <= LONGEST; len++) {
		code |= (hold >> (len - 1)) & 1;
		if (code - c->count[len] < first) {
			hold >>= len;
			bits -= len;
			return c->symbol[index + code - first];
		}
		index += c->count[len];
		first = (first + c->count[len]) << 1;
		code <<= 1;
	}
	return -1;
}

static inline int symbol(const struct code *c)
{
	u32 e;

	if (bits < LONGEST)
		fill();
	e = c->fast[hold & ((1 << FAST) - 1)];
	if (!e)
		return slow_symbol(c);
	hold >>= e >> 9;
	bits -= e >> 9;
	return e & 511;
}

static const u16 length_base[29] = { 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258 };
static const u8 length_bits[29] = { 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0 };
static const u16 distance_base[30] = { 1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577 };
static const u8 distance_bits[30] = { 0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13 };

/* Unpacks a block that is coded, and returns where it ends; 0: it is none. */
static u8 *coded(u8 *start, u8 *out, u8 *end)
{
	for (;;) {
		int s = symbol(&literals);
		u32 length, far;
		const u8 *from;

		if (s < 256) {
			if (s < 0 || out == end)
				return 0;
			*out++ = s;
			continue;
		}
		if (s == 256)
			return out;
		if (s > 285)
			return 0;
		length = length_base[s - 257] + take(length_bits[s - 257]);
		s = symbol(&distances);
		if (s < 0 || s > 29)
			return 0;
		far = distance_base[s] + take(distance_bits[s]);
		if (far > (u32)(out - start) || length > (u32)(end - out))
			return 0;
		from = out - far;
		do
			*out++ = *from++;
		while (--length);
	}
}

static int fixed_codes(void)
{
	u8 lengths[SYMBOLS];
	u32 i;

	for (i = 0; i < SYMBOLS; i++)
		lengths[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
	make_code(&literals, lengths, SYMBOLS);
	for (i = 0; i < 30; i++)
		lengths[i] = 5;
	return make_code(&distances, lengths, 30);
}

static int read_codes(void)
{
	static const u8 order[19] = { 16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15 };
	u8 lengths[320];
	u32 n = take(5) + 257, d = take(5) + 1, c = take(4) + 4, i;

	for (i = 0; i < 19; i++)
		lengths[order[i]] = i < c ? take(3) : 0;
	if (n > 286 || d > 30 || !make_code(&literals, lengths, 19))
		return 0;
	for (i = 0; i < n + d;) {
		int s = symbol(&literals);
		u32 times = 1, length = s;

		if (s < 0 || (s == 16 && !i))
			return 0;
		if (s == 16) {
			length = lengths[i - 1];
			times = 3 + take(2);
		} else if (s > 16) {
			length = 0;
			times = s == 17 ? 3 + take(3) : 11 + take(7);
		}
		if (times > n + d - i)
			return 0;
		while (times--)
			lengths[i++] = length;
	}
	return make_code(&literals, lengths, n) && make_code(&distances, lengths + n, d);
}

/* A block that is stored: what is left of a byte is dropped. */
static u8 *stored(u8 *out, u8 *end)
{
	u32 length;

	take(bits & 7);
	length = take(16);
	if ((take(16) ^ 0xffff) != length || length > (u32)(end - out))
		return 0;
	while (length--)
		*out++ = take(8);
	return out;
}

int inflate(const u8 *from, u32 size, u8 *to, u32 room)
{
	u8 *out = to;
	u32 last;

	in = from;
	in_end = from + size;
	hold = bits = 0;
	do {
		last = take(1);
		switch (take(2)) {
		case 0:
			out = stored(out, to + room);
			break;
		case 1:
			out = fixed_codes() ? coded(to, out, to + room) : 0;
			break;
		case 2:
			out = read_codes() ? coded(to, out, to + room) : 0;
			break;
		default:
			return 0;
		}
		if (!out)
			return 0;
	} while (!last);
	return out == to + room;
}

void calls_relative(u32 *code, u32 words)
{
	u32 i;

	for (i = 0; i < words; i++)
		if (code[i] >> 24 == 0xeb)
			code[i] = 0xeb000000 | ((code[i] - i - 2) & 0xffffff);
}
