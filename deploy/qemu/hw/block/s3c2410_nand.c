/*
 * Samsung S3C2410 NAND flash controller
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * S3C2410A User's Manual, chapter 6. After a reset the first 4 KB of the chip
 * are copied to the boot SRAM, the steppingstone, without a look at their ECC.
 */
#include "qemu/osdep.h"
#include "exec/address-spaces.h"
#include "hw/qdev-properties.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "qemu/host-utils.h"
#include "qemu/log.h"
#include "qapi/error.h"
#include "hw/arm/s3c2410.h"

OBJECT_DECLARE_SIMPLE_TYPE(S3C2410Nand, S3C2410_NAND)

enum { NFCONF = 0x00, NFCMD = 0x04, NFADDR = 0x08, NFDATA = 0x0c, NFSTAT = 0x10, NFECC = 0x14 };

#define NFCONF_ENABLE (1 << 15)
#define NFCONF_INIT_ECC (1 << 12)
#define NFCONF_NFCE (1 << 11)
#define STEPPINGSTONE 4096
#define ECC_BYTES 512

struct S3C2410Nand {
    SysBusDevice parent_obj;
    MemoryRegion iomem, sram;
    K9F1208State *chip;

    uint32_t conf;
    uint32_t counted; /* bytes since the ECC was started */
    uint32_t column;  /* exclusive or of the bytes */
    uint32_t row, row_not; /* of the numbers of those with an odd number of ones, and of their complements */
};

static void ecc_add(S3C2410Nand *s, uint8_t byte)
{
    if (s->counted == ECC_BYTES) {
        return;
    }
    s->column ^= byte;
    if (ctpop8(byte) & 1) {
        s->row ^= s->counted;
        s->row_not ^= ~s->counted;
    }
    s->counted++;
}

static unsigned parity(unsigned v)
{
    return ctpop32(v) & 1;
}

/*
 * P8' to P2048 and P1' to P4 in pairs, each with the complement's parity in
 * the lower bit; all inverted, so that erased pages have an ECC of ones.
 */
static uint32_t ecc_value(S3C2410Nand *s)
{
    static const uint8_t bits[3] = { 0xaa, 0xcc, 0xf0 }; /* bits of a byte whose number has bit 0, 1, 2 */
    uint32_t ecc = 0;

    for (int i = 0; i < 9; i++) {
        ecc |= ((s->row >> i) & 1) << (2 * i + 1) | ((s->row_not >> i) & 1) << (2 * i);
    }
    for (int i = 0; i < 3; i++) {
        ecc |= parity(s->column & bits[i]) << (19 + 2 * i) | parity(s->column & ~bits[i] & 0xff) << (18 + 2 * i);
    }
    return ~ecc & 0xffffff;
}

static bool selected(S3C2410Nand *s)
{
    return s->chip && (s->conf & NFCONF_ENABLE) && !(s->conf & NFCONF_NFCE);
}

static uint64_t s3c2410_nand_read(void *opaque, hwaddr addr, unsigned size)
{
    S3C2410Nand *s = opaque;
    uint8_t byte;

    switch (addr & ~3) {
    case NFCONF:
        return extract32(s->conf, 8 * (addr & 3), 8 * size);
    case NFDATA:
        byte = selected(s) ? k9f1208_read(s->chip) : 0xff;
        ecc_add(s, byte);
        return byte;
    case NFSTAT:
        return addr == NFSTAT && (!s->chip || k9f1208_ready(s->chip));
    case NFECC:
        return extract32(ecc_value(s), 8 * (addr & 3), 8 * size);
    case NFCMD:
    case NFADDR:
        return 0;
    }
    qemu_log_mask(LOG_GUEST_ERROR, "%s: bad offset 0x%" HWADDR_PRIx "\n", __func__, addr);
    return 0;
}

static void s3c2410_nand_write(void *opaque, hwaddr addr, uint64_t value, unsigned size)
{
    S3C2410Nand *s = opaque;

    switch (addr) {
    case NFCONF:
        if (value & NFCONF_INIT_ECC) {
            s->counted = s->column = s->row = s->row_not = 0;
        }
        s->conf = value & 0x8f77;
        return;
    case NFCMD:
        if (selected(s)) {
            k9f1208_command(s->chip, value);
        }
        return;
    case NFADDR:
        if (selected(s)) {
            k9f1208_address(s->chip, value);
        }
        return;
    case NFDATA:
        ecc_add(s, value);
        if (selected(s)) {
            k9f1208_write(s->chip, value);
        }
        return;
    }
    qemu_log_mask(LOG_GUEST_ERROR, "%s: bad offset 0x%" HWADDR_PRIx "\n", __func__, addr);
}

static const MemoryRegionOps s3c2410_nand_ops = {
    .read = s3c2410_nand_read,
    .write = s3c2410_nand_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .impl = { .min_access_size = 1, .max_access_size = 4 },
};

static void s3c2410_nand_reset(DeviceState *dev)
{
    S3C2410Nand *s = S3C2410_NAND(dev);
    uint8_t boot[STEPPINGSTONE];

    s->conf = NFCONF_NFCE;
    s->counted = s->column = s->row = s->row_not = 0;
    if (s->chip) {
        k9f1208_boot(s->chip, boot, STEPPINGSTONE);
        /* By way of the bus, as code that was run there is to be forgotten. */
        address_space_write(&address_space_memory, s->sram.addr, MEMTXATTRS_UNSPECIFIED, boot, STEPPINGSTONE);
    }
}

static void s3c2410_nand_init(Object *obj)
{
    S3C2410Nand *s = S3C2410_NAND(obj);
    SysBusDevice *sbd = SYS_BUS_DEVICE(obj);

    /*
     * A page of its own: what is smaller is read through a detour, and pages
     * of NAND are read byte by byte.
     */
    memory_region_init_io(&s->iomem, obj, &s3c2410_nand_ops, s, TYPE_S3C2410_NAND, 0x1000);
    sysbus_init_mmio(sbd, &s->iomem);
    memory_region_init_ram(&s->sram, obj, "s3c2410.steppingstone", STEPPINGSTONE, &error_fatal);
    sysbus_init_mmio(sbd, &s->sram);
    object_property_add_link(obj, "chip", TYPE_K9F1208, (Object **)&s->chip,
                             qdev_prop_allow_set_link_before_realize, OBJ_PROP_LINK_STRONG);
}

static const VMStateDescription vmstate_s3c2410_nand = {
    .name = TYPE_S3C2410_NAND,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (VMStateField[]) {
        VMSTATE_UINT32(conf, S3C2410Nand),
        VMSTATE_UINT32(counted, S3C2410Nand),
        VMSTATE_UINT32(column, S3C2410Nand),
        VMSTATE_UINT32(row, S3C2410Nand),
        VMSTATE_UINT32(row_not, S3C2410Nand),
        VMSTATE_END_OF_LIST()
    },
};

static void s3c2410_nand_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);

    dc->reset = s3c2410_nand_reset;
    dc->vmsd = &vmstate_s3c2410_nand;
}

static const TypeInfo s3c2410_nand_info = {
    .name = TYPE_S3C2410_NAND,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(S3C2410Nand),
    .instance_init = s3c2410_nand_init,
    .class_init = s3c2410_nand_class_init,
};

static void s3c2410_nand_register(void)
{
    type_register_static(&s3c2410_nand_info);
}

type_init(s3c2410_nand_register)
