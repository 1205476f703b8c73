/* The second stage starts with the stack and the clocks of the first. */
	.section .start, "ax"
	.arm
	.global _start, start_kernel
_start:
	ldr	r0, =__bss_start
	ldr	r1, =__bss_end
	mov	r2, #0
1:	cmp	r0, r1
	strlo	r2, [r0], #4
	blo	1b
	bl	stage2
	b	.

/*
 * caches_on(table): all addresses stay what they are, and memory is cached. The
 * panel reads memory, too, so its picture has to be there before.
 */
	.global caches_on
caches_on:
	ldr	r1, =0xc12		/* a section that anybody may use */
	mov	r2, #0
1:	orr	r3, r1, r2, lsl #20
	sub	r12, r2, #0x300		/* the 64 MB of SDRAM: */
	cmp	r12, #0x40
	orrlo	r3, r3, #0xc		/* cached and written back */
	str	r3, [r0, r2, lsl #2]
	add	r2, r2, #1
	cmp	r2, #0x1000
	bne	1b
	mov	r1, #0
	mcr	p15, 0, r1, c7, c7, 0	/* caches empty */
	mcr	p15, 0, r1, c8, c7, 0	/* and the TLBs */
	mcr	p15, 0, r0, c2, c0, 0
	mvn	r1, #0
	mcr	p15, 0, r1, c3, c0, 0
	mrc	p15, 0, r1, c1, c0, 0
	orr	r1, r1, #0x1000
	orr	r1, r1, #0x0005
	mcr	p15, 0, r1, c1, c0, 0
	nop
	nop
	bx	lr

/* start_kernel(entry, machine, atags): caches empty and off, as it wants them. */
start_kernel:
	mov	r3, r0
	mov	r4, #0
	mov	r5, #0			/* each of 8 segments of 64 lines is written back */
1:	orr	r6, r5, #0x3f << 26
2:	mcr	p15, 0, r6, c7, c14, 2
	subs	r6, r6, #1 << 26
	bcs	2b
	add	r5, r5, #1 << 5
	cmp	r5, #8 << 5
	bne	1b
	mcr	p15, 0, r4, c7, c10, 4	/* and the write buffer */
	mrc	p15, 0, r5, c1, c0, 0
	bic	r5, r5, #0x1000
	bic	r5, r5, #0x0005
	mcr	p15, 0, r5, c1, c0, 0
	nop
	nop
	mcr	p15, 0, r4, c7, c7, 0
	mcr	p15, 0, r4, c8, c7, 0
	mov	r0, #0
	bx	r3
