/*
 * Philips UDA1341TS audio codec
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The converter to analogue, and of its control (L3 bus, data sheet of 2002) what
 * is heard: power, volume and mute. At full volume samples pass as they are.
 */
#include "qemu/osdep.h"
#include "audio/audio.h"
#include "hw/qdev-core.h"
#include "hw/qdev-properties.h"
#include "hw/irq.h"
#include "migration/vmstate.h"
#include "qemu/module.h"
#include "hw/arm/s3c2410.h"

DECLARE_INSTANCE_CHECKER(UDA1341State, UDA1341, TYPE_UDA1341)

#define ADDRESS 0x14 /* of this kind of chip; the two lower bits are an area */
#define AREA_DATA 0
#define AREA_STATUS 2

#define RING 65536 /* frames */

struct UDA1341State {
    DeviceState parent_obj;
    QEMUSoundCard card;
    SWVoiceOut *voice;
    unsigned rate;

    bool mode, data, clock; /* the lines */
    uint8_t shift, bits;
    uint8_t address;
    uint8_t volume; /* attenuation in dB, from 1; 0 is none, too */
    bool mute, power;

    int16_t ring[RING][2];
    uint32_t head, used;
};

/* 65536 * 10^(-n/20) */
static const uint16_t attenuation[62] = {
    65535, 58409, 52057, 46396, 41350, 36854, 32846, 29274, 26090, 23253, 20724, 18471, 16462, 14672, 13076,
    11654, 10387, 9257, 8250, 7353, 6554, 5841, 5206, 4640, 4135, 3685, 3285, 2927, 2609, 2325,
    2072, 1847, 1646, 1467, 1308, 1165, 1039, 926, 825, 735, 655, 584, 521, 464, 414,
    369, 328, 293, 261, 233, 207, 185, 165, 147, 131, 117, 104, 93, 83, 74, 66, 58,
};

static int16_t heard(UDA1341State *s, int16_t sample)
{
    unsigned db = s->volume ? s->volume - 1 : 0;

    if (s->mute || !s->power || db >= ARRAY_SIZE(attenuation)) {
        return 0;
    }
    return db ? (int32_t)sample * attenuation[db] / 65536 : sample;
}

static void uda1341_register(UDA1341State *s, uint8_t value)
{
    if ((s->address & ~3) != ADDRESS) {
        return;
    }
    switch (s->address & 3) {
    case AREA_DATA:
        switch (value >> 6) {
        case 0:
            s->volume = value & 0x3f;
            break;
        case 2:
            s->mute = value & 4;
            break;
        }
        break;
    case AREA_STATUS:
        if (value & 0x80) {
            s->power = value & 1;
        } else if (value & 0x40) { /* a reset */
            s->volume = 0;
            s->mute = s->power = false;
        }
        break;
    }
}

/* A bit is taken when the clock rises, the lowest first. */
static void uda1341_clock(void *opaque, int n, int level)
{
    UDA1341State *s = opaque;
    bool rises = level && !s->clock;

    s->clock = level;
    if (!rises) {
        return;
    }
    s->shift = s->shift >> 1 | (s->data ? 0x80 : 0);
    if (++s->bits < 8) {
        return;
    }
    s->bits = 0;
    if (s->mode) {
        uda1341_register(s, s->shift);
    } else {
        s->address = s->shift;
    }
}

static void uda1341_mode(void *opaque, int n, int level)
{
    UDA1341State *s = opaque;

    if (s->mode != (level != 0)) {
        s->mode = level;
        s->bits = 0;
    }
}

static void uda1341_data(void *opaque, int n, int level)
{
    ((UDA1341State *)opaque)->data = level;
}

static void uda1341_drain(void *opaque, int bytes)
{
    UDA1341State *s = opaque;

    while (bytes >= 4 && s->used) {
        size_t frames = MIN(MIN(s->used, RING - s->head), bytes / 4);
        size_t written = AUD_write(s->voice, s->ring[s->head], frames * 4) / 4;

        if (!written) {
            return;
        }
        s->head = (s->head + written) % RING;
        s->used -= written;
        bytes -= written * 4;
    }
}

void uda1341_run(UDA1341State *s, bool on, unsigned rate)
{
    struct audsettings as = { .freq = rate, .nchannels = 2, .fmt = AUDIO_FORMAT_S16, .endianness = AUDIO_HOST_ENDIANNESS };

    if (on && rate != s->rate) {
        s->voice = AUD_open_out(&s->card, s->voice, "uda1341", s, uda1341_drain, &as);
        s->rate = rate;
        AUD_set_active_out(s->voice, 1);
    }
}

void uda1341_play(UDA1341State *s, int16_t left, int16_t right)
{
    int16_t *frame = s->ring[(s->head + s->used) % RING];

    if (s->used == RING) { /* nobody listens fast enough */
        return;
    }
    frame[0] = heard(s, left);
    frame[1] = heard(s, right);
    s->used++;
}

static void uda1341_reset(DeviceState *dev)
{
    UDA1341State *s = UDA1341(dev);

    s->shift = s->bits = s->address = s->volume = 0;
    s->mute = s->power = false;
}

static void uda1341_realize(DeviceState *dev, Error **errp)
{
    AUD_register_card("uda1341", &UDA1341(dev)->card);
}

static void uda1341_init(Object *obj)
{
    qdev_init_gpio_in_named(DEVICE(obj), uda1341_mode, "l3mode", 1);
    qdev_init_gpio_in_named(DEVICE(obj), uda1341_data, "l3data", 1);
    qdev_init_gpio_in_named(DEVICE(obj), uda1341_clock, "l3clock", 1);
}

static const VMStateDescription vmstate_uda1341 = {
    .name = TYPE_UDA1341,
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (VMStateField[]) {
        VMSTATE_BOOL(mode, UDA1341State),
        VMSTATE_BOOL(data, UDA1341State),
        VMSTATE_BOOL(clock, UDA1341State),
        VMSTATE_UINT8(shift, UDA1341State),
        VMSTATE_UINT8(bits, UDA1341State),
        VMSTATE_UINT8(address, UDA1341State),
        VMSTATE_UINT8(volume, UDA1341State),
        VMSTATE_BOOL(mute, UDA1341State),
        VMSTATE_BOOL(power, UDA1341State),
        VMSTATE_END_OF_LIST()
    },
};

static Property uda1341_properties[] = {
    DEFINE_AUDIO_PROPERTIES(UDA1341State, card),
    DEFINE_PROP_END_OF_LIST(),
};

static void uda1341_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);

    set_bit(DEVICE_CATEGORY_SOUND, dc->categories);
    dc->realize = uda1341_realize;
    dc->reset = uda1341_reset;
    dc->vmsd = &vmstate_uda1341;
    device_class_set_props(dc, uda1341_properties);
}

static const TypeInfo uda1341_info = {
    .name = TYPE_UDA1341,
    .parent = TYPE_DEVICE,
    .instance_size = sizeof(UDA1341State),
    .instance_init = uda1341_init,
    .class_init = uda1341_class_init,
};

static void uda1341_register_types(void)
{
    type_register_static(&uda1341_info);
}

type_init(uda1341_register_types)
