/*
 * Samsung S3C2410 DMA controller
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * S3C2410A User's Manual, chapter 8: four channels, each of which serves one of
 * a few devices or, asked by software, memory. A device's request moves units
 * as long as it is ready; the bus takes no time. The first request takes
 * addresses and count over from their registers, which from then on may hold
 * those of the transfer behind.
 */
#include "qemu/osdep.h"
#include "exec/address-spaces.h"
#include "hw/irq.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "qemu/log.h"
#include "hw/arm/s3c2410.h"

OBJECT_DECLARE_SIMPLE_TYPE(S3C2410Dma, S3C2410_DMA)

enum { DISRC, DISRCC, DIDST, DIDSTC, DCON, DSTAT, DCSRC, DCDST, DMASKTRIG, REGISTERS };

#define CHANNELS 4
#define SOURCES 8
#define STRIDE 0x40

#define FIXED (1 << 0) /* DISRCC and DIDSTC */
#define DCON_COUNT 0xfffff
#define DCON_NO_RELOAD (1 << 22)
#define DCON_HARDWARE (1 << 23)
#define DCON_BURST (1 << 28)
#define DCON_INT (1 << 29)
#define DSTAT_BUSY (1 << 20)
#define TRIG_SOFTWARE (1 << 0)
#define TRIG_ON (1 << 1)
#define TRIG_STOP (1 << 2)

typedef struct {
    qemu_irq irq;
    uint32_t reg[REGISTERS];
    uint32_t count; /* CURR_TC: 0 until there is a request */
    bool running; /* a transfer to this controller's own registers ends there */
    S3C2410DmaPeer peer[SOURCES];
} Channel;

struct S3C2410Dma {
    SysBusDevice parent_obj;
    MemoryRegion iomem;
    Channel channel[CHANNELS];
};

static void load(Channel *c)
{
    c->count = c->reg[DCON] & DCON_COUNT;
    c->reg[DCSRC] = c->reg[DISRC];
    c->reg[DCDST] = c->reg[DIDST];
}

/* Moves one unit, or a burst of four. */
static void move(Channel *c)
{
    unsigned size = 1 << MIN((c->reg[DCON] >> 20) & 3, 2), units = c->reg[DCON] & DCON_BURST ? 4 : 1;

    while (units--) {
        uint8_t buf[4];
        address_space_read(&address_space_memory, c->reg[DCSRC], MEMTXATTRS_UNSPECIFIED, buf, size);
        address_space_write(&address_space_memory, c->reg[DCDST], MEMTXATTRS_UNSPECIFIED, buf, size);
        c->reg[DCSRC] += c->reg[DISRCC] & FIXED ? 0 : size;
        c->reg[DCDST] += c->reg[DIDSTC] & FIXED ? 0 : size;
    }
    c->count--;
}

static void end(Channel *c)
{
    if (c->reg[DCON] & DCON_NO_RELOAD) {
        c->reg[DMASKTRIG] &= ~TRIG_ON;
    }
    if (c->reg[DCON] & DCON_INT) {
        qemu_irq_pulse(c->irq);
    }
}

static bool always(void *opaque)
{
    return true;
}

static void run(Channel *c, S3C2410DmaPeer peer)
{
    if (c->running) {
        return;
    }
    c->running = true;
    while ((c->reg[DMASKTRIG] & TRIG_ON) && peer.ready(peer.opaque)) {
        if (!c->count) {
            load(c);
        }
        if (c->count) {
            move(c);
        }
        if (!c->count) {
            end(c);
            break; /* what comes next is asked for anew */
        }
    }
    c->running = false;
}

static unsigned source_of(Channel *c)
{
    return (c->reg[DCON] >> 24) & 7;
}

static void serve(Channel *c)
{
    if (c->reg[DCON] & DCON_HARDWARE) {
        S3C2410DmaPeer peer = c->peer[source_of(c)];
        if (peer.ready) {
            run(c, peer);
        }
    } else if (c->reg[DMASKTRIG] & TRIG_SOFTWARE) {
        c->reg[DMASKTRIG] &= ~TRIG_SOFTWARE;
        run(c, (S3C2410DmaPeer) { .ready = always });
    }
}

void s3c2410_dma_attach(S3C2410Dma *s, int channel, int source, S3C2410DmaPeer peer)
{
    s->channel[channel].peer[source] = peer;
}

void s3c2410_dma_request(S3C2410Dma *s, int channel, int source)
{
    Channel *c = &s->channel[channel];

    if ((c->reg[DCON] & DCON_HARDWARE) && source_of(c) == source) {
        serve(c);
    }
}

static uint64_t s3c2410_dma_read(void *opaque, hwaddr addr, unsigned size)
{
    S3C2410Dma *s = opaque;
    Channel *c = &s->channel[addr / STRIDE];
    unsigned reg = addr % STRIDE / 4;

    if (reg == DSTAT) {
        return c->count | (c->count ? DSTAT_BUSY : 0);
    }
    if (reg < REGISTERS) {
        return c->reg[reg];
    }
    qemu_log_mask(LOG_GUEST_ERROR, "%s: bad offset 0x%" HWADDR_PRIx "\n", __func__, addr);
    return 0;
}

static void s3c2410_dma_trigger(Channel *c, uint32_t value)
{
    if (value & TRIG_STOP) {
        c->reg[DMASKTRIG] = 0;
        c->reg[DCSRC] = c->reg[DCDST] = c->count = 0;
        return;
    }
    c->reg[DMASKTRIG] = value & (TRIG_ON | TRIG_SOFTWARE);
    if (value & TRIG_ON) {
        serve(c);
    }
}

static void s3c2410_dma_write(void *opaque, hwaddr addr, uint64_t value, unsigned size)
{
    S3C2410Dma *s = opaque;
    Channel *c = &s->channel[addr / STRIDE];

    switch (addr % STRIDE / 4) {
    case DISRC:
    case DISRCC:
    case DIDST:
    case DIDSTC:
    case DCON:
        c->reg[addr % STRIDE / 4] = value;
        return;
    case DMASKTRIG:
        s3c2410_dma_trigger(c, value);
        return;
    }
    qemu_log_mask(LOG_GUEST_ERROR, "%s: bad offset 0x%" HWADDR_PRIx "\n", __func__, addr);
}

static const MemoryRegionOps s3c2410_dma_ops = {
    .read = s3c2410_dma_read,
    .write = s3c2410_dma_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .impl = { .min_access_size = 4, .max_access_size = 4 },
};

static void s3c2410_dma_reset(DeviceState *dev)
{
    S3C2410Dma *s = S3C2410_DMA(dev);

    for (int i = 0; i < CHANNELS; i++) {
        memset(s->channel[i].reg, 0, sizeof(s->channel[i].reg));
        s->channel[i].count = 0;
    }
}

static void s3c2410_dma_init(Object *obj)
{
    S3C2410Dma *s = S3C2410_DMA(obj);
    SysBusDevice *sbd = SYS_BUS_DEVICE(obj);

    memory_region_init_io(&s->iomem, obj, &s3c2410_dma_ops, s, TYPE_S3C2410_DMA, CHANNELS * STRIDE);
    sysbus_init_mmio(sbd, &s->iomem);
    for (int i = 0; i < CHANNELS; i++) {
        sysbus_init_irq(sbd, &s->channel[i].irq);
    }
}

static const VMStateDescription vmstate_channel = {
    .name = "s3c2410-dma-channel",
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (VMStateField[]) {
        VMSTATE_UINT32_ARRAY(reg, Channel, REGISTERS),
        VMSTATE_UINT32(count, Channel),
        VMSTATE_END_OF_LIST()
    },
};

static const VMStateDescription vmstate_s3c2410_dma = {
    .name = TYPE_S3C2410_DMA,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (VMStateField[]) {
        VMSTATE_STRUCT_ARRAY(channel, S3C2410Dma, CHANNELS, 1, vmstate_channel, Channel),
        VMSTATE_END_OF_LIST()
    },
};

static void s3c2410_dma_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);

    dc->reset = s3c2410_dma_reset;
    dc->vmsd = &vmstate_s3c2410_dma;
}

static const TypeInfo s3c2410_dma_info = {
    .name = TYPE_S3C2410_DMA,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(S3C2410Dma),
    .instance_init = s3c2410_dma_init,
    .class_init = s3c2410_dma_class_init,
};

static void s3c2410_dma_register(void)
{
    type_register_static(&s3c2410_dma_info);
}

type_init(s3c2410_dma_register)
