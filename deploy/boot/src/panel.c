#include "panel.h"
#include "s3c2410.h"

#define WIDTH 240
#define HEIGHT 320

/* Pairs of a length and a colour; a length of 0 ends. */
extern const u16 splash[];

static void unpack(u16 *to)
{
	const u16 *run;

	for (run = splash; run[0]; run += 2) {
		u16 *end = to + run[0];

		while (to < end)
			*to++ = run[1];
	}
}

/* The timings are those of the board's file in the kernel. */
void panel_splash(void)
{
	unpack((u16 *)FRAME);
	GPCUP = 0xffff;
	GPCCON = 0xaaaaaaaa;
	GPDUP = 0xffff;
	GPDCON = 0xaaaaaaaa;
	LPCSEL = (0xce6 & ~7) | 0x10;
	TPAL = 0;
	LCDCON1 = 8 << 8 | 3 << 5 | 12 << 1;
	LCDCON2 = 7 << 24 | (HEIGHT - 1) << 14 | 6 << 6 | 3;
	LCDCON3 = 7 << 19 | (WIDTH - 1) << 8 | 19;
	LCDCON4 = 3;
	LCDCON5 = 1 << 11 | 1 << 9 | 1 << 8 | 1 << 3 | 1;
	LCDSADDR1 = FRAME >> 1;
	LCDSADDR2 = ((FRAME + WIDTH * HEIGHT * 2) >> 1) & 0x1fffff;
	LCDSADDR3 = WIDTH;
	LCDCON1 |= 1;
}
