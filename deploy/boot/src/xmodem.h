/*
 * Files over the serial line: XMODEM with CRC and blocks of 128 or 1024 bytes,
 * as C. Forsberg's "XMODEM/YMODEM Protocol Reference" of 1988 has it.
 */
#ifndef XMODEM_H
#define XMODEM_H

#include "s3c2410.h"

enum {
	XMODEM_SILENT = -1,	/* nobody has sent anything */
	XMODEM_CANCELLED = -2,	/* by the sender */
	XMODEM_BROKEN = -3,	/* by too many errors, one after the other */
	XMODEM_LONG = -4,	/* there is no room for it */
};

/*
 * Waits for a minute for somebody who sends a file. Returns how long it is, up to
 * a multiple of 128 bytes, or one of the above. Nothing behind the room for it is
 * ever written to.
 */
int xmodem_receive(u8 *to, u32 room);

#endif
