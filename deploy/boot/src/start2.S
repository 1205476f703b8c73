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

/* start_kernel(entry, machine, atags): caches empty and off, as it wants them. */
start_kernel:
	mov	r3, r0
	mov	r4, #0
	mcr	p15, 0, r4, c7, c7, 0
	mrc	p15, 0, r5, c1, c0, 0
	bic	r5, r5, #0x1000
	bic	r5, r5, #0x0005
	mcr	p15, 0, r5, c1, c0, 0
	mov	r0, #0
	bx	r3
