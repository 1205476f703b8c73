/*
 * What lies at the start of a part of the flash that is loaded: a page, little
 * endian, written by the package that makes the images.
 */
#ifndef SLOT_H
#define SLOT_H

#include "s3c2410.h"

#define SLOT_MAGIC 0x544c4e4c /* "LNLT" */

struct slot {
	u32 magic;
	u32 length;	/* of what follows in the next page */
	u32 crc;	/* CRC-32 of that */
	u32 version;	/* how it is stored, one of these: */
#define SLOT_PLAIN 1
#define SLOT_PACKED 3	/* the unpacked length, deflated code with absolute calls */
	char text[492];	/* the kernel's command line, ends with a zero byte */
	u32 head_crc;	/* CRC-32 of this page before it */
};

#endif
