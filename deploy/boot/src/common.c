#include "common.h"

void uart_init(void)
{
	GPHCON = (GPHCON & ~0xf0) | 0xa0;	/* TXD0, RXD0 */
	GPHUP |= 0x0c;
	UFCON0 = 0x07;		/* FIFOs, emptied */
	ULCON0 = 0x03;		/* 8N1 */
	UCON0 = 0x05;
	UBRDIV0 = 27;		/* 115200 of 50.7 MHz */
}

void put_char(char c)
{
	while (UFSTAT0 & (1 << 9))
		;
	UTXH0 = c;
}

void put(const char *s)
{
	for (; *s; s++) {
		if (*s == '\n')
			put_char('\r');
		put_char(*s);
	}
}

/* Timer 4 counts down from 65535, at PCLK / 256 / 16, and again after five seconds. */
void clock_init(void)
{
	TCFG0 = 255 << 8;
	TCFG1 = 3 << 16;
	TCNTB4 = 0xffff;
	TCON = 2 << 20;
	TCON = 5 << 20;
}

/* 1000/12378 is 21178/2^18. */
static u32 since(u32 start)
{
	return (((start - TCNTO4) & 0xffff) * 21178) >> 18;
}

u32 clock_ms(void)
{
	return since(0xffff);
}

int get_char(u32 ms)
{
	u32 start = TCNTO4;

	while (!(UFSTAT0 & 0x10f))
		if (since(start) > ms)
			return -1;
	return URXH0;
}

void put_number(u32 v)
{
	static const u32 powers[] = { 100000000, 10000000, 1000000, 100000, 10000, 1000, 100, 10, 1 };
	int i, seen = 0;

	for (i = 0; i < 9; i++) {
		char digit = '0';

		while (v >= powers[i]) {
			v -= powers[i];
			digit++;
		}
		seen |= digit != '0' || i == 8;
		if (seen)
			put_char(digit);
	}
}

void say(const char *what)
{
	put("boot: ");
	put_number(clock_ms());
	put(" ms: ");
	put(what);
}
