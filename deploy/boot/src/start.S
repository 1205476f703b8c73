/*
 * The first instructions: the chip has copied 4 KB of the flash to address 0,
 * and runs at 12 MHz without memory.
 */
	.section .start, "ax"
	.arm
	.global _start
_start:
	b	reset
	b	.		/* nothing is expected here */
	b	.
	b	.
	b	.
	b	.
	b	.
	b	.

reset:
	mov	r0, #0xd3		/* supervisor, no interrupts */
	msr	cpsr_c, r0
	mov	r0, #0x53000000		/* the watchdog runs after a reset */
	mov	r1, #0
	str	r1, [r0]
	mov	r0, #0x4a000000
	mvn	r1, #0
	str	r1, [r0, #0x08]		/* INTMSK */
	ldr	r1, =0x7ff
	str	r1, [r0, #0x1c]		/* INTSUBMSK */

	/*
	 * FCLK 202.8 MHz, HCLK a half, PCLK a quarter. The core has to leave
	 * the fast bus mode before it may differ from the bus. The PLL for USB
	 * comes first, and the other not before seven instructions.
	 */
	mov	r0, #0x4c000000
	ldr	r1, =0x00ffffff
	str	r1, [r0, #0x00]		/* LOCKTIME */
	mov	r1, #3
	str	r1, [r0, #0x14]		/* CLKDIVN */
	mrc	p15, 0, r1, c1, c0, 0
	orr	r1, r1, #0xc0000000	/* asynchronous */
	orr	r1, r1, #0x1000		/* and with the cache for instructions */
	mcr	p15, 0, r1, c1, c0, 0
	ldr	r1, =0x00078023
	str	r1, [r0, #0x08]		/* UPLLCON: 48 MHz */
	nop
	nop
	nop
	nop
	nop
	nop
	nop
	ldr	r1, =0x000a1031
	str	r1, [r0, #0x04]		/* MPLLCON: 161, 3, 1 */

	mov	r0, #0x48000000
	adr	r1, memory
	add	r2, r1, #52
1:	ldr	r3, [r1], #4
	str	r3, [r0], #4
	cmp	r1, r2
	bne	1b

	ldr	sp, =0x33df0000
	bl	stage1
	b	.

	.ltorg
	/*
	 * The memory controller: bank 3 (Ethernet) of 16 bits that waits, banks
	 * 6 and 7 SDRAM of 32 bits with 9 bits of column, refreshed every 7.8 us
	 * at 101.4 MHz, CAS latency 3, 64 MB.
	 */
memory:
	.word	0x2211d120, 0x700, 0x700, 0x700, 0x1f7c, 0x700, 0x700
	.word	0x18005, 0x18005, 0x8e04ea, 0xb1, 0x30, 0x30
