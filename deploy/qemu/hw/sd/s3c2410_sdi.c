/*
 * Samsung S3C2410 SD interface
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * S3C2410A User's Manual, chapter 19: a host for one card, with a FIFO of 64
 * bytes that the processor or a DMA channel fills and empties. Commands and data
 * take their time on the lines, at the clock that SDIPRE makes of PCLK. While the
 * FIFO has no room for what the card sends, or nothing for it, the clock to the
 * card stands still. SDIO interrupts and stream mode are left out.
 */
#include "qemu/osdep.h"
#include "hw/irq.h"
#include "hw/qdev-clock.h"
#include "hw/qdev-properties.h"
#include "hw/sd/sd.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "qemu/fifo8.h"
#include "qemu/log.h"
#include "qemu/timer.h"
#include "hw/arm/s3c2410.h"

OBJECT_DECLARE_SIMPLE_TYPE(S3C2410Sdi, S3C2410_SDI)

enum {
    SDICON = 0x00, SDIPRE = 0x04, SDICARG = 0x08, SDICCON = 0x0c, SDICSTA = 0x10,
    SDIRSP0 = 0x14, SDIRSP3 = 0x20, SDIDTIMER = 0x24, SDIBSIZE = 0x28, SDIDCON = 0x2c,
    SDIDCNT = 0x30, SDIDSTA = 0x34, SDIFSTA = 0x38, SDIDAT = 0x3c, SDIIMSK = 0x40,
};

#define CON_CLOCK (1 << 0)
#define CON_FIFO_RESET (1 << 1)

#define CCON_START (1 << 8)
#define CCON_WAIT_RESPONSE (1 << 9)
#define CCON_LONG (1 << 10)

#define CSTA_ON (1 << 8)
#define CSTA_RESPONSE (1 << 9)
#define CSTA_TIMEOUT (1 << 10)
#define CSTA_SENT (1 << 11)
#define CSTA_EVENTS 0x1e00

#define DCON_MODE (3 << 12)
#define DCON_BUSY_CHECK (1 << 12)
#define DCON_RECEIVE (2 << 12)
#define DCON_TRANSMIT (3 << 12)
#define DCON_STOP (1 << 14)
#define DCON_DMA (1 << 15)
#define DCON_WIDE (1 << 16)
#define DCON_BLOCKS (1 << 17)
#define DCON_BUSY_AFTER_COMMAND (1 << 18)
#define DCON_RECEIVE_AFTER_COMMAND (1 << 19)
#define DCON_TRANSMIT_AFTER_RESPONSE (1 << 20)

#define DSTA_RECEIVING (1 << 0)
#define DSTA_TRANSMITTING (1 << 1)
#define DSTA_BUSY_FINISHED (1 << 3)
#define DSTA_FINISHED (1 << 4)
#define DSTA_TIMEOUT (1 << 5)
#define DSTA_EVENTS 0x3fc

#define FSTA_RX_HALF (1 << 7)
#define FSTA_RX_FULL (1 << 8)
#define FSTA_RX_LAST (1 << 9)
#define FSTA_TX_EMPTY (1 << 10)
#define FSTA_TX_HALF (1 << 11)
#define FSTA_RX_THERE (1 << 12)
#define FSTA_TX_ROOM (1 << 13)

#define FIFO_SIZE 64
#define HALF 32

/* Clocks on the lines: of a command and its answers, and around a block. */
#define COMMAND_CLOCKS 48
#define SHORT_CLOCKS (8 + 48)
#define LONG_CLOCKS (8 + 136)
#define TIMEOUT_CLOCKS 64
#define BLOCK_CLOCKS 26

/* The DMA channels that can serve it, and as which of their sources. */
static const struct {
    uint8_t channel, source;
} dma_lines[] = { { 0, 2 }, { 2, 2 }, { 3, 1 } };

struct S3C2410Sdi {
    SysBusDevice parent_obj;
    MemoryRegion iomem;
    SDBus bus;
    qemu_irq irq, inserted, readonly;
    Clock *pclk;
    QEMUTimer *command, *data;
    S3C2410Dma *dma;

    uint32_t con, pre, arg, ccon, csta, rsp[4], dtimer, bsize, dcon, dsta, imsk;
    Fifo8 fifo;
    bool last;      /* all blocks have come, and the end is in the FIFO */
    bool stalled;   /* the clock stands still until the FIFO is served */
    uint32_t blocks, bytes; /* that are still to come, bytes of this block */
};

static unsigned mode(S3C2410Sdi *s)
{
    return s->dcon & DCON_MODE;
}

static bool in_progress(S3C2410Sdi *s)
{
    return s->dsta & (DSTA_RECEIVING | DSTA_TRANSMITTING);
}

static int64_t clocks_to_ns(S3C2410Sdi *s, uint64_t clocks)
{
    return clock_ticks_to_ns(s->pclk, clocks * 2 * (s->pre + 1));
}

static uint32_t s3c2410_sdi_fifo_status(S3C2410Sdi *s)
{
    unsigned used = fifo8_num_used(&s->fifo);
    uint32_t value = used | (s->last ? FSTA_RX_LAST : 0);

    if (mode(s) == DCON_TRANSMIT) {
        value |= (used < FIFO_SIZE ? FSTA_TX_ROOM : 0) | (used <= HALF ? FSTA_TX_HALF : 0) |
                 (used == 0 ? FSTA_TX_EMPTY : 0);
    } else {
        value |= (used > 0 ? FSTA_RX_THERE : 0) | (used >= HALF ? FSTA_RX_HALF : 0) |
                 (used == FIFO_SIZE ? FSTA_RX_FULL : 0);
    }
    return value;
}

/* The events in the order of the bits of SDIIMSK. */
static uint32_t s3c2410_sdi_events(S3C2410Sdi *s)
{
    uint32_t fifo = s3c2410_sdi_fifo_status(s);
    uint32_t events = (fifo >> 7) & 0x1f; /* RFHalf, RFFull, RFLast, TFEmpty, TFHalf */

    events |= ((s->dsta >> 2) & 1) << 5; /* no start bit */
    events |= ((s->dsta >> 3) & 0x7f) << 6; /* BusyFin up to IOIntDet */
    events |= ((s->csta >> 9) & 1) << 14; /* RspEnd */
    events |= ((s->csta >> 10) & 1) << 15; /* CmdTout */
    events |= ((s->csta >> 11) & 1) << 16; /* CmdSent */
    events |= ((s->csta >> 12) & 1) << 17; /* RspCrc */
    return events;
}

static void s3c2410_sdi_update(S3C2410Sdi *s)
{
    qemu_set_irq(s->irq, (s3c2410_sdi_events(s) & s->imsk) != 0);
}

/* Whether a DMA channel may move a word. */
static bool s3c2410_sdi_ready(void *opaque)
{
    S3C2410Sdi *s = opaque;

    if (!(s->dcon & DCON_DMA)) {
        return false;
    }
    if (mode(s) == DCON_TRANSMIT) {
        return fifo8_num_free(&s->fifo) >= 4;
    }
    return fifo8_num_used(&s->fifo) >= 4 || (s->last && !fifo8_is_empty(&s->fifo));
}

/*
 * A transfer that ends here is followed by the next one, if there is one. Each moves
 * a word at least, and no more of them than the FIFO has.
 */
static void s3c2410_sdi_request(S3C2410Sdi *s)
{
    for (int n = 0; n < FIFO_SIZE / 4 && s3c2410_sdi_ready(s); n++) {
        unsigned before = fifo8_num_used(&s->fifo);

        for (int i = 0; i < ARRAY_SIZE(dma_lines); i++) {
            s3c2410_dma_request(s->dma, dma_lines[i].channel, dma_lines[i].source);
        }
        if (fifo8_num_used(&s->fifo) == before) {
            return;
        }
    }
}

/* The next piece of a block is half of the FIFO, or what is left. */
static unsigned piece(S3C2410Sdi *s)
{
    return MIN(HALF, s->bytes);
}

/* Sets out for the next piece, which is moved when its time on the lines is over. */
static void s3c2410_sdi_next(S3C2410Sdi *s)
{
    unsigned lines = s->dcon & DCON_WIDE ? 4 : 1;
    uint64_t clocks = 8 * piece(s) / lines;

    if (s->bytes == s->bsize) {
        clocks += BLOCK_CLOCKS;
    }
    s->stalled = false;
    timer_mod(s->data, qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) + clocks_to_ns(s, clocks));
}

static void s3c2410_sdi_start_data(S3C2410Sdi *s)
{
    switch (mode(s)) {
    case DCON_BUSY_CHECK: /* the card is never busy for long */
        s->dsta |= DSTA_BUSY_FINISHED;
        return;
    case DCON_RECEIVE:
        s->dsta |= DSTA_RECEIVING;
        break;
    case DCON_TRANSMIT:
        s->dsta |= DSTA_TRANSMITTING;
        break;
    default:
        return;
    }
    s->blocks = s->dcon & 0xfff;
    s->bytes = s->bsize;
    s->last = false;
    if (!(s->dcon & DCON_BLOCKS)) {
        qemu_log_mask(LOG_UNIMP, "%s: stream mode\n", __func__);
        s->blocks = 1;
    }
    if (!s->blocks || !s->bytes) {
        qemu_log_mask(LOG_GUEST_ERROR, "%s: a transfer of nothing\n", __func__);
        s->dsta &= ~(DSTA_RECEIVING | DSTA_TRANSMITTING);
        return;
    }
    s3c2410_sdi_request(s);
    s3c2410_sdi_next(s);
}

static void s3c2410_sdi_stop_data(S3C2410Sdi *s, uint32_t event)
{
    timer_del(s->data);
    s->stalled = false;
    s->dsta = (s->dsta & ~(DSTA_RECEIVING | DSTA_TRANSMITTING)) | event;
}

/* Counts a piece, and says whether more is to come. */
static bool s3c2410_sdi_count(S3C2410Sdi *s, unsigned n)
{
    s->bytes -= n;
    if (s->bytes) {
        return true;
    }
    s->blocks--;
    if (s->blocks) {
        s->bytes = s->bsize;
    }
    return s->blocks;
}

/* Whether the card takes part; a card that was pulled out does not. */
static bool card_answers(S3C2410Sdi *s)
{
    if (!sdbus_get_inserted(&s->bus)) {
        return false;
    }
    return mode(s) == DCON_RECEIVE ? sdbus_data_ready(&s->bus) : sdbus_receive_ready(&s->bus);
}

static void s3c2410_sdi_move(S3C2410Sdi *s, unsigned n)
{
    uint8_t buf[HALF];

    if (mode(s) == DCON_RECEIVE) {
        sdbus_read_data(&s->bus, buf, n);
        fifo8_push_all(&s->fifo, buf, n);
        return;
    }
    for (unsigned i = 0; i < n; i++) {
        buf[i] = fifo8_pop(&s->fifo);
    }
    sdbus_write_data(&s->bus, buf, n);
    /* The last word has what a block that is not of whole words does not need. */
    if (n == s->bytes && s->blocks == 1) {
        fifo8_reset(&s->fifo);
    }
}

static void s3c2410_sdi_data(void *opaque)
{
    S3C2410Sdi *s = opaque;
    unsigned n = piece(s);
    unsigned there = mode(s) == DCON_RECEIVE ? fifo8_num_free(&s->fifo) : fifo8_num_used(&s->fifo);

    if (!card_answers(s)) {
        s3c2410_sdi_stop_data(s, DSTA_TIMEOUT);
    } else if (there < n) {
        s->stalled = true;
    } else {
        s3c2410_sdi_move(s, n);
        if (s3c2410_sdi_count(s, n)) {
            s3c2410_sdi_next(s);
        } else {
            s->last = mode(s) == DCON_RECEIVE;
            s3c2410_sdi_stop_data(s, DSTA_FINISHED | (s->last ? 0 : DSTA_BUSY_FINISHED));
        }
        s3c2410_sdi_request(s);
    }
    s3c2410_sdi_update(s);
}

/* Whoever served the FIFO may have made room for what the card waits with. */
static void s3c2410_sdi_served(S3C2410Sdi *s)
{
    if (s->stalled) {
        s3c2410_sdi_next(s);
    }
    s3c2410_sdi_update(s);
}

static void s3c2410_sdi_answer(S3C2410Sdi *s, const uint8_t *answer, int length)
{
    bool is_long = s->ccon & CCON_LONG;

    s->csta &= ~0xff;
    if (length != (is_long ? 16 : 4)) {
        s->csta |= CSTA_TIMEOUT;
        return;
    }
    s->csta |= CSTA_RESPONSE | (is_long ? 0x3f : s->ccon & 0x3f);
    for (int i = 0; i < length / 4; i++) {
        s->rsp[i] = ldl_be_p(answer + 4 * i);
    }
}

/* A command has gone to the card and, where one was waited for, its answer come. */
static void s3c2410_sdi_command(void *opaque)
{
    S3C2410Sdi *s = opaque;
    SDRequest request = { .cmd = s->ccon & 0x3f, .arg = s->arg };
    uint8_t answer[16];
    int length = sdbus_do_command(&s->bus, &request, answer);

    s->csta = (s->csta & ~CSTA_ON) | CSTA_SENT;
    if (s->ccon & CCON_WAIT_RESPONSE) {
        s3c2410_sdi_answer(s, answer, length);
    }
    if (((s->dcon & DCON_RECEIVE_AFTER_COMMAND) && mode(s) == DCON_RECEIVE) ||
        ((s->dcon & DCON_BUSY_AFTER_COMMAND) && mode(s) == DCON_BUSY_CHECK) ||
        ((s->dcon & DCON_TRANSMIT_AFTER_RESPONSE) && mode(s) == DCON_TRANSMIT &&
         (s->csta & CSTA_RESPONSE))) {
        s3c2410_sdi_start_data(s);
    }
    s3c2410_sdi_update(s);
}

/* A command waits for a clock. */
static void s3c2410_sdi_start_command(S3C2410Sdi *s)
{
    uint64_t clocks = COMMAND_CLOCKS;

    if (!(s->ccon & CCON_START) || !(s->con & CON_CLOCK)) {
        return;
    }
    s->ccon &= ~CCON_START;
    s->csta |= CSTA_ON;
    if (s->ccon & CCON_WAIT_RESPONSE) {
        clocks += !sdbus_get_inserted(&s->bus) ? TIMEOUT_CLOCKS : s->ccon & CCON_LONG ? LONG_CLOCKS : SHORT_CLOCKS;
    }
    timer_mod(s->command, qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) + clocks_to_ns(s, clocks));
}

static uint32_t s3c2410_sdi_take(S3C2410Sdi *s)
{
    uint32_t value = 0;
    unsigned n = MIN(fifo8_num_used(&s->fifo), 4);

    if (!n) {
        qemu_log_mask(LOG_GUEST_ERROR, "%s: the FIFO is empty\n", __func__);
    }
    for (unsigned i = 0; i < n; i++) {
        value |= (uint32_t)fifo8_pop(&s->fifo) << (8 * i);
    }
    s3c2410_sdi_served(s);
    return value;
}

static void s3c2410_sdi_put(S3C2410Sdi *s, uint32_t value)
{
    if (fifo8_num_free(&s->fifo) < 4) {
        qemu_log_mask(LOG_GUEST_ERROR, "%s: the FIFO is full\n", __func__);
        return;
    }
    for (unsigned i = 0; i < 4; i++) {
        fifo8_push(&s->fifo, value >> (8 * i));
    }
    s3c2410_sdi_served(s);
}

static uint64_t s3c2410_sdi_read(void *opaque, hwaddr addr, unsigned size)
{
    S3C2410Sdi *s = opaque;

    switch (addr) {
    case SDICON:
        return s->con;
    case SDIPRE:
        return s->pre;
    case SDICARG:
        return s->arg;
    case SDICCON:
        return s->ccon;
    case SDICSTA:
        return s->csta;
    case SDIRSP0 ... SDIRSP3:
        return s->rsp[(addr - SDIRSP0) / 4];
    case SDIDTIMER:
        return s->dtimer;
    case SDIBSIZE:
        return s->bsize;
    case SDIDCON:
        return s->dcon;
    case SDIDCNT:
        return in_progress(s) ? s->blocks << 12 | s->bytes : 0;
    case SDIDSTA:
        return s->dsta;
    case SDIFSTA:
        return s3c2410_sdi_fifo_status(s);
    case SDIDAT:
        return s3c2410_sdi_take(s);
    case SDIIMSK:
        return s->imsk;
    }
    qemu_log_mask(LOG_GUEST_ERROR, "%s: bad offset 0x%" HWADDR_PRIx "\n", __func__, addr);
    return 0;
}

static void s3c2410_sdi_set_con(S3C2410Sdi *s, uint32_t value)
{
    s->con = value & 0x1d;
    if (value & CON_FIFO_RESET) {
        fifo8_reset(&s->fifo);
        s->last = false;
    }
    s3c2410_sdi_start_command(s);
}

static void s3c2410_sdi_set_dcon(S3C2410Sdi *s, uint32_t value)
{
    if (in_progress(s)) {
        s3c2410_sdi_stop_data(s, 0);
    }
    if (value & DCON_STOP) {
        value &= ~(DCON_STOP | DCON_MODE | DCON_DMA);
        s->last = false;
    }
    s->dcon = value & 0x3fffff;
    if (!(value & (DCON_BUSY_AFTER_COMMAND | DCON_RECEIVE_AFTER_COMMAND | DCON_TRANSMIT_AFTER_RESPONSE))) {
        s3c2410_sdi_start_data(s);
    } else if (mode(s) == DCON_TRANSMIT) {
        s3c2410_sdi_request(s);
    }
}

static void s3c2410_sdi_write(void *opaque, hwaddr addr, uint64_t value, unsigned size)
{
    S3C2410Sdi *s = opaque;

    switch (addr) {
    case SDICON:
        s3c2410_sdi_set_con(s, value);
        break;
    case SDIPRE:
        s->pre = value & 0xff;
        break;
    case SDICARG:
        s->arg = value;
        break;
    case SDICCON:
        s->ccon = value & 0x1fff;
        s3c2410_sdi_start_command(s);
        break;
    case SDICSTA: /* ones clear */
        s->csta &= ~(value & CSTA_EVENTS);
        break;
    case SDIDTIMER:
        s->dtimer = value & 0xffff;
        break;
    case SDIBSIZE:
        s->bsize = value & 0xfff;
        break;
    case SDIDCON:
        s3c2410_sdi_set_dcon(s, value);
        break;
    case SDIDSTA: /* ones clear */
        s->dsta &= ~(value & DSTA_EVENTS);
        break;
    case SDIFSTA: /* so does the only one that is not made of the FIFO's level */
        s->last = s->last && !(value & FSTA_RX_LAST);
        break;
    case SDIDAT:
        s3c2410_sdi_put(s, value);
        return;
    case SDIIMSK:
        s->imsk = value & 0x3ffff;
        break;
    default:
        qemu_log_mask(LOG_GUEST_ERROR, "%s: bad offset 0x%" HWADDR_PRIx "\n", __func__, addr);
        return;
    }
    s3c2410_sdi_update(s);
}

static const MemoryRegionOps s3c2410_sdi_ops = {
    .read = s3c2410_sdi_read,
    .write = s3c2410_sdi_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .impl = { .min_access_size = 4, .max_access_size = 4 },
};

/* The slot's switches: a card that is in closes one, to ground. */
static void s3c2410_sdi_set_inserted(DeviceState *dev, bool inserted)
{
    qemu_set_irq(S3C2410_SDI(dev)->inserted, !inserted);
}

static void s3c2410_sdi_set_readonly(DeviceState *dev, bool readonly)
{
    qemu_set_irq(S3C2410_SDI(dev)->readonly, readonly);
}

static void s3c2410_sdi_reset(DeviceState *dev)
{
    S3C2410Sdi *s = S3C2410_SDI(dev);

    s->con = s->pre = s->arg = s->ccon = s->csta = s->bsize = s->dcon = s->dsta = s->imsk = 0;
    memset(s->rsp, 0, sizeof(s->rsp));
    s->dtimer = 0x2000;
    s->last = s->stalled = false;
    s->blocks = s->bytes = 0;
    timer_del(s->command);
    timer_del(s->data);
    fifo8_reset(&s->fifo);
    s3c2410_sdi_set_inserted(dev, sdbus_get_inserted(&s->bus));
    s3c2410_sdi_set_readonly(dev, sdbus_get_readonly(&s->bus));
}

static void s3c2410_sdi_realize(DeviceState *dev, Error **errp)
{
    S3C2410Sdi *s = S3C2410_SDI(dev);
    S3C2410DmaPeer peer = { s, s3c2410_sdi_ready };

    for (int i = 0; i < ARRAY_SIZE(dma_lines); i++) {
        s3c2410_dma_attach(s->dma, dma_lines[i].channel, dma_lines[i].source, peer);
    }
}

static void s3c2410_sdi_init(Object *obj)
{
    S3C2410Sdi *s = S3C2410_SDI(obj);
    DeviceState *dev = DEVICE(obj);

    memory_region_init_io(&s->iomem, obj, &s3c2410_sdi_ops, s, TYPE_S3C2410_SDI, 0x100);
    sysbus_init_mmio(SYS_BUS_DEVICE(obj), &s->iomem);
    sysbus_init_irq(SYS_BUS_DEVICE(obj), &s->irq);
    qdev_init_gpio_out_named(dev, &s->inserted, "card-inserted", 1);
    qdev_init_gpio_out_named(dev, &s->readonly, "card-read-only", 1);
    s->pclk = qdev_init_clock_in(dev, "pclk", NULL, NULL, 0);
    s->command = timer_new_ns(QEMU_CLOCK_VIRTUAL, s3c2410_sdi_command, s);
    s->data = timer_new_ns(QEMU_CLOCK_VIRTUAL, s3c2410_sdi_data, s);
    fifo8_create(&s->fifo, FIFO_SIZE);
    object_property_add_link(obj, "dma", TYPE_S3C2410_DMA, (Object **)&s->dma,
                             qdev_prop_allow_set_link_before_realize, OBJ_PROP_LINK_STRONG);
    qbus_init(&s->bus, sizeof(s->bus), TYPE_S3C2410_SDI_BUS, dev, "sd-bus");
}

static void s3c2410_sdi_finalize(Object *obj)
{
    S3C2410Sdi *s = S3C2410_SDI(obj);

    timer_free(s->command);
    timer_free(s->data);
    fifo8_destroy(&s->fifo);
}

static const VMStateDescription vmstate_s3c2410_sdi = {
    .name = TYPE_S3C2410_SDI,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (VMStateField[]) {
        VMSTATE_CLOCK(pclk, S3C2410Sdi),
        VMSTATE_TIMER_PTR(command, S3C2410Sdi),
        VMSTATE_TIMER_PTR(data, S3C2410Sdi),
        VMSTATE_UINT32(con, S3C2410Sdi),
        VMSTATE_UINT32(pre, S3C2410Sdi),
        VMSTATE_UINT32(arg, S3C2410Sdi),
        VMSTATE_UINT32(ccon, S3C2410Sdi),
        VMSTATE_UINT32(csta, S3C2410Sdi),
        VMSTATE_UINT32_ARRAY(rsp, S3C2410Sdi, 4),
        VMSTATE_UINT32(dtimer, S3C2410Sdi),
        VMSTATE_UINT32(bsize, S3C2410Sdi),
        VMSTATE_UINT32(dcon, S3C2410Sdi),
        VMSTATE_UINT32(dsta, S3C2410Sdi),
        VMSTATE_UINT32(imsk, S3C2410Sdi),
        VMSTATE_FIFO8(fifo, S3C2410Sdi),
        VMSTATE_BOOL(last, S3C2410Sdi),
        VMSTATE_BOOL(stalled, S3C2410Sdi),
        VMSTATE_UINT32(blocks, S3C2410Sdi),
        VMSTATE_UINT32(bytes, S3C2410Sdi),
        VMSTATE_END_OF_LIST()
    },
};

static void s3c2410_sdi_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);

    dc->realize = s3c2410_sdi_realize;
    dc->reset = s3c2410_sdi_reset;
    dc->vmsd = &vmstate_s3c2410_sdi;
}

static void s3c2410_sdi_bus_class_init(ObjectClass *klass, void *data)
{
    SDBusClass *sbc = SD_BUS_CLASS(klass);

    sbc->set_inserted = s3c2410_sdi_set_inserted;
    sbc->set_readonly = s3c2410_sdi_set_readonly;
}

static const TypeInfo s3c2410_sdi_types[] = {
    {
        .name = TYPE_S3C2410_SDI,
        .parent = TYPE_SYS_BUS_DEVICE,
        .instance_size = sizeof(S3C2410Sdi),
        .instance_init = s3c2410_sdi_init,
        .instance_finalize = s3c2410_sdi_finalize,
        .class_init = s3c2410_sdi_class_init,
    }, {
        .name = TYPE_S3C2410_SDI_BUS,
        .parent = TYPE_SD_BUS,
        .instance_size = sizeof(SDBus),
        .class_init = s3c2410_sdi_bus_class_init,
    },
};

DEFINE_TYPES(s3c2410_sdi_types)
