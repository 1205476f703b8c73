#ifndef COPY_H
#define COPY_H

#include "s3c2410.h"

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

#endif
