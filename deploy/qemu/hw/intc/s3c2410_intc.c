/*
 * Samsung S3C2410 interrupt controller
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * 32 sources, some of which collect sub-sources, compete in seven arbiters;
 * the winner is the one bit of INTPND. S3C2410A User's Manual, chapter 14.
 */
#include "qemu/osdep.h"
#include "hw/irq.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "qemu/log.h"
#include "hw/arm/s3c2410.h"

OBJECT_DECLARE_SIMPLE_TYPE(S3C2410Intc, S3C2410_INTC)

enum {
    SRCPND = 0x00, INTMOD = 0x04, INTMSK = 0x08, PRIORITY = 0x0c,
    INTPND = 0x10, INTOFFSET = 0x14, SUBSRCPND = 0x18, INTSUBMSK = 0x1c,
};

#define SUBS 11
#define SUB_MASK ((1u << SUBS) - 1)

struct S3C2410Intc {
    SysBusDevice parent_obj;
    MemoryRegion iomem;
    qemu_irq irq, fiq;

    uint32_t level, sublevel; /* of the lines */
    uint32_t srcpnd, intmod, intmsk, priority, intpnd;
    uint32_t subsrcpnd, intsubmsk;
};

/* The source that each sub-source asserts. */
static const uint8_t sub_source[SUBS] = { 28, 28, 28, 23, 23, 23, 15, 15, 15, 31, 31 };

/* The sources at the six inputs of the first six arbiters; -1: none. */
static const int8_t arbiter_input[6][6] = {
    { -1, 0, 1, 2, 3, -1 },
    { 4, 5, 6, 7, 8, 9 },
    { 10, 11, 12, 13, 14, 15 },
    { 16, 17, 18, 19, 20, 21 },
    { 22, 23, 24, 25, 26, 27 },
    { -1, 28, 29, 30, 31, -1 },
};

/*
 * Inputs 1 to 4 take turns: ARB_SEL says which of them comes first. Returns the
 * winning input, or -1.
 */
static int arbitrate(S3C2410Intc *s, int arbiter, const bool *request)
{
    unsigned sel = (s->priority >> (7 + 2 * arbiter)) & 3;

    if (request[0]) {
        return 0;
    }
    for (int i = 0; i < 4; i++) {
        int input = 1 + (sel + i) % 4;
        if (request[input]) {
            return input;
        }
    }
    return request[5] ? 5 : -1;
}

/* In rotate mode, the input that was served goes to the end of the queue. */
static void rotate(S3C2410Intc *s, int arbiter, int input)
{
    if ((s->priority & (1u << arbiter)) && input >= 1 && input <= 4) {
        int shift = 7 + 2 * arbiter;
        s->priority = (s->priority & ~(3u << shift)) | ((input % 4) << shift);
    }
}

static void s3c2410_intc_choose(S3C2410Intc *s, uint32_t pending)
{
    int winner[6];
    bool top[6];
    int arbiter;

    for (int a = 0; a < 6; a++) {
        bool request[6];
        for (int i = 0; i < 6; i++) {
            int source = arbiter_input[a][i];
            request[i] = source >= 0 && (pending & (1u << source));
        }
        winner[a] = arbitrate(s, a, request);
        top[a] = winner[a] >= 0;
    }
    arbiter = arbitrate(s, 6, top);
    s->intpnd = 1u << arbiter_input[arbiter][winner[arbiter]];
    rotate(s, arbiter, winner[arbiter]);
    rotate(s, 6, arbiter);
}

static void s3c2410_intc_update(S3C2410Intc *s)
{
    uint32_t pending = s->srcpnd & ~s->intmsk & ~s->intmod;

    if (!s->intpnd && pending) {
        s3c2410_intc_choose(s, pending);
    }
    qemu_set_irq(s->irq, s->intpnd != 0);
    qemu_set_irq(s->fiq, (s->srcpnd & ~s->intmsk & s->intmod) != 0);
}

/* Sub-sources that have become pending and unmasked assert their sources. */
static void s3c2410_intc_assert(S3C2410Intc *s, uint32_t before)
{
    uint32_t risen = s->subsrcpnd & ~s->intsubmsk & ~before;

    for (int i = 0; i < SUBS; i++) {
        if (risen & (1u << i)) {
            s->srcpnd |= 1u << sub_source[i];
        }
    }
    s3c2410_intc_update(s);
}

static void s3c2410_intc_set(void *opaque, int n, int level)
{
    S3C2410Intc *s = opaque;

    s->level = deposit32(s->level, n, 1, level != 0);
    if (level) {
        s->srcpnd |= 1u << n;
        s3c2410_intc_update(s);
    }
}

static void s3c2410_intc_set_sub(void *opaque, int n, int level)
{
    S3C2410Intc *s = opaque;
    uint32_t before = s->subsrcpnd & ~s->intsubmsk;

    s->sublevel = deposit32(s->sublevel, n, 1, level != 0);
    if (level) {
        s->subsrcpnd |= 1u << n;
        s3c2410_intc_assert(s, before);
    }
}

static uint64_t s3c2410_intc_read(void *opaque, hwaddr addr, unsigned size)
{
    S3C2410Intc *s = opaque;

    switch (addr) {
    case SRCPND:
        return s->srcpnd;
    case INTMOD:
        return s->intmod;
    case INTMSK:
        return s->intmsk;
    case PRIORITY:
        return s->priority;
    case INTPND:
        return s->intpnd;
    case INTOFFSET:
        return s->intpnd ? ctz32(s->intpnd) : 0;
    case SUBSRCPND:
        return s->subsrcpnd;
    case INTSUBMSK:
        return s->intsubmsk;
    }
    qemu_log_mask(LOG_GUEST_ERROR, "%s: bad offset 0x%" HWADDR_PRIx "\n", __func__, addr);
    return 0;
}

static void s3c2410_intc_write(void *opaque, hwaddr addr, uint64_t value, unsigned size)
{
    S3C2410Intc *s = opaque;
    uint32_t before = s->subsrcpnd & ~s->intsubmsk;

    switch (addr) {
    case SRCPND: /* ones clear, but what is still asserted comes back */
        s->srcpnd = (s->srcpnd & ~value) | s->level;
        break;
    case INTMOD:
        s->intmod = value;
        break;
    case INTMSK:
        s->intmsk = value;
        break;
    case PRIORITY:
        s->priority = value & 0x1fffff;
        break;
    case INTPND:
        s->intpnd &= ~value;
        break;
    case SUBSRCPND:
        s->subsrcpnd &= ~value;
        before &= s->subsrcpnd;
        s->subsrcpnd |= s->sublevel;
        break;
    case INTSUBMSK:
        s->intsubmsk = value & SUB_MASK;
        break;
    default:
        qemu_log_mask(LOG_GUEST_ERROR, "%s: bad offset 0x%" HWADDR_PRIx "\n", __func__, addr);
        return;
    }
    s3c2410_intc_assert(s, before);
}

static const MemoryRegionOps s3c2410_intc_ops = {
    .read = s3c2410_intc_read,
    .write = s3c2410_intc_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .impl = { .min_access_size = 4, .max_access_size = 4 },
};

static void s3c2410_intc_reset(DeviceState *dev)
{
    S3C2410Intc *s = S3C2410_INTC(dev);

    s->level = s->sublevel = 0;
    s->srcpnd = s->intmod = s->intpnd = s->subsrcpnd = 0;
    s->intmsk = 0xffffffff;
    s->intsubmsk = SUB_MASK;
    s->priority = 0x7f;
}

static void s3c2410_intc_init(Object *obj)
{
    S3C2410Intc *s = S3C2410_INTC(obj);
    SysBusDevice *sbd = SYS_BUS_DEVICE(obj);

    memory_region_init_io(&s->iomem, obj, &s3c2410_intc_ops, s, TYPE_S3C2410_INTC, 0x100);
    sysbus_init_mmio(sbd, &s->iomem);
    sysbus_init_irq(sbd, &s->irq);
    sysbus_init_irq(sbd, &s->fiq);
    qdev_init_gpio_in_named(DEVICE(obj), s3c2410_intc_set, "source", 32);
    qdev_init_gpio_in_named(DEVICE(obj), s3c2410_intc_set_sub, "sub", SUBS);
}

static const VMStateDescription vmstate_s3c2410_intc = {
    .name = TYPE_S3C2410_INTC,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (VMStateField[]) {
        VMSTATE_UINT32(level, S3C2410Intc),
        VMSTATE_UINT32(sublevel, S3C2410Intc),
        VMSTATE_UINT32(srcpnd, S3C2410Intc),
        VMSTATE_UINT32(intmod, S3C2410Intc),
        VMSTATE_UINT32(intmsk, S3C2410Intc),
        VMSTATE_UINT32(priority, S3C2410Intc),
        VMSTATE_UINT32(intpnd, S3C2410Intc),
        VMSTATE_UINT32(subsrcpnd, S3C2410Intc),
        VMSTATE_UINT32(intsubmsk, S3C2410Intc),
        VMSTATE_END_OF_LIST()
    },
};

static void s3c2410_intc_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);

    dc->reset = s3c2410_intc_reset;
    dc->vmsd = &vmstate_s3c2410_intc;
}

static const TypeInfo s3c2410_intc_info = {
    .name = TYPE_S3C2410_INTC,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(S3C2410Intc),
    .instance_init = s3c2410_intc_init,
    .class_init = s3c2410_intc_class_init,
};

static void s3c2410_intc_register(void)
{
    type_register_static(&s3c2410_intc_info);
}

type_init(s3c2410_intc_register)
