/*
 * Which kernel is to be started: records of a page in the part "params", of
 * which the valid one with the highest number counts. Who looks for it stops at
 * the first empty page of each block, and looks at those with the mark of a bad one,
 * too: a bit of it may have turned since, and then the loader and Linux have to find
 * the same. A new one goes to the next page that is
 * empty, or where that does not take it to another block, and a block is erased
 * only when a record in another one counts. So a power cut leaves the old record
 * or the new one.
 */
#ifndef STATE_H
#define STATE_H

#include "s3c2410.h"

#define STATE_MAGIC 0x53424e4c /* "LNBS" */

enum reason { REASON_NONE, REASON_CHECKSUM, REASON_UNCONFIRMED, REASON_STARTS };

struct state {
	u32 magic;
	u32 number;
	u32 slot;	/* 0 or 1 */
	u32 confirmed;	/* it has run as it should */
	u32 tries;	/* how often it may still be started without that */
	u32 reason;	/* why the slot was left for the other one */
	u32 unused;
	u32 crc;
};

/* Reads what counts; without any record slot 0 does. */
void state_read(struct state *s);

/*
 * Writes a record; its number and CRC are put in. Returns 0 where no page takes it;
 * then the one before counts.
 */
int state_write(struct state *s);

#endif
