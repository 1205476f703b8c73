/*
 * Samsung SMDK2410
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * An S3C2410 with 64 MB of SDRAM, a K9F1208 NAND chip that it boots from, a
 * UDA1341 codec, an SD slot, a CS8900A Ethernet controller, a TFT panel with a
 * touch screen and four keys: the cursor keys up and down, Return and Escape.
 * The machine's property held=KEY:KEY... has keys pressed at power-on, each until
 * it is pressed and released.
 */
#include "qemu/osdep.h"
#include "exec/address-spaces.h"
#include "hw/arm/boot.h"
#include "hw/arm/s3c2410_soc.h"
#include "hw/boards.h"
#include "hw/irq.h"
#include "hw/qdev-properties-system.h"
#include "hw/qdev-properties.h"
#include "hw/resettable.h"
#include "hw/sd/sd.h"
#include "net/net.h"
#include "qapi/error.h"
#include "qapi/util.h"
#include "qapi/qapi-types-ui.h"
#include "qemu/error-report.h"
#include "qemu/units.h"
#include "sysemu/blockdev.h"
#include "sysemu/reset.h"
#include "sysemu/sysemu.h"
#include "ui/input.h"

#define MACHINE_ID 193

/* Ports 0x300 and up of I/O space (address line 24) behind bank 3. */
#define ETHERNET 0x19000300

#define TYPE_SMDK2410_MACHINE MACHINE_TYPE_NAME("smdk2410")
OBJECT_DECLARE_SIMPLE_TYPE(SMDK2410MachineState, SMDK2410_MACHINE)

struct SMDK2410MachineState {
    MachineState parent_obj;
    char *held;
};

static const struct {
    QKeyCode code;
    int pin;
} keys[] = {
    { Q_KEY_CODE_UP, S3C2410_PIN('F', 0) },
    { Q_KEY_CODE_DOWN, S3C2410_PIN('F', 2) },
    { Q_KEY_CODE_RET, S3C2410_PIN('G', 3) },
    { Q_KEY_CODE_ESC, S3C2410_PIN('G', 11) },
};

static bool smdk2410_set_key(S3C2410State *soc, int code, bool down)
{
    for (int i = 0; i < ARRAY_SIZE(keys); i++) {
        if (keys[i].code == code) {
            qemu_set_irq(qdev_get_gpio_in_named(soc->gpio, "pin", keys[i].pin), !down);
            return true;
        }
    }
    return false;
}

static void smdk2410_key(DeviceState *dev, QemuConsole *src, InputEvent *evt)
{
    InputKeyEvent *key = evt->u.key.data;

    smdk2410_set_key(S3C2410(dev), qemu_input_key_value_to_qcode(key->key), key->down);
}

static QemuInputHandler smdk2410_keys = {
    .name = "SMDK2410 keys",
    .mask = INPUT_EVENT_MASK_KEY,
    .event = smdk2410_key,
};

static struct arm_boot_info boot_info = {
    .loader_start = S3C2410_SDRAM,
    .board_id = MACHINE_ID,
};

/* Bits of port B are the codec's control lines. */
static void smdk2410_codec_lines(S3C2410State *soc)
{
    static const struct {
        const char *name;
        int bit;
    } lines[] = { { "l3mode", 2 }, { "l3data", 3 }, { "l3clock", 4 } };

    for (int i = 0; i < ARRAY_SIZE(lines); i++) {
        qdev_connect_gpio_out_named(soc->gpio, "out", S3C2410_PIN('B', lines[i].bit),
                                    qdev_get_gpio_in_named(DEVICE(soc->codec), lines[i].name, 0));
    }
}

static qemu_irq pin(S3C2410State *soc, char port, int bit)
{
    return qdev_get_gpio_in_named(soc->gpio, "pin", S3C2410_PIN(port, bit));
}

/* The slot is there without a card, too, which can be put in later. */
static void smdk2410_card(S3C2410State *soc)
{
    DriveInfo *drive = drive_get(IF_SD, 0, 0);
    DeviceState *card = qdev_new(TYPE_SD_CARD);

    qdev_connect_gpio_out_named(soc->sdi, "card-inserted", 0, pin(soc, 'G', 10));
    if (drive) {
        qdev_prop_set_drive(card, "drive", blk_by_legacy_dinfo(drive));
    }
    qdev_realize_and_unref(card, qdev_get_child_bus(soc->sdi, "sd-bus"), &error_fatal);
}

/* The chip is on the board; without a network its cable is not plugged in. */
static void smdk2410_ethernet(S3C2410State *soc)
{
    NICInfo *nic = &nd_table[0];
    DeviceState *dev = qdev_new(TYPE_CS8900);

    if (nic->used) {
        qemu_check_nic_model(nic, TYPE_CS8900);
        qdev_set_nic_properties(dev, nic);
    }
    sysbus_realize_and_unref(SYS_BUS_DEVICE(dev), &error_fatal);
    sysbus_mmio_map(SYS_BUS_DEVICE(dev), 0, ETHERNET);
    sysbus_connect_irq(SYS_BUS_DEVICE(dev), 0, pin(soc, 'G', 1));
}

static void smdk2410_hold(S3C2410State *soc, const char *held)
{
    g_auto(GStrv) names = g_strsplit(held, ":", -1);

    for (int i = 0; names[i]; i++) {
        if (!smdk2410_set_key(soc, qapi_enum_parse(&QKeyCode_lookup, names[i], -1, &error_fatal), true)) {
            error_report("the board has no key '%s'", names[i]);
            exit(1);
        }
    }
}

static void smdk2410_init(MachineState *machine)
{
    SMDK2410MachineState *s = SMDK2410_MACHINE(machine);
    DriveInfo *nand = drive_get(IF_MTD, 0, 0);
    DeviceState *soc = qdev_new(TYPE_S3C2410), *chip = qdev_new(TYPE_K9F1208), *codec = qdev_new(TYPE_UDA1341);

    object_property_add_child(OBJECT(machine), "soc", OBJECT(soc));
    object_property_add_child(OBJECT(machine), "nand", OBJECT(chip));
    object_property_add_child(OBJECT(machine), "codec", OBJECT(codec));
    memory_region_add_subregion(get_system_memory(), S3C2410_SDRAM, machine->ram);

    if (nand) {
        qdev_prop_set_drive(chip, "drive", blk_by_legacy_dinfo(nand));
    }
    qdev_realize(chip, NULL, &error_fatal);
    qdev_realize(codec, NULL, &error_fatal);
    /* On no bus, they would not be reset with the rest. */
    qemu_register_reset(resettable_cold_reset_fn, chip);
    qemu_register_reset(resettable_cold_reset_fn, codec);
    object_property_set_link(OBJECT(soc), "chip", OBJECT(chip), &error_fatal);
    object_property_set_link(OBJECT(soc), "codec", OBJECT(codec), &error_fatal);
    qdev_realize(soc, NULL, &error_fatal);
    smdk2410_codec_lines(S3C2410(soc));
    smdk2410_card(S3C2410(soc));
    smdk2410_ethernet(S3C2410(soc));
    if (s->held) {
        smdk2410_hold(S3C2410(soc), s->held);
    }
    qemu_input_handler_register(soc, &smdk2410_keys);

    /* Without a kernel it runs what lies in NAND. */
    if (machine->kernel_filename) {
        boot_info.ram_size = machine->ram_size;
        arm_load_kernel(S3C2410(soc)->cpu, machine, &boot_info);
    }
}

static char *smdk2410_get_held(Object *obj, Error **errp)
{
    return g_strdup(SMDK2410_MACHINE(obj)->held);
}

static void smdk2410_set_held(Object *obj, const char *value, Error **errp)
{
    SMDK2410MachineState *s = SMDK2410_MACHINE(obj);

    g_free(s->held);
    s->held = g_strdup(value);
}

static void smdk2410_finalize(Object *obj)
{
    g_free(SMDK2410_MACHINE(obj)->held);
}

static void smdk2410_class_init(ObjectClass *oc, void *data)
{
    MachineClass *mc = MACHINE_CLASS(oc);

    mc->desc = "Samsung SMDK2410 (ARM920T)";
    mc->init = smdk2410_init;
    mc->block_default_type = IF_MTD;
    mc->default_ram_id = "smdk2410.ram";
    mc->default_ram_size = 64 * MiB;
    mc->default_cpu_type = ARM_CPU_TYPE_NAME("arm920t");
    mc->ignore_memory_transaction_failures = true;
    mc->no_floppy = mc->no_cdrom = mc->no_parallel = 1;
    object_class_property_add_str(oc, "held", smdk2410_get_held, smdk2410_set_held);
    object_class_property_set_description(oc, "held", "keys that are held at power-on, of up, down, ret and esc, with colons between them");
}

static const TypeInfo smdk2410_info = {
    .name = TYPE_SMDK2410_MACHINE,
    .parent = TYPE_MACHINE,
    .instance_size = sizeof(SMDK2410MachineState),
    .instance_finalize = smdk2410_finalize,
    .class_init = smdk2410_class_init,
};

static void smdk2410_register(void)
{
    type_register_static(&smdk2410_info);
}

type_init(smdk2410_register)
