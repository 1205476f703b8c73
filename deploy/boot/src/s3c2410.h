/* Registers of the S3C2410 that the loader uses, and the memory map. */
#ifndef S3C2410_H
#define S3C2410_H

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;

#define REG(a) (*(volatile u32 *)(a))
#define REG8(a) (*(volatile u8 *)(a))

#define WTCON REG(0x53000000)
#define WTDAT REG(0x53000004)
#define WTCNT REG(0x53000008)
#define INTMSK REG(0x4a000008)
#define INTSUBMSK REG(0x4a00001c)
#define MEMCTL 0x48000000

#define LOCKTIME REG(0x4c000000)
#define MPLLCON REG(0x4c000004)
#define UPLLCON REG(0x4c000008)
#define CLKDIVN REG(0x4c000014)

#define ULCON0 REG(0x50000000)
#define UCON0 REG(0x50000004)
#define UFCON0 REG(0x50000008)
#define UTRSTAT0 REG(0x50000010)
#define UFSTAT0 REG(0x50000018)
#define UTXH0 REG8(0x50000020)
#define URXH0 REG8(0x50000024)
#define UBRDIV0 REG(0x50000028)

#define TCFG0 REG(0x51000000)
#define TCFG1 REG(0x51000004)
#define TCON REG(0x51000008)
#define TCNTB4 REG(0x5100003c)
#define TCNTO4 REG(0x51000040)

#define GPBCON REG(0x56000010)
#define GPBDAT REG(0x56000014)
#define GPCCON REG(0x56000020)
#define GPCUP REG(0x56000028)
#define GPDCON REG(0x56000030)
#define GPDUP REG(0x56000038)
#define GPFCON REG(0x56000050)
#define GPFDAT REG(0x56000054)
#define GPGCON REG(0x56000060)
#define GPGDAT REG(0x56000064)
#define GPHCON REG(0x56000070)
#define GPHUP REG(0x56000078)
#define GSTATUS3 REG(0x560000b8) /* what it holds outlives a reset by the watchdog */

#define NFCONF REG(0x4e000000)
#define NFCMD REG8(0x4e000004)
#define NFADDR REG8(0x4e000008)
#define NFDATA REG8(0x4e00000c)
#define NFSTAT REG8(0x4e000010)
#define NFECC REG(0x4e000014)

#define LCDCON1 REG(0x4d000000)
#define LCDCON2 REG(0x4d000004)
#define LCDCON3 REG(0x4d000008)
#define LCDCON4 REG(0x4d00000c)
#define LCDCON5 REG(0x4d000010)
#define LCDSADDR1 REG(0x4d000014)
#define LCDSADDR2 REG(0x4d000018)
#define LCDSADDR3 REG(0x4d00001c)
#define TPAL REG(0x4d000050)
#define LPCSEL REG(0x4d000060)

/* 64 MB of SDRAM; the kernel is put where its own decompressor wants it. */
#define SDRAM 0x30000000
#define ATAGS (SDRAM + 0x100)
#define KERNEL (SDRAM + 0x2000000) /* and before it the page with its length and checksum */
#define UNPACKED (SDRAM + 0x8000)
#define TABLE (SDRAM + 0x3f00000) /* of the MMU, 16 KB */
#define STAGE2 (SDRAM + 0x3e00000) /* also in the linker's script */
#define FRAME (SDRAM + 0x3fc0000) /* the kernel, which takes it over, is not told of what follows */

#endif
