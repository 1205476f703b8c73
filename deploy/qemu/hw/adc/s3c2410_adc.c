/*
 * Samsung S3C2410 converter to digital and touch screen
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * S3C2410A User's Manual, chapter 16. The pointer's left button is the finger;
 * the screen gives 0 to 1023 in both directions. The other six inputs are at 0.
 */
#include "qemu/osdep.h"
#include "hw/irq.h"
#include "hw/qdev-clock.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "qemu/log.h"
#include "qemu/timer.h"
#include "ui/input.h"
#include "hw/arm/s3c2410.h"

OBJECT_DECLARE_SIMPLE_TYPE(S3C2410Adc, S3C2410_ADC)

enum { ADCCON = 0x00, ADCTSC = 0x04, ADCDLY = 0x08, ADCDAT0 = 0x0c, ADCDAT1 = 0x10 };

#define CON_START (1 << 0)
#define CON_READ_START (1 << 1)
#define CON_PRESCALER (1 << 14)
#define CON_END (1 << 15)
#define TSC_AUTO (1 << 2)
#define TSC_UP_INTERRUPT (1 << 8)
#define DAT_UP (1 << 15)
#define RANGE 1023

struct S3C2410Adc {
    SysBusDevice parent_obj;
    MemoryRegion iomem;
    Clock *pclk;
    QEMUTimer *converted;
    qemu_irq tc, adc;

    uint32_t con, tsc, dly, dat0, dat1;
    uint32_t x, y; /* where the pointer is */
    bool down;
};

static bool waits(S3C2410Adc *s)
{
    return (s->tsc & 3) == 3;
}

/* An interrupt comes of a finger that comes, or goes, as chosen. */
static void s3c2410_adc_touch(S3C2410Adc *s, bool down)
{
    if (down == s->down) {
        return;
    }
    s->down = down;
    if (waits(s) && down == !(s->tsc & TSC_UP_INTERRUPT)) {
        qemu_irq_pulse(s->tc);
    }
}

static void s3c2410_adc_event(DeviceState *dev, QemuConsole *src, InputEvent *evt)
{
    S3C2410Adc *s = S3C2410_ADC(dev);
    InputMoveEvent *move;

    switch (evt->type) {
    case INPUT_EVENT_KIND_ABS:
        move = evt->u.abs.data;
        *(move->axis == INPUT_AXIS_X ? &s->x : &s->y) =
            qemu_input_scale_axis(move->value, INPUT_EVENT_ABS_MIN, INPUT_EVENT_ABS_MAX, 0, RANGE);
        break;
    case INPUT_EVENT_KIND_BTN:
        if (evt->u.btn.data->button == INPUT_BUTTON_LEFT) {
            s3c2410_adc_touch(s, evt->u.btn.data->down);
        }
        break;
    default:
        break;
    }
}

static QemuInputHandler s3c2410_adc_handler = {
    .name = "S3C2410 touch screen",
    .mask = INPUT_EVENT_MASK_BTN | INPUT_EVENT_MASK_ABS,
    .event = s3c2410_adc_event,
};

/* Five clocks of at most 2.5 MHz, and in a sequence the delay before. */
static int64_t conversion_time(S3C2410Adc *s)
{
    unsigned divider = s->con & CON_PRESCALER ? ((s->con >> 6) & 0xff) + 1 : 1;

    return clock_ticks_to_ns(s->pclk, 5 * divider + (s->tsc & TSC_AUTO ? 2 * s->dly : 0));
}

static void s3c2410_adc_converted(void *opaque)
{
    S3C2410Adc *s = opaque;

    s->con |= CON_END;
    if (s->tsc & TSC_AUTO) {
        s->dat0 = s->x;
        s->dat1 = s->y;
    } else {
        s->dat0 = (s->tsc & 3) == 1 ? s->x : 0;
        s->dat1 = (s->tsc & 3) == 2 ? s->y : 0;
    }
    qemu_irq_pulse(s->adc);
}

static void convert(S3C2410Adc *s)
{
    s->con &= ~(CON_START | CON_END);
    timer_mod(s->converted, qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) + conversion_time(s));
}

static uint32_t s3c2410_adc_data(S3C2410Adc *s, uint32_t value)
{
    if (s->con & CON_READ_START) {
        convert(s);
    }
    return value | (s->down ? 0 : DAT_UP) | (s->tsc & 7) << 12;
}

static uint64_t s3c2410_adc_read(void *opaque, hwaddr addr, unsigned size)
{
    S3C2410Adc *s = opaque;

    switch (addr) {
    case ADCCON:
        return s->con;
    case ADCTSC:
        return s->tsc;
    case ADCDLY:
        return s->dly;
    case ADCDAT0:
        return s3c2410_adc_data(s, s->dat0);
    case ADCDAT1:
        return s3c2410_adc_data(s, s->dat1);
    }
    qemu_log_mask(LOG_GUEST_ERROR, "%s: bad offset 0x%" HWADDR_PRIx "\n", __func__, addr);
    return 0;
}

static void s3c2410_adc_write(void *opaque, hwaddr addr, uint64_t value, unsigned size)
{
    S3C2410Adc *s = opaque;

    switch (addr) {
    case ADCCON:
        s->con = (s->con & CON_END) | (value & 0x7fff);
        if (value & CON_START) {
            convert(s);
        }
        return;
    case ADCTSC:
        s->tsc = value & 0x1ff;
        /* A finger that is there already is told at once. */
        if (waits(s) && s->down && !(s->tsc & TSC_UP_INTERRUPT)) {
            qemu_irq_pulse(s->tc);
        }
        return;
    case ADCDLY:
        s->dly = value & 0xffff;
        return;
    }
    qemu_log_mask(LOG_GUEST_ERROR, "%s: bad offset 0x%" HWADDR_PRIx "\n", __func__, addr);
}

static const MemoryRegionOps s3c2410_adc_ops = {
    .read = s3c2410_adc_read,
    .write = s3c2410_adc_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .impl = { .min_access_size = 4, .max_access_size = 4 },
};

static void s3c2410_adc_reset(DeviceState *dev)
{
    S3C2410Adc *s = S3C2410_ADC(dev);

    s->con = 0x3fc4;
    s->tsc = 0x58;
    s->dly = 0xff;
    s->dat0 = s->dat1 = 0;
    timer_del(s->converted);
}

static void s3c2410_adc_realize(DeviceState *dev, Error **errp)
{
    qemu_input_handler_activate(qemu_input_handler_register(dev, &s3c2410_adc_handler));
}

static void s3c2410_adc_init(Object *obj)
{
    S3C2410Adc *s = S3C2410_ADC(obj);
    SysBusDevice *sbd = SYS_BUS_DEVICE(obj);

    memory_region_init_io(&s->iomem, obj, &s3c2410_adc_ops, s, TYPE_S3C2410_ADC, 0x100);
    sysbus_init_mmio(sbd, &s->iomem);
    sysbus_init_irq(sbd, &s->tc);
    sysbus_init_irq(sbd, &s->adc);
    s->pclk = qdev_init_clock_in(DEVICE(obj), "pclk", NULL, NULL, 0);
    s->converted = timer_new_ns(QEMU_CLOCK_VIRTUAL, s3c2410_adc_converted, s);
}

static const VMStateDescription vmstate_s3c2410_adc = {
    .name = TYPE_S3C2410_ADC,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (VMStateField[]) {
        VMSTATE_CLOCK(pclk, S3C2410Adc),
        VMSTATE_TIMER_PTR(converted, S3C2410Adc),
        VMSTATE_UINT32(con, S3C2410Adc),
        VMSTATE_UINT32(tsc, S3C2410Adc),
        VMSTATE_UINT32(dly, S3C2410Adc),
        VMSTATE_UINT32(dat0, S3C2410Adc),
        VMSTATE_UINT32(dat1, S3C2410Adc),
        VMSTATE_UINT32(x, S3C2410Adc),
        VMSTATE_UINT32(y, S3C2410Adc),
        VMSTATE_BOOL(down, S3C2410Adc),
        VMSTATE_END_OF_LIST()
    },
};

static void s3c2410_adc_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);

    set_bit(DEVICE_CATEGORY_INPUT, dc->categories);
    dc->realize = s3c2410_adc_realize;
    dc->reset = s3c2410_adc_reset;
    dc->vmsd = &vmstate_s3c2410_adc;
}

static const TypeInfo s3c2410_adc_info = {
    .name = TYPE_S3C2410_ADC,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(S3C2410Adc),
    .instance_init = s3c2410_adc_init,
    .class_init = s3c2410_adc_class_init,
};

static void s3c2410_adc_register(void)
{
    type_register_static(&s3c2410_adc_info);
}

type_init(s3c2410_adc_register)
