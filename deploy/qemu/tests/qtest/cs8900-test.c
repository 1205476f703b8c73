/*
 * QTests for the Cirrus Logic CS8900A, as it is on the SMDK2410
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"
#include "qemu/iov.h"
#include "s3c2410-test.h"

#define CS8900 0x19000300
#define DATA (CS8900 + 0x0)
#define TXCMD (CS8900 + 0x4)
#define TXLENGTH (CS8900 + 0x6)
#define ISQ (CS8900 + 0x8)
#define POINTER (CS8900 + 0xa)
#define PAGE (CS8900 + 0xc)

#define GPGCON (GPIO + 0x60)
#define GPGDAT (GPIO + 0x64)

#define MAC "52:54:00:12:34:56"

static const uint8_t mac[6] = { 0x52, 0x54, 0x00, 0x12, 0x34, 0x56 };
static const uint8_t all[6] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };
static const uint8_t other[6] = { 0x52, 0x54, 0x00, 0x65, 0x43, 0x21 };

static uint16_t reg(QTestState *qts, uint16_t at)
{
    qtest_writew(qts, POINTER, at);
    return qtest_readw(qts, PAGE);
}

static void set(QTestState *qts, uint16_t at, uint16_t value)
{
    qtest_writew(qts, POINTER, at);
    qtest_writew(qts, PAGE, value);
}

static bool interrupts(QTestState *qts)
{
    return qtest_readl(qts, GPGDAT) & 2;
}

/* A board whose other end of the cable is a socket. */
static QTestState *cable_start(int *line)
{
    g_autofree char *args = NULL;
    int pair[2];
    QTestState *qts;

    g_assert_cmpint(socketpair(PF_UNIX, SOCK_STREAM, 0, pair), ==, 0);
    args = g_strdup_printf("-nic socket,fd=%d,model=cs8900,mac=" MAC, pair[1]);
    qts = smdk2410_start(args);
    close(pair[1]);
    *line = pair[0];
    return qts;
}

static void up(QTestState *qts)
{
    set(qts, 0x022, 0); /* the first of the pins */
    set(qts, 0x112, 0xc0); /* receives and transmits */
    set(qts, 0x104, 1 << 8 | 1 << 10 | 1 << 11); /* good frames for it and for all */
    set(qts, 0x102, 1 << 8);
    set(qts, 0x106, 1 << 8);
    set(qts, 0x116, 1 << 15);
}

static void test_reset(void)
{
    static const uint16_t values[][2] = {
        { 0x000, 0x630e }, { 0x002, 0x0a00 }, { 0x020, 0x0300 }, { 0x022, 4 }, { 0x024, 3 },
        { 0x102, 0x03 }, { 0x104, 0x05 }, { 0x106, 0x07 }, { 0x108, 0x09 }, { 0x10a, 0x0b }, { 0x112, 0x13 }, { 0x114, 0x15 },
        { 0x116, 0x17 }, { 0x118, 0x19 }, { 0x120, 0 }, { 0x124, 0x04 }, { 0x128, 0x08 }, { 0x12c, 0x0c }, { 0x130, 0x10 },
        { 0x132, 0x12 }, { 0x134, 0x214 }, { 0x138, 0x18 }, { 0x13c, 0x1c }, { 0x150, 0 }, { 0x156, 0 },
    };
    QTestState *qts = smdk2410_start("-nic none");

    for (int i = 0; i < ARRAY_SIZE(values); i++) {
        if (reg(qts, values[i][0]) != values[i][1]) {
            g_test_message("%03x is %04x after a reset", values[i][0], reg(qts, values[i][0]));
        }
        g_assert_cmphex(reg(qts, values[i][0]), ==, values[i][1]);
    }
    g_assert_cmphex(qtest_readw(qts, POINTER), ==, 0x3156);
    g_assert_false(interrupts(qts));

    /* It takes its time, also when software asks for it. */
    g_assert_cmphex(reg(qts, 0x136) & 0x80, ==, 0);
    qtest_clock_step(qts, 10 * MS);
    g_assert_cmphex(reg(qts, 0x136), ==, 0x1696);
    set(qts, 0x104, 0xffff);
    g_assert_cmphex(reg(qts, 0x104), ==, 0xffc5);
    set(qts, 0x114, 1 << 6);
    g_assert_cmphex(reg(qts, 0x104), ==, 0x05);
    g_assert_cmphex(reg(qts, 0x136) & 0x80, ==, 0);
    qtest_quit(qts);
}

/* Its sum makes all bytes zero; the address is where the chip has read it to. */
static void test_eeprom(void)
{
    QTestState *qts = smdk2410_start("-nic user,model=cs8900,mac=" MAC);
    uint16_t words[64];
    uint8_t sum = 0;

    for (int i = 0; i < 64; i++) {
        set(qts, 0x040, 0x200 | i);
        words[i] = reg(qts, 0x042);
    }
    g_assert_cmphex(words[0] & 0xff00, ==, 0xa100);
    for (int i = 0; i <= (words[0] & 0xff) / 2; i++) {
        sum += words[i] + (words[i] >> 8);
    }
    sum += words[(words[0] & 0xff) / 2 + 1] >> 8;
    g_assert_cmphex(sum, ==, 0);
    g_assert_cmphex(words[63], ==, 0xffff);

    /* By the pointer that goes on by itself. */
    qtest_writew(qts, POINTER, 0x8158);
    for (int i = 0; i < 3; i++) {
        g_assert_cmphex(qtest_readw(qts, PAGE), ==, mac[2 * i] | mac[2 * i + 1] << 8);
    }
    g_assert_cmphex(qtest_readw(qts, POINTER), ==, 0xb15e);
    g_assert_cmphex(reg(qts, 0x134) & 0x80, ==, 0x80); /* the cable is there */
    qtest_quit(qts);
}

static void frame(uint8_t *buf, int n, const uint8_t *to)
{
    memcpy(buf, to, 6);
    memcpy(buf + 6, other, 6);
    for (int i = 12; i < n; i++) {
        buf[i] = i * 5;
    }
}

/* Puts a frame on the line, as the other end. */
static void line_send(int line, const uint8_t *buf, int n)
{
    uint32_t size = htonl(n);
    struct iovec iov[] = { { &size, 4 }, { (void *)buf, n } };

    g_assert_cmpint(iov_send(line, iov, 2, 0, 4 + n), ==, 4 + n);
}

static int line_receive(int line, uint8_t *buf, int room)
{
    uint32_t size;

    g_assert_cmpint(recv(line, &size, 4, MSG_WAITALL), ==, 4);
    size = ntohl(size);
    g_assert_cmpint(size, <=, room);
    g_assert_cmpint(recv(line, buf, size, MSG_WAITALL), ==, size);
    return size;
}

static void test_send(void)
{
    uint8_t buf[300], got[1600];
    int line;
    QTestState *qts = cable_start(&line);

    up(qts);
    frame(buf, 300, other);
    qtest_writew(qts, TXCMD, 0xc0);
    qtest_writew(qts, TXLENGTH, 300);
    g_assert_cmphex(reg(qts, 0x138), ==, 0x118);
    for (int i = 0; i < 300; i += 2) {
        qtest_writew(qts, DATA, lduw_le_p(buf + i));
    }
    g_assert_cmpint(line_receive(line, got, sizeof(got)), ==, 300);
    g_assert_cmpmem(got, 300, buf, 300);

    /* 324 bytes take 259.2 us on the wire; until then there is no room for the next. */
    qtest_writew(qts, TXCMD, 0xc0);
    qtest_writew(qts, TXLENGTH, 15);
    g_assert_cmphex(reg(qts, 0x138), ==, 0x18);
    qtest_clock_step(qts, 259 * US);
    g_assert_false(interrupts(qts));
    qtest_clock_step(qts, US);
    g_assert_true(interrupts(qts));
    g_assert_cmphex(qtest_readw(qts, ISQ), ==, 0x108);
    g_assert_true(interrupts(qts));
    g_assert_cmphex(qtest_readw(qts, ISQ), ==, 0);
    g_assert_false(interrupts(qts));

    /* A short one is made long enough. */
    g_assert_cmphex(reg(qts, 0x138), ==, 0x118);
    for (int i = 0; i < 16; i += 2) {
        qtest_writew(qts, DATA, lduw_le_p(buf + i));
    }
    g_assert_cmpint(line_receive(line, got, sizeof(got)), ==, 60);
    g_assert_cmpmem(got, 15, buf, 15);
    g_assert_cmphex(got[59], ==, 0);
    qtest_clock_step(qts, MS);
    qtest_readw(qts, ISQ);

    /* One that is too long is refused. */
    qtest_writew(qts, TXLENGTH, 1515);
    g_assert_cmphex(reg(qts, 0x138), ==, 0x98);
    qtest_writew(qts, DATA, 0);
    qtest_quit(qts);
    close(line);
}

/* Waits until the emulator has read what was sent to it. */
static void wait_interrupt(QTestState *qts)
{
    for (int i = 0; !interrupts(qts); i++) {
        g_assert_cmpint(i, <, 5000);
        g_usleep(1000);
    }
}

static void check_frame(QTestState *qts, const uint8_t *want, int n)
{
    uint8_t got[1520];

    g_assert_cmpint(qtest_readw(qts, DATA), ==, n);
    for (int i = 0; i < n; i += 2) {
        stw_le_p(got + i, qtest_readw(qts, DATA));
    }
    g_assert_cmpmem(got, n, want, n);
}

static void test_receive(void)
{
    uint8_t a[300], b[1514];
    int line;
    QTestState *qts = cable_start(&line);

    up(qts);
    frame(a, sizeof(a), all);
    frame(b, sizeof(b), mac);
    line_send(line, a, sizeof(a));
    wait_interrupt(qts);
    g_assert_cmphex(qtest_readw(qts, ISQ), ==, 0x904);
    g_assert_cmphex(qtest_readw(qts, DATA), ==, 0x904);
    check_frame(qts, a, sizeof(a));
    g_assert_cmphex(qtest_readw(qts, DATA), ==, 0); /* there is no more of it */
    g_assert_cmphex(qtest_readw(qts, ISQ), ==, 0);
    g_assert_false(interrupts(qts));

    /* One that is for somebody else does not come. */
    frame(a, sizeof(a), other);
    line_send(line, a, sizeof(a));
    line_send(line, b, sizeof(b));
    wait_interrupt(qts);
    g_assert_cmphex(qtest_readw(qts, ISQ), ==, 0x504);
    g_assert_cmphex(qtest_readw(qts, DATA), ==, 0x504);
    check_frame(qts, b, sizeof(b));
    g_assert_cmphex(qtest_readw(qts, ISQ), ==, 0);

    /* But it does where all are wanted; it can be read in the packet page, too. */
    set(qts, 0x104, 1 << 7 | 1 << 8);
    line_send(line, a, sizeof(a));
    wait_interrupt(qts);
    g_assert_cmphex(qtest_readw(qts, ISQ), ==, 0x104);
    g_assert_cmphex(reg(qts, 0x402), ==, 300);
    g_assert_cmphex(reg(qts, 0x404 + 12), ==, lduw_le_p(a + 12));
    qtest_quit(qts);
    close(line);
}

/* More than the chip has room for waits on the line, and nothing is lost. */
static void test_queue(void)
{
    uint8_t buf[1514];
    int line;
    QTestState *qts = cable_start(&line);

    up(qts);
    for (int i = 0; i < 8; i++) {
        frame(buf, sizeof(buf), mac);
        buf[20] = i;
        line_send(line, buf, sizeof(buf));
    }
    for (int i = 0; i < 8; i++) {
        uint16_t event;
        int tries = 0;

        while (!(event = qtest_readw(qts, ISQ))) {
            g_assert_cmpint(tries++, <, 5000);
            g_usleep(1000);
        }
        g_assert_cmphex(event, ==, 0x504);
        qtest_readw(qts, DATA);
        buf[20] = i;
        if (i % 3 == 2) {
            set(qts, 0x102, 1 << 8 | 1 << 6); /* or is skipped unread */
        } else {
            check_frame(qts, buf, sizeof(buf));
        }
    }
    g_assert_cmphex(reg(qts, 0x130), ==, 0x10);
    qtest_quit(qts);
    close(line);
}

static void test_software(void)
{
    QTestState *qts = smdk2410_start("-nic none");

    set(qts, 0x022, 0);
    set(qts, 0x10a, 1 << 6);
    g_assert_false(interrupts(qts)); /* the bus has none yet */
    set(qts, 0x116, 1 << 15);
    g_assert_true(interrupts(qts));
    g_assert_cmphex(reg(qts, 0x10a), ==, 0x0b);
    g_assert_cmphex(qtest_readw(qts, ISQ), ==, 0x4c);
    g_assert_cmphex(qtest_readw(qts, ISQ), ==, 0);
    g_assert_false(interrupts(qts));
    set(qts, 0x022, 4); /* none of the pins */
    set(qts, 0x10a, 1 << 6);
    g_assert_false(interrupts(qts));
    qtest_quit(qts);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    qtest_add_func("/cs8900/reset", test_reset);
    qtest_add_func("/cs8900/eeprom", test_eeprom);
    qtest_add_func("/cs8900/send", test_send);
    qtest_add_func("/cs8900/receive", test_receive);
    qtest_add_func("/cs8900/queue", test_queue);
    qtest_add_func("/cs8900/software", test_software);
    return g_test_run();
}
