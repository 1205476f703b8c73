/*
 * QTests for the Samsung S3C2410: NAND controller, with a K9F1208
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"
#include "qemu/host-utils.h"
#include "s3c2410-test.h"

#define NAND 0x4e000000
#define NFCONF (NAND + 0x00)
#define NFCMD (NAND + 0x04)
#define NFADDR (NAND + 0x08)
#define NFDATA (NAND + 0x0c)
#define NFSTAT (NAND + 0x10)
#define NFECC (NAND + 0x14)

#define SELECTED 0xf030
#define DESELECTED 0xf830
#define INIT_ECC (1 << 12)

#define PAGE 512
#define ROW (PAGE + 16)
#define PAGES 32
#define BLOCKS 4096
#define IMAGE ((off_t)BLOCKS * PAGES * ROW)

#define STATUS_FAIL 1

static QTestState *nand_start(const char *image, const char *more)
{
    g_autofree char *args = g_strdup_printf("-drive if=mtd,format=raw,file=%s %s", image, more);
    QTestState *qts = smdk2410_start(args);

    qtest_writel(qts, NFCONF, SELECTED);
    return qts;
}

static void command(QTestState *qts, uint8_t value)
{
    qtest_writeb(qts, NFCMD, value);
}

static void address(QTestState *qts, uint8_t column, uint32_t page)
{
    qtest_writeb(qts, NFADDR, column);
    qtest_writeb(qts, NFADDR, page);
    qtest_writeb(qts, NFADDR, page >> 8);
    qtest_writeb(qts, NFADDR, page >> 16);
}

static void wait_ready(QTestState *qts)
{
    for (int i = 0; !(qtest_readb(qts, NFSTAT) & 1); i++) {
        g_assert_cmpint(i, <, 4000);
        qtest_clock_step(qts, US);
    }
}

static void take(QTestState *qts, uint8_t *to, int n)
{
    while (n--) {
        *to++ = qtest_readb(qts, NFDATA);
    }
}

/* Reads a page with its spare bytes, and returns its ECC. */
static uint32_t read_page(QTestState *qts, uint32_t page, uint8_t *row)
{
    uint32_t ecc;

    command(qts, 0x00);
    address(qts, 0, page);
    wait_ready(qts);
    qtest_writel(qts, NFCONF, SELECTED | INIT_ECC);
    take(qts, row, PAGE);
    ecc = qtest_readl(qts, NFECC) & 0xffffff;
    take(qts, row + PAGE, ROW - PAGE);
    return ecc;
}

static uint8_t status(QTestState *qts)
{
    wait_ready(qts);
    command(qts, 0x70);
    return qtest_readb(qts, NFDATA);
}

static uint8_t program(QTestState *qts, uint32_t page, const uint8_t *row, int n)
{
    command(qts, 0x00);
    command(qts, 0x80);
    address(qts, 0, page);
    for (int i = 0; i < n; i++) {
        qtest_writeb(qts, NFDATA, row[i]);
    }
    command(qts, 0x10);
    g_assert_cmpint(qtest_readb(qts, NFSTAT) & 1, ==, 0);
    return status(qts);
}

static uint8_t erase(QTestState *qts, uint32_t block)
{
    command(qts, 0x60);
    qtest_writeb(qts, NFADDR, block * PAGES);
    qtest_writeb(qts, NFADDR, block * PAGES >> 8);
    qtest_writeb(qts, NFADDR, block * PAGES >> 16);
    command(qts, 0xd0);
    return status(qts);
}

static void fill(uint8_t *row, int n, uint32_t seed)
{
    for (int i = 0; i < n; i++) {
        seed = seed * 1664525 + 1013904223;
        row[i] = seed >> 24;
    }
}

/*
 * The ECC from its definition: for each bit of the number of a bit of the page,
 * two parities, over the bits whose number has a one there and over the others;
 * inverted. The rows' come first, each pair begins with that of the zeros.
 */
static uint32_t ecc_of(const uint8_t *page)
{
    uint32_t ecc = 0;

    for (int n = 0; n < 12; n++) {
        int from = n < 9 ? n + 3 : n - 9; /* a bit's number: of its byte, then in it */
        uint32_t ones = 0, zeros = 0;

        for (int i = 0; i < 8 * PAGE; i++) {
            uint32_t bit = (page[i / 8] >> (i % 8)) & 1;
            if ((i >> from) & 1) {
                ones ^= bit;
            } else {
                zeros ^= bit;
            }
        }
        ecc |= ones << (2 * n + 1) | zeros << (2 * n);
    }
    return ~ecc & 0xffffff;
}

static void test_identity(void)
{
    g_autofree char *image = file_of(IMAGE);
    QTestState *qts = nand_start(image, "");

    command(qts, 0xff);
    wait_ready(qts);
    command(qts, 0x90);
    qtest_writeb(qts, NFADDR, 0);
    g_assert_cmphex(qtest_readb(qts, NFDATA), ==, 0xec);
    g_assert_cmphex(qtest_readb(qts, NFDATA), ==, 0x76);

    /* However much of it is read, there is no more than a page then. */
    for (int i = 0; i < 2 * ROW; i++) {
        qtest_readb(qts, NFDATA);
    }
    command(qts, 0x00);
    g_assert_cmphex(qtest_readb(qts, NFDATA), ==, 0);

    /* A chip that is not selected does not listen. */
    qtest_writel(qts, NFCONF, DESELECTED);
    g_assert_cmphex(qtest_readb(qts, NFDATA), ==, 0xff);
    qtest_quit(qts);
    unlink(image);
}

/* The first 4 KB are where the processor starts. */
static void test_steppingstone(void)
{
    g_autofree char *image = file_of(IMAGE);
    uint8_t code[8 * PAGE], got[8 * PAGE];
    QTestState *qts;

    fill(code, sizeof(code), 1);
    for (int i = 0; i < 8; i++) {
        file_write(image, i * ROW, code + i * PAGE, PAGE);
    }
    qts = nand_start(image, "");
    qtest_memread(qts, 0, got, sizeof(got));
    g_assert_cmpmem(got, sizeof(got), code, sizeof(code));
    qtest_quit(qts);
    unlink(image);
}

static void test_ecc(void)
{
    g_autofree char *image = file_of(IMAGE);
    uint8_t row[ROW], got[ROW];
    QTestState *qts;

    memset(row, 0xff, ROW);
    file_write(image, 100 * ROW, row, ROW);
    memset(row, 0, ROW);
    row[0x155] = 1 << 6;
    file_write(image, 102 * ROW, row, ROW);
    fill(row, ROW, 2);
    file_write(image, 103 * ROW, row, ROW);
    qts = nand_start(image, "");
    g_assert_cmphex(read_page(qts, 100, got), ==, 0xffffff);
    g_assert_cmphex(read_page(qts, 101, got), ==, 0xffffff);
    /* A lone bit's number, 0x155 and 6, and the opposite. */
    g_assert_cmphex(read_page(qts, 102, got), ==, ~0xa66666 & 0xffffff);
    g_assert_cmphex(read_page(qts, 103, got), ==, ecc_of(row));
    g_assert_cmpmem(got, ROW, row, ROW);
    qtest_quit(qts);
    unlink(image);
}

/* What is written counts, too, and more than 512 bytes do not. */
static void test_ecc_of_written(void)
{
    g_autofree char *image = file_of(IMAGE);
    uint8_t row[ROW];
    QTestState *qts = nand_start(image, "");

    fill(row, ROW, 3);
    qtest_writel(qts, NFCONF, SELECTED | INIT_ECC);
    for (int i = 0; i < ROW; i++) {
        qtest_writeb(qts, NFDATA, row[i]);
    }
    g_assert_cmphex(qtest_readl(qts, NFECC) & 0xffffff, ==, ecc_of(row));
    qtest_quit(qts);
    unlink(image);
}

static void test_program_and_erase(void)
{
    g_autofree char *image = file_of(IMAGE);
    uint8_t row[ROW], more[ROW], got[ROW];
    QTestState *qts = nand_start(image, "");

    g_assert_cmphex(erase(qts, 9), ==, 0xc0);
    fill(row, ROW, 4);
    fill(more, ROW, 5);
    g_assert_cmphex(program(qts, 9 * PAGES + 3, row, ROW), ==, 0xc0);
    read_page(qts, 9 * PAGES + 3, got);
    g_assert_cmpmem(got, ROW, row, ROW);
    file_read(image, (9 * PAGES + 3) * ROW, got, ROW);
    g_assert_cmpmem(got, ROW, row, ROW);

    /* Programming only clears bits. */
    program(qts, 9 * PAGES + 3, more, ROW);
    read_page(qts, 9 * PAGES + 3, got);
    for (int i = 0; i < ROW; i++) {
        g_assert_cmphex(got[i], ==, row[i] & more[i]);
    }

    /* Its neighbours are as they were: erased, and in another block never. */
    read_page(qts, 9 * PAGES + 4, got);
    g_assert_cmphex(got[0], ==, 0xff);
    read_page(qts, 10 * PAGES, got);
    g_assert_cmphex(got[0], ==, 0);
    erase(qts, 9);
    read_page(qts, 9 * PAGES + 3, got);
    g_assert_cmphex(got[7], ==, 0xff);
    qtest_quit(qts);
    unlink(image);
}

/* The parts of a page are reached by three commands; reading goes on behind it. */
static void test_areas(void)
{
    g_autofree char *image = file_of(IMAGE);
    uint8_t row[2 * ROW];
    QTestState *qts;

    fill(row, 2 * ROW, 6);
    file_write(image, 7 * ROW, row, 2 * ROW);
    qts = nand_start(image, "");
    command(qts, 0x01);
    address(qts, 10, 7);
    wait_ready(qts);
    g_assert_cmphex(qtest_readb(qts, NFDATA), ==, row[256 + 10]);
    command(qts, 0x50);
    address(qts, 5, 7);
    wait_ready(qts);
    g_assert_cmphex(qtest_readb(qts, NFDATA), ==, row[PAGE + 5]);
    command(qts, 0x00);
    address(qts, 255, 7);
    wait_ready(qts);
    for (int i = 255; i < ROW + 2; i++) {
        g_assert_cmphex(qtest_readb(qts, NFDATA), ==, row[i]);
    }
    qtest_quit(qts);
    unlink(image);
}

static void test_bad_blocks(void)
{
    g_autofree char *image = file_of(IMAGE);
    uint8_t row[ROW], got[ROW];
    QTestState *qts;

    memset(row, 0xff, ROW);
    for (int i = 0; i < 3 * PAGES; i++) {
        file_write(image, (20 * PAGES + i) * ROW, row, ROW);
    }
    qts = nand_start(image, "-global k9f1208.bad-blocks=20 -global k9f1208.worn-blocks=21");
    read_page(qts, 20 * PAGES, got);
    g_assert_cmphex(got[PAGE + 5], ==, 0);
    g_assert_cmphex(erase(qts, 20) & STATUS_FAIL, ==, STATUS_FAIL);

    /* One that has worn out is not marked, but can be. */
    read_page(qts, 21 * PAGES, got);
    g_assert_cmphex(got[PAGE + 5], ==, 0xff);
    g_assert_cmphex(erase(qts, 21) & STATUS_FAIL, ==, STATUS_FAIL);
    fill(row, PAGE, 7);
    g_assert_cmphex(program(qts, 21 * PAGES, row, PAGE) & STATUS_FAIL, ==, STATUS_FAIL);
    memset(row, 0xff, ROW);
    row[PAGE + 5] = 0;
    g_assert_cmphex(program(qts, 21 * PAGES, row, ROW) & STATUS_FAIL, ==, 0);
    read_page(qts, 21 * PAGES, got);
    g_assert_cmphex(got[PAGE + 5], ==, 0);
    g_assert_cmphex(erase(qts, 22) & STATUS_FAIL, ==, 0);
    qtest_quit(qts);
    unlink(image);
}

static int bits_between(const uint8_t *a, const uint8_t *b, int n)
{
    int bits = 0;

    for (int i = 0; i < n; i++) {
        bits += ctpop8(a[i] ^ b[i]);
    }
    return bits;
}

/* The same bits are wrong each time, in the blocks asked for, but never in block 0. */
static void test_flips(void)
{
    g_autofree char *image = file_of(IMAGE);
    uint8_t zeros[ROW] = { 0 }, got[ROW], again[ROW];
    QTestState *qts = nand_start(image, "-global k9f1208.flips=2 -global k9f1208.flip-first=30 -global k9f1208.flip-last=31");

    for (int page = 30 * PAGES; page < 30 * PAGES + 8; page++) {
        read_page(qts, page, got);
        g_assert_cmpint(bits_between(got, zeros, PAGE), ==, 2);
        g_assert_cmpint(bits_between(got + PAGE, zeros, ROW - PAGE), ==, 0);
        read_page(qts, page, again);
        g_assert_cmpmem(got, ROW, again, ROW);
    }
    read_page(qts, 0, got);
    g_assert_cmpint(bits_between(got, zeros, ROW), ==, 0);
    read_page(qts, 32 * PAGES, got);
    g_assert_cmpint(bits_between(got, zeros, ROW), ==, 0);
    qtest_quit(qts);
    unlink(image);
}

/* The power fails in the second operation, which stays half done; then nothing is. */
static void test_torn_page(void)
{
    g_autofree char *image = file_of(IMAGE);
    uint8_t row[ROW] = { 0 }, ones[ROW], got[ROW];
    QTestState *qts = nand_start(image, "-no-shutdown -global k9f1208.cut-at=2");
    int bits;

    memset(ones, 0xff, ROW);
    erase(qts, 40);
    program(qts, 40 * PAGES, row, ROW);
    qtest_qmp_eventwait(qts, "SHUTDOWN");
    file_read(image, 40 * PAGES * ROW, got, ROW);
    bits = bits_between(got, row, ROW);
    g_assert_cmpint(bits, >, 0);
    g_assert_cmpint(bits, <, 8 * ROW);
    program(qts, 40 * PAGES + 1, row, ROW);
    file_read(image, (40 * PAGES + 1) * ROW, got, ROW);
    g_assert_cmpmem(got, ROW, ones, ROW);
    qtest_quit(qts);
    unlink(image);
}

static void test_torn_block(void)
{
    g_autofree char *image = file_of(IMAGE);
    uint8_t zeros[ROW] = { 0 }, got[ROW];
    QTestState *qts = nand_start(image, "-no-shutdown -global k9f1208.cut-at=1");
    int bits = 0;

    erase(qts, 41);
    qtest_qmp_eventwait(qts, "SHUTDOWN");
    for (int i = 0; i < PAGES; i++) {
        file_read(image, (41 * PAGES + i) * ROW, got, ROW);
        bits += bits_between(got, zeros, ROW);
    }
    g_assert_cmpint(bits, >, 0);
    g_assert_cmpint(bits, <, 8 * ROW * PAGES);
    qtest_quit(qts);
    unlink(image);
}

/* A reset of the board is one of the chip, too, which then reads from the start of a page. */
static void test_reset(void)
{
    const uint8_t data = 0xa5, spare = 0x5a;
    char *image = file_of(IMAGE);
    QTestState *qts;

    file_write(image, 0, &data, 1);
    file_write(image, PAGE, &spare, 1);
    qts = nand_start(image, "");
    command(qts, 0x50);
    qobject_unref(qtest_qmp(qts, "{ 'execute': 'system_reset' }"));
    qtest_qmp_eventwait(qts, "RESET");
    qtest_writel(qts, NFCONF, SELECTED);
    address(qts, 0, 0);
    wait_ready(qts);
    g_assert_cmphex(qtest_readb(qts, NFDATA), ==, data);
    qtest_quit(qts);
    file_remove(image);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    qtest_add_func("/s3c2410/nand/identity", test_identity);
    qtest_add_func("/s3c2410/nand/reset", test_reset);
    qtest_add_func("/s3c2410/nand/steppingstone", test_steppingstone);
    qtest_add_func("/s3c2410/nand/ecc", test_ecc);
    qtest_add_func("/s3c2410/nand/ecc-of-written", test_ecc_of_written);
    qtest_add_func("/s3c2410/nand/program-and-erase", test_program_and_erase);
    qtest_add_func("/s3c2410/nand/areas", test_areas);
    qtest_add_func("/s3c2410/nand/bad-blocks", test_bad_blocks);
    qtest_add_func("/s3c2410/nand/flips", test_flips);
    qtest_add_func("/s3c2410/nand/torn-page", test_torn_page);
    qtest_add_func("/s3c2410/nand/torn-block", test_torn_block);
    return g_test_run();
}
