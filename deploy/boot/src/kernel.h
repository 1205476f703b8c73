/* The two kernels in flash, and what is made of them in memory. */
#ifndef KERNEL_H
#define KERNEL_H

#include "s3c2410.h"

/*
 * These say where to start a kernel that is as it was made, and make it ready
 * there; 0: it is not. kernel_load reads one from slot 0 or 1, kernel_check takes
 * what lies in memory, so many bytes from KERNEL_PART on.
 */
u32 kernel_load(u32 slot);
u32 kernel_check(u32 size);

/* Where a page with the length and the checksum lies, with the kernel behind it. */
#define KERNEL_PART (KERNEL - 512)
#define KERNEL_PART_MAX (224 * 16384) /* that fits into a slot */

/* Writes what kernel_check has found good to a slot; 0: there it is not good. */
int kernel_store(u32 slot);

/* The command line of the kernel that was loaded or checked last. */
const char *kernel_text(void);

#endif
