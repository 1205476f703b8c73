/* Stands for a kernel: it prints what it was started with, and halts. */
typedef unsigned int u32;
#define UFSTAT0 (*(volatile u32 *)0x50000018)
#define UTRSTAT0 (*(volatile u32 *)0x50000010)
#define UTXH0 (*(volatile unsigned char *)0x50000020)
#define CLKCON (*(volatile u32 *)0x4c00000c)

#define ATAG_CMDLINE 0x54410009

static void put(const char *s);

/* It is first in memory, where the loader jumps to. */
void toy(u32 zero, u32 machine, const u32 *tag)
{
	put(zero == 0 && machine == 193 ? "toy: " : "wrong registers: ");
	for (; tag[0]; tag += tag[0])
		if (tag[1] == ATAG_CMDLINE)
			put((const char *)(tag + 2));
	put("\n");
	while (!(UTRSTAT0 & 4))
		;
	for (;;)
		CLKCON |= 4;
}

static void put(const char *s)
{
	for (; *s; s++) {
		while (UFSTAT0 & (1 << 9))
			;
		UTXH0 = *s;
	}
}
