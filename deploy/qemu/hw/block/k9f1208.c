/*
 * Samsung K9F1208 NAND flash chip, 64 MB
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * 4096 blocks of 32 pages of 512 bytes and 16 spare ones, which lie behind
 * each page in the image. Programming clears bits, erasing sets them; each
 * takes its time. What goes wrong in life can be asked for:
 *
 *   bad-blocks=N:N:...  blocks that the factory marks, and that fail
 *   worn-blocks=N:...   blocks that fail from now on, and are not marked; their
 *                       spare bytes can still be written, and so be marked
 *   flips=N             so many bits of each page (but those of block 0) are
 *   flip-first, flip-last  read wrong, in these blocks; which ones is always
 *                       the same for a page
 *   cut-at=N            the power fails in the N-th program or erase, which
 *   cut-after=N         has gone on for N thousandths of its time
 *
 * A program or an erase moves the charge of all cells of a page or a block at
 * once, data and spare alike, in many small pulses; how many a cell takes until
 * it reads as the other value is its own. So what a cut leaves is not the first
 * part of the bytes, but some of the bits that were to change, anywhere: none
 * of them at first, all of them in the end. (H.-W. Tseng, L. Grupp, S. Swanson:
 * Understanding the impact of power loss on flash memory, DAC 2011.)
 */
#include "qemu/osdep.h"
#include "hw/block/block.h"
#include "hw/qdev-properties.h"
#include "hw/qdev-properties-system.h"
#include "migration/vmstate.h"
#include "qapi/error.h"
#include "qemu/cutils.h"
#include "qemu/error-report.h"
#include "qemu/log.h"
#include "qemu/timer.h"
#include "sysemu/block-backend.h"
#include "sysemu/runstate.h"
#include "hw/arm/s3c2410.h"

DECLARE_INSTANCE_CHECKER(K9F1208State, K9F1208, TYPE_K9F1208)

#define PAGE 512
#define SPARE 16
#define ROW (PAGE + SPARE)
#define PAGES 32
#define BLOCKS 4096
#define ROWS (BLOCKS * PAGES)
#define SIZE ((int64_t)ROWS * ROW)
#define MARK (PAGE + 5) /* of a bad block, in its first two pages */

#define T_READ 15000
#define T_PROGRAM 200000
#define T_ERASE 2000000

enum {
    CMD_READ_A = 0x00, CMD_READ_B = 0x01, CMD_READ_C = 0x50, CMD_ID = 0x90, CMD_RESET = 0xff,
    CMD_INPUT = 0x80, CMD_PROGRAM = 0x10, CMD_ERASE = 0x60, CMD_ERASE_CONFIRM = 0xd0, CMD_STATUS = 0x70,
};

#define STATUS_FAIL 0x01
#define STATUS_READY 0x40
#define STATUS_WRITABLE 0x80

static const uint8_t identity[4] = { 0xec, 0x76, 0xa5, 0xc0 };

struct K9F1208State {
    DeviceState parent_obj;
    BlockBackend *blk;
    uint8_t *storage;
    char *bad_blocks, *worn_blocks;
    uint32_t flips, flip_first, flip_last;
    uint32_t cut_at, cut_after;
    unsigned long *bad; /* a bit a block */

    uint8_t command, area; /* area: where the pointer command has set the column's base */
    uint8_t cycles;        /* of an address that have come */
    uint32_t column, row;
    uint8_t buffer[ROW]; /* a page that is read or to be programmed */
    bool failed;
    int64_t busy; /* until then, in ns */
    uint32_t operations; /* programs and erases since power on */
};

static void set_busy(K9F1208State *s, int64_t ns)
{
    s->busy = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) + ns;
}

bool k9f1208_ready(K9F1208State *s)
{
    return qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) >= s->busy;
}

static bool block_is_bad(K9F1208State *s, uint32_t row)
{
    return test_bit(row / PAGES, s->bad);
}

/* A generator for faults: the same each time. */
static uint32_t scatter(uint32_t seed)
{
    seed ^= seed >> 16;
    seed *= 0x7feb352d;
    seed ^= seed >> 15;
    seed *= 0x846ca68b;
    return seed ^ seed >> 16;
}

static void store(K9F1208State *s, uint32_t row, uint32_t rows)
{
    if (s->blk && blk_pwrite(s->blk, (int64_t)row * ROW, (int64_t)rows * ROW, s->storage + (int64_t)row * ROW, 0) < 0) {
        warn_report("k9f1208: the image can't be written");
    }
}

/* Says whether the power fails in this operation. */
static bool power_fails(K9F1208State *s)
{
    s->operations++;
    if (s->operations != s->cut_at) {
        return false;
    }
    info_report("k9f1208: the power fails after %" PRId64 " us", qemu_clock_get_us(QEMU_CLOCK_VIRTUAL));
    qemu_system_shutdown_request(SHUTDOWN_CAUSE_GUEST_SHUTDOWN);
    return true;
}

/*
 * Which bits of a byte have changed when the power failed: those of cells that
 * were quick enough.
 */
static uint8_t changed_bits(K9F1208State *s, uint32_t at)
{
    uint8_t bits = 0;

    for (uint32_t i = 0; i < 8; i++) {
        if (scatter(scatter(s->operations) ^ (at * 8 + i)) % 1000 < s->cut_after) {
            bits |= 1 << i;
        }
    }
    return bits;
}

static bool power_is_off(K9F1208State *s)
{
    return s->cut_at && s->operations >= s->cut_at;
}

static void k9f1208_load(K9F1208State *s)
{
    uint32_t block = s->row / PAGES;

    memcpy(s->buffer, s->storage + (int64_t)s->row * ROW, ROW);
    if (block == 0 || block < s->flip_first || block > s->flip_last) {
        return;
    }
    for (uint32_t i = 0; i < s->flips; i++) {
        uint32_t bit = scatter(s->row * 8 + i) % (PAGE * 8);
        s->buffer[bit / 8] ^= 1 << (bit % 8);
    }
}

static bool has_data(K9F1208State *s)
{
    for (int i = 0; i < PAGE; i++) {
        if (s->buffer[i] != 0xff) {
            return true;
        }
    }
    return false;
}

static void k9f1208_program(K9F1208State *s)
{
    uint8_t *page = s->storage + (int64_t)s->row * ROW;
    bool cut;

    set_busy(s, T_PROGRAM);
    if (power_is_off(s)) {
        return;
    }
    cut = power_fails(s);
    s->failed = block_is_bad(s, s->row) && has_data(s);
    if (s->failed) {
        return;
    }
    for (uint32_t i = 0; i < ROW; i++) {
        uint8_t clear = s->buffer[i];
        if (cut) {
            clear |= ~changed_bits(s, s->row * ROW + i);
        }
        page[i] &= clear;
    }
    store(s, s->row, 1);
}

static void k9f1208_erase(K9F1208State *s)
{
    uint32_t first = s->row / PAGES * PAGES;
    uint8_t *block = s->storage + (int64_t)first * ROW;

    set_busy(s, T_ERASE);
    if (power_is_off(s)) {
        return;
    }
    if (power_fails(s)) {
        for (uint32_t i = 0; i < PAGES * ROW; i++) {
            block[i] |= changed_bits(s, first * ROW + i);
        }
        store(s, first, PAGES);
        return;
    }
    s->failed = block_is_bad(s, s->row);
    if (!s->failed) {
        memset(block, 0xff, PAGES * ROW);
        store(s, first, PAGES);
    }
}

void k9f1208_command(K9F1208State *s, uint8_t command)
{
    if (!k9f1208_ready(s) && command != CMD_STATUS && command != CMD_RESET) {
        qemu_log_mask(LOG_GUEST_ERROR, "k9f1208: command %02x while busy\n", command);
        return;
    }
    switch (command) {
    case CMD_READ_A:
    case CMD_READ_B:
    case CMD_READ_C:
        s->area = command;
        break;
    case CMD_INPUT:
        memset(s->buffer, 0xff, ROW);
        break;
    case CMD_PROGRAM:
        if (s->command == CMD_INPUT) {
            k9f1208_program(s);
        }
        break;
    case CMD_ERASE_CONFIRM:
        if (s->command == CMD_ERASE) {
            k9f1208_erase(s);
        }
        break;
    case CMD_RESET:
        s->area = CMD_READ_A;
        s->failed = false;
        set_busy(s, 5000);
        break;
    case CMD_ERASE:
    case CMD_STATUS:
    case CMD_ID:
        break;
    default:
        qemu_log_mask(LOG_GUEST_ERROR, "k9f1208: unknown command %02x\n", command);
    }
    s->command = command;
    s->cycles = 0;
}

/* An address is a column and three bytes of a row; that of a block, the row. */
void k9f1208_address(K9F1208State *s, uint8_t address)
{
    unsigned cycle = s->cycles++;

    if (s->command == CMD_ID) {
        s->column = 0;
        return;
    }
    if (s->command == CMD_ERASE) {
        cycle++;
    }
    if (cycle == 0) {
        s->row = 0;
        s->column = s->area == CMD_READ_B ? 256 + address : s->area == CMD_READ_C ? PAGE + (address & 15) : address;
        if (s->area == CMD_READ_B) {
            s->area = CMD_READ_A; /* it holds for one command */
        }
    } else if (cycle <= 3) {
        if (cycle == 1) {
            s->row = 0;
        }
        s->row |= (uint32_t)address << (8 * (cycle - 1));
        s->row %= ROWS;
    }
    if (cycle == 3 && s->command != CMD_INPUT && s->command != CMD_ERASE) {
        k9f1208_load(s);
        set_busy(s, T_READ);
    }
}

uint8_t k9f1208_read(K9F1208State *s)
{
    switch (s->command) {
    case CMD_STATUS:
        return STATUS_WRITABLE | (k9f1208_ready(s) ? STATUS_READY : 0) | (s->failed ? STATUS_FAIL : 0);
    case CMD_ID:
        return identity[s->column++ % sizeof(identity)];
    }
    if (!k9f1208_ready(s)) {
        qemu_log_mask(LOG_GUEST_ERROR, "k9f1208: read while busy\n");
        return 0xff;
    }
    if (s->column >= ROW) { /* it goes on with the next page */
        s->row = (s->row + 1) % ROWS;
        s->column = s->area == CMD_READ_C ? PAGE : 0;
        k9f1208_load(s);
    }
    return s->buffer[s->column++];
}

void k9f1208_write(K9F1208State *s, uint8_t value)
{
    if (s->command == CMD_INPUT && s->column < ROW) {
        s->buffer[s->column++] = value;
    }
}

void k9f1208_boot(K9F1208State *s, uint8_t *to, size_t size)
{
    for (size_t at = 0; at < size; at += PAGE) {
        memcpy(to + at, s->storage + at / PAGE * ROW, PAGE);
    }
}

/* Reads "N:N:..." and calls mark for each block. */
static void each_block(K9F1208State *s, const char *list, void (*mark)(K9F1208State *, uint32_t), Error **errp)
{
    while (list && *list) {
        unsigned long n;
        const char *end;

        if (qemu_strtoul(list, &end, 10, &n) || n >= BLOCKS || (*end && *end != ':')) {
            error_setg(errp, "k9f1208: '%s' is no list of blocks below %d", list, BLOCKS);
            return;
        }
        mark(s, n);
        list = *end ? end + 1 : end;
    }
}

static void mark_worn(K9F1208State *s, uint32_t block)
{
    set_bit(block, s->bad);
}

static void mark_bad(K9F1208State *s, uint32_t block)
{
    mark_worn(s, block);
    memset(s->storage + (int64_t)block * PAGES * ROW, 0, 2 * ROW);
}

static void k9f1208_realize(DeviceState *dev, Error **errp)
{
    K9F1208State *s = K9F1208(dev);
    Error *err = NULL;

    s->storage = g_malloc(SIZE);
    s->bad = bitmap_new(BLOCKS);
    if (s->blk) {
        uint64_t perm = BLK_PERM_CONSISTENT_READ | (blk_supports_write_perm(s->blk) ? BLK_PERM_WRITE : 0);
        if (blk_set_perm(s->blk, perm, BLK_PERM_ALL, errp) < 0 || !blk_check_size_and_read_all(s->blk, s->storage, SIZE, errp)) {
            return;
        }
    } else {
        memset(s->storage, 0xff, SIZE);
    }
    each_block(s, s->bad_blocks, mark_bad, &err);
    if (!err) {
        each_block(s, s->worn_blocks, mark_worn, &err);
    }
    error_propagate(errp, err);
}

static void k9f1208_reset(DeviceState *dev)
{
    K9F1208State *s = K9F1208(dev);

    s->command = s->area = CMD_READ_A;
    s->cycles = 0;
    s->column = s->row = 0;
    s->failed = false;
    s->busy = 0;
}

static void k9f1208_init(Object *obj)
{
    K9F1208State *s = K9F1208(obj);

    object_property_add_uint32_ptr(obj, "operations", &s->operations, OBJ_PROP_FLAG_READ);
    object_property_add_uint32_ptr(obj, "cut-at", &s->cut_at, OBJ_PROP_FLAG_READWRITE);
    s->cut_after = 500;
    object_property_add_uint32_ptr(obj, "cut-after", &s->cut_after, OBJ_PROP_FLAG_READWRITE);
}

static const VMStateDescription vmstate_k9f1208 = {
    .name = TYPE_K9F1208,
    .unmigratable = 1, /* the storage lies in an image */
};

static Property k9f1208_properties[] = {
    DEFINE_PROP_DRIVE("drive", K9F1208State, blk),
    DEFINE_PROP_STRING("bad-blocks", K9F1208State, bad_blocks),
    DEFINE_PROP_STRING("worn-blocks", K9F1208State, worn_blocks),
    DEFINE_PROP_UINT32("flips", K9F1208State, flips, 0),
    DEFINE_PROP_UINT32("flip-first", K9F1208State, flip_first, 1),
    DEFINE_PROP_UINT32("flip-last", K9F1208State, flip_last, BLOCKS - 1),
    DEFINE_PROP_END_OF_LIST(),
};

static void k9f1208_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);

    set_bit(DEVICE_CATEGORY_STORAGE, dc->categories);
    dc->realize = k9f1208_realize;
    dc->reset = k9f1208_reset;
    dc->vmsd = &vmstate_k9f1208;
    device_class_set_props(dc, k9f1208_properties);
}

static const TypeInfo k9f1208_info = {
    .name = TYPE_K9F1208,
    .parent = TYPE_DEVICE,
    .instance_size = sizeof(K9F1208State),
    .instance_init = k9f1208_init,
    .class_init = k9f1208_class_init,
};

static void k9f1208_register(void)
{
    type_register_static(&k9f1208_info);
}

type_init(k9f1208_register)
