/*
 * Samsung S3C2410 watchdog timer
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * S3C2410A User's Manual, chapter 18. It runs after a reset.
 */
#include "qemu/osdep.h"
#include "hw/irq.h"
#include "hw/qdev-clock.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "qemu/host-utils.h"
#include "qemu/log.h"
#include "qemu/timer.h"
#include "sysemu/watchdog.h"
#include "hw/arm/s3c2410.h"

OBJECT_DECLARE_SIMPLE_TYPE(S3C2410Wdt, S3C2410_WDT)

enum { WTCON = 0x00, WTDAT = 0x04, WTCNT = 0x08 };

#define WTCON_RESET (1 << 0)
#define WTCON_INT (1 << 2)
#define WTCON_ENABLE (1 << 5)

struct S3C2410Wdt {
    SysBusDevice parent_obj;
    MemoryRegion iomem;
    Clock *pclk;
    QEMUTimer *end;
    qemu_irq irq, reset;

    uint32_t wtcon, wtdat, wtcnt; /* the count at start, or where it stands */
    int64_t start;
};

static bool running(S3C2410Wdt *s)
{
    return s->wtcon & WTCON_ENABLE;
}

static int64_t counts_to_ns(S3C2410Wdt *s, uint32_t counts)
{
    uint64_t divider = ((s->wtcon >> 8) + 1) * (16u << ((s->wtcon >> 3) & 3));

    return clock_ticks_to_ns(s->pclk, counts * divider);
}

static uint32_t count(S3C2410Wdt *s)
{
    int64_t ns = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) - s->start, all = counts_to_ns(s, s->wtcnt);

    if (!running(s) || all <= 0) {
        return s->wtcnt;
    }
    return ns >= all ? 0 : s->wtcnt - (uint64_t)ns * s->wtcnt / all;
}

static void start(S3C2410Wdt *s, uint32_t from)
{
    s->wtcnt = from;
    s->start = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
    if (running(s)) {
        timer_mod(s->end, s->start + counts_to_ns(s, MAX(from, 1)));
    } else {
        timer_del(s->end);
    }
}

static void s3c2410_wdt_end(void *opaque)
{
    S3C2410Wdt *s = opaque;

    if (s->wtcon & WTCON_INT) {
        qemu_irq_pulse(s->irq);
    }
    if (s->wtcon & WTCON_RESET) {
        qemu_irq_pulse(s->reset);
        watchdog_perform_action();
    }
    start(s, s->wtdat);
}

static uint64_t s3c2410_wdt_read(void *opaque, hwaddr addr, unsigned size)
{
    S3C2410Wdt *s = opaque;

    switch (addr) {
    case WTCON:
        return s->wtcon;
    case WTDAT:
        return s->wtdat;
    case WTCNT:
        return count(s);
    }
    qemu_log_mask(LOG_GUEST_ERROR, "%s: bad offset 0x%" HWADDR_PRIx "\n", __func__, addr);
    return 0;
}

static void s3c2410_wdt_write(void *opaque, hwaddr addr, uint64_t value, unsigned size)
{
    S3C2410Wdt *s = opaque;
    uint32_t left = count(s);

    switch (addr) {
    case WTCON:
        s->wtcon = value & 0xff3d;
        start(s, left);
        return;
    case WTDAT:
        s->wtdat = value & 0xffff;
        return;
    case WTCNT:
        start(s, value & 0xffff);
        return;
    }
    qemu_log_mask(LOG_GUEST_ERROR, "%s: bad offset 0x%" HWADDR_PRIx "\n", __func__, addr);
}

static const MemoryRegionOps s3c2410_wdt_ops = {
    .read = s3c2410_wdt_read,
    .write = s3c2410_wdt_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .impl = { .min_access_size = 4, .max_access_size = 4 },
};

/* What has passed until now has passed by the clock of before. */
static void s3c2410_wdt_clock(void *opaque, ClockEvent event)
{
    S3C2410Wdt *s = opaque;

    if (running(s)) {
        start(s, event == ClockPreUpdate ? count(s) : s->wtcnt);
    }
}

static void s3c2410_wdt_reset(DeviceState *dev)
{
    S3C2410Wdt *s = S3C2410_WDT(dev);

    s->wtcon = 0x8021;
    s->wtdat = 0x8000;
    start(s, 0x8000);
}

static void s3c2410_wdt_init(Object *obj)
{
    S3C2410Wdt *s = S3C2410_WDT(obj);
    SysBusDevice *sbd = SYS_BUS_DEVICE(obj);

    memory_region_init_io(&s->iomem, obj, &s3c2410_wdt_ops, s, TYPE_S3C2410_WDT, 0x100);
    sysbus_init_mmio(sbd, &s->iomem);
    sysbus_init_irq(sbd, &s->irq);
    qdev_init_gpio_out_named(DEVICE(obj), &s->reset, "reset", 1);
    s->pclk = qdev_init_clock_in(DEVICE(obj), "pclk", s3c2410_wdt_clock, s, ClockPreUpdate | ClockUpdate);
    s->end = timer_new_ns(QEMU_CLOCK_VIRTUAL, s3c2410_wdt_end, s);
}

static const VMStateDescription vmstate_s3c2410_wdt = {
    .name = TYPE_S3C2410_WDT,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (VMStateField[]) {
        VMSTATE_CLOCK(pclk, S3C2410Wdt),
        VMSTATE_TIMER_PTR(end, S3C2410Wdt),
        VMSTATE_UINT32(wtcon, S3C2410Wdt),
        VMSTATE_UINT32(wtdat, S3C2410Wdt),
        VMSTATE_UINT32(wtcnt, S3C2410Wdt),
        VMSTATE_INT64(start, S3C2410Wdt),
        VMSTATE_END_OF_LIST()
    },
};

static void s3c2410_wdt_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);

    set_bit(DEVICE_CATEGORY_WATCHDOG, dc->categories);
    dc->reset = s3c2410_wdt_reset;
    dc->vmsd = &vmstate_s3c2410_wdt;
}

static const TypeInfo s3c2410_wdt_info = {
    .name = TYPE_S3C2410_WDT,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(S3C2410Wdt),
    .instance_init = s3c2410_wdt_init,
    .class_init = s3c2410_wdt_class_init,
};

static void s3c2410_wdt_register(void)
{
    type_register_static(&s3c2410_wdt_info);
}

type_init(s3c2410_wdt_register)
