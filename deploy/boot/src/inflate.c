/*
 * Deflated data (RFC 1951). A code of up to FAST bits is looked up by the next
 * bits, all its continuations beside each other; a longer one, which is rare, is
 * read a bit at a time.
 */
#include "inflate.h"

#ifdef __arm__
#pragma GCC optimize("O2", "no-tree-loop-distribute-patterns") /* most of the time goes here; no memset */
#endif

#include "copy.h" /* behind the pragma, which is for it, too */

#define FAST 11
#define LONGEST 15
#define SYMBOLS 288

/*
 * What a code stands for: how many bits it has, how many more follow it, what
 * it is, and in the upper half a literal or where a length or distance begins.
 */
#define LENGTH(e) ((e) & 31)
#define EXTRA(e) ((e) >> 8 & 15)
#define HAS_EXTRA 0xf00
#define VALUE(e) ((e) >> 16)
#define LITERAL 0x8000
#define END 0x4000
#define BAD 0x2000

struct code {
	u32 fast[1 << FAST];	/* 0: it is longer, or none */
	u16 count[LONGEST + 1];	/* of each length */
	u32 sorted[SYMBOLS];	/* without lengths, in the order of the codes */
};

static struct code literals, distances;

struct stream {
	const u16 *in, *end;
	u32 hold, bits;		/* read, and not used yet */
	u32 beyond;		/* bits that are not there, read as zeros */
};

/* Has at least 16 bits, which is more than any code. */
#define FILL(s)							\
	do {							\
		if ((s)->bits < 16) {				\
			if ((s)->in < (s)->end)			\
				(s)->hold |= (u32)*(s)->in++ << (s)->bits; \
			else					\
				(s)->beyond += 16;		\
			(s)->bits += 16;			\
		}						\
	} while (0)

static inline void drop(struct stream *s, u32 n)
{
	s->hold >>= n;
	s->bits -= n;
}

static inline u32 take(struct stream *s, u32 n)
{
	u32 v;

	FILL(s);
	v = s->hold & ((1 << n) - 1);
	drop(s, n);
	return v;
}

static u32 reversed(u32 v, u32 n)
{
	u32 r = 0;

	for (; n; n--, v >>= 1)
		r = r << 1 | (v & 1);
	return r;
}

static const u16 length_base[29] = { 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258 };
static const u8 length_extra[29] = { 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0 };
static const u16 distance_base[30] = { 1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577 };

static u32 plain(u32 symbol)
{
	return symbol << 16;
}

static u32 literal(u32 symbol)
{
	if (symbol < 256)
		return symbol << 16 | LITERAL;
	if (symbol == 256)
		return END;
	if (symbol > 285)
		return BAD;
	return length_base[symbol - 257] << 16 | length_extra[symbol - 257] << 8;
}

static u32 distance(u32 symbol)
{
	if (symbol > 29)
		return BAD;
	return distance_base[symbol] << 16 | (symbol < 4 ? 0 : symbol / 2 - 1) << 8;
}

/* Has each code of up to FAST bits be found by these and all that may follow. */
static void fill_fast(struct code *c)
{
	u32 i, k, len, next = 0;
	const u32 *e = c->sorted;

	for (i = 0; i < 1 << FAST; i++)
		c->fast[i] = 0;
	for (len = 1; len <= FAST; len++, next <<= 1)
		for (k = c->count[len]; k; k--, next++, e++)
			for (i = reversed(next, len); i < 1 << FAST; i += 1 << len)
				c->fast[i] = *e | len;
}

/* Makes a code of its lengths; 0: there are more codes than bits for them. */
static int make_code(struct code *c, const u8 *lengths, u32 n, u32 (*meaning)(u32))
{
	u16 at[LONGEST + 2];
	u32 i, len;
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
			c->sorted[at[lengths[i]]++] = meaning(i);
	fill_fast(c);
	return 1;
}

/* A code that is not in the table, or is none. */
static u32 slow(const struct code *c, u32 hold)
{
	int code = 0, first = 0, index = 0;
	u32 len;

	for (len = 1; len <= LONGEST; len++) {
		code |= hold & 1;
		hold >>= 1;
		if (code - c->count[len] < first)
			return c->sorted[index + code - first] | len;
		index += c->count[len];
		first = (first + c->count[len]) << 1;
		code <<= 1;
	}
	return BAD;
}

static inline u32 symbol(struct stream *s, const struct code *c)
{
	u32 e;

	FILL(s);
	e = c->fast[s->hold & ((1 << FAST) - 1)];
	if (!e)
		e = slow(c, s->hold);
	drop(s, LENGTH(e));
	return e;
}

/* Unpacks a block that is coded, and returns where it ends; 0: it is none. */
static u8 *coded(struct stream *state, const u8 *first, u8 *out, const u8 *end)
{
	struct stream s = *state; /* in registers */

	for (;;) {
		u32 e = symbol(&s, &literals), n, far;

		if (e & LITERAL) {
			if (out == end)
				return 0;
			*out++ = VALUE(e);
			continue;
		}
		if (e & END) {
			*state = s;
			return out;
		}
		n = VALUE(e);
		if (e & HAS_EXTRA)
			n += take(&s, EXTRA(e));
		if (e & BAD)
			return 0;
		e = symbol(&s, &distances);
		far = VALUE(e) + take(&s, EXTRA(e));
		if (e & BAD || far > (u32)(out - first) || n > (u32)(end - out))
			return 0;
		out = copy(out, out - far, n);
	}
}

static int fixed_codes(void)
{
	u8 lengths[SYMBOLS];
	u32 i;

	for (i = 0; i < SYMBOLS; i++)
		lengths[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
	make_code(&literals, lengths, SYMBOLS, literal);
	for (i = 0; i < 30; i++)
		lengths[i] = 5;
	return make_code(&distances, lengths, 30, distance);
}

/* The lengths of both codes lie in the stream by a code of their own. */
static int read_codes(struct stream *s)
{
	static const u8 order[19] = { 16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15 };
	u8 lengths[320];
	u32 n = take(s, 5) + 257, d = take(s, 5) + 1, c = take(s, 4) + 4, i;

	for (i = 0; i < 19; i++)
		lengths[order[i]] = i < c ? take(s, 3) : 0;
	if (n > 286 || d > 30 || !make_code(&literals, lengths, 19, plain))
		return 0;
	for (i = 0; i < n + d;) {
		u32 e = symbol(s, &literals), length = VALUE(e), times = 1;

		if (e & BAD || (length == 16 && !i))
			return 0;
		if (length == 16) {
			length = lengths[i - 1];
			times = 3 + take(s, 2);
		} else if (length > 16) {
			times = length == 17 ? 3 + take(s, 3) : 11 + take(s, 7);
			length = 0;
		}
		if (times > n + d - i)
			return 0;
		while (times--)
			lengths[i++] = length;
	}
	return make_code(&literals, lengths, n, literal) && make_code(&distances, lengths + n, d, distance);
}

/* A block that is stored: what is left of a byte is dropped. */
static u8 *stored(struct stream *s, u8 *out, const u8 *end)
{
	u32 length;

	drop(s, s->bits & 7);
	length = take(s, 16);
	if ((take(s, 16) ^ 0xffff) != length || length > (u32)(end - out))
		return 0;
	while (length--)
		*out++ = take(s, 8);
	return out;
}

int inflate(const u8 *from, u32 size, u8 *to, u32 room)
{
	struct stream s = { (const u16 *)from, (const u16 *)from + (size + 1) / 2, 0, 0, 0 };
	u8 *out = to, *end = to + room;
	u32 last;

	do {
		last = take(&s, 1);
		switch (take(&s, 2)) {
		case 0:
			out = stored(&s, out, end);
			break;
		case 1:
			out = fixed_codes() ? coded(&s, to, out, end) : 0;
			break;
		case 2:
			out = read_codes(&s) ? coded(&s, to, out, end) : 0;
			break;
		default:
			return 0;
		}
		if (!out || s.beyond > s.bits) /* it goes on where nothing is */
			return 0;
	} while (!last);
	return out == end;
}

void calls_relative(u32 *code, u32 words)
{
	u32 *end = code + words, *p;

	for (p = code; p < end; p++)
		if (*p >> 24 == 0xeb)
			*p = 0xeb000000 | ((*p - (p - code) - 2) & 0xffffff);
}
