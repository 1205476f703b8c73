/*
 * Samsung S3C2410 UART
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * S3C2410A User's Manual, chapter 11: two FIFOs of 16 bytes. A byte takes its
 * time to be sent; DMA, infrared and modem lines are left out. With the property
 * stamp=on each line that is sent begins, for whoever listens, with "@" and the
 * time since power-on in microseconds.
 */
#include "qemu/osdep.h"
#include "chardev/char-fe.h"
#include "hw/irq.h"
#include "hw/qdev-clock.h"
#include "hw/qdev-properties.h"
#include "hw/qdev-properties-system.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "qemu/fifo8.h"
#include "qemu/log.h"
#include "qemu/timer.h"
#include "hw/arm/s3c2410.h"

OBJECT_DECLARE_SIMPLE_TYPE(S3C2410Uart, S3C2410_UART)

enum {
    ULCON = 0x00, UCON = 0x04, UFCON = 0x08, UMCON = 0x0c, UTRSTAT = 0x10, UERSTAT = 0x14,
    UFSTAT = 0x18, UMSTAT = 0x1c, UTXH = 0x20, URXH = 0x24, UBRDIV = 0x28,
};

#define FIFO_SIZE 16
#define UCON_RX_MODE (3 << 0)
#define UCON_TX_MODE (3 << 2)
#define UCON_LOOPBACK (1 << 5)
#define UCON_TIMEOUT (1 << 7)
#define UFCON_ENABLE (1 << 0)

struct S3C2410Uart {
    SysBusDevice parent_obj;
    MemoryRegion iomem;
    qemu_irq rx, tx, err;
    CharBackend chr;
    Clock *pclk;
    QEMUTimer *sent, *silent;

    Fifo8 in, out;
    uint32_t ulcon, ucon, ufcon, umcon, ubrdiv;
    uint32_t uerstat;
    bool sending; /* a byte is in the shifter */
    bool timeout; /* bytes have been waiting for long */
    bool stamp, within; /* within: a line, which has its stamp */
};

/* How long a byte takes on the line, in ns. */
static int64_t byte_time(S3C2410Uart *s)
{
    unsigned bits = 1 + 5 + (s->ulcon & 3) + ((s->ulcon & 0x20) != 0) + 1 + ((s->ulcon >> 2) & 1);

    return clock_ticks_to_ns(s->pclk, (uint64_t)16 * (s->ubrdiv + 1) * bits);
}

static bool has_fifo(S3C2410Uart *s)
{
    return s->ufcon & UFCON_ENABLE;
}

static void s3c2410_uart_update(S3C2410Uart *s)
{
    unsigned rx_trigger = has_fifo(s) ? 4 * (((s->ufcon >> 4) & 3) + 1) : 1;
    unsigned tx_trigger = has_fifo(s) ? 4 * ((s->ufcon >> 6) & 3) : 0;
    unsigned waiting = fifo8_num_used(&s->in);
    bool rx = (s->ucon & UCON_RX_MODE) == 1 &&
              (waiting >= rx_trigger || (waiting && s->timeout && (s->ucon & UCON_TIMEOUT)));
    bool tx = (s->ucon & UCON_TX_MODE) == 1 << 2 && fifo8_num_used(&s->out) <= tx_trigger;

    /* A pulse is told from a level by the interrupt controller. */
    qemu_set_irq(s->rx, rx);
    qemu_set_irq(s->tx, tx);
}

static void s3c2410_uart_transmit(S3C2410Uart *s, uint8_t byte)
{
    if (s->stamp && !s->within) {
        g_autofree char *text = g_strdup_printf("@%" PRId64 " ", qemu_clock_get_us(QEMU_CLOCK_VIRTUAL));

        qemu_chr_fe_write_all(&s->chr, (uint8_t *)text, strlen(text));
    }
    s->within = byte != '\n';
    /* Whoever listens has to be quick, as on a line without handshake. */
    qemu_chr_fe_write_all(&s->chr, &byte, 1);
}

static void s3c2410_uart_send(S3C2410Uart *s)
{
    uint8_t byte;

    if (s->sending || fifo8_is_empty(&s->out)) {
        return;
    }
    byte = fifo8_pop(&s->out);
    s->sending = true;
    if (s->ucon & UCON_LOOPBACK) {
        if (!fifo8_is_full(&s->in)) {
            fifo8_push(&s->in, byte);
        }
    } else {
        s3c2410_uart_transmit(s, byte);
    }
    s3c2410_uart_update(s);
    /* The last thing: while the core is idle, setting a timer may skip to it. */
    timer_mod(s->sent, qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) + byte_time(s));
}

static void s3c2410_uart_sent(void *opaque)
{
    S3C2410Uart *s = opaque;

    s->sending = false;
    s3c2410_uart_update(s);
    s3c2410_uart_send(s);
}

static void s3c2410_uart_silent(void *opaque)
{
    S3C2410Uart *s = opaque;

    s->timeout = true;
    s3c2410_uart_update(s);
}

static int s3c2410_uart_can_receive(void *opaque)
{
    S3C2410Uart *s = opaque;
    unsigned size = has_fifo(s) ? FIFO_SIZE : 1, used = fifo8_num_used(&s->in);

    return used < size ? size - used : 0;
}

static void s3c2410_uart_receive(void *opaque, const uint8_t *buf, int size)
{
    S3C2410Uart *s = opaque;

    for (int i = 0; i < size && !fifo8_is_full(&s->in); i++) {
        fifo8_push(&s->in, buf[i]);
    }
    s->timeout = false;
    timer_mod(s->silent, qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) + 3 * byte_time(s));
    s3c2410_uart_update(s);
}

static void s3c2410_uart_event(void *opaque, QEMUChrEvent event)
{
    S3C2410Uart *s = opaque;

    if (event == CHR_EVENT_BREAK) {
        s->uerstat |= 8;
        qemu_irq_pulse(s->err);
    }
}

static uint32_t s3c2410_uart_take(S3C2410Uart *s)
{
    uint8_t byte = fifo8_is_empty(&s->in) ? 0 : fifo8_pop(&s->in);

    if (fifo8_is_empty(&s->in)) {
        s->timeout = false;
        timer_del(s->silent);
    }
    s3c2410_uart_update(s);
    qemu_chr_fe_accept_input(&s->chr);
    return byte;
}

static uint32_t s3c2410_uart_fifo_status(S3C2410Uart *s)
{
    unsigned in = fifo8_num_used(&s->in), out = fifo8_num_used(&s->out);

    return (in & 15) | (out & 15) << 4 | (in == FIFO_SIZE) << 8 | (out == FIFO_SIZE) << 9;
}

static uint64_t s3c2410_uart_read(void *opaque, hwaddr addr, unsigned size)
{
    S3C2410Uart *s = opaque;
    uint32_t value;

    switch (addr) {
    case ULCON:
        return s->ulcon;
    case UCON:
        return s->ucon;
    case UFCON:
        return s->ufcon;
    case UMCON:
        return s->umcon;
    case UTRSTAT:
        value = fifo8_is_empty(&s->out) << 1;
        return value | (!fifo8_is_empty(&s->in)) | ((value && !s->sending) << 2);
    case UERSTAT: /* reading clears */
        value = s->uerstat;
        s->uerstat = 0;
        return value;
    case UFSTAT:
        return s3c2410_uart_fifo_status(s);
    case UMSTAT:
        return 1; /* clear to send */
    case URXH:
        return s3c2410_uart_take(s);
    case UTXH:
        return 0;
    case UBRDIV:
        return s->ubrdiv;
    }
    qemu_log_mask(LOG_GUEST_ERROR, "%s: bad offset 0x%" HWADDR_PRIx "\n", __func__, addr);
    return 0;
}

static void s3c2410_uart_write(void *opaque, hwaddr addr, uint64_t value, unsigned size)
{
    S3C2410Uart *s = opaque;

    switch (addr) {
    case ULCON:
        s->ulcon = value & 0x7f;
        break;
    case UCON:
        s->ucon = value & 0x7ff;
        break;
    case UFCON:
        s->ufcon = value & 0xf1;
        if (value & 2) {
            fifo8_reset(&s->in);
            s->timeout = false;
        }
        if (value & 4) {
            fifo8_reset(&s->out);
        }
        qemu_chr_fe_accept_input(&s->chr);
        break;
    case UMCON:
        s->umcon = value & 0x11;
        break;
    case UTXH:
        if (fifo8_num_used(&s->out) < (has_fifo(s) ? FIFO_SIZE : 1)) {
            fifo8_push(&s->out, value);
        }
        s3c2410_uart_send(s);
        break;
    case UBRDIV:
        s->ubrdiv = value & 0xffff;
        break;
    default:
        qemu_log_mask(LOG_GUEST_ERROR, "%s: bad offset 0x%" HWADDR_PRIx "\n", __func__, addr);
        return;
    }
    s3c2410_uart_update(s);
}

static const MemoryRegionOps s3c2410_uart_ops = {
    .read = s3c2410_uart_read,
    .write = s3c2410_uart_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .impl = { .min_access_size = 1, .max_access_size = 4 },
};

static void s3c2410_uart_reset(DeviceState *dev)
{
    S3C2410Uart *s = S3C2410_UART(dev);

    s->ulcon = s->ucon = s->ufcon = s->umcon = s->ubrdiv = s->uerstat = 0;
    s->sending = s->timeout = false;
    timer_del(s->sent);
    timer_del(s->silent);
    fifo8_reset(&s->in);
    fifo8_reset(&s->out);
}

static void s3c2410_uart_init(Object *obj)
{
    S3C2410Uart *s = S3C2410_UART(obj);
    SysBusDevice *sbd = SYS_BUS_DEVICE(obj);

    memory_region_init_io(&s->iomem, obj, &s3c2410_uart_ops, s, TYPE_S3C2410_UART, 0x4000);
    sysbus_init_mmio(sbd, &s->iomem);
    sysbus_init_irq(sbd, &s->rx);
    sysbus_init_irq(sbd, &s->tx);
    sysbus_init_irq(sbd, &s->err);
    s->pclk = qdev_init_clock_in(DEVICE(obj), "pclk", NULL, NULL, 0);
    fifo8_create(&s->in, FIFO_SIZE);
    fifo8_create(&s->out, FIFO_SIZE);
    s->sent = timer_new_ns(QEMU_CLOCK_VIRTUAL, s3c2410_uart_sent, s);
    s->silent = timer_new_ns(QEMU_CLOCK_VIRTUAL, s3c2410_uart_silent, s);
}

static void s3c2410_uart_realize(DeviceState *dev, Error **errp)
{
    S3C2410Uart *s = S3C2410_UART(dev);

    qemu_chr_fe_set_handlers(&s->chr, s3c2410_uart_can_receive, s3c2410_uart_receive,
                             s3c2410_uart_event, NULL, s, NULL, true);
}

static const VMStateDescription vmstate_s3c2410_uart = {
    .name = TYPE_S3C2410_UART,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (VMStateField[]) {
        VMSTATE_CLOCK(pclk, S3C2410Uart),
        VMSTATE_TIMER_PTR(sent, S3C2410Uart),
        VMSTATE_TIMER_PTR(silent, S3C2410Uart),
        VMSTATE_FIFO8(in, S3C2410Uart),
        VMSTATE_FIFO8(out, S3C2410Uart),
        VMSTATE_UINT32(ulcon, S3C2410Uart),
        VMSTATE_UINT32(ucon, S3C2410Uart),
        VMSTATE_UINT32(ufcon, S3C2410Uart),
        VMSTATE_UINT32(umcon, S3C2410Uart),
        VMSTATE_UINT32(ubrdiv, S3C2410Uart),
        VMSTATE_UINT32(uerstat, S3C2410Uart),
        VMSTATE_BOOL(sending, S3C2410Uart),
        VMSTATE_BOOL(timeout, S3C2410Uart),
        VMSTATE_END_OF_LIST()
    },
};

static Property s3c2410_uart_properties[] = {
    DEFINE_PROP_CHR("chardev", S3C2410Uart, chr),
    DEFINE_PROP_BOOL("stamp", S3C2410Uart, stamp, false),
    DEFINE_PROP_END_OF_LIST(),
};

static void s3c2410_uart_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);

    dc->realize = s3c2410_uart_realize;
    dc->reset = s3c2410_uart_reset;
    dc->vmsd = &vmstate_s3c2410_uart;
    device_class_set_props(dc, s3c2410_uart_properties);
}

static const TypeInfo s3c2410_uart_info = {
    .name = TYPE_S3C2410_UART,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(S3C2410Uart),
    .instance_init = s3c2410_uart_init,
    .class_init = s3c2410_uart_class_init,
};

static void s3c2410_uart_register(void)
{
    type_register_static(&s3c2410_uart_info);
}

type_init(s3c2410_uart_register)
