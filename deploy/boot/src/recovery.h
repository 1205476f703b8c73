/*
 * Recovery over the serial line, for a board of which no kernel starts: one is
 * received, checked, written to its slot and started.
 */
#ifndef RECOVERY_H
#define RECOVERY_H

#include "s3c2410.h"
#include "state.h"

/* Says whether the key is held that asks for it: "down". */
int recovery_wanted(void);

/*
 * Asks for a kernel and returns where to start it. Then the record tells which
 * slot it is for, and that slot is to be started from now on. Returns 0 where
 * nobody answers for a minute.
 */
u32 recovery(struct state *s);

#endif
