#ifndef INFLATE_H
#define INFLATE_H

#include "s3c2410.h"

/*
 * Unpacks deflated data (RFC 1951), which begins at a word, into a room that it
 * fills; 0: it is none, or of another size.
 */
int inflate(const u8 *in, u32 size, u8 *out, u32 room);

/*
 * Makes the addresses in calls (BL) relative again. They were made absolute,
 * counted from the start of the code, so that calls of one function are alike.
 */
void calls_relative(u32 *code, u32 words);

#endif
