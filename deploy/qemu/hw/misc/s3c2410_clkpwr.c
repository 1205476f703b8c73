/*
 * Samsung S3C2410 clock and power management, and memory controller
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * S3C2410A User's Manual, chapters 7 and 5. The time in which a PLL locks is
 * left out, and memory works before it is set up.
 */
#include "qemu/osdep.h"
#include "cpu.h"
#include "hw/core/cpu.h"
#include "hw/qdev-clock.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "qemu/log.h"
#include "hw/arm/s3c2410.h"

OBJECT_DECLARE_SIMPLE_TYPE(S3C2410Clkpwr, S3C2410_CLKPWR)

enum { LOCKTIME, MPLLCON, UPLLCON, CLKCON, CLKSLOW, CLKDIVN, REGISTERS };

#define CRYSTAL 12000000
#define CLKCON_IDLE (1 << 2)
#define CLKSLOW_SLOW (1 << 4)

struct S3C2410Clkpwr {
    SysBusDevice parent_obj;
    MemoryRegion iomem;
    Clock *fclk, *hclk, *pclk, *uclk;

    uint32_t reg[REGISTERS];
    bool locked[2]; /* the PLLs run: both registers have been written */
};

static const uint32_t reset_values[REGISTERS] = { 0x00ffffff, 0x0005c080, 0x00028080, 0x0007fff0, 0x4, 0 };

static uint64_t pll(uint32_t con)
{
    uint32_t m = ((con >> 12) & 0xff) + 8, p = ((con >> 4) & 0x3f) + 2, s = con & 3;

    return (uint64_t)CRYSTAL * m / (p << s);
}

static void s3c2410_clkpwr_update(S3C2410Clkpwr *s)
{
    uint64_t fclk = CRYSTAL;
    unsigned slow = s->reg[CLKSLOW] & 7;

    if (s->reg[CLKSLOW] & CLKSLOW_SLOW) {
        fclk /= slow ? 2 * slow : 1;
    } else if (s->locked[0]) {
        fclk = pll(s->reg[MPLLCON]);
    }
    clock_update_hz(s->fclk, fclk);
    fclk >>= (s->reg[CLKDIVN] >> 1) & 1;
    clock_update_hz(s->hclk, fclk);
    clock_update_hz(s->pclk, fclk >> (s->reg[CLKDIVN] & 1));
    clock_update_hz(s->uclk, s->locked[1] ? pll(s->reg[UPLLCON]) : CRYSTAL);
}

static uint64_t s3c2410_clkpwr_read(void *opaque, hwaddr addr, unsigned size)
{
    S3C2410Clkpwr *s = opaque;

    if (addr / 4 < REGISTERS) {
        return s->reg[addr / 4];
    }
    qemu_log_mask(LOG_GUEST_ERROR, "%s: bad offset 0x%" HWADDR_PRIx "\n", __func__, addr);
    return 0;
}

static void s3c2410_clkpwr_write(void *opaque, hwaddr addr, uint64_t value, unsigned size)
{
    S3C2410Clkpwr *s = opaque;

    if (addr / 4 >= REGISTERS) {
        qemu_log_mask(LOG_GUEST_ERROR, "%s: bad offset 0x%" HWADDR_PRIx "\n", __func__, addr);
        return;
    }
    s->reg[addr / 4] = value;
    switch (addr / 4) {
    case MPLLCON:
    case UPLLCON:
        s->locked[addr / 4 - MPLLCON] = true;
        break;
    case CLKCON:
        /* The core stops until an interrupt. */
        if ((value & CLKCON_IDLE) && current_cpu) {
            cpu_interrupt(current_cpu, CPU_INTERRUPT_HALT);
        }
        return;
    }
    s3c2410_clkpwr_update(s);
}

static const MemoryRegionOps s3c2410_clkpwr_ops = {
    .read = s3c2410_clkpwr_read,
    .write = s3c2410_clkpwr_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .impl = { .min_access_size = 4, .max_access_size = 4 },
};

static void s3c2410_clkpwr_reset(DeviceState *dev)
{
    S3C2410Clkpwr *s = S3C2410_CLKPWR(dev);

    memcpy(s->reg, reset_values, sizeof(s->reg));
    s->locked[0] = s->locked[1] = false;
    s3c2410_clkpwr_update(s);
}

static void s3c2410_clkpwr_init(Object *obj)
{
    S3C2410Clkpwr *s = S3C2410_CLKPWR(obj);

    memory_region_init_io(&s->iomem, obj, &s3c2410_clkpwr_ops, s, TYPE_S3C2410_CLKPWR, 0x100);
    sysbus_init_mmio(SYS_BUS_DEVICE(obj), &s->iomem);
    s->fclk = qdev_init_clock_out(DEVICE(obj), "fclk");
    s->hclk = qdev_init_clock_out(DEVICE(obj), "hclk");
    s->pclk = qdev_init_clock_out(DEVICE(obj), "pclk");
    s->uclk = qdev_init_clock_out(DEVICE(obj), "uclk");
}

static const VMStateDescription vmstate_s3c2410_clkpwr = {
    .name = TYPE_S3C2410_CLKPWR,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (VMStateField[]) {
        VMSTATE_UINT32_ARRAY(reg, S3C2410Clkpwr, REGISTERS),
        VMSTATE_BOOL_ARRAY(locked, S3C2410Clkpwr, 2),
        VMSTATE_END_OF_LIST()
    },
};

static void s3c2410_clkpwr_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);

    dc->reset = s3c2410_clkpwr_reset;
    dc->vmsd = &vmstate_s3c2410_clkpwr;
}

OBJECT_DECLARE_SIMPLE_TYPE(S3C2410Memctl, S3C2410_MEMCTL)

/* BWSCON, BANKCON0 to 7, REFRESH, BANKSIZE, MRSRB6 and 7 */
#define MEMCTL_REGISTERS 13

struct S3C2410Memctl {
    SysBusDevice parent_obj;
    MemoryRegion iomem;
    uint32_t reg[MEMCTL_REGISTERS];
};

static const uint32_t memctl_reset_values[MEMCTL_REGISTERS] = {
    0, 0x700, 0x700, 0x700, 0x700, 0x700, 0x700, 0x18008, 0x18008, 0xac0000, 0, 0, 0,
};

static uint64_t s3c2410_memctl_read(void *opaque, hwaddr addr, unsigned size)
{
    S3C2410Memctl *s = opaque;

    return addr / 4 < MEMCTL_REGISTERS ? s->reg[addr / 4] : 0;
}

static void s3c2410_memctl_write(void *opaque, hwaddr addr, uint64_t value, unsigned size)
{
    S3C2410Memctl *s = opaque;

    if (addr / 4 < MEMCTL_REGISTERS) {
        s->reg[addr / 4] = value;
    }
}

static const MemoryRegionOps s3c2410_memctl_ops = {
    .read = s3c2410_memctl_read,
    .write = s3c2410_memctl_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .impl = { .min_access_size = 4, .max_access_size = 4 },
};

static void s3c2410_memctl_reset(DeviceState *dev)
{
    memcpy(S3C2410_MEMCTL(dev)->reg, memctl_reset_values, sizeof(memctl_reset_values));
}

static void s3c2410_memctl_init(Object *obj)
{
    S3C2410Memctl *s = S3C2410_MEMCTL(obj);

    memory_region_init_io(&s->iomem, obj, &s3c2410_memctl_ops, s, TYPE_S3C2410_MEMCTL, 0x100);
    sysbus_init_mmio(SYS_BUS_DEVICE(obj), &s->iomem);
}

static const VMStateDescription vmstate_s3c2410_memctl = {
    .name = TYPE_S3C2410_MEMCTL,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (VMStateField[]) {
        VMSTATE_UINT32_ARRAY(reg, S3C2410Memctl, MEMCTL_REGISTERS),
        VMSTATE_END_OF_LIST()
    },
};

static void s3c2410_memctl_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);

    dc->reset = s3c2410_memctl_reset;
    dc->vmsd = &vmstate_s3c2410_memctl;
}

static const TypeInfo s3c2410_clkpwr_types[] = {
    {
        .name = TYPE_S3C2410_CLKPWR,
        .parent = TYPE_SYS_BUS_DEVICE,
        .instance_size = sizeof(S3C2410Clkpwr),
        .instance_init = s3c2410_clkpwr_init,
        .class_init = s3c2410_clkpwr_class_init,
    }, {
        .name = TYPE_S3C2410_MEMCTL,
        .parent = TYPE_SYS_BUS_DEVICE,
        .instance_size = sizeof(S3C2410Memctl),
        .instance_init = s3c2410_memctl_init,
        .class_init = s3c2410_memctl_class_init,
    },
};

DEFINE_TYPES(s3c2410_clkpwr_types)
