/*
 * Cirrus Logic CS8900A Ethernet controller
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * CS8900A datasheet (DS271), in I/O mode: eight ports of 16 bits, through two of
 * which all other registers, the packet page, are reached. A serial EEPROM is
 * attached that has the station's address. A frame takes its time on the wire; one
 * that comes waits outside until the 4 KB of the chip have room for it, so none is
 * ever missed. Memory mode, DMA and the AUI are left out.
 */
#include "qemu/osdep.h"
#include "hw/irq.h"
#include "hw/qdev-properties.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "net/eth.h"
#include "net/net.h"
#include "qemu/log.h"
#include "qemu/timer.h"
#include "hw/arm/s3c2410.h"

OBJECT_DECLARE_SIMPLE_TYPE(CS8900State, CS8900)

/* The ports. */
enum {
    PORT_DATA0 = 0x0, PORT_DATA1 = 0x2, PORT_TXCMD = 0x4, PORT_TXLENGTH = 0x6,
    PORT_ISQ = 0x8, PORT_POINTER = 0xa, PORT_PAGE0 = 0xc, PORT_PAGE1 = 0xe,
};

/* The packet page. */
enum {
    PP_PRODUCT = 0x000, PP_REVISION = 0x002, PP_IO_BASE = 0x020, PP_INTERRUPT = 0x022, PP_DMA_CHANNEL = 0x024,
    PP_MEMORY_BASE = 0x02c, PP_EEPROM_COMMAND = 0x040, PP_EEPROM_DATA = 0x042,
    PP_RXCFG = 0x102, PP_RXCTL = 0x104, PP_TXCFG = 0x106, PP_TXCMD = 0x108, PP_BUFCFG = 0x10a,
    PP_LINECTL = 0x112, PP_SELFCTL = 0x114, PP_BUSCTL = 0x116, PP_TESTCTL = 0x118,
    PP_ISQ = 0x120, PP_RXEVENT = 0x124, PP_TXEVENT = 0x128, PP_BUFEVENT = 0x12c, PP_RXMISS = 0x130,
    PP_TXCOL = 0x132, PP_LINEST = 0x134, PP_SELFST = 0x136, PP_BUSST = 0x138, PP_TDR = 0x13c,
    PP_TXCMD_PORT = 0x144, PP_TXLENGTH_PORT = 0x146, PP_HASH = 0x150, PP_ADDRESS = 0x158, PP_ADDRESS_END = 0x15e,
    PP_RXSTATUS = 0x400, PP_RXLENGTH = 0x402, PP_RXFRAME = 0x404,
};

#define PRODUCT 0x630e
#define REVISION 0x0a00
#define POINTER_INCREMENT (1 << 15)
#define POINTER_MARK 0x3000 /* always read in bits 12 to 14 */
#define NUMBER 0x3f /* registers from 0x100 on have their own in the low bits */

#define RXCFG_SKIP (1 << 6)
#define RXCFG_OK_INT (1 << 8)
#define RXCTL_HASH (1 << 6)
#define RXCTL_PROMISCUOUS (1 << 7)
#define RXCTL_OK (1 << 8)
#define RXCTL_MULTICAST (1 << 9)
#define RXCTL_INDIVIDUAL (1 << 10)
#define RXCTL_BROADCAST (1 << 11)
#define TXCFG_OK_INT (1 << 8)
#define TXCMD_NO_PADDING (1 << 13)
#define BUFCFG_SOFTWARE (1 << 6)
#define BUFCFG_READY_INT (1 << 8)
#define LINECTL_RX_ON (1 << 6)
#define LINECTL_TX_ON (1 << 7)
#define SELFCTL_RESET (1 << 6)
#define BUSCTL_INT (1 << 15)

#define RXEVENT_HASHED (1 << 6 | 1 << 9)
#define RXEVENT_OK (1 << 8)
#define RXEVENT_INDIVIDUAL (1 << 10)
#define RXEVENT_BROADCAST (1 << 11)
#define TXEVENT_OK (1 << 8)
#define BUFEVENT_SOFTWARE (1 << 6)
#define BUFEVENT_READY (1 << 8)
#define LINEST_LINK (1 << 7)
#define LINEST_10BASET (1 << 9)
#define LINEST_POLARITY (1 << 12)
#define SELFST_DONE (1 << 7)
#define SELFST_EEPROM_THERE (1 << 9)
#define SELFST_EEPROM_OK (1 << 10)
#define SELFST_EEPROM_64 (1 << 12)
#define BUSST_BID_ERROR (1 << 7)
#define BUSST_READY (1 << 8)

#define EEPROM_WORDS 64
#define EEPROM_READ 0x200

#define MEMORY 4096
#define FRAME_MAX 1514 /* without the check sequence */
#define FRAMES 64 /* of 60 bytes and more fit into the memory */
#define RESET_NS 10000000
#define BIT_NS 100
#define OVERHEAD (8 + 4 + 12) /* bytes of preamble, check sequence and gap */

struct CS8900State {
    SysBusDevice parent_obj;
    MemoryRegion iomem;
    qemu_irq irq;
    NICState *nic;
    NICConf conf;
    QEMUTimer *sent;

    uint16_t pointer, interrupt, io_base, dma_channel, memory_base[2];
    uint16_t rxcfg, rxctl, txcfg, txcmd, bufcfg, linectl, selfctl, busctl, testctl;
    uint16_t txevent, bufevent;
    uint16_t eeprom[EEPROM_WORDS], eeprom_data;
    uint8_t hash[8], address[ETH_ALEN];
    int64_t ready; /* when the reset is over, in ns */
    bool asserted; /* an event has raised the interrupt, and ISQ was not read as 0 since */

    /* Frames that have come; the first is the one that RxEvent has told of. */
    uint8_t rx[MEMORY];
    uint16_t rx_size[FRAMES], rx_status[FRAMES];
    uint32_t rx_frames, rx_used;
    bool rx_told;
    uint32_t rx_at; /* what the host has read of the status, length and data */

    uint8_t tx[FRAME_MAX + 4];
    uint16_t tx_length;
    uint32_t tx_at;
    bool tx_bid, tx_refused, tx_sending;
};

static bool has_event(CS8900State *s)
{
    return (s->rx_frames > s->rx_told && (s->rxcfg & RXCFG_OK_INT)) || s->txevent || s->bufevent;
}

static void cs8900_update(CS8900State *s)
{
    s->asserted = s->asserted || has_event(s);
    /* One of four pins is chosen, of which the board uses the first. */
    qemu_set_irq(s->irq, s->asserted && (s->busctl & BUSCTL_INT) && s->interrupt == 0);
}

/* The frame that the host has been told of is not needed any more. */
static void cs8900_skip(CS8900State *s)
{
    if (!s->rx_told) {
        return;
    }
    s->rx_used -= s->rx_size[0];
    memmove(s->rx, s->rx + s->rx_size[0], s->rx_used);
    s->rx_frames--;
    memmove(s->rx_size, s->rx_size + 1, s->rx_frames * sizeof(s->rx_size[0]));
    memmove(s->rx_status, s->rx_status + 1, s->rx_frames * sizeof(s->rx_status[0]));
    s->rx_told = false;
    s->rx_at = 0;
    qemu_flush_queued_packets(qemu_get_queue(s->nic));
}

/* Reading the event goes on to the next frame, if there is one. */
static uint16_t cs8900_take_rx_event(CS8900State *s)
{
    cs8900_skip(s);
    if (!s->rx_frames) {
        return 0x04;
    }
    s->rx_told = true;
    return s->rx_status[0];
}

static uint16_t take(uint16_t *event, uint16_t number)
{
    uint16_t value = *event;

    *event = 0;
    return value | number;
}

static uint16_t cs8900_take_event(CS8900State *s)
{
    if (s->rx_frames > s->rx_told && (s->rxcfg & RXCFG_OK_INT)) {
        return cs8900_take_rx_event(s);
    }
    if (s->txevent) {
        return take(&s->txevent, 0x08);
    }
    if (s->bufevent) {
        return take(&s->bufevent, 0x0c);
    }
    s->asserted = false;
    return 0;
}

/* The status, the length and the data of a frame, byte by byte. */
static uint8_t cs8900_rx_byte(CS8900State *s, uint32_t at)
{
    if (!s->rx_told) {
        return 0;
    }
    switch (at) {
    case 0:
        return s->rx_status[0];
    case 1:
        return s->rx_status[0] >> 8;
    case 2:
        return s->rx_size[0];
    case 3:
        return s->rx_size[0] >> 8;
    }
    return at - 4 < s->rx_size[0] ? s->rx[at - 4] : 0;
}

static uint16_t cs8900_rx_word(CS8900State *s)
{
    uint16_t value = cs8900_rx_byte(s, s->rx_at) | cs8900_rx_byte(s, s->rx_at + 1) << 8;

    if (s->rx_told && s->rx_at < s->rx_size[0] + 4) {
        s->rx_at += 2;
    }
    return value;
}

/* The hash is the six high bits of the address's CRC. */
static bool hash_matches(CS8900State *s, const uint8_t *to)
{
    unsigned bit = net_crc32(to, ETH_ALEN) >> 26;

    return (s->hash[bit / 8] >> (bit % 8)) & 1;
}

/* What RxEvent says of a frame; 0: it is not for this station. */
static uint16_t cs8900_filter(CS8900State *s, const uint8_t *to)
{
    if (is_broadcast_ether_addr(to)) {
        return s->rxctl & (RXCTL_BROADCAST | RXCTL_PROMISCUOUS) ? RXEVENT_BROADCAST | RXEVENT_OK : 0;
    }
    if (!memcmp(to, s->address, ETH_ALEN)) {
        return s->rxctl & (RXCTL_INDIVIDUAL | RXCTL_PROMISCUOUS) ? RXEVENT_INDIVIDUAL | RXEVENT_OK : 0;
    }
    if (hash_matches(s, to) && (s->rxctl & (is_multicast_ether_addr(to) ? RXCTL_MULTICAST : RXCTL_HASH))) {
        return RXEVENT_HASHED | RXEVENT_OK;
    }
    return s->rxctl & RXCTL_PROMISCUOUS ? RXEVENT_OK : 0;
}

static bool cs8900_can_receive(NetClientState *nc)
{
    CS8900State *s = qemu_get_nic_opaque(nc);

    return s->rx_frames < FRAMES && s->rx_used + FRAME_MAX + 4 <= MEMORY;
}

static ssize_t cs8900_receive(NetClientState *nc, const uint8_t *buf, size_t size)
{
    CS8900State *s = qemu_get_nic_opaque(nc);
    size_t padded = MAX(size, ETH_ZLEN);
    uint16_t status;

    if (!(s->linectl & LINECTL_RX_ON) || size < ETH_ALEN || size > FRAME_MAX) {
        return size; /* deaf, or no frame of this medium */
    }
    status = cs8900_filter(s, buf);
    if (!status || !(s->rxctl & RXCTL_OK)) {
        return size;
    }
    if (!cs8900_can_receive(nc)) {
        return 0;
    }
    memcpy(s->rx + s->rx_used, buf, size);
    memset(s->rx + s->rx_used + size, 0, padded - size);
    s->rx_size[s->rx_frames] = padded;
    s->rx_status[s->rx_frames] = status | 0x04;
    s->rx_used += padded;
    s->rx_frames++;
    cs8900_update(s);
    return size;
}

static void cs8900_set_link(NetClientState *nc)
{
    cs8900_update(qemu_get_nic_opaque(nc));
}

/* Whether the chip has room for a frame that the host wants to send. */
static void cs8900_bid(CS8900State *s, uint16_t length)
{
    s->tx_length = length;
    s->tx_at = 0;
    s->tx_refused = length > FRAME_MAX || length < ((s->txcmd & TXCMD_NO_PADDING) ? 3 : 1);
    s->tx_bid = !s->tx_refused;
    if (s->tx_refused) {
        qemu_log_mask(LOG_GUEST_ERROR, "%s: a frame of %u bytes\n", __func__, length);
    }
}

static bool tx_ready(CS8900State *s)
{
    return s->tx_bid && !s->tx_sending && (s->linectl & LINECTL_TX_ON);
}

static void cs8900_transmit(CS8900State *s)
{
    size_t size = s->tx_length;

    if (size < ETH_ZLEN && !(s->txcmd & TXCMD_NO_PADDING)) {
        memset(s->tx + size, 0, ETH_ZLEN - size);
        size = ETH_ZLEN;
    }
    s->tx_bid = false;
    s->tx_sending = true;
    qemu_send_packet(qemu_get_queue(s->nic), s->tx, size);
    timer_mod(s->sent, qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) + (int64_t)8 * BIT_NS * (size + OVERHEAD));
}

static void cs8900_sent(void *opaque)
{
    CS8900State *s = opaque;

    s->tx_sending = false;
    if (s->txcfg & TXCFG_OK_INT) {
        s->txevent |= TXEVENT_OK;
    }
    if (s->tx_bid && (s->bufcfg & BUFCFG_READY_INT)) {
        s->bufevent |= BUFEVENT_READY;
    }
    cs8900_update(s);
}

static void cs8900_tx_word(CS8900State *s, uint16_t value)
{
    if (!tx_ready(s)) {
        qemu_log_mask(LOG_GUEST_ERROR, "%s: there is no room for a frame\n", __func__);
        return;
    }
    s->tx[s->tx_at] = value;
    s->tx[s->tx_at + 1] = value >> 8;
    s->tx_at += 2;
    if (s->tx_at >= s->tx_length) {
        cs8900_transmit(s);
    }
}

/*
 * The EEPROM of a card that has only 10BASE-T: a header, the group with the
 * station's address, and the sum that makes all bytes zero. The rest is erased.
 */
static void cs8900_program_eeprom(CS8900State *s)
{
    const uint8_t *mac = s->conf.macaddr.a;
    uint16_t block[5] = {
        0xa100 | 8, /* bytes that follow, with the sum's word */
        2 << 12 | PP_ADDRESS, mac[0] | mac[1] << 8, mac[2] | mac[3] << 8, mac[4] | mac[5] << 8,
    };
    uint8_t sum = 0;

    for (int i = 0; i < EEPROM_WORDS; i++) {
        s->eeprom[i] = 0xffff;
    }
    for (int i = 0; i < ARRAY_SIZE(block); i++) {
        sum += block[i] + (block[i] >> 8);
        s->eeprom[i] = block[i];
    }
    s->eeprom[ARRAY_SIZE(block)] = (uint8_t)-sum << 8;
}

static void cs8900_eeprom_command(CS8900State *s, uint16_t value)
{
    if ((value & 0x300) == EEPROM_READ) {
        s->eeprom_data = s->eeprom[value % EEPROM_WORDS];
    } else {
        qemu_log_mask(LOG_UNIMP, "%s: the EEPROM can't be written\n", __func__);
    }
}

static uint16_t cs8900_self_status(CS8900State *s)
{
    bool done = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) >= s->ready;

    return 0x16 | SELFST_EEPROM_THERE | SELFST_EEPROM_OK | SELFST_EEPROM_64 | (done ? SELFST_DONE : 0);
}

static uint16_t cs8900_line_status(CS8900State *s)
{
    NetClientState *nc = qemu_get_queue(s->nic);
    bool up = nc->peer && !nc->link_down;

    return 0x14 | LINEST_10BASET | (up ? LINEST_LINK | LINEST_POLARITY : 0);
}

static uint16_t bytes(const uint8_t *p)
{
    return p[0] | p[1] << 8;
}

static uint16_t *cs8900_register(CS8900State *s, unsigned at)
{
    switch (at) {
    case PP_IO_BASE:
        return &s->io_base;
    case PP_INTERRUPT:
        return &s->interrupt;
    case PP_DMA_CHANNEL:
        return &s->dma_channel;
    case PP_MEMORY_BASE:
    case PP_MEMORY_BASE + 2:
        return &s->memory_base[(at - PP_MEMORY_BASE) / 2];
    case PP_EEPROM_DATA:
        return &s->eeprom_data;
    case PP_RXCFG:
        return &s->rxcfg;
    case PP_RXCTL:
        return &s->rxctl;
    case PP_TXCFG:
        return &s->txcfg;
    case PP_BUFCFG:
        return &s->bufcfg;
    case PP_LINECTL:
        return &s->linectl;
    case PP_SELFCTL:
        return &s->selfctl;
    case PP_BUSCTL:
        return &s->busctl;
    case PP_TESTCTL:
        return &s->testctl;
    }
    return NULL;
}

static uint16_t cs8900_page_read(CS8900State *s, unsigned at)
{
    uint16_t *reg = cs8900_register(s, at);

    if (reg) {
        return *reg;
    }
    switch (at) {
    case PP_PRODUCT:
        return PRODUCT;
    case PP_REVISION:
        return REVISION;
    case PP_TXCMD:
        return s->txcmd;
    case PP_ISQ:
        return cs8900_take_event(s);
    case PP_RXEVENT:
        return cs8900_take_rx_event(s);
    case PP_TXEVENT:
        return take(&s->txevent, 0x08);
    case PP_BUFEVENT:
        return take(&s->bufevent, 0x0c);
    case PP_RXMISS:
        return 0x10;
    case PP_TXCOL:
        return 0x12;
    case PP_LINEST:
        return cs8900_line_status(s);
    case PP_SELFST:
        return cs8900_self_status(s);
    case PP_BUSST:
        return 0x18 | (s->tx_refused ? BUSST_BID_ERROR : 0) | (tx_ready(s) ? BUSST_READY : 0);
    case PP_TDR:
        return 0x1c;
    case PP_HASH ... PP_HASH + 7:
        return bytes(s->hash + at - PP_HASH);
    case PP_ADDRESS ... PP_ADDRESS_END - 1:
        return bytes(s->address + at - PP_ADDRESS);
    case PP_RXSTATUS ... PP_RXFRAME + FRAME_MAX:
        return cs8900_rx_byte(s, at - PP_RXSTATUS) | cs8900_rx_byte(s, at - PP_RXSTATUS + 1) << 8;
    }
    qemu_log_mask(LOG_GUEST_ERROR, "%s: bad register 0x%x\n", __func__, at);
    return 0;
}

static void cs8900_set_registers(CS8900State *s)
{
    s->pointer = POINTER_MARK;
    s->io_base = 0x300;
    s->interrupt = 4; /* none of the pins */
    s->dma_channel = 3;
    s->memory_base[0] = s->memory_base[1] = 0;
    s->rxcfg = 0x03;
    s->rxctl = 0x05;
    s->txcfg = 0x07;
    s->txcmd = 0x09;
    s->bufcfg = 0x0b;
    s->linectl = 0x13;
    s->selfctl = 0x15;
    s->busctl = 0x17;
    s->testctl = 0x19;
    s->txevent = s->bufevent = s->eeprom_data = 0;
}

static void cs8900_clear(CS8900State *s)
{
    cs8900_set_registers(s);
    s->asserted = false;
    memset(s->hash, 0, sizeof(s->hash));
    memcpy(s->address, s->conf.macaddr.a, ETH_ALEN); /* as the EEPROM has it */
    s->rx_frames = s->rx_used = s->rx_at = 0;
    s->rx_told = false;
    s->tx_length = s->tx_at = 0;
    s->tx_bid = s->tx_refused = s->tx_sending = false;
    timer_del(s->sent);
    s->ready = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) + RESET_NS;
    cs8900_update(s);
}

/* Some bits do something once, and are not kept. */
static void cs8900_act(CS8900State *s, unsigned at, uint16_t value)
{
    switch (at) {
    case PP_RXCFG:
        if (value & RXCFG_SKIP) {
            cs8900_skip(s);
            s->rxcfg &= ~RXCFG_SKIP;
        }
        break;
    case PP_BUFCFG:
        if (value & BUFCFG_SOFTWARE) {
            s->bufevent |= BUFEVENT_SOFTWARE;
            s->bufcfg &= ~BUFCFG_SOFTWARE;
        }
        break;
    case PP_LINECTL:
        qemu_flush_queued_packets(qemu_get_queue(s->nic));
        break;
    case PP_SELFCTL:
        if (value & SELFCTL_RESET) {
            cs8900_clear(s);
        }
        break;
    }
}

static void cs8900_page_write(CS8900State *s, unsigned at, uint16_t value)
{
    uint16_t *reg = cs8900_register(s, at);

    if (reg) {
        *reg = at < PP_RXCFG ? value : (value & ~NUMBER) | (*reg & NUMBER);
        cs8900_act(s, at, value);
        return;
    }
    switch (at) {
    case PP_EEPROM_COMMAND:
        cs8900_eeprom_command(s, value);
        return;
    case PP_TXCMD_PORT:
        s->txcmd = (value & ~NUMBER) | 0x09;
        return;
    case PP_TXLENGTH_PORT:
        cs8900_bid(s, value);
        return;
    case PP_HASH ... PP_HASH + 7:
        stw_le_p(s->hash + at - PP_HASH, value);
        return;
    case PP_ADDRESS ... PP_ADDRESS_END - 1:
        stw_le_p(s->address + at - PP_ADDRESS, value);
        return;
    }
    qemu_log_mask(LOG_GUEST_ERROR, "%s: bad register 0x%x\n", __func__, at);
}

/* Where the pointer is; the second of the page's ports is one word further. */
static unsigned cs8900_pointed(CS8900State *s, hwaddr port)
{
    unsigned at = (s->pointer & 0xffe) + (port - PORT_PAGE0);

    if (s->pointer & POINTER_INCREMENT) {
        s->pointer = (s->pointer & ~0xfff) | ((s->pointer + 2) & 0xfff);
    }
    return at;
}

static uint64_t cs8900_read(void *opaque, hwaddr addr, unsigned size)
{
    CS8900State *s = opaque;
    uint16_t value = 0;

    switch (addr) {
    case PORT_DATA0:
    case PORT_DATA1:
        return cs8900_rx_word(s);
    case PORT_POINTER:
        return s->pointer;
    case PORT_ISQ:
        value = cs8900_take_event(s);
        break;
    case PORT_PAGE0:
    case PORT_PAGE1:
        value = cs8900_page_read(s, cs8900_pointed(s, addr));
        break;
    default:
        qemu_log_mask(LOG_GUEST_ERROR, "%s: bad port 0x%" HWADDR_PRIx "\n", __func__, addr);
    }
    cs8900_update(s);
    return value;
}

static void cs8900_write(void *opaque, hwaddr addr, uint64_t value, unsigned size)
{
    CS8900State *s = opaque;

    switch (addr) {
    case PORT_DATA0:
    case PORT_DATA1:
        cs8900_tx_word(s, value);
        return;
    case PORT_TXCMD:
        cs8900_page_write(s, PP_TXCMD_PORT, value);
        break;
    case PORT_TXLENGTH:
        cs8900_page_write(s, PP_TXLENGTH_PORT, value);
        break;
    case PORT_POINTER:
        s->pointer = (value & (POINTER_INCREMENT | 0xfff)) | POINTER_MARK;
        return;
    case PORT_PAGE0:
    case PORT_PAGE1:
        cs8900_page_write(s, cs8900_pointed(s, addr), value);
        break;
    default:
        qemu_log_mask(LOG_GUEST_ERROR, "%s: bad port 0x%" HWADDR_PRIx "\n", __func__, addr);
        return;
    }
    cs8900_update(s);
}

static const MemoryRegionOps cs8900_ops = {
    .read = cs8900_read,
    .write = cs8900_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .impl = { .min_access_size = 2, .max_access_size = 2 },
};

static NetClientInfo cs8900_net_info = {
    .type = NET_CLIENT_DRIVER_NIC,
    .size = sizeof(NICState),
    .can_receive = cs8900_can_receive,
    .receive = cs8900_receive,
    .link_status_changed = cs8900_set_link,
};

static void cs8900_reset(DeviceState *dev)
{
    cs8900_clear(CS8900(dev));
}

static void cs8900_realize(DeviceState *dev, Error **errp)
{
    CS8900State *s = CS8900(dev);

    qemu_macaddr_default_if_unset(&s->conf.macaddr);
    s->nic = qemu_new_nic(&cs8900_net_info, &s->conf, object_get_typename(OBJECT(dev)), dev->id, s);
    qemu_format_nic_info_str(qemu_get_queue(s->nic), s->conf.macaddr.a);
    s->sent = timer_new_ns(QEMU_CLOCK_VIRTUAL, cs8900_sent, s);
    cs8900_program_eeprom(s);
}

static void cs8900_init(Object *obj)
{
    CS8900State *s = CS8900(obj);

    memory_region_init_io(&s->iomem, obj, &cs8900_ops, s, TYPE_CS8900, 16);
    sysbus_init_mmio(SYS_BUS_DEVICE(obj), &s->iomem);
    sysbus_init_irq(SYS_BUS_DEVICE(obj), &s->irq);
}

/* What came from elsewhere is within what there is. */
static int cs8900_post_load(void *opaque, int version_id)
{
    CS8900State *s = opaque;
    uint32_t used = 0;

    if (s->rx_frames > FRAMES || s->tx_length > FRAME_MAX || s->tx_at > FRAME_MAX) {
        return -EINVAL;
    }
    for (int i = 0; i < s->rx_frames; i++) {
        used += s->rx_size[i];
    }
    return used == s->rx_used && used <= MEMORY && s->rx_frames >= s->rx_told ? 0 : -EINVAL;
}

static const VMStateDescription vmstate_cs8900 = {
    .name = TYPE_CS8900,
    .version_id = 1,
    .minimum_version_id = 1,
    .post_load = cs8900_post_load,
    .fields = (VMStateField[]) {
        VMSTATE_TIMER_PTR(sent, CS8900State),
        VMSTATE_UINT16(pointer, CS8900State),
        VMSTATE_UINT16(interrupt, CS8900State),
        VMSTATE_UINT16(io_base, CS8900State),
        VMSTATE_UINT16(dma_channel, CS8900State),
        VMSTATE_UINT16_ARRAY(memory_base, CS8900State, 2),
        VMSTATE_UINT16(rxcfg, CS8900State),
        VMSTATE_UINT16(rxctl, CS8900State),
        VMSTATE_UINT16(txcfg, CS8900State),
        VMSTATE_UINT16(txcmd, CS8900State),
        VMSTATE_UINT16(bufcfg, CS8900State),
        VMSTATE_UINT16(linectl, CS8900State),
        VMSTATE_UINT16(selfctl, CS8900State),
        VMSTATE_UINT16(busctl, CS8900State),
        VMSTATE_UINT16(testctl, CS8900State),
        VMSTATE_UINT16(txevent, CS8900State),
        VMSTATE_UINT16(bufevent, CS8900State),
        VMSTATE_UINT16(eeprom_data, CS8900State),
        VMSTATE_UINT8_ARRAY(hash, CS8900State, 8),
        VMSTATE_UINT8_ARRAY(address, CS8900State, ETH_ALEN),
        VMSTATE_INT64(ready, CS8900State),
        VMSTATE_BOOL(asserted, CS8900State),
        VMSTATE_UINT8_ARRAY(rx, CS8900State, MEMORY),
        VMSTATE_UINT16_ARRAY(rx_size, CS8900State, FRAMES),
        VMSTATE_UINT16_ARRAY(rx_status, CS8900State, FRAMES),
        VMSTATE_UINT32(rx_frames, CS8900State),
        VMSTATE_UINT32(rx_used, CS8900State),
        VMSTATE_BOOL(rx_told, CS8900State),
        VMSTATE_UINT32(rx_at, CS8900State),
        VMSTATE_UINT8_ARRAY(tx, CS8900State, FRAME_MAX + 4),
        VMSTATE_UINT16(tx_length, CS8900State),
        VMSTATE_UINT32(tx_at, CS8900State),
        VMSTATE_BOOL(tx_bid, CS8900State),
        VMSTATE_BOOL(tx_refused, CS8900State),
        VMSTATE_BOOL(tx_sending, CS8900State),
        VMSTATE_END_OF_LIST()
    },
};

static Property cs8900_properties[] = {
    DEFINE_NIC_PROPERTIES(CS8900State, conf),
    DEFINE_PROP_END_OF_LIST(),
};

static void cs8900_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);

    dc->realize = cs8900_realize;
    dc->reset = cs8900_reset;
    dc->vmsd = &vmstate_cs8900;
    set_bit(DEVICE_CATEGORY_NETWORK, dc->categories);
    device_class_set_props(dc, cs8900_properties);
}

static const TypeInfo cs8900_info = {
    .name = TYPE_CS8900,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(CS8900State),
    .instance_init = cs8900_init,
    .class_init = cs8900_class_init,
};

static void cs8900_register_types(void)
{
    type_register_static(&cs8900_info);
}

type_init(cs8900_register_types)
