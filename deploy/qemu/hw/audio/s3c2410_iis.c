/*
 * Samsung S3C2410 IIS controller
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * S3C2410A User's Manual, chapter 21, as a master that sends 16-bit stereo from
 * a FIFO of 32 samples. The sample rate is what the dividers make of PCLK (or,
 * on the later chips whose bit for it drivers set here, too, of the crystal).
 * The FIFO is looked at every 16 frames: a frame is never taken before its
 * time, and one that is missing is heard as silence.
 */
#include "qemu/osdep.h"
#include "hw/irq.h"
#include "hw/qdev-clock.h"
#include "hw/qdev-properties.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "qemu/host-utils.h"
#include "qemu/log.h"
#include "qemu/timer.h"
#include "hw/arm/s3c2410.h"

OBJECT_DECLARE_SIMPLE_TYPE(S3C2410Iis, S3C2410_IIS)

enum { IISCON = 0x00, IISMOD = 0x04, IISPSR = 0x08, IISFCON = 0x0c, IISFIFO = 0x10 };

#define CON_ENABLE (1 << 0)
#define CON_PRESCALER (1 << 1)
#define CON_TX_IDLE (1 << 3)
#define CON_TX_DMA (1 << 5)
#define CON_TX_READY (1 << 7)
#define CON_LEFT_RIGHT (1 << 8)
#define MOD_384FS (1 << 2)
#define MOD_TX (1 << 7)
#define FCON_TX_ENABLE (1 << 13)
#define FCON_TX_DMA (1 << 15)

#define FIFO_SIZE 32
#define BATCH 16
#define DMA_CHANNEL 2
#define DMA_SOURCE 0

struct S3C2410Iis {
    SysBusDevice parent_obj;
    MemoryRegion iomem;
    Clock *pclk;
    QEMUTimer *batch;
    S3C2410Dma *dma;
    UDA1341State *codec;

    uint32_t iiscon, iismod, iispsr, iisfcon;
    uint16_t fifo[FIFO_SIZE];
    uint32_t head, used;
    bool sending;
    int64_t began;   /* sending, in ns */
    uint64_t frames; /* since then */
    uint32_t missing; /* frames, since power on */
};

static bool transmits(S3C2410Iis *s)
{
    return (s->iiscon & CON_ENABLE) && !(s->iiscon & CON_TX_IDLE) && (s->iismod & MOD_TX) &&
           (s->iisfcon & FCON_TX_ENABLE);
}

/* The divider of PCLK for a frame. */
static uint64_t frame_clocks(S3C2410Iis *s)
{
    unsigned prescaler = s->iiscon & CON_PRESCALER ? ((s->iispsr >> 5) & 31) + 1 : 1;

    return (uint64_t)prescaler * (s->iismod & MOD_384FS ? 384 : 256);
}

static unsigned iis_rate(S3C2410Iis *s)
{
    uint64_t clocks = frame_clocks(s);

    return (clock_get_hz(s->pclk) + clocks / 2) / clocks;
}

static int64_t frames_to_ns(S3C2410Iis *s, uint64_t frames)
{
    return muldiv64(frames * frame_clocks(s), NANOSECONDS_PER_SECOND, clock_get_hz(s->pclk));
}

static bool s3c2410_iis_ready(void *opaque)
{
    S3C2410Iis *s = opaque;

    return s->used < FIFO_SIZE && (s->iiscon & CON_TX_DMA) && (s->iisfcon & FCON_TX_DMA) &&
           (s->iisfcon & FCON_TX_ENABLE);
}

/* A transfer that ends here is followed by the next one, if there is one. */
static void s3c2410_iis_fill(S3C2410Iis *s)
{
    uint32_t before;

    do {
        before = s->used;
        s3c2410_dma_request(s->dma, DMA_CHANNEL, DMA_SOURCE);
    } while (s->used != before && s->used < FIFO_SIZE);
}

static int16_t take(S3C2410Iis *s)
{
    int16_t sample = s->fifo[s->head];

    s->head = (s->head + 1) % FIFO_SIZE;
    s->used--;
    return sample;
}

static void s3c2410_iis_batch(void *opaque)
{
    S3C2410Iis *s = opaque;

    for (int i = 0; i < BATCH; i++) {
        if (s->used < 2) {
            s->missing++;
            uda1341_play(s->codec, 0, 0);
        } else {
            int16_t left = take(s), right = take(s);
            uda1341_play(s->codec, left, right);
        }
    }
    s->frames += BATCH;
    s3c2410_iis_fill(s);
    /* The last thing: while the core is idle, setting a timer may skip to it. */
    timer_mod(s->batch, s->began + frames_to_ns(s, s->frames + BATCH));
}

static void s3c2410_iis_update(S3C2410Iis *s)
{
    bool sends = transmits(s) && clock_get_hz(s->pclk);

    if (sends != s->sending) {
        s->sending = sends;
        uda1341_run(s->codec, sends, iis_rate(s));
        if (sends) {
            s->began = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
            s->frames = 0;
            timer_mod(s->batch, s->began + frames_to_ns(s, BATCH));
        } else {
            timer_del(s->batch);
        }
    }
    s3c2410_iis_fill(s);
}

static void s3c2410_iis_push(S3C2410Iis *s, uint16_t sample)
{
    if (s->used < FIFO_SIZE && (s->iisfcon & FCON_TX_ENABLE)) {
        s->fifo[(s->head + s->used) % FIFO_SIZE] = sample;
        s->used++;
    }
}

static uint64_t s3c2410_iis_read(void *opaque, hwaddr addr, unsigned size)
{
    S3C2410Iis *s = opaque;

    switch (addr) {
    case IISCON:
        return s->iiscon | CON_LEFT_RIGHT | (s->used < FIFO_SIZE ? CON_TX_READY : 0);
    case IISMOD:
        return s->iismod;
    case IISPSR:
        return s->iispsr;
    case IISFCON:
        return s->iisfcon | s->used << 6;
    case IISFIFO:
        return 0;
    }
    qemu_log_mask(LOG_GUEST_ERROR, "%s: bad offset 0x%" HWADDR_PRIx "\n", __func__, addr);
    return 0;
}

static void s3c2410_iis_write(void *opaque, hwaddr addr, uint64_t value, unsigned size)
{
    S3C2410Iis *s = opaque;

    switch (addr) {
    case IISCON:
        s->iiscon = value & 0x3f;
        break;
    case IISMOD:
        s->iismod = value & 0x1ff;
        break;
    case IISPSR:
        s->iispsr = value & 0x3ff;
        break;
    case IISFCON:
        s->iisfcon = value & 0xf000;
        if (!(value & FCON_TX_ENABLE)) {
            s->head = s->used = 0;
        }
        break;
    case IISFIFO:
        s3c2410_iis_push(s, value);
        return;
    default:
        qemu_log_mask(LOG_GUEST_ERROR, "%s: bad offset 0x%" HWADDR_PRIx "\n", __func__, addr);
        return;
    }
    s3c2410_iis_update(s);
}

static const MemoryRegionOps s3c2410_iis_ops = {
    .read = s3c2410_iis_read,
    .write = s3c2410_iis_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .impl = { .min_access_size = 2, .max_access_size = 4 },
};

static void s3c2410_iis_reset(DeviceState *dev)
{
    S3C2410Iis *s = S3C2410_IIS(dev);

    s->iiscon = s->iismod = s->iispsr = s->iisfcon = 0;
    s->head = s->used = 0;
    if (s->sending) {
        uda1341_run(s->codec, false, 0);
    }
    s->sending = false;
    timer_del(s->batch);
}

static void s3c2410_iis_realize(DeviceState *dev, Error **errp)
{
    S3C2410Iis *s = S3C2410_IIS(dev);
    S3C2410DmaPeer peer = { s, s3c2410_iis_ready };

    s3c2410_dma_attach(s->dma, DMA_CHANNEL, DMA_SOURCE, peer);
}

static void s3c2410_iis_init(Object *obj)
{
    S3C2410Iis *s = S3C2410_IIS(obj);

    memory_region_init_io(&s->iomem, obj, &s3c2410_iis_ops, s, TYPE_S3C2410_IIS, 0x100);
    sysbus_init_mmio(SYS_BUS_DEVICE(obj), &s->iomem);
    s->pclk = qdev_init_clock_in(DEVICE(obj), "pclk", NULL, NULL, 0);
    s->batch = timer_new_ns(QEMU_CLOCK_VIRTUAL, s3c2410_iis_batch, s);
    object_property_add_link(obj, "dma", TYPE_S3C2410_DMA, (Object **)&s->dma,
                             qdev_prop_allow_set_link_before_realize, OBJ_PROP_LINK_STRONG);
    object_property_add_link(obj, "codec", TYPE_UDA1341, (Object **)&s->codec,
                             qdev_prop_allow_set_link_before_realize, OBJ_PROP_LINK_STRONG);
    object_property_add_uint32_ptr(obj, "missing", &s->missing, OBJ_PROP_FLAG_READ);
}

static const VMStateDescription vmstate_s3c2410_iis = {
    .name = TYPE_S3C2410_IIS,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (VMStateField[]) {
        VMSTATE_CLOCK(pclk, S3C2410Iis),
        VMSTATE_TIMER_PTR(batch, S3C2410Iis),
        VMSTATE_UINT32(iiscon, S3C2410Iis),
        VMSTATE_UINT32(iismod, S3C2410Iis),
        VMSTATE_UINT32(iispsr, S3C2410Iis),
        VMSTATE_UINT32(iisfcon, S3C2410Iis),
        VMSTATE_UINT16_ARRAY(fifo, S3C2410Iis, FIFO_SIZE),
        VMSTATE_UINT32(head, S3C2410Iis),
        VMSTATE_UINT32(used, S3C2410Iis),
        VMSTATE_BOOL(sending, S3C2410Iis),
        VMSTATE_INT64(began, S3C2410Iis),
        VMSTATE_UINT64(frames, S3C2410Iis),
        VMSTATE_UINT32(missing, S3C2410Iis),
        VMSTATE_END_OF_LIST()
    },
};

static void s3c2410_iis_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);

    dc->realize = s3c2410_iis_realize;
    dc->reset = s3c2410_iis_reset;
    dc->vmsd = &vmstate_s3c2410_iis;
}

static const TypeInfo s3c2410_iis_info = {
    .name = TYPE_S3C2410_IIS,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(S3C2410Iis),
    .instance_init = s3c2410_iis_init,
    .class_init = s3c2410_iis_class_init,
};

static void s3c2410_iis_register(void)
{
    type_register_static(&s3c2410_iis_info);
}

type_init(s3c2410_iis_register)
