/*
 * Samsung S3C2410 real time clock
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * S3C2410A User's Manual, chapter 17: BCD registers for 100 years, and a tick.
 * The alarm can be set and does not come.
 */
#include "qemu/osdep.h"
#include "hw/irq.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "qemu/bcd.h"
#include "qemu/cutils.h"
#include "qemu/log.h"
#include "qemu/timer.h"
#include "sysemu/rtc.h"
#include "hw/arm/s3c2410.h"

OBJECT_DECLARE_SIMPLE_TYPE(S3C2410Rtc, S3C2410_RTC)

enum {
    RTCCON = 0x40, TICNT = 0x44, RTCALM = 0x50, ALMYEAR = 0x68, RTCRST = 0x6c,
    BCDSEC = 0x70, BCDMIN = 0x74, BCDHOUR = 0x78, BCDDATE = 0x7c, BCDDAY = 0x80, BCDMON = 0x84, BCDYEAR = 0x88,
};

struct S3C2410Rtc {
    SysBusDevice parent_obj;
    MemoryRegion iomem;
    QEMUTimer *tick;
    qemu_irq alarm_irq, tick_irq;

    uint32_t rtccon, ticnt, rtcrst;
    uint32_t alarm[(ALMYEAR - RTCALM) / 4 + 1];
    int64_t offset; /* of the clock to the host's, in seconds */
};

static void s3c2410_rtc_now(S3C2410Rtc *s, struct tm *tm)
{
    qemu_get_timedate(tm, s->offset);
}

static uint64_t s3c2410_rtc_field(S3C2410Rtc *s, hwaddr addr)
{
    struct tm tm;

    s3c2410_rtc_now(s, &tm);
    switch (addr) {
    case BCDSEC:
        return to_bcd(tm.tm_sec);
    case BCDMIN:
        return to_bcd(tm.tm_min);
    case BCDHOUR:
        return to_bcd(tm.tm_hour);
    case BCDDATE:
        return to_bcd(tm.tm_mday);
    case BCDDAY:
        return tm.tm_wday + 1;
    case BCDMON:
        return to_bcd(tm.tm_mon + 1);
    default:
        return to_bcd(tm.tm_year % 100);
    }
}

/* A field that is set moves the whole clock. */
static void s3c2410_rtc_set(S3C2410Rtc *s, hwaddr addr, uint8_t value)
{
    struct tm tm;

    s3c2410_rtc_now(s, &tm);
    switch (addr) {
    case BCDSEC:
        tm.tm_sec = from_bcd(value);
        break;
    case BCDMIN:
        tm.tm_min = from_bcd(value);
        break;
    case BCDHOUR:
        tm.tm_hour = from_bcd(value);
        break;
    case BCDDATE:
        tm.tm_mday = from_bcd(value);
        break;
    case BCDMON:
        tm.tm_mon = from_bcd(value) - 1;
        break;
    case BCDYEAR:
        tm.tm_year = 100 + from_bcd(value);
        break;
    default: /* the day of the week follows from the date */
        return;
    }
    s->offset = qemu_timedate_diff(&tm);
}

static int64_t tick_time(S3C2410Rtc *s)
{
    return ((s->ticnt & 0x7f) + 1) * (NANOSECONDS_PER_SECOND / 128);
}

static void s3c2410_rtc_tick(void *opaque)
{
    S3C2410Rtc *s = opaque;

    /* In this order: while the core is idle, setting a timer may skip to it. */
    qemu_irq_pulse(s->tick_irq);
    timer_mod(s->tick, qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) + tick_time(s));
}

static uint64_t s3c2410_rtc_read(void *opaque, hwaddr addr, unsigned size)
{
    S3C2410Rtc *s = opaque;

    switch (addr & ~3) {
    case RTCCON:
        return s->rtccon;
    case TICNT:
        return s->ticnt;
    case RTCALM ... ALMYEAR:
        return s->alarm[(addr - RTCALM) / 4];
    case RTCRST:
        return s->rtcrst;
    case BCDSEC ... BCDYEAR:
        return s3c2410_rtc_field(s, addr & ~3);
    }
    qemu_log_mask(LOG_GUEST_ERROR, "%s: bad offset 0x%" HWADDR_PRIx "\n", __func__, addr);
    return 0;
}

static void s3c2410_rtc_write(void *opaque, hwaddr addr, uint64_t value, unsigned size)
{
    S3C2410Rtc *s = opaque;

    switch (addr & ~3) {
    case RTCCON:
        s->rtccon = value & 15;
        return;
    case TICNT:
        s->ticnt = value & 0xff;
        if (s->ticnt & 0x80) {
            timer_mod(s->tick, qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) + tick_time(s));
        } else {
            timer_del(s->tick);
        }
        return;
    case RTCALM ... ALMYEAR:
        s->alarm[(addr - RTCALM) / 4] = value & 0xff;
        return;
    case RTCRST:
        s->rtcrst = value & 15;
        return;
    case BCDSEC ... BCDYEAR:
        if (s->rtccon & 1) {
            s3c2410_rtc_set(s, addr & ~3, value);
        }
        return;
    }
    qemu_log_mask(LOG_GUEST_ERROR, "%s: bad offset 0x%" HWADDR_PRIx "\n", __func__, addr);
}

static const MemoryRegionOps s3c2410_rtc_ops = {
    .read = s3c2410_rtc_read,
    .write = s3c2410_rtc_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .impl = { .min_access_size = 1, .max_access_size = 4 },
};

/* The clock itself has a battery. */
static void s3c2410_rtc_reset(DeviceState *dev)
{
    S3C2410Rtc *s = S3C2410_RTC(dev);

    s->rtccon = s->ticnt = s->rtcrst = 0;
    memset(s->alarm, 0, sizeof(s->alarm));
    timer_del(s->tick);
}

static void s3c2410_rtc_init(Object *obj)
{
    S3C2410Rtc *s = S3C2410_RTC(obj);
    SysBusDevice *sbd = SYS_BUS_DEVICE(obj);

    memory_region_init_io(&s->iomem, obj, &s3c2410_rtc_ops, s, TYPE_S3C2410_RTC, 0x100);
    sysbus_init_mmio(sbd, &s->iomem);
    sysbus_init_irq(sbd, &s->alarm_irq);
    sysbus_init_irq(sbd, &s->tick_irq);
    s->tick = timer_new_ns(QEMU_CLOCK_VIRTUAL, s3c2410_rtc_tick, s);
}

static const VMStateDescription vmstate_s3c2410_rtc = {
    .name = TYPE_S3C2410_RTC,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (VMStateField[]) {
        VMSTATE_TIMER_PTR(tick, S3C2410Rtc),
        VMSTATE_UINT32(rtccon, S3C2410Rtc),
        VMSTATE_UINT32(ticnt, S3C2410Rtc),
        VMSTATE_UINT32(rtcrst, S3C2410Rtc),
        VMSTATE_UINT32_ARRAY(alarm, S3C2410Rtc, (ALMYEAR - RTCALM) / 4 + 1),
        VMSTATE_INT64(offset, S3C2410Rtc),
        VMSTATE_END_OF_LIST()
    },
};

static void s3c2410_rtc_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);

    dc->reset = s3c2410_rtc_reset;
    dc->vmsd = &vmstate_s3c2410_rtc;
}

static const TypeInfo s3c2410_rtc_info = {
    .name = TYPE_S3C2410_RTC,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(S3C2410Rtc),
    .instance_init = s3c2410_rtc_init,
    .class_init = s3c2410_rtc_class_init,
};

static void s3c2410_rtc_register(void)
{
    type_register_static(&s3c2410_rtc_info);
}

type_init(s3c2410_rtc_register)
