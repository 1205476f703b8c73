/*
 * QTests for the Samsung S3C2410: SD interface
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"
#include "s3c2410-test.h"

#define SDI 0x5a000000
#define SDICON (SDI + 0x00)
#define SDIPRE (SDI + 0x04)
#define SDICARG (SDI + 0x08)
#define SDICCON (SDI + 0x0c)
#define SDICSTA (SDI + 0x10)
#define SDIRSP(n) (SDI + 0x14 + 4 * (n))
#define SDIDTIMER (SDI + 0x24)
#define SDIBSIZE (SDI + 0x28)
#define SDIDCON (SDI + 0x2c)
#define SDIDCNT (SDI + 0x30)
#define SDIDSTA (SDI + 0x34)
#define SDIFSTA (SDI + 0x38)
#define SDIDAT (SDI + 0x3c)
#define SDIIMSK (SDI + 0x40)

#define RESPONSE (1 << 9)
#define TIMEOUT (1 << 10)
#define SENT (1 << 11)

#define RECEIVE (2 << 12 | 1 << 17 | 1 << 19)
#define TRANSMIT (3 << 12 | 1 << 17 | 1 << 20)
#define STOP (1 << 14)
#define USE_DMA (1 << 15)
#define WIDE (1 << 16)

#define RX_ON (1 << 0)
#define FINISHED (1 << 4)
#define DATA_TIMEOUT (1 << 5)

#define RX_LAST (1 << 9)
#define TX_EMPTY (1 << 10)
#define TX_HALF (1 << 11)
#define RX_HALF (1 << 7)
#define RX_FULL (1 << 8)

#define DMA0 0x4b000000
#define GPGDAT (GPIO + 0x64)

#define BLOCK 512
#define CARD (4 * 1024 * 1024)

enum { NONE, SHORT, LONG };

/* Sends a command, and returns the status of it. */
static uint32_t command(QTestState *qts, int n, uint32_t arg, int response)
{
    uint32_t con = 1 << 8 | 1 << 6 | n;

    con |= response ? 1 << 9 : 0;
    con |= response == LONG ? 1 << 10 : 0;
    qtest_writel(qts, SDICSTA, 0xffffffff);
    qtest_writel(qts, SDIDSTA, 0xffffffff);
    qtest_writel(qts, SDICARG, arg);
    qtest_writel(qts, SDICCON, con);
    g_assert_cmphex(qtest_readl(qts, SDICSTA) & (1 << 8), ==, 1 << 8);
    qtest_clock_step(qts, 10 * MS);
    return qtest_readl(qts, SDICSTA) & ~0xff;
}

static uint32_t answered(QTestState *qts, int n, uint32_t arg)
{
    g_assert_cmphex(command(qts, n, arg, SHORT), ==, SENT | RESPONSE);
    return qtest_readl(qts, SDIRSP(0));
}

static QTestState *card_start(const char *image, uint32_t *rca)
{
    g_autofree char *args = g_strdup_printf("-drive if=sd,format=raw,file=%s", image);
    QTestState *qts = smdk2410_start(args);

    qtest_writel(qts, SDIPRE, 14); /* 400 kHz */
    qtest_writel(qts, SDICON, 1);
    g_assert_cmphex(command(qts, 0, 0, NONE), ==, SENT);
    g_assert_cmphex(answered(qts, 8, 0x1aa) & 0xfff, ==, 0x1aa);
    answered(qts, 55, 0);
    g_assert_cmphex(answered(qts, 41, 0x00300000) & 0x80000000, ==, 0x80000000);
    g_assert_cmphex(command(qts, 2, 0, LONG), ==, SENT | RESPONSE);
    g_assert_cmphex(qtest_readl(qts, SDIRSP(0)) & 0xff, ==, 'Q'); /* the emulated card's product is QEMU! */
    g_assert_cmphex(qtest_readl(qts, SDIRSP(1)), ==, 0x454d5521);
    *rca = answered(qts, 3, 0) & 0xffff0000;
    answered(qts, 7, *rca);
    qtest_writel(qts, SDIPRE, 0);
    return qts;
}

static void test_reset(void)
{
    static const ResetValue values[] = {
        { SDICON, 0 }, { SDIPRE, 0 }, { SDICARG, 0 }, { SDICCON, 0 }, { SDICSTA, 0 }, { SDIRSP(0), 0 }, { SDIRSP(3), 0 },
        { SDIDTIMER, 0x2000 }, { SDIBSIZE, 0 }, { SDIDCON, 0 }, { SDIDCNT, 0 }, { SDIDSTA, 0 }, { SDIFSTA, 0 }, { SDIIMSK, 0 },
    };
    QTestState *qts = smdk2410_start("");

    check_reset_values(qts, values, ARRAY_SIZE(values));
    qtest_quit(qts);
}

/* Without a card nobody answers, and without a clock nothing is sent. */
static void test_no_card(void)
{
    QTestState *qts = smdk2410_start("");

    g_assert_cmphex(qtest_readl(qts, GPGDAT) & 0x400, ==, 0x400);
    qtest_writel(qts, SDICCON, 1 << 9 | 1 << 8 | 1 << 6 | 8);
    qtest_clock_step(qts, 10 * MS);
    g_assert_cmphex(qtest_readl(qts, SDICSTA), ==, 0);
    qtest_writel(qts, SDICON, 1);
    qtest_clock_step(qts, 10 * MS);
    g_assert_cmphex(qtest_readl(qts, SDICSTA), ==, SENT | TIMEOUT);
    g_assert_false(source_take(qts, 21));
    qtest_writel(qts, SDIIMSK, 1 << 15);
    g_assert_true(source_take(qts, 21));
    qtest_writel(qts, SDICSTA, TIMEOUT);
    qtest_writel(qts, SRCPND, 1 << 21);
    g_assert_false(source_take(qts, 21));
    qtest_quit(qts);
}

static void pattern(uint8_t *buf, int n, uint8_t seed)
{
    for (int i = 0; i < n; i++) {
        buf[i] = seed + i * 7 + (i >> 8);
    }
}

/* Takes so many bytes out of the FIFO as fast as they come. */
static void take(QTestState *qts, uint8_t *to, int n)
{
    for (int i = 0; i < n; i += 4) {
        for (int tries = 0; (qtest_readl(qts, SDIFSTA) & 0x7f) < 4; tries++) {
            g_assert_cmpint(tries, <, 1000);
            qtest_clock_step(qts, US);
        }
        stl_le_p(to + i, qtest_readl(qts, SDIDAT));
    }
}

static void test_read(void)
{
    g_autofree char *image = file_of(CARD);
    uint8_t want[3 * BLOCK], got[3 * BLOCK];
    uint32_t rca;
    QTestState *qts;

    pattern(want, sizeof(want), 1);
    file_write(image, 5 * BLOCK, want, sizeof(want));
    qts = card_start(image, &rca);
    g_assert_cmphex(qtest_readl(qts, GPGDAT) & 0x400, ==, 0);

    /* A block; until the FIFO is emptied the clock stands still. */
    qtest_writel(qts, SDIBSIZE, BLOCK);
    qtest_writel(qts, SDIDCON, RECEIVE | 1);
    answered(qts, 17, 5 * BLOCK);
    g_assert_cmphex(qtest_readl(qts, SDIDSTA) & (RX_ON | FINISHED), ==, RX_ON);
    g_assert_cmphex(qtest_readl(qts, SDIFSTA) & 0x7f, ==, 64);
    g_assert_cmphex(qtest_readl(qts, SDIFSTA) & (RX_HALF | RX_FULL | RX_LAST), ==, RX_HALF | RX_FULL);
    g_assert_cmphex(qtest_readl(qts, SDIDCNT), ==, 1 << 12 | (BLOCK - 64));
    take(qts, got, BLOCK);
    g_assert_cmpmem(got, BLOCK, want, BLOCK);
    g_assert_cmphex(qtest_readl(qts, SDIDSTA) & (RX_ON | FINISHED), ==, FINISHED);
    g_assert_cmphex(qtest_readl(qts, SDIFSTA), ==, RX_LAST);
    g_assert_cmphex(qtest_readl(qts, SDIDCNT), ==, 0);
    qtest_writel(qts, SDIFSTA, RX_LAST);
    g_assert_cmphex(qtest_readl(qts, SDIFSTA), ==, 0);
    qtest_writel(qts, SDIDCON, STOP);

    /* Three, on four lines. */
    answered(qts, 55, rca);
    answered(qts, 6, 2);
    qtest_writel(qts, SDIDCON, RECEIVE | WIDE | 3);
    answered(qts, 18, 5 * BLOCK);
    take(qts, got, 3 * BLOCK);
    g_assert_cmpmem(got, sizeof(got), want, sizeof(want));
    qtest_writel(qts, SDIDCON, STOP);
    answered(qts, 12, 0);
    qtest_quit(qts);
    unlink(image);
}

/* At 6 MHz and four bits 512 bytes take 171 us; the interrupts come in between. */
static void test_time(void)
{
    g_autofree char *image = file_of(CARD);
    uint8_t got[BLOCK];
    uint32_t rca;
    QTestState *qts = card_start(image, &rca);

    answered(qts, 55, rca);
    answered(qts, 6, 2);
    qtest_writel(qts, SDIBSIZE, BLOCK);
    qtest_writel(qts, SDIDCON, RECEIVE | WIDE | 1);
    qtest_writel(qts, SDICSTA, 0xffffffff);
    qtest_writel(qts, SDICARG, 0);
    qtest_writel(qts, SDIIMSK, 1 << 0);
    qtest_writel(qts, SDICCON, 1 << 9 | 1 << 8 | 1 << 6 | 17);
    qtest_clock_step(qts, 104 * 1000 / 6 + 10); /* the command and its answer */
    g_assert_cmphex(qtest_readl(qts, SDICSTA) & ~0xff, ==, SENT | RESPONSE);
    qtest_clock_step(qts, 10 * US);
    g_assert_false(source_take(qts, 21));
    qtest_clock_step(qts, 6 * US);
    g_assert_true(source_take(qts, 21));
    take(qts, got, BLOCK - 32);
    qtest_clock_step(qts, 9 * US);
    g_assert_cmphex(qtest_readl(qts, SDIDSTA) & FINISHED, ==, 0);
    qtest_clock_step(qts, 3 * US);
    g_assert_cmphex(qtest_readl(qts, SDIDSTA) & FINISHED, ==, FINISHED);
    qtest_quit(qts);
    unlink(image);
}

static void test_read_by_dma(void)
{
    g_autofree char *image = file_of(CARD);
    uint8_t want[4 * BLOCK], got[4 * BLOCK];
    uint32_t rca;
    QTestState *qts;

    pattern(want, sizeof(want), 3);
    file_write(image, 100 * BLOCK, want, sizeof(want));
    qts = card_start(image, &rca);
    qtest_writel(qts, DMA0 + 0x00, SDIDAT);
    qtest_writel(qts, DMA0 + 0x04, 3);
    qtest_writel(qts, DMA0 + 0x08, SDRAM);
    qtest_writel(qts, DMA0 + 0x0c, 0);
    qtest_writel(qts, DMA0 + 0x10, 1 << 29 | 2 << 24 | 1 << 23 | 1 << 22 | 2 << 20 | sizeof(want) / 4);
    qtest_writel(qts, DMA0 + 0x20, 2);
    qtest_writel(qts, SDIBSIZE, BLOCK);
    qtest_writel(qts, SDIDCON, RECEIVE | USE_DMA | 4);
    qtest_writel(qts, SDIIMSK, 1 << 7);
    answered(qts, 18, 100 * BLOCK);
    g_assert_true(source_take(qts, 17));
    g_assert_true(source_take(qts, 21));
    g_assert_cmphex(qtest_readl(qts, SDIDSTA) & FINISHED, ==, FINISHED);
    qtest_memread(qts, SDRAM, got, sizeof(got));
    g_assert_cmpmem(got, sizeof(got), want, sizeof(want));
    qtest_quit(qts);
    unlink(image);
}

static void test_write(void)
{
    g_autofree char *image = file_of(CARD);
    uint8_t want[2 * BLOCK], got[2 * BLOCK];
    uint32_t rca;
    QTestState *qts = card_start(image, &rca);
    int at = 0;

    pattern(want, sizeof(want), 9);
    qtest_writel(qts, SDIBSIZE, BLOCK);
    qtest_writel(qts, SDIDCON, TRANSMIT | 2);
    g_assert_cmphex(qtest_readl(qts, SDIFSTA) & (TX_HALF | TX_EMPTY), ==, TX_HALF | TX_EMPTY);
    for (; at < 64; at += 4) {
        qtest_writel(qts, SDIDAT, ldl_le_p(want + at));
    }
    g_assert_cmphex(qtest_readl(qts, SDIFSTA), ==, 64);
    answered(qts, 25, 7 * BLOCK);
    for (; at < sizeof(want); at += 4) {
        qtest_clock_step(qts, 20 * US);
        qtest_writel(qts, SDIDAT, ldl_le_p(want + at));
    }
    qtest_clock_step(qts, MS);
    g_assert_cmphex(qtest_readl(qts, SDIDSTA) & FINISHED, ==, FINISHED);
    g_assert_cmphex(qtest_readl(qts, SDIFSTA), ==, TX_HALF | TX_EMPTY | 1 << 13);
    qtest_writel(qts, SDIDCON, STOP);
    answered(qts, 12, 0);
    qtest_quit(qts);
    file_read(image, 7 * BLOCK, got, sizeof(got));
    g_assert_cmpmem(got, sizeof(got), want, sizeof(want));
    unlink(image);
}

/* A card that has nothing to send, and transfers of nothing. */
static void test_errors(void)
{
    g_autofree char *image = file_of(CARD);
    uint32_t rca;
    QTestState *qts = card_start(image, &rca);

    qtest_writel(qts, SDIBSIZE, BLOCK);
    qtest_writel(qts, SDIDCON, RECEIVE | 1);
    answered(qts, 13, rca); /* the status is not data */
    g_assert_cmphex(qtest_readl(qts, SDIDSTA), ==, DATA_TIMEOUT);
    qtest_writel(qts, SDIDCON, RECEIVE | 0);
    answered(qts, 13, rca);
    g_assert_cmphex(qtest_readl(qts, SDIDSTA), ==, 0);

    /* An empty FIFO gives nothing, a full one takes nothing. */
    g_assert_cmphex(qtest_readl(qts, SDIDAT), ==, 0);
    for (int i = 0; i < 20; i++) {
        qtest_writel(qts, SDIDAT, i);
    }
    g_assert_cmphex(qtest_readl(qts, SDIFSTA) & 0x7f, ==, 64);
    qtest_writel(qts, SDICON, 3);
    g_assert_cmphex(qtest_readl(qts, SDIFSTA) & 0x7f, ==, 0);
    g_assert_cmphex(qtest_readl(qts, SDICON), ==, 1);
    qtest_quit(qts);
    unlink(image);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    qtest_add_func("/s3c2410/sdi/reset", test_reset);
    qtest_add_func("/s3c2410/sdi/no-card", test_no_card);
    qtest_add_func("/s3c2410/sdi/read", test_read);
    qtest_add_func("/s3c2410/sdi/time", test_time);
    qtest_add_func("/s3c2410/sdi/read-by-dma", test_read_by_dma);
    qtest_add_func("/s3c2410/sdi/write", test_write);
    qtest_add_func("/s3c2410/sdi/errors", test_errors);
    return g_test_run();
}
