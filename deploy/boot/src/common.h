#ifndef COMMON_H
#define COMMON_H

#include "s3c2410.h"

void uart_init(void);
void put_char(char c);
void put(const char *s);
void put_number(u32 v);

/* Starts a line with the time. */
void say(const char *what);

/* The next byte of the serial line; -1: none came for ms, which is below 5000. */
int get_char(u32 ms);

/* Milliseconds since the first stage began, for five seconds. */
void clock_init(void);
u32 clock_ms(void);

/* CRC-32 as in Ethernet and zip; the first time crc is 0. */
u32 crc32(u32 crc, const void *data, u32 size);

#endif
