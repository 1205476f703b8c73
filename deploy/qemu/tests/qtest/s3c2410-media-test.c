/*
 * QTests for the Samsung S3C2410: DMA, IIS with a UDA1341, panel, touch screen
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"
#include "s3c2410-test.h"

#define DMA(n) (0x4b000000 + 0x40 * (n))
#define DISRC 0x00
#define DISRCC 0x04
#define DIDST 0x08
#define DIDSTC 0x0c
#define DCON 0x10
#define DSTAT 0x14
#define DCSRC 0x18
#define DCDST 0x1c
#define DMASKTRIG 0x20

#define LCD 0x4d000000
#define LCDCON1 (LCD + 0x00)
#define TPAL (LCD + 0x50)
#define LCDSRCPND (LCD + 0x58)
#define LCDINTMSK (LCD + 0x5c)
#define PALETTE (LCD + 0x400)

#define IIS 0x55000000
#define IISCON (IIS + 0x00)
#define IISMOD (IIS + 0x04)
#define IISPSR (IIS + 0x08)
#define IISFCON (IIS + 0x0c)
#define IISFIFO (IIS + 0x10)

#define ADC 0x58000000
#define ADCCON (ADC + 0x00)
#define ADCTSC (ADC + 0x04)
#define ADCDLY (ADC + 0x08)
#define ADCDAT0 (ADC + 0x0c)
#define ADCDAT1 (ADC + 0x10)

#define GPBCON (GPIO + 0x10)
#define GPBDAT (GPIO + 0x14)

static void test_reset(void)
{
    static const ResetValue values[] = {
        { DMA(0) + DCON, 0 }, { DMA(3) + DMASKTRIG, 0 }, { LCDCON1, 0 }, { LCDINTMSK, 3 }, { LCD + 0x60, 4 },
        { IISMOD, 0 }, { IISFCON, 0 }, { ADCCON, 0x3fc4 }, { ADCTSC, 0x58 }, { ADCDLY, 0xff },
    };
    QTestState *qts = smdk2410_start("");

    check_reset_values(qts, values, ARRAY_SIZE(values));
    qtest_quit(qts);
}

/* Words of memory are moved when software asks for it. */
static void test_dma(void)
{
    uint32_t words[16], got[16];
    QTestState *qts = smdk2410_start("");

    for (int i = 0; i < 16; i++) {
        words[i] = 0x01020304 * i;
    }
    qtest_memwrite(qts, SDRAM + 0x1000, words, sizeof(words));
    qtest_writel(qts, DMA(1) + DISRC, SDRAM + 0x1000);
    qtest_writel(qts, DMA(1) + DIDST, SDRAM + 0x2000);
    qtest_writel(qts, DMA(1) + DCON, 1 << 29 | 1 << 27 | 1 << 22 | 2 << 20 | 16);
    qtest_writel(qts, DMA(1) + DMASKTRIG, 3);
    qtest_memread(qts, SDRAM + 0x2000, got, sizeof(got));
    g_assert_cmpmem(got, sizeof(got), words, sizeof(words));
    g_assert_cmphex(qtest_readl(qts, DMA(1) + DCSRC), ==, SDRAM + 0x1040);
    g_assert_cmphex(qtest_readl(qts, DMA(1) + DCDST), ==, SDRAM + 0x2040);
    g_assert_cmphex(qtest_readl(qts, DMA(1) + DMASKTRIG), ==, 0);
    g_assert_true(source_take(qts, 18));

    /* Bytes, to an address that stays. */
    qtest_writel(qts, DMA(1) + DIDSTC, 1);
    qtest_writel(qts, DMA(1) + DCON, 1 << 27 | 1 << 22 | 5);
    qtest_writel(qts, DMA(1) + DMASKTRIG, 3);
    g_assert_cmphex(qtest_readb(qts, SDRAM + 0x2000), ==, words[1] & 0xff);
    g_assert_cmphex(qtest_readl(qts, DMA(1) + DCSRC), ==, SDRAM + 0x1005);
    g_assert_false(source_take(qts, 18));
    qtest_quit(qts);
}

/* A channel that writes to its own registers does not go round in circles. */
static void test_dma_itself(void)
{
    QTestState *qts = smdk2410_start("");

    qtest_writel(qts, SDRAM, 3);
    qtest_writel(qts, DMA(0) + DISRC, SDRAM);
    qtest_writel(qts, DMA(0) + DISRCC, 1);
    qtest_writel(qts, DMA(0) + DIDST, DMA(0) + DMASKTRIG);
    qtest_writel(qts, DMA(0) + DIDSTC, 1);
    qtest_writel(qts, DMA(0) + DCON, 1 << 22 | 2 << 20 | 8);
    qtest_writel(qts, DMA(0) + DMASKTRIG, 3);
    g_assert_cmpint(qtest_readl(qts, DMA(0) + DSTAT) & 0xfffff, ==, 0);
    qtest_quit(qts);
}

static unsigned iis_level(QTestState *qts)
{
    return extract32(qtest_readl(qts, IISFCON), 6, 6);
}

/*
 * 12 MHz / 8 / 256 are 5859 frames a second. The FIFO has 32 samples, which go out
 * two at a time; DMA keeps it full.
 */
static void test_iis(void)
{
    QTestState *qts = smdk2410_start("");

    qtest_writel(qts, IISPSR, 7 << 5);
    qtest_writel(qts, IISMOD, 2 << 6);
    qtest_writel(qts, IISFCON, 1 << 13);
    for (int i = 0; i < 40; i++) {
        qtest_writew(qts, IISFIFO, i);
    }
    g_assert_cmpint(iis_level(qts), ==, 32);
    g_assert_cmphex(qtest_readl(qts, IISCON) & 0x80, ==, 0); /* not ready for more */
    qtest_writel(qts, IISCON, 3);
    qtest_clock_step(qts, 3 * MS);
    g_assert_cmpint(iis_level(qts), ==, 0);
    g_assert_cmphex(qtest_readl(qts, IISCON) & 0x80, ==, 0x80);
    qtest_writel(qts, IISCON, 0);

    qtest_writel(qts, DMA(2) + DISRC, SDRAM);
    qtest_writel(qts, DMA(2) + DIDST, IISFIFO);
    qtest_writel(qts, DMA(2) + DIDSTC, 3);
    qtest_writel(qts, DMA(2) + DCON, 1 << 29 | 1 << 23 | 1 << 22 | 1 << 20 | 128);
    qtest_writel(qts, DMA(2) + DMASKTRIG, 2);
    g_assert_cmpint(iis_level(qts), ==, 0);
    qtest_writel(qts, IISFCON, 1 << 15 | 1 << 13);
    qtest_writel(qts, IISCON, 1 << 5 | 3);
    g_assert_cmpint(iis_level(qts), ==, 32);
    g_assert_cmpint(qtest_readl(qts, DMA(2) + DSTAT) & 0xfffff, ==, 96);
    qtest_clock_step(qts, 3 * MS);
    g_assert_cmpint(qtest_readl(qts, DMA(2) + DSTAT) & 0xfffff, ==, 64);
    g_assert_false(source_take(qts, 19));
    qtest_clock_step(qts, 6 * MS);
    g_assert_cmpint(qtest_readl(qts, DMA(2) + DSTAT) & 0xfffff, ==, 0);
    g_assert_true(source_take(qts, 19));
    qtest_quit(qts);
}

/*
 * A channel takes its registers over with the first request, and at the end those
 * of the transfer that was written meanwhile.
 */
static void test_dma_reload(void)
{
    QTestState *qts = smdk2410_start("");

    qtest_writel(qts, IISPSR, 7 << 5);
    qtest_writel(qts, IISMOD, 2 << 6);
    qtest_writel(qts, DMA(2) + DISRC, SDRAM);
    qtest_writel(qts, DMA(2) + DIDST, IISFIFO);
    qtest_writel(qts, DMA(2) + DIDSTC, 3);
    qtest_writel(qts, DMA(2) + DCON, 1 << 29 | 1 << 23 | 1 << 20 | 64);
    qtest_writel(qts, DMA(2) + DMASKTRIG, 2);
    g_assert_cmphex(qtest_readl(qts, DMA(2) + DSTAT), ==, 0);
    qtest_writel(qts, IISFCON, 1 << 15 | 1 << 13);
    qtest_writel(qts, IISCON, 1 << 5 | 3);
    g_assert_cmphex(qtest_readl(qts, DMA(2) + DSTAT), ==, 1 << 20 | 32);
    g_assert_cmphex(qtest_readl(qts, DMA(2) + DCSRC), ==, SDRAM + 64);

    qtest_writel(qts, DMA(2) + DISRC, SDRAM + 0x1000);
    qtest_writel(qts, DMA(2) + DCON, 1 << 29 | 1 << 23 | 1 << 22 | 1 << 20 | 96);
    g_assert_cmphex(qtest_readl(qts, DMA(2) + DSTAT), ==, 1 << 20 | 32);
    g_assert_cmphex(qtest_readl(qts, DMA(2) + DCSRC), ==, SDRAM + 64);
    qtest_writel(qts, DMA(2) + DCON, 1 << 29 | 1 << 23 | 1 << 20 | 96);
    qtest_clock_step(qts, 6 * MS); /* two times 16 frames */
    g_assert_true(source_take(qts, 19));
    g_assert_cmphex(qtest_readl(qts, DMA(2) + DMASKTRIG), ==, 2);
    g_assert_cmphex(qtest_readl(qts, DMA(2) + DSTAT), ==, 1 << 20 | 64);
    g_assert_cmphex(qtest_readl(qts, DMA(2) + DCSRC), ==, SDRAM + 0x1040);
    g_assert_cmpint(iis_level(qts), ==, 32); /* it was never empty */

    /* Without a reload it is switched off at the end. */
    qtest_writel(qts, DMA(2) + DCON, 1 << 29 | 1 << 23 | 1 << 22 | 1 << 20 | 96);
    qtest_clock_step(qts, 6 * MS);
    g_assert_true(source_take(qts, 19));
    g_assert_cmphex(qtest_readl(qts, DMA(2) + DMASKTRIG), ==, 0);
    g_assert_cmphex(qtest_readl(qts, DMA(2) + DSTAT), ==, 0);

    /* What is stopped has no place. */
    qtest_writel(qts, DMA(2) + DMASKTRIG, 2);
    qtest_clock_step(qts, 3 * MS);
    g_assert_cmphex(qtest_readl(qts, DMA(2) + DSTAT), !=, 0);
    qtest_writel(qts, DMA(2) + DMASKTRIG, 4);
    g_assert_cmphex(qtest_readl(qts, DMA(2) + DSTAT), ==, 0);
    g_assert_cmphex(qtest_readl(qts, DMA(2) + DCSRC), ==, 0);
    qtest_quit(qts);
}

/* A byte over the L3 bus, the lowest bit first. */
static void l3(QTestState *qts, bool data, uint8_t byte)
{
    uint32_t mode = data << 2;

    for (int i = 0; i < 8; i++) {
        uint32_t bit = ((byte >> i) & 1) << 3;
        qtest_writel(qts, GPBDAT, mode | bit);
        qtest_writel(qts, GPBDAT, mode | bit | 1 << 4);
    }
    qtest_writel(qts, GPBDAT, 1 << 4 | 1 << 2);
}

static void l3_write(QTestState *qts, uint8_t area, uint8_t value)
{
    l3(qts, false, 0x14 | area);
    l3(qts, true, value);
}

/* Plays frames of two samples for a while, and says what is heard last. */
static void play(QTestState *qts, int16_t left, int16_t right)
{
    for (int n = 0; n < 20; n++) {
        while (iis_level(qts) < 32) {
            qtest_writew(qts, IISFIFO, left);
            qtest_writew(qts, IISFIFO, right);
        }
        qtest_clock_step(qts, 2 * MS);
    }
}

/* What has been heard of this pair of samples. */
static int heard(const char *wav, int16_t left, int16_t right)
{
    g_autofree char *all = NULL;
    gsize size;
    int n = 0;

    g_assert_true(g_file_get_contents(wav, &all, &size, NULL));
    for (gsize at = 44; at + 4 <= size; at += 4) {
        n += (int16_t)lduw_le_p(all + at) == left && (int16_t)lduw_le_p(all + at + 2) == right;
    }
    return n;
}

/* Power, volume and mute decide on what is heard; at full volume nothing changes. */
static void test_codec(void)
{
    g_autofree char *wav = file_of(0);
    /* 11718 frames a second: 12 MHz / 4 / 256 */
    g_autofree char *args = g_strdup_printf("-audiodev wav,id=snd,path=%s,out.frequency=11719 -global uda1341.audiodev=snd", wav);
    QTestState *qts = smdk2410_start(args);

    qtest_writel(qts, GPBCON, 1 << 4 | 1 << 6 | 1 << 8);
    qtest_writel(qts, IISPSR, 3 << 5);
    qtest_writel(qts, IISMOD, 2 << 6);
    qtest_writel(qts, IISFCON, 1 << 13);
    qtest_writel(qts, IISCON, 3);
    play(qts, 1001, 2002); /* without power nothing */
    l3_write(qts, 2, 0x81);
    play(qts, 1234, -4321);
    l3_write(qts, 0, 0x07); /* -6 dB */
    play(qts, 20000, -10000);
    l3_write(qts, 0, 0x84); /* mute */
    play(qts, 3003, 4004);
    qtest_quit(qts);
    g_assert_cmpint(heard(wav, 1001, 2002), ==, 0);
    g_assert_cmpint(heard(wav, 1234, -4321), >, 100);
    g_assert_cmpint(heard(wav, 20000 * 32846 / 65536, -10000 * 32846 / 65536), >, 100);
    g_assert_cmpint(heard(wav, 3003, 4004), ==, 0);
    unlink(wav);
}

static void panel(QTestState *qts, uint32_t mode)
{
    qtest_writel(qts, LCD + 0x04, 7 << 24 | 319 << 14 | 6 << 6 | 3);
    qtest_writel(qts, LCD + 0x08, 7 << 19 | 239 << 8 | 19);
    qtest_writel(qts, LCD + 0x0c, 3);
    qtest_writel(qts, LCD + 0x10, 1 << 11 | 1 << 3 | 1);
    qtest_writel(qts, LCD + 0x14, SDRAM >> 1);
    qtest_writel(qts, LCD + 0x1c, 240);
    qtest_writel(qts, LCDCON1, 8 << 8 | 3 << 5 | mode << 1 | 1);
}

/* The picture as QEMU has it: a PPM of the panel's size. */
static char *picture(QTestState *qts)
{
    g_autofree char *file = file_of(0);
    char *text = NULL;
    gsize size;

    qtest_qmp_assert_success(qts, "{'execute': 'screendump', 'arguments': {'filename': %s}}", file);
    g_assert_true(g_file_get_contents(file, &text, &size, NULL));
    g_assert_true(g_str_has_prefix(text, "P6\n240 320\n255\n"));
    g_assert_cmpint(size, ==, 15 + 240 * 320 * 3);
    unlink(file);
    memmove(text, text + 15, size - 15);
    return text;
}

static void pixel(const char *p, int n, uint8_t r, uint8_t g, uint8_t b)
{
    g_assert_cmphex((uint8_t)p[3 * n], ==, r);
    g_assert_cmphex((uint8_t)p[3 * n + 1], ==, g);
    g_assert_cmphex((uint8_t)p[3 * n + 2], ==, b);
}

static void test_panel(void)
{
    QTestState *qts = smdk2410_start("");
    char *p;

    panel(qts, 12);
    qtest_writew(qts, SDRAM, 0xf800);
    qtest_writew(qts, SDRAM + 2, 0x07e0);
    qtest_writew(qts, SDRAM + 2 * (240 * 320 - 1), 0x001f);
    p = picture(qts);
    pixel(p, 0, 255, 0, 0);
    pixel(p, 1, 0, 255, 0);
    pixel(p, 2, 0, 0, 0);
    pixel(p, 240 * 320 - 1, 0, 0, 255);
    g_free(p);

    /* Shown from a row further down, all that lies there is a row higher. */
    qtest_writel(qts, LCD + 0x14, (SDRAM + 2 * 240) >> 1);
    p = picture(qts);
    pixel(p, 0, 0, 0, 0);
    pixel(p, 240 * 319 - 1, 0, 0, 255);
    g_free(p);

    /* One colour instead of the picture. */
    qtest_writel(qts, TPAL, 1 << 24 | 0x123456);
    p = picture(qts);
    pixel(p, 4711, 0x12, 0x34, 0x56);
    g_free(p);
    qtest_writel(qts, TPAL, 0);

    /* Off is black. */
    qtest_writel(qts, LCDCON1, 0);
    p = picture(qts);
    pixel(p, 0, 0, 0, 0);
    g_free(p);
    qtest_quit(qts);
}

static void test_palette(void)
{
    QTestState *qts = smdk2410_start("");
    char *p;

    qtest_writel(qts, PALETTE + 4 * 7, 0xffff);
    g_assert_cmphex(qtest_readl(qts, PALETTE + 4 * 7), ==, 0xffff);
    panel(qts, 11);
    qtest_writel(qts, LCD + 0x10, 1 << 11 | 1 << 3 | 2); /* bytes in the order of memory */
    qtest_writel(qts, LCD + 0x1c, 120);
    qtest_writeb(qts, SDRAM + 3, 7);
    p = picture(qts);
    pixel(p, 2, 0, 0, 0);
    pixel(p, 3, 255, 255, 255);
    g_free(p);
    qtest_quit(qts);
}

/* Rows that are longer than what is fetched of them are not shown. */
static void test_panel_nonsense(void)
{
    QTestState *qts = smdk2410_start("");
    char *p;

    panel(qts, 12);
    qtest_writel(qts, LCD + 0x1c, 1);
    qtest_writel(qts, LCD + 0x14, (SDRAM + 64 * 1024 * 1024 - 2 * 320) >> 1);
    p = picture(qts);
    pixel(p, 0, 0, 0, 0);
    g_free(p);
    qtest_quit(qts);
}

/* A line takes 272 clocks of 12 MHz / 18, and a frame has 339 of them. */
static void test_frames(void)
{
    const int64_t line = 272LL * 18 * 1000 / 12;
    QTestState *qts = smdk2410_start("");

    panel(qts, 12);
    g_assert_cmpint(qtest_readl(qts, LCDCON1) >> 18, ==, 319);
    qtest_clock_step(qts, 10 * line + line / 2);
    g_assert_cmpint(qtest_readl(qts, LCDCON1) >> 18, ==, 309);
    g_assert_false(source_take(qts, 16));
    qtest_writel(qts, LCDINTMSK, 1);
    qtest_clock_step(qts, 339 * line);
    g_assert_cmphex(qtest_readl(qts, LCDSRCPND), ==, 2);
    g_assert_true(source_take(qts, 16));
    qtest_quit(qts);
}

static void touch(QTestState *qts, int x, int y)
{
    qtest_qmp_assert_success(qts, "{'execute': 'input-send-event', 'arguments': {'events': ["
                             "{'type': 'abs', 'data': {'axis': 'x', 'value': %d}},"
                             "{'type': 'abs', 'data': {'axis': 'y', 'value': %d}}]}}", x, y);
}

static void finger(QTestState *qts, bool down)
{
    qtest_qmp_assert_success(qts, "{'execute': 'input-send-event', 'arguments': {'events': ["
                             "{'type': 'btn', 'data': {'button': 'left', 'down': %i}}]}}", down);
}

static bool sub_take(QTestState *qts, int n)
{
    bool pending = qtest_readl(qts, SUBSRCPND) & (1u << n);

    qtest_writel(qts, SUBSRCPND, 1u << n);
    return pending;
}

static void test_touch(void)
{
    QTestState *qts = smdk2410_start("");

    qtest_writel(qts, ADCDLY, 1000);
    qtest_writel(qts, ADCTSC, 0xd3); /* waits for a finger */
    g_assert_cmphex(qtest_readl(qts, ADCDAT0) & 0x8000, ==, 0x8000);
    touch(qts, 0x7fff / 4, 0x7fff / 2);
    g_assert_false(sub_take(qts, 9));
    finger(qts, true);
    g_assert_true(sub_take(qts, 9));
    g_assert_cmphex(qtest_readl(qts, ADCDAT0) & 0x8000, ==, 0);

    /* Both places, one after the other. */
    qtest_writel(qts, ADCTSC, 1 << 3 | 1 << 2);
    qtest_writel(qts, ADCCON, 1 << 14 | 49 << 6 | 1);
    g_assert_cmphex(qtest_readl(qts, ADCCON) & 0x8000, ==, 0);
    qtest_clock_step(qts, MS / 10);
    g_assert_false(sub_take(qts, 10));
    qtest_clock_step(qts, MS / 2);
    g_assert_true(sub_take(qts, 10));
    g_assert_cmphex(qtest_readl(qts, ADCCON) & 0x8001, ==, 0x8000);
    g_assert_cmpint(ABS((int)(qtest_readl(qts, ADCDAT0) & 0x3ff) - 256), <=, 1);
    g_assert_cmpint(ABS((int)(qtest_readl(qts, ADCDAT1) & 0x3ff) - 512), <=, 1);

    /* And then it waits for the finger to go. */
    qtest_writel(qts, ADCTSC, 0x1d3);
    g_assert_false(sub_take(qts, 9));
    finger(qts, false);
    g_assert_true(sub_take(qts, 9));
    g_assert_cmphex(qtest_readl(qts, ADCDAT1) & 0x8000, ==, 0x8000);
    qtest_quit(qts);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    qtest_add_func("/s3c2410/media/reset", test_reset);
    qtest_add_func("/s3c2410/dma/memory", test_dma);
    qtest_add_func("/s3c2410/dma/itself", test_dma_itself);
    qtest_add_func("/s3c2410/iis/fifo", test_iis);
    qtest_add_func("/s3c2410/dma/reload", test_dma_reload);
    qtest_add_func("/s3c2410/iis/codec", test_codec);
    qtest_add_func("/s3c2410/lcd/panel", test_panel);
    qtest_add_func("/s3c2410/lcd/palette", test_palette);
    qtest_add_func("/s3c2410/lcd/nonsense", test_panel_nonsense);
    qtest_add_func("/s3c2410/lcd/frames", test_frames);
    qtest_add_func("/s3c2410/adc/touch", test_touch);
    return g_test_run();
}
