/*
 * Samsung S3C2410 LCD controller
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * S3C2410A User's Manual, chapter 15, for TFT panels of 8 (by the palette), 16
 * and 24 bits a pixel.
 */
#include "qemu/osdep.h"
#include "hw/irq.h"
#include "hw/qdev-clock.h"
#include "hw/sysbus.h"
#include "migration/vmstate.h"
#include "qemu/log.h"
#include "qemu/timer.h"
#include "ui/console.h"
#include "ui/pixel_ops.h"
#include "exec/address-spaces.h"
#include "framebuffer.h"
#include "hw/arm/s3c2410.h"

OBJECT_DECLARE_SIMPLE_TYPE(S3C2410Lcd, S3C2410_LCD)

enum {
    LCDCON1 = 0x00, LCDCON2 = 0x04, LCDCON3 = 0x08, LCDCON4 = 0x0c, LCDCON5 = 0x10,
    LCDSADDR1 = 0x14, LCDSADDR3 = 0x1c, TPAL = 0x50, LCDINTPND = 0x54, LCDSRCPND = 0x58,
    LCDINTMSK = 0x5c, LPCSEL = 0x60, PALETTE = 0x400,
};

#define INT_FRAME 2
#define MODE_TFT 3
#define BPP_8 11
#define BPP_16 12
#define BPP_24 13

struct S3C2410Lcd {
    SysBusDevice parent_obj;
    MemoryRegion iomem;
    MemoryRegionSection section;
    qemu_irq irq;
    QemuConsole *con;
    Clock *hclk;
    QEMUTimer *frame;

    uint32_t reg[(LPCSEL + 4) / 4];
    uint32_t palette[256];
    int64_t began; /* the frame, in ns */
    bool invalid, blank;
};

static uint32_t lcd(S3C2410Lcd *s, int reg) { return s->reg[reg / 4]; }
static bool lcd_on(S3C2410Lcd *s) { return lcd(s, LCDCON1) & 1; }
static unsigned lcd_rows(S3C2410Lcd *s) { return ((lcd(s, LCDCON2) >> 14) & 0x3ff) + 1; }
static unsigned lcd_columns(S3C2410Lcd *s) { return ((lcd(s, LCDCON3) >> 8) & 0x7ff) + 1; }
static unsigned lcd_mode(S3C2410Lcd *s) { return (lcd(s, LCDCON1) >> 1) & 15; }

/* All lines of a frame, with those that are not seen. */
static unsigned lcd_lines(S3C2410Lcd *s)
{
    uint32_t con2 = lcd(s, LCDCON2);

    return (con2 >> 24) + 1 + lcd_rows(s) + ((con2 >> 6) & 0xff) + 1 + (con2 & 0x3f) + 1;
}

static int64_t line_time(S3C2410Lcd *s)
{
    uint32_t con3 = lcd(s, LCDCON3);
    unsigned clocks = ((con3 >> 19) & 0x7f) + 1 + lcd_columns(s) + (con3 & 0xff) + 1 + (lcd(s, LCDCON4) & 0xff) + 1;
    unsigned divider = 2 * (((lcd(s, LCDCON1) >> 8) & 0x3ff) + 1);

    return MAX(1, clock_ticks_to_ns(s->hclk, (uint64_t)clocks * divider));
}

/* LINECNT counts down to the end of the frame. */
static uint32_t lcd_linecnt(S3C2410Lcd *s)
{
    int64_t line;

    if (!lcd_on(s)) {
        return 0;
    }
    line = (qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL) - s->began) / line_time(s) % lcd_lines(s);
    return line < lcd_rows(s) ? lcd_rows(s) - 1 - line : 0;
}

static void s3c2410_lcd_update_irq(S3C2410Lcd *s)
{
    uint32_t pending = lcd(s, LCDSRCPND) & ~lcd(s, LCDINTMSK) & 3;

    if (pending & ~lcd(s, LCDINTPND)) {
        s->reg[LCDINTPND / 4] |= pending;
        qemu_irq_pulse(s->irq);
    }
}

/* The end of a frame is of interest only where it interrupts. */
static void s3c2410_lcd_schedule(S3C2410Lcd *s)
{
    if (lcd_on(s) && !(lcd(s, LCDINTMSK) & INT_FRAME)) {
        int64_t frame = line_time(s) * lcd_lines(s), now = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
        timer_mod(s->frame, now + frame - (now - s->began) % frame);
    } else {
        timer_del(s->frame);
    }
}

static void s3c2410_lcd_frame(void *opaque)
{
    S3C2410Lcd *s = opaque;

    s->reg[LCDSRCPND / 4] |= INT_FRAME;
    s3c2410_lcd_update_irq(s);
    s3c2410_lcd_schedule(s);
}

static uint32_t colour(S3C2410Lcd *s, uint16_t v)
{
    unsigned r, g, b;

    if (lcd(s, LCDCON5) & (1 << 11)) { /* 5:6:5 */
        r = v >> 11, g = (v >> 5) & 63, b = v & 31;
        g = g << 2 | g >> 4;
    } else { /* 5:5:5 and a bit of intensity */
        r = v >> 11, g = (v >> 6) & 31, b = (v >> 1) & 31;
        g = g << 3 | g >> 2;
    }
    return rgb_to_pixel32(r << 3 | r >> 2, g, b << 3 | b >> 2);
}

static void draw8(void *opaque, uint8_t *dst, const uint8_t *src, int width, int pitch)
{
    S3C2410Lcd *s = opaque;
    unsigned swap = lcd(s, LCDCON5) & 2 ? 0 : 3; /* BSWP: in the order of memory */

    for (int x = 0; x < width; x++) {
        ((uint32_t *)dst)[x] = colour(s, s->palette[src[x ^ swap]]);
    }
}

static void draw16(void *opaque, uint8_t *dst, const uint8_t *src, int width, int pitch)
{
    S3C2410Lcd *s = opaque;
    unsigned swap = lcd(s, LCDCON5) & 1 ? 0 : 1; /* HWSWP: in the order of memory */

    for (int x = 0; x < width; x++) {
        ((uint32_t *)dst)[x] = colour(s, lduw_le_p(src + 2 * (x ^ swap)));
    }
}

static void draw24(void *opaque, uint8_t *dst, const uint8_t *src, int width, int pitch)
{
    S3C2410Lcd *s = opaque;
    unsigned shift = lcd(s, LCDCON5) & (1 << 12) ? 8 : 0; /* BPP24BL */

    for (int x = 0; x < width; x++) {
        uint32_t v = ldl_le_p(src + 4 * x) >> shift;
        ((uint32_t *)dst)[x] = rgb_to_pixel32((v >> 16) & 255, (v >> 8) & 255, v & 255);
    }
}

/* How many bytes of memory a row is made of, in words as they are fetched. */
static unsigned lcd_row_bytes(S3C2410Lcd *s)
{
    unsigned size = lcd_mode(s) == BPP_8 ? 1 : lcd_mode(s) == BPP_16 ? 2 : 4;

    return ROUND_UP(lcd_columns(s) * size, 4);
}

static drawfn lcd_draw(S3C2410Lcd *s)
{
    switch (lcd_mode(s)) {
    case BPP_8:
        return draw8;
    case BPP_16:
        return draw16;
    case BPP_24:
        return draw24;
    }
    return NULL;
}

static void fill(DisplaySurface *surface, uint32_t pixel)
{
    for (int y = 0; y < surface_height(surface); y++) {
        uint32_t *row = surface_data(surface) + y * surface_stride(surface);
        for (int x = 0; x < surface_width(surface); x++) {
            row[x] = pixel;
        }
    }
}

static void s3c2410_lcd_refresh(void *opaque)
{
    S3C2410Lcd *s = opaque;
    DisplaySurface *surface;
    drawfn draw = lcd_draw(s);
    int columns = lcd_columns(s), rows = lcd_rows(s), first = 0, last = 0;
    /* In half words: what is shown of a row, and what is skipped. */
    unsigned pitch = 2 * ((lcd(s, LCDSADDR3) & 0x7ff) + ((lcd(s, LCDSADDR3) >> 11) & 0x7ff));
    bool on = lcd_on(s) && draw && ((lcd(s, LCDCON1) >> 5) & 3) == MODE_TFT && (lcd(s, LCDCON5) & (1 << 3)) &&
              pitch >= lcd_row_bytes(s);

    if (on && (surface_width(qemu_console_surface(s->con)) != columns ||
               surface_height(qemu_console_surface(s->con)) != rows)) {
        qemu_console_resize(s->con, columns, rows);
        s->invalid = true;
    }
    surface = qemu_console_surface(s->con);
    if (!on || (lcd(s, TPAL) & (1 << 24))) {
        uint32_t c = lcd(s, TPAL);
        fill(surface, on ? rgb_to_pixel32((c >> 16) & 255, (c >> 8) & 255, c & 255) : 0);
        if (!s->blank || s->invalid) {
            dpy_gfx_update_full(s->con);
        }
        s->blank = s->invalid = true;
        return;
    }
    s->blank = false;
    if (s->invalid) {
        framebuffer_update_memory_section(&s->section, get_system_memory(), (hwaddr)lcd(s, LCDSADDR1) << 1, rows, pitch);
    }
    framebuffer_update_display(surface, &s->section, columns, rows, pitch, surface_stride(surface), 0,
                               s->invalid, draw, s, &first, &last);
    if (first >= 0) {
        dpy_gfx_update(s->con, 0, first, columns, last - first + 1);
    }
    s->invalid = false;
}

static void s3c2410_lcd_invalidate(void *opaque)
{
    S3C2410_LCD(opaque)->invalid = true;
}

static const GraphicHwOps s3c2410_lcd_display = {
    .invalidate = s3c2410_lcd_invalidate,
    .gfx_update = s3c2410_lcd_refresh,
};

static uint64_t s3c2410_lcd_read(void *opaque, hwaddr addr, unsigned size)
{
    S3C2410Lcd *s = opaque;

    if (addr == LCDCON1) {
        return lcd(s, LCDCON1) | lcd_linecnt(s) << 18;
    }
    if (addr <= LPCSEL) {
        return lcd(s, addr);
    }
    if (addr >= PALETTE && addr < PALETTE + 0x400) {
        return s->palette[(addr - PALETTE) / 4];
    }
    qemu_log_mask(LOG_GUEST_ERROR, "%s: bad offset 0x%" HWADDR_PRIx "\n", __func__, addr);
    return 0;
}

static void s3c2410_lcd_write(void *opaque, hwaddr addr, uint64_t value, unsigned size)
{
    S3C2410Lcd *s = opaque;
    bool was_on = lcd_on(s);

    if (addr == LCDINTPND || addr == LCDSRCPND) {
        s->reg[addr / 4] &= ~value;
        return;
    }
    if (addr >= PALETTE && addr < PALETTE + 0x400) {
        s->palette[(addr - PALETTE) / 4] = value & 0xffff;
    } else if (addr <= LPCSEL) {
        s->reg[addr / 4] = addr == LCDCON1 ? value & 0x3ffff : value;
    } else {
        qemu_log_mask(LOG_GUEST_ERROR, "%s: bad offset 0x%" HWADDR_PRIx "\n", __func__, addr);
    }
    s->invalid = true;
    if (lcd_on(s) && !was_on) {
        s->began = qemu_clock_get_ns(QEMU_CLOCK_VIRTUAL);
    }
    s3c2410_lcd_update_irq(s);
    s3c2410_lcd_schedule(s);
}

static const MemoryRegionOps s3c2410_lcd_ops = {
    .read = s3c2410_lcd_read,
    .write = s3c2410_lcd_write,
    .endianness = DEVICE_LITTLE_ENDIAN,
    .impl = { .min_access_size = 4, .max_access_size = 4 },
};

static void s3c2410_lcd_reset(DeviceState *dev)
{
    S3C2410Lcd *s = S3C2410_LCD(dev);

    memset(s->reg, 0, sizeof(s->reg));
    s->reg[LCDINTMSK / 4] = 3;
    s->reg[LPCSEL / 4] = 4;
    timer_del(s->frame);
    s->invalid = true;
}

static void s3c2410_lcd_realize(DeviceState *dev, Error **errp)
{
    S3C2410Lcd *s = S3C2410_LCD(dev);

    s->con = graphic_console_init(dev, 0, &s3c2410_lcd_display, s);
    qemu_console_resize(s->con, 240, 320);
}

static void s3c2410_lcd_init(Object *obj)
{
    S3C2410Lcd *s = S3C2410_LCD(obj);
    SysBusDevice *sbd = SYS_BUS_DEVICE(obj);

    memory_region_init_io(&s->iomem, obj, &s3c2410_lcd_ops, s, TYPE_S3C2410_LCD, 0x1000);
    sysbus_init_mmio(sbd, &s->iomem);
    sysbus_init_irq(sbd, &s->irq);
    s->hclk = qdev_init_clock_in(DEVICE(obj), "hclk", NULL, NULL, 0);
    s->frame = timer_new_ns(QEMU_CLOCK_VIRTUAL, s3c2410_lcd_frame, s);
}

static int s3c2410_lcd_post_load(void *opaque, int version)
{
    S3C2410_LCD(opaque)->invalid = true;
    return 0;
}

static const VMStateDescription vmstate_s3c2410_lcd = {
    .name = TYPE_S3C2410_LCD,
    .version_id = 1,
    .minimum_version_id = 1,
    .post_load = s3c2410_lcd_post_load,
    .fields = (VMStateField[]) {
        VMSTATE_CLOCK(hclk, S3C2410Lcd),
        VMSTATE_TIMER_PTR(frame, S3C2410Lcd),
        VMSTATE_UINT32_ARRAY(reg, S3C2410Lcd, (LPCSEL + 4) / 4),
        VMSTATE_UINT32_ARRAY(palette, S3C2410Lcd, 256),
        VMSTATE_INT64(began, S3C2410Lcd),
        VMSTATE_END_OF_LIST()
    },
};

static void s3c2410_lcd_class_init(ObjectClass *klass, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(klass);

    set_bit(DEVICE_CATEGORY_DISPLAY, dc->categories);
    dc->realize = s3c2410_lcd_realize;
    dc->reset = s3c2410_lcd_reset;
    dc->vmsd = &vmstate_s3c2410_lcd;
}

static const TypeInfo s3c2410_lcd_info = {
    .name = TYPE_S3C2410_LCD,
    .parent = TYPE_SYS_BUS_DEVICE,
    .instance_size = sizeof(S3C2410Lcd),
    .instance_init = s3c2410_lcd_init,
    .class_init = s3c2410_lcd_class_init,
};

static void s3c2410_lcd_register(void)
{
    type_register_static(&s3c2410_lcd_info);
}

type_init(s3c2410_lcd_register)
