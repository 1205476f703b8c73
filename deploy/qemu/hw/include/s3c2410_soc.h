/*
 * Samsung S3C2410: what a board makes of it
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HW_ARM_S3C2410_SOC_H
#define HW_ARM_S3C2410_SOC_H

#include "hw/sysbus.h"
#include "target/arm/cpu.h"
#include "hw/arm/s3c2410.h"

OBJECT_DECLARE_SIMPLE_TYPE(S3C2410State, S3C2410)

struct S3C2410State {
    DeviceState parent_obj;
    ARMCPU *cpu;
    DeviceState *intc, *clkpwr, *gpio, *dma, *sdi;
    Object *chip, *codec; /* what the board has on its NAND and IIS lines */
};

#endif
