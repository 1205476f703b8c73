/* Where the parts lie, in blocks; a test compares it with the board's table. */
#ifndef LAYOUT_H
#define LAYOUT_H

#define STAGE2_A 1
#define STAGE2_B 8
#define STAGE2_END 16
#define PARAMS 16
#define PARAMS_END 32
#define KERNEL_A 32
#define KERNEL_B 256
#define KERNEL_END 480

#endif
