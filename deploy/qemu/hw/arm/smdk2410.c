/*
 * Samsung SMDK2410
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * An S3C2410 with 64 MB of SDRAM, a K9F1208 NAND chip that it boots from, a
 * UDA1341 codec, a TFT panel with a touch screen and four keys: the cursor keys
 * up and down, Return and Escape.
 */
#include "qemu/osdep.h"
#include "exec/address-spaces.h"
#include "hw/arm/boot.h"
#include "hw/arm/s3c2410_soc.h"
#include "hw/boards.h"
#include "hw/irq.h"
#include "hw/qdev-properties-system.h"
#include "hw/qdev-properties.h"
#include "qapi/error.h"
#include "qemu/units.h"
#include "sysemu/blockdev.h"
#include "sysemu/sysemu.h"
#include "ui/input.h"

#define MACHINE_ID 193

static const struct {
    QKeyCode code;
    int pin;
} keys[] = {
    { Q_KEY_CODE_UP, S3C2410_PIN('F', 0) },
    { Q_KEY_CODE_DOWN, S3C2410_PIN('F', 2) },
    { Q_KEY_CODE_RET, S3C2410_PIN('G', 3) },
    { Q_KEY_CODE_ESC, S3C2410_PIN('G', 11) },
};

static void smdk2410_key(DeviceState *dev, QemuConsole *src, InputEvent *evt)
{
    S3C2410State *soc = S3C2410(dev);
    InputKeyEvent *key = evt->u.key.data;

    for (int i = 0; i < ARRAY_SIZE(keys); i++) {
        if (keys[i].code == qemu_input_key_value_to_qcode(key->key)) {
            qemu_set_irq(qdev_get_gpio_in_named(soc->gpio, "pin", keys[i].pin), !key->down);
        }
    }
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

static void smdk2410_init(MachineState *machine)
{
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
    object_property_set_link(OBJECT(soc), "chip", OBJECT(chip), &error_fatal);
    object_property_set_link(OBJECT(soc), "codec", OBJECT(codec), &error_fatal);
    qdev_realize(soc, NULL, &error_fatal);
    smdk2410_codec_lines(S3C2410(soc));
    qemu_input_handler_register(soc, &smdk2410_keys);

    /* Without a kernel it runs what lies in NAND. */
    if (machine->kernel_filename) {
        boot_info.ram_size = machine->ram_size;
        arm_load_kernel(S3C2410(soc)->cpu, machine, &boot_info);
    }
}

static void smdk2410_machine_init(MachineClass *mc)
{
    mc->desc = "Samsung SMDK2410 (ARM920T)";
    mc->init = smdk2410_init;
    mc->block_default_type = IF_MTD;
    mc->default_ram_id = "smdk2410.ram";
    mc->default_ram_size = 64 * MiB;
    mc->default_cpu_type = ARM_CPU_TYPE_NAME("arm920t");
    mc->ignore_memory_transaction_failures = true;
    mc->no_floppy = mc->no_cdrom = mc->no_parallel = 1;
}

DEFINE_MACHINE("smdk2410", smdk2410_machine_init)
