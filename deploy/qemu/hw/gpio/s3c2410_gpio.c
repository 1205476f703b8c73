/*
 * Samsung S3C2410 I/O ports and external interrupts
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * S3C2410A User's Manual, chapter 9. Port A only drives; a line of the ports B
 * to H is an input, an output or what its second or third function makes of
 * it. Ports F and G can be external interrupts.
 */
#include "qemu/osdep.h"
#include "hw/irq.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "qemu/log.h"
#include "sysemu/runstate.h"
#include "hw/arm/s3c2410.h"

OBJECT_DECLARE_SIMPLE_TYPE(S3C2410Gpio, S3C2410_GPIO)

enum {
    GPACON = 0x00, GPADAT = 0x04, GPBCON = 0x10, GPHUP = 0x78,
    MISCCR = 0x80, DCLKCON = 0x84, EXTINT0 = 0x88, EXTINT2 = 0x90, EINTFLT3 = 0xa0,
    EINTMASK = 0xa4, EINTPEND = 0xa8, GSTATUS0 = 0xac, GSTATUS1 = 0xb0, GSTATUS2 = 0xb4,
    GSTATUS4 = 0xbc,
};

enum { CON, DAT, UP };

#define PORTS 8 /* A to H */
#define EINTS 24
#define CHIP_ID 0x32410002

struct S3C2410Gpio {
    SysBusDevice parent_obj;
    MemoryRegion iomem;
    qemu_irq eint[6]; /* sources 0 to 5 of the interrupt controller */
    qemu_irq out[S3C2410_PINS];

    uint32_t port[PORTS][3];
    uint32_t level[PORTS]; /* what others drive the lines to */
    uint32_t misccr, dclkcon, extint[3], eintflt[4], eintmask, eintpend;
    uint32_t gstatus2, gstatus[2];
    uint32_t driven; /* lines of the interrupts that are active by their level */
    bool watchdog;   /* the reset that comes is its */
};

static unsigned function(S3C2410Gpio *s, int port, int bit)
{
    return (s->port[port][CON] >> (2 * bit)) & 3;
}

/* What can be read at a port: outputs as they are driven, others as they are. */
static uint32_t s3c2410_gpio_data(S3C2410Gpio *s, int port)
{
    uint32_t value = 0;

    if (port == 0) {
        return s->port[0][DAT];
    }
    for (int bit = 0; bit < 16; bit++) {
        uint32_t from = function(s, port, bit) == 1 ? s->port[port][DAT] : s->level[port];
        value |= from & (1u << bit);
    }
    return value;
}

static void s3c2410_gpio_drive(S3C2410Gpio *s, int port)
{
    uint32_t data = s3c2410_gpio_data(s, port);

    for (int bit = 0; bit < 16; bit++) {
        qemu_set_irq(s->out[(port - 1) * 16 + bit], (data >> bit) & 1);
    }
}

/* The port and bit of an external interrupt. */
static int eint_port(int n) { return n < 8 ? 5 : 6; }
static int eint_bit(int n) { return n < 8 ? n : n - 8; }

static unsigned eint_type(S3C2410Gpio *s, int n)
{
    return (s->extint[n / 8] >> (4 * (n % 8))) & 7;
}

static bool eint_is_level(S3C2410Gpio *s, int n)
{
    return eint_type(s, n) < 2;
}

static bool eint_active(S3C2410Gpio *s, int n)
{
    bool high = (s->level[eint_port(n)] >> eint_bit(n)) & 1;

    return eint_is_level(s, n) && function(s, eint_port(n), eint_bit(n)) == 2 && high == eint_type(s, n);
}

/* EINT4 and up share two sources. */
static void s3c2410_gpio_assert(S3C2410Gpio *s, uint32_t before)
{
    uint32_t risen = s->eintpend & ~s->eintmask & ~before;

    if (risen & 0x0000f0) {
        qemu_irq_pulse(s->eint[4]);
    }
    if (risen & 0xffff00) {
        qemu_irq_pulse(s->eint[5]);
    }
}

static void eint_raise(S3C2410Gpio *s, int n)
{
    if (n < 4) {
        qemu_irq_pulse(s->eint[n]);
    } else {
        uint32_t before = s->eintpend & ~s->eintmask;
        s->eintpend |= 1u << n;
        s3c2410_gpio_assert(s, before);
    }
}

/* Interrupts by level hold their line as long as it has that level. */
static void s3c2410_gpio_levels(S3C2410Gpio *s)
{
    for (int n = 0; n < EINTS; n++) {
        bool active = eint_active(s, n), was = (s->driven >> n) & 1;

        if (active == was) {
            continue;
        }
        s->driven = deposit32(s->driven, n, 1, active);
        if (n < 4) {
            qemu_set_irq(s->eint[n], active);
        } else if (active) {
            eint_raise(s, n);
        }
    }
}

static void s3c2410_gpio_edge(S3C2410Gpio *s, int n, bool rising)
{
    unsigned type = eint_type(s, n) >> 1; /* 1: falling, 2: rising, 3: both */

    if (function(s, eint_port(n), eint_bit(n)) == 2 && (type & (rising ? 2 : 1))) {
        eint_raise(s, n);
    }
}

static void s3c2410_gpio_set(void *opaque, int pin, int level)
{
    S3C2410Gpio *s = opaque;
    int port = 1 + pin / 16, bit = pin % 16;
    uint32_t was = s->level[port];

    s->level[port] = deposit32(was, bit, 1, level != 0);
    if (was == s->level[port]) {
        return;
    }
    if (port == 5 && bit < 8) {
        s3c2410_gpio_edge(s, bit, level);
    } else if (port == 6) {
        s3c2410_gpio_edge(s, 8 + bit, level);
    }
    s3c2410_gpio_levels(s);
}

static uint64_t s3c2410_gpio_read(void *opaque, hwaddr addr, unsigned size)
{
    S3C2410Gpio *s = opaque;
    int port = addr / 16, reg = addr % 16 / 4;

    if (addr <= GPHUP && reg < 3) {
        return reg == DAT ? s3c2410_gpio_data(s, port) : s->port[port][reg];
    }
    switch (addr) {
    case MISCCR:
        return s->misccr;
    case DCLKCON:
        return s->dclkcon;
    case EXTINT0 ... EXTINT2:
        return s->extint[(addr - EXTINT0) / 4];
    case EXTINT2 + 4 ... EINTFLT3:
        return s->eintflt[(addr - EXTINT2 - 4) / 4];
    case EINTMASK:
        return s->eintmask;
    case EINTPEND:
        return s->eintpend;
    case GSTATUS0:
        return 0xf; /* the lines nRSTOUT, nBATT_FLT and so on are all high */
    case GSTATUS1:
        return CHIP_ID;
    case GSTATUS2:
        return s->gstatus2;
    case GSTATUS2 + 4 ... GSTATUS4:
        return s->gstatus[(addr - GSTATUS2 - 4) / 4];
    }
    qemu_log_mask(LOG_GUEST_ERROR, "%s: bad offset 0x%" HWADDR_PRIx "\n", __func__, addr);
    return 0;
}

static void s3c2410_gpio_write(void *opaque, hwaddr addr, uint64_t value, unsigned size)
{
    S3C2410Gpio *s = opaque;
    int port = addr / 16, reg = addr % 16 / 4;
    uint32_t before = s->eintpend & ~s->eintmask;

    if (addr <= GPHUP && reg < 3) {
        s->port[port][reg] = value;
        if (port > 0) {
            s3c2410_gpio_drive(s, port);
            s3c2410_gpio_levels(s);
        }
        return;
    }
    switch (addr) {
    case MISCCR:
        s->misccr = value;
        break;
    case DCLKCON:
        s->dclkcon = value;
        break;
    case EXTINT0 ... EXTINT2:
        s->extint[(addr - EXTINT0) / 4] = value;
        s3c2410_gpio_levels(s);
        break;
    case EXTINT2 + 4 ... EINTFLT3:
        s->eintflt[(addr - EXTINT2 - 4) / 4] = value;
        break;
    case EINTMASK:
        s->eintmask = value & 0xfffff0;
        break;
    case EINTPEND: /* ones clear, but what is still active comes back */
        s->eintpend &= ~value;
        before &= s->eintpend;
        s->eintpend |= s->driven & 0xfffff0;
        break;
    case GSTATUS2: /* ones clear */
        s->gstatus2 &= ~value;
        break;
    case GSTATUS2 + 4 ... GSTATUS4: /* they survive power off */
        s->gstatus[(addr - GSTATUS2 - 4) / 4] = value;
        break;
    default:
        qemu_log_mask(LOG_GUEST_ERROR, "%s: bad offset 0x%" HWADDR_PRIx "\n", __func__, addr);
        return;
    }
    s3c2410_gpio_assert(s, before);
}

static const MemoryRegionOps s3c2410_gpio_ops = {
    .read = s3c2410_gpio_read,
    .write = s3c2410_gpio_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .impl = { .min_access_size = 4, .max_access_size = 4 },
};

static void s3c2410_gpio_reset(DeviceState *dev)
{
    S3C2410Gpio *s = S3C2410_GPIO(dev);

    memset(s->port, 0, sizeof(s->port));
    s->port[0][CON] = 0x7fffff;
    s->port[3][UP] = 0xf000;
    s->port[6][UP] = 0xf800;
    s->misccr = 0x10330;
    s->dclkcon = 0;
    memset(s->extint, 0, sizeof(s->extint));
    memset(s->eintflt, 0, sizeof(s->eintflt));
    s->eintmask = 0xfffff0;
    s->eintpend = 0;
    s->driven = 0;
    s->gstatus2 = s->watchdog ? 4 : 1; /* or power on */
    s->watchdog = false;
}

/* The watchdog says that it was it. */
static void s3c2410_gpio_watchdog(void *opaque, int n, int level)
{
    S3C2410Gpio *s = opaque;

    if (level) {
        s->watchdog = true;
    }
}

static void s3c2410_gpio_init(Object *obj)
{
    S3C2410Gpio *s = S3C2410_GPIO(obj);
    SysBusDevice *sbd = SYS_BUS_DEVICE(obj);

    memory_region_init_io(&s->iomem, obj, &s3c2410_gpio_ops, s, TYPE_S3C2410_GPIO, 0x100);
    sysbus_init_mmio(sbd, &s->iomem);
    for (int i = 0; i < ARRAY_SIZE(s->eint); i++) {
        sysbus_init_irq(sbd, &s->eint[i]);
    }
    for (int i = 0; i < PORTS; i++) {
        s->level[i] = 0xffff; /* the pull-ups */
    }
    qdev_init_gpio_in_named(DEVICE(obj), s3c2410_gpio_set, "pin", S3C2410_PINS);
    qdev_init_gpio_out_named(DEVICE(obj), s->out, "out", S3C2410_PINS);
    qdev_init_gpio_in_named(DEVICE(obj), s3c2410_gpio_watchdog, "watchdog", 1);
}

static const VMStateDescription vmstate_s3c2410_gpio = {
    .name = TYPE_S3C2410_GPIO,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (VMStateField[]) {
        VMSTATE_UINT32_2DARRAY(port, S3C2410Gpio, PORTS, 3),
        VMSTATE_UINT32_ARRAY(level, S3C2410Gpio, PORTS),
        VMSTATE_UINT32(misccr, S3C2410Gpio),
        VMSTATE_UINT32(dclkcon, S3C2410Gpio),
        VMSTATE_UINT32_ARRAY(extint, S3C2410Gpio, 3),
        VMSTATE_UINT32_ARRAY(eintflt, S3C2410Gpio, 4),
        VMSTATE_UINT32(eintmask, S3C2410Gpio),
        VMSTATE_UINT32(eintpend, S3C2410Gpio),
        VMSTATE_UINT32(gstatus2, S3C2410Gpio),
        VMSTATE_UINT32_ARRAY(gstatus, S3C2410Gpio, 2),
        VMSTATE_UINT32(driven, S3C2410Gpio),
        VMSTATE_BOOL(watchdog, S3C2410Gpio),
        VMSTATE_END_OF_LIST()
    },
};

static void s3c2410_gpio_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);

    dc->reset = s3c2410_gpio_reset;
    dc->vmsd = &vmstate_s3c2410_gpio;
}

static const TypeInfo s3c2410_gpio_info = {
    .name = TYPE_S3C2410_GPIO,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(S3C2410Gpio),
    .instance_init = s3c2410_gpio_init,
    .class_init = s3c2410_gpio_class_init,
};

static void s3c2410_gpio_register(void)
{
    type_register_static(&s3c2410_gpio_info);
}

type_init(s3c2410_gpio_register)
