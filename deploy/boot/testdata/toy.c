/*
 * Stands for a kernel: it prints what it was started with, and halts, or where it is
 * told "again", has the watchdog start the board anew.
 */
typedef unsigned int u32;
#define UFSTAT0 (*(volatile u32 *)0x50000018)
#define UTRSTAT0 (*(volatile u32 *)0x50000010)
#define UTXH0 (*(volatile unsigned char *)0x50000020)
#define WTCON (*(volatile u32 *)0x53000000)
#define WTCNT (*(volatile u32 *)0x53000008)
#define CLKCON (*(volatile u32 *)0x4c00000c)

#define ATAG_CMDLINE 0x54410009

static void put(const char *s);
static int has(const char *text, const char *word);

/* It is first in memory, where the loader jumps to. */
void toy(u32 zero, u32 machine, const u32 *tag)
{
	int again = 0;

	put(zero == 0 && machine == 193 ? "toy: " : "wrong registers: ");
	for (; tag[0]; tag += tag[0])
		if (tag[1] == ATAG_CMDLINE) {
			put((const char *)(tag + 2));
			again = has((const char *)(tag + 2), "again");
		}
	put("\n");
	while (!(UTRSTAT0 & 4))
		;
	if (again) {
		WTCNT = 1;
		WTCON = 1 << 5 | 1;
		for (;;)
			;
	}
	for (;;)
		CLKCON |= 4;
}

static int has(const char *text, const char *word)
{
	int n;

	for (; *text; text++) {
		for (n = 0; word[n] && text[n] == word[n]; n++)
			;
		if (!word[n])
			return 1;
	}
	return 0;
}

static void put(const char *s)
{
	for (; *s; s++) {
		while (UFSTAT0 & (1 << 9))
			;
		UTXH0 = *s;
	}
}
