/*
 * Samsung S3C2410 PWM timers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * S3C2410A User's Manual, chapter 10: five counters of 16 bits, which count
 * down from TCNTB, interrupt at the end and start again if told to. The
 * outputs and the dead zone are left out.
 */
#include "qemu/osdep.h"
#include "hw/irq.h"
#include "hw/qdev-clock.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "qemu/log.h"
#include "qemu/timer.h"
#include "hw/arm/s3c2410.h"

OBJECT_DECLARE_SIMPLE_TYPE(S3C2410Pwm, S3C2410_PWM)

enum { TCFG0 = 0x00, TCFG1 = 0x04, TCON = 0x08, TCNTB0 = 0x0c, TCNTO4 = 0x40 };

#define TIMERS 5

typedef struct {
    S3C2410Pwm *pwm;
    int index;
    QEMUTimer *end;
    qemu_irq irq;
    uint32_t tcntb, tcmpb;
    uint32_t from;    /* what it counts down from */
    int64_t start;    /* when it did, in ns */
    uint32_t stopped; /* the count where it does not run */
    bool running;
} Counter;

struct S3C2410Pwm {
    SysBusDevice parent_obj;
    MemoryRegion iomem;
    Clock *pclk;
    uint32_t tcfg0, tcfg1, tcon;
    Counter counter[TIMERS];
};

/* Where a timer's bits are in TCON: start, manual update, reload. */
static int tcon_shift(int n) { return n == 0 ? 0 : 4 + 4 * n; }
static uint32_t tcon_start(int n) { return 1u << tcon_shift(n); }
static uint32_t tcon_update(int n) { return 2u << tcon_shift(n); }
static uint32_t tcon_reload(int n) { return (n == 4 ? 4u : 8u) << tcon_shift(n); }

/* The time that a number of counts takes, in ns. */
static int64_t counts_to_ns(Counter *c, uint64_t counts)
{
    S3C2410Pwm *s = c->pwm;
    unsigned prescaler = (s->tcfg0 >> (c->index < 2 ? 0 : 8)) & 0xff;
    unsigned mux = MIN((s->tcfg1 >> (4 * c->index)) & 15, 3);

    return clock_ticks_to_ns(s->pclk, counts * (prescaler + 1) << (mux + 1));
}

/* How many counts have passed. */
static uint32_t elapsed(Counter *c)
{
    int64_t ns = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) - c->start;
    int64_t all = counts_to_ns(c, (uint64_t)c->from + 1);

    if (all <= 0) {
        return 0;
    }
    return MIN((uint64_t)ns * (c->from + 1) / all, c->from); /* both are below 2^35 ns */
}

static uint32_t count(Counter *c)
{
    return c->running ? c->from - elapsed(c) : c->stopped;
}

static void run(Counter *c, uint32_t from, int64_t start)
{
    c->running = true;
    c->from = from;
    c->start = start;
    timer_mod(c->end, start + counts_to_ns(c, (uint64_t)from + 1));
}

static void stop(Counter *c, uint32_t at)
{
    c->running = false;
    c->stopped = at;
    timer_del(c->end);
}

static void s3c2410_pwm_end(void *opaque)
{
    Counter *c = opaque;
    S3C2410Pwm *s = c->pwm;
    int64_t end = c->start + counts_to_ns(c, (uint64_t)c->from + 1);

    /* The first thing: while the core is idle, setting a timer may skip to it. */
    qemu_irq_pulse(c->irq);
    if ((s->tcon & tcon_reload(c->index)) && c->tcntb) {
        run(c, c->tcntb, end);
    } else {
        s->tcon &= ~tcon_start(c->index);
        stop(c, 0);
    }
}

static void s3c2410_pwm_control(S3C2410Pwm *s, uint32_t tcon)
{
    int64_t now = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);

    s->tcon = tcon & 0x7fff1f;
    for (int n = 0; n < TIMERS; n++) {
        Counter *c = &s->counter[n];
        bool start = tcon & tcon_start(n);

        if (c->running && !start) {
            stop(c, count(c));
        }
        if (tcon & tcon_update(n)) {
            if (c->running) {
                run(c, c->tcntb, now);
            } else {
                c->stopped = c->tcntb;
            }
        }
        if (start && !c->running) {
            run(c, c->stopped, now);
        }
    }
}

/* Dividers that change take effect on what is left of a count. */
static void s3c2410_pwm_divide(S3C2410Pwm *s, uint32_t tcfg0, uint32_t tcfg1)
{
    int64_t now = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
    uint32_t left[TIMERS];

    for (int n = 0; n < TIMERS; n++) {
        left[n] = count(&s->counter[n]);
    }
    s->tcfg0 = tcfg0;
    s->tcfg1 = tcfg1;
    for (int n = 0; n < TIMERS; n++) {
        if (s->counter[n].running) {
            run(&s->counter[n], left[n], now);
        }
    }
}

static uint64_t s3c2410_pwm_read(void *opaque, hwaddr addr, unsigned size)
{
    S3C2410Pwm *s = opaque;
    Counter *c;

    switch (addr) {
    case TCFG0:
        return s->tcfg0;
    case TCFG1:
        return s->tcfg1;
    case TCON:
        return s->tcon;
    case TCNTO4:
        return count(&s->counter[4]);
    case TCNTB0 ... TCNTO4 - 4:
        c = &s->counter[(addr - TCNTB0) / 12];
        switch ((addr - TCNTB0) % 12) {
        case 0:
            return c->tcntb;
        case 4:
            return c->tcmpb;
        case 8:
            return count(c);
        }
    }
    qemu_log_mask(LOG_GUEST_ERROR, "%s: bad offset 0x%" HWADDR_PRIx "\n", __func__, addr);
    return 0;
}

static void s3c2410_pwm_write(void *opaque, hwaddr addr, uint64_t value, unsigned size)
{
    S3C2410Pwm *s = opaque;
    Counter *c;

    switch (addr) {
    case TCFG0:
        s3c2410_pwm_divide(s, value & 0xffffff, s->tcfg1);
        return;
    case TCFG1:
        s3c2410_pwm_divide(s, s->tcfg0, value & 0xffffff);
        return;
    case TCON:
        s3c2410_pwm_control(s, value);
        return;
    case TCNTB0 ... TCNTO4 - 4:
        c = &s->counter[(addr - TCNTB0) / 12];
        switch ((addr - TCNTB0) % 12) {
        case 0:
            c->tcntb = value & 0xffff;
            return;
        case 4:
            c->tcmpb = value & 0xffff;
            return;
        }
    }
    qemu_log_mask(LOG_GUEST_ERROR, "%s: bad offset 0x%" HWADDR_PRIx "\n", __func__, addr);
}

static const MemoryRegionOps s3c2410_pwm_ops = {
    .read = s3c2410_pwm_read,
    .write = s3c2410_pwm_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .impl = { .min_access_size = 4, .max_access_size = 4 },
};

static void s3c2410_pwm_reset(DeviceState *dev)
{
    S3C2410Pwm *s = S3C2410_PWM(dev);

    s->tcfg0 = s->tcfg1 = s->tcon = 0;
    for (int n = 0; n < TIMERS; n++) {
        stop(&s->counter[n], 0);
        s->counter[n].tcntb = s->counter[n].tcmpb = 0;
    }
}

/* What has passed until now has passed by the clock of before. */
static void s3c2410_pwm_clock(void *opaque, ClockEvent event)
{
    S3C2410Pwm *s = opaque;
    int64_t now = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);

    for (int n = 0; n < TIMERS; n++) {
        Counter *c = &s->counter[n];

        if (c->running) {
            run(c, event == ClockPreUpdate ? count(c) : c->from, now);
        }
    }
}

static void s3c2410_pwm_init(Object *obj)
{
    S3C2410Pwm *s = S3C2410_PWM(obj);
    SysBusDevice *sbd = SYS_BUS_DEVICE(obj);

    memory_region_init_io(&s->iomem, obj, &s3c2410_pwm_ops, s, TYPE_S3C2410_PWM, 0x100);
    sysbus_init_mmio(sbd, &s->iomem);
    s->pclk = qdev_init_clock_in(DEVICE(obj), "pclk", s3c2410_pwm_clock, s, ClockPreUpdate | ClockUpdate);
    for (int n = 0; n < TIMERS; n++) {
        Counter *c = &s->counter[n];
        c->pwm = s;
        c->index = n;
        c->end = timer_new_ns(QEMU_CLOCK_VIRTUAL, s3c2410_pwm_end, c);
        sysbus_init_irq(sbd, &c->irq);
    }
}

static const VMStateDescription vmstate_counter = {
    .name = "s3c2410-pwm-counter",
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (VMStateField[]) {
        VMSTATE_TIMER_PTR(end, Counter),
        VMSTATE_UINT32(tcntb, Counter),
        VMSTATE_UINT32(tcmpb, Counter),
        VMSTATE_UINT32(from, Counter),
        VMSTATE_INT64(start, Counter),
        VMSTATE_UINT32(stopped, Counter),
        VMSTATE_BOOL(running, Counter),
        VMSTATE_END_OF_LIST()
    },
};

static const VMStateDescription vmstate_s3c2410_pwm = {
    .name = TYPE_S3C2410_PWM,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (VMStateField[]) {
        VMSTATE_CLOCK(pclk, S3C2410Pwm),
        VMSTATE_UINT32(tcfg0, S3C2410Pwm),
        VMSTATE_UINT32(tcfg1, S3C2410Pwm),
        VMSTATE_UINT32(tcon, S3C2410Pwm),
        VMSTATE_STRUCT_ARRAY(counter, S3C2410Pwm, TIMERS, 1, vmstate_counter, Counter),
        VMSTATE_END_OF_LIST()
    },
};

static void s3c2410_pwm_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);

    dc->reset = s3c2410_pwm_reset;
    dc->vmsd = &vmstate_s3c2410_pwm;
}

static const TypeInfo s3c2410_pwm_info = {
    .name = TYPE_S3C2410_PWM,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(S3C2410Pwm),
    .instance_init = s3c2410_pwm_init,
    .class_init = s3c2410_pwm_class_init,
};

static void s3c2410_pwm_register(void)
{
    type_register_static(&s3c2410_pwm_info);
}

type_init(s3c2410_pwm_register)
