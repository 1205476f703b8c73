#ifndef LZ4_H
#define LZ4_H

#include "s3c2410.h"

/*
 * Unpacks a block of LZ4 into a room that it fills; 0: it is none, or of
 * another size.
 */
int lz4_unpack(const u8 *in, u32 size, u8 *out, u32 room);

#endif
