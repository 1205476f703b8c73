/*
 * Samsung S3C2410 system on a chip
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * An ARM920T and what S3C2410A User's Manual, chapter 1, lists. The USB device,
 * IIC and SPI controllers are not there.
 */
#include "qemu/osdep.h"
#include "exec/address-spaces.h"
#include "hw/arm/s3c2410_soc.h"
#include "hw/misc/unimp.h"
#include "hw/qdev-clock.h"
#include "hw/qdev-properties.h"
#include "hw/resettable.h"
#include "qapi/error.h"
#include "sysemu/reset.h"
#include "sysemu/sysemu.h"

#define STEPPINGSTONE 0x00000000

static const struct {
    const char *name;
    hwaddr base;
} unimplemented[] = {
    { "s3c2410.usb-device", 0x52000000 },
    { "s3c2410.iic", 0x54000000 },
    { "s3c2410.spi", 0x59000000 },
};

static qemu_irq source(S3C2410State *s, int n)
{
    return qdev_get_gpio_in_named(s->intc, "source", n);
}

static DeviceState *make(S3C2410State *s, const char *type, const char *name)
{
    DeviceState *dev = qdev_new(type);

    object_property_add_child(OBJECT(s), name, OBJECT(dev));
    object_unref(OBJECT(dev));
    return dev;
}

/* Realizes a device and maps its registers, which some have from then on only. */
static void place(DeviceState *dev, hwaddr base)
{
    sysbus_realize(SYS_BUS_DEVICE(dev), &error_fatal);
    sysbus_mmio_map(SYS_BUS_DEVICE(dev), 0, base);
}

static void clocked(S3C2410State *s, DeviceState *dev, const char *clock)
{
    qdev_connect_clock_in(dev, clock, qdev_get_clock_out(s->clkpwr, clock));
}

static void interrupts(S3C2410State *s, DeviceState *dev, int line, int n)
{
    sysbus_connect_irq(SYS_BUS_DEVICE(dev), line, source(s, n));
}

static void subinterrupts(S3C2410State *s, DeviceState *dev, int first, int n)
{
    for (int i = 0; i < n; i++) {
        sysbus_connect_irq(SYS_BUS_DEVICE(dev), i, qdev_get_gpio_in_named(s->intc, "sub", first + i));
    }
}

static void s3c2410_core(S3C2410State *s)
{
    s->cpu = ARM_CPU(object_new(ARM_CPU_TYPE_NAME("arm920t")));
    object_property_add_child(OBJECT(s), "cpu", OBJECT(s->cpu));
    qdev_realize(DEVICE(s->cpu), NULL, &error_fatal);
    qemu_register_reset(resettable_cold_reset_fn, s->cpu); /* it is on no bus */

    s->intc = make(s, TYPE_S3C2410_INTC, "intc");
    place(s->intc, 0x4a000000);
    sysbus_connect_irq(SYS_BUS_DEVICE(s->intc), 0, qdev_get_gpio_in(DEVICE(s->cpu), ARM_CPU_IRQ));
    sysbus_connect_irq(SYS_BUS_DEVICE(s->intc), 1, qdev_get_gpio_in(DEVICE(s->cpu), ARM_CPU_FIQ));

    s->clkpwr = make(s, TYPE_S3C2410_CLKPWR, "clkpwr");
    place(s->clkpwr, 0x4c000000);
    place(make(s, TYPE_S3C2410_MEMCTL, "memctl"), 0x48000000);
}

static void s3c2410_lines(S3C2410State *s)
{
    static const uint8_t timers = 5;
    DeviceState *dev;

    s->gpio = make(s, TYPE_S3C2410_GPIO, "gpio");
    place(s->gpio, 0x56000000);
    for (int i = 0; i < 6; i++) {
        interrupts(s, s->gpio, i, i);
    }
    for (int i = 0; i < 3; i++) {
        g_autofree char *name = g_strdup_printf("uart%d", i);
        dev = make(s, TYPE_S3C2410_UART, name);
        qdev_prop_set_chr(dev, "chardev", serial_hd(i));
        clocked(s, dev, "pclk");
        place(dev, 0x50000000 + 0x4000 * i);
        subinterrupts(s, dev, 3 * i, 3);
    }
    dev = make(s, TYPE_S3C2410_PWM, "pwm");
    clocked(s, dev, "pclk");
    place(dev, 0x51000000);
    for (int i = 0; i < timers; i++) {
        interrupts(s, dev, i, 10 + i);
    }
    dev = make(s, TYPE_S3C2410_WDT, "wdt");
    clocked(s, dev, "pclk");
    place(dev, 0x53000000);
    interrupts(s, dev, 0, 9);
    qdev_connect_gpio_out_named(dev, "reset", 0, qdev_get_gpio_in_named(s->gpio, "watchdog", 0));
    dev = make(s, TYPE_S3C2410_RTC, "rtc");
    place(dev, 0x57000000);
    interrupts(s, dev, 0, 30);
    interrupts(s, dev, 1, 8);
}

static void s3c2410_media(S3C2410State *s)
{
    DeviceState *dev;

    dev = make(s, TYPE_S3C2410_LCD, "lcd");
    clocked(s, dev, "hclk");
    place(dev, 0x4d000000);
    interrupts(s, dev, 0, 16);

    s->dma = make(s, TYPE_S3C2410_DMA, "dma");
    place(s->dma, 0x4b000000);
    for (int i = 0; i < 4; i++) {
        interrupts(s, s->dma, i, 17 + i);
    }
    dev = make(s, TYPE_S3C2410_IIS, "iis");
    clocked(s, dev, "pclk");
    object_property_set_link(OBJECT(dev), "dma", OBJECT(s->dma), &error_fatal);
    object_property_set_link(OBJECT(dev), "codec", OBJECT(s->codec), &error_fatal);
    place(dev, 0x55000000);

    dev = make(s, TYPE_S3C2410_ADC, "adc");
    clocked(s, dev, "pclk");
    place(dev, 0x58000000);
    subinterrupts(s, dev, 9, 2);
}

static void s3c2410_storage(S3C2410State *s)
{
    DeviceState *dev = make(s, TYPE_S3C2410_NAND, "nand");

    object_property_set_link(OBJECT(dev), "chip", OBJECT(s->chip), &error_fatal);
    place(dev, 0x4e000000);
    sysbus_mmio_map(SYS_BUS_DEVICE(dev), 1, STEPPINGSTONE);

    s->sdi = make(s, TYPE_S3C2410_SDI, "sdi");
    clocked(s, s->sdi, "pclk");
    object_property_set_link(OBJECT(s->sdi), "dma", OBJECT(s->dma), &error_fatal);
    place(s->sdi, 0x5a000000);
    interrupts(s, s->sdi, 0, 21);

    dev = make(s, "sysbus-ohci", "ohci");
    qdev_prop_set_uint32(dev, "num-ports", 2);
    place(dev, 0x49000000);
    interrupts(s, dev, 0, 26);
}

static void s3c2410_realize(DeviceState *dev, Error **errp)
{
    S3C2410State *s = S3C2410(dev);

    s3c2410_core(s);
    s3c2410_lines(s);
    s3c2410_media(s);
    s3c2410_storage(s);
    for (int i = 0; i < ARRAY_SIZE(unimplemented); i++) {
        create_unimplemented_device(unimplemented[i].name, unimplemented[i].base, 0x1000);
    }
}

static void s3c2410_init(Object *obj)
{
    S3C2410State *s = S3C2410(obj);

    object_property_add_link(obj, "chip", TYPE_K9F1208, &s->chip,
                             qdev_prop_allow_set_link_before_realize, OBJ_PROP_LINK_STRONG);
    object_property_add_link(obj, "codec", TYPE_UDA1341, &s->codec,
                             qdev_prop_allow_set_link_before_realize, OBJ_PROP_LINK_STRONG);
}

static void s3c2410_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);

    dc->realize = s3c2410_realize;
    dc->user_creatable = false; /* it uses serial_hd() */
}

static const TypeInfo s3c2410_info = {
    .name = TYPE_S3C2410,
    .parent = TYPE_DEVICE,
    .instance_size = sizeof(S3C2410State),
    .instance_init = s3c2410_init,
    .class_init = s3c2410_class_init,
};

static void s3c2410_register(void)
{
    type_register_static(&s3c2410_info);
}

type_init(s3c2410_register)
