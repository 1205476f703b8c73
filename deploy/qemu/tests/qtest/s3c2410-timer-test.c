/*
 * QTests for the Samsung S3C2410: clocks, timers, watchdog, real time clock, UART
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"
#include "s3c2410-test.h"

#define MPLLCON (CLKPWR + 0x04)
#define UPLLCON (CLKPWR + 0x08)
#define CLKCON (CLKPWR + 0x0c)
#define CLKSLOW (CLKPWR + 0x10)
#define CLKDIVN (CLKPWR + 0x14)

#define PWM 0x51000000
#define TCFG0 (PWM + 0x00)
#define TCFG1 (PWM + 0x04)
#define TCON (PWM + 0x08)
#define TCNTB(n) (PWM + 0x0c + 12 * (n))
#define TCMPB(n) (PWM + 0x10 + 12 * (n))
#define TCNTO4 (PWM + 0x40)

#define WTCON (WDT + 0x00)
#define WTDAT (WDT + 0x04)
#define WTCNT (WDT + 0x08)

#define RTC 0x57000000
#define RTCCON (RTC + 0x40)
#define TICNT (RTC + 0x44)
#define BCDSEC (RTC + 0x70)
#define BCDMIN (RTC + 0x74)
#define BCDHOUR (RTC + 0x78)
#define BCDDATE (RTC + 0x7c)
#define BCDDAY (RTC + 0x80)
#define BCDMON (RTC + 0x84)
#define BCDYEAR (RTC + 0x88)

#define UART(n) (0x50000000 + 0x4000 * (n))
#define UCON 0x04
#define UFCON 0x08
#define UTRSTAT 0x10
#define UFSTAT 0x18
#define UTXH 0x20
#define URXH 0x24
#define UBRDIV 0x28

static void test_reset(void)
{
    static const ResetValue values[] = {
        { CLKPWR, 0x00ffffff }, { MPLLCON, 0x0005c080 }, { UPLLCON, 0x00028080 }, { CLKCON, 0x7fff0 },
        { CLKSLOW, 4 }, { CLKDIVN, 0 }, { TCFG0, 0 }, { TCFG1, 0 }, { TCON, 0 }, { TCNTO4, 0 },
        { WTCON, 0x8021 }, { WTDAT, 0x8000 }, { RTCCON, 0 }, { TICNT, 0 },
        { UART(0) + UTRSTAT, 6 }, { UART(1) + UFSTAT, 0 }, { 0x48000004, 0x700 }, { 0x48000024, 0xac0000 },
    };
    QTestState *qts = qtest_init("-machine smdk2410");

    check_reset_values(qts, values, ARRAY_SIZE(values));
    qtest_quit(qts);
}

static int timer_source(int n)
{
    return 10 + n;
}

/* Each timer counts from its buffer to the end once, at half of PCLK. */
static void test_once(void)
{
    static const uint32_t shift[] = { 0, 8, 12, 16, 20 };
    QTestState *qts = smdk2410_start("");

    for (int n = 0; n < 5; n++) {
        qtest_writel(qts, TCNTB(n), PCLK / 2 / 1000 - 1);
        qtest_writel(qts, TCON, 2u << shift[n]);
        qtest_writel(qts, TCON, 1u << shift[n]);
        qtest_clock_step(qts, MS - US);
        g_assert_false(source_take(qts, timer_source(n)));
        g_assert_cmphex(qtest_readl(qts, TCON), ==, 1u << shift[n]);
        qtest_clock_step(qts, US);
        g_assert_true(source_take(qts, timer_source(n)));
        g_assert_cmphex(qtest_readl(qts, TCON), ==, 0);
        qtest_clock_step(qts, 2 * MS);
        g_assert_false(source_take(qts, timer_source(n)));
    }
    qtest_quit(qts);
}

static void test_reload(void)
{
    QTestState *qts = smdk2410_start("");

    qtest_writel(qts, TCNTB(4), 5999);
    qtest_writel(qts, TCON, 2 << 20);
    qtest_writel(qts, TCON, 5 << 20);
    for (int i = 0; i < 5; i++) {
        qtest_clock_step(qts, MS / 4);
        g_assert_cmpint(qtest_readl(qts, TCNTO4), ==, 4499);
        qtest_clock_step(qts, MS / 2);
        g_assert_cmpint(qtest_readl(qts, TCNTO4), ==, 1499);
        g_assert_false(source_take(qts, 14));
        qtest_clock_step(qts, MS / 4);
        g_assert_true(source_take(qts, 14));
    }
    /* Where it stops it stands. */
    qtest_clock_step(qts, MS / 2);
    qtest_writel(qts, TCON, 0);
    g_assert_cmpint(qtest_readl(qts, TCNTO4), ==, 2999);
    qtest_clock_step(qts, 2 * MS);
    g_assert_cmpint(qtest_readl(qts, TCNTO4), ==, 2999);
    qtest_writel(qts, TCMPB(2), 0x12345);
    g_assert_cmphex(qtest_readl(qts, TCMPB(2)), ==, 0x2345);
    qtest_quit(qts);
}

/* How many counts timer 4 makes in 10 ms. */
static int counts(QTestState *qts)
{
    qtest_writel(qts, TCNTB(4), 0xffff);
    qtest_writel(qts, TCON, 2 << 20);
    qtest_writel(qts, TCON, 1 << 20);
    qtest_clock_step(qts, 10 * MS);
    return 0xffff - qtest_readl(qts, TCNTO4);
}

static void about(int got, int want)
{
    g_assert_cmpint(got, >=, want - 1);
    g_assert_cmpint(got, <=, want + 1);
}

static void test_dividers(void)
{
    QTestState *qts = smdk2410_start("");

    qtest_writel(qts, TCFG0, 9 << 8);
    about(counts(qts), PCLK / 10 / 2 / 100);
    qtest_writel(qts, TCFG1, 3 << 16);
    about(counts(qts), PCLK / 10 / 16 / 100);
    qtest_quit(qts);
}

/* What the PLL and the dividers make of the crystal, as timer 4 has it. */
static void test_clocks(void)
{
    QTestState *qts = smdk2410_start("");

    qtest_writel(qts, TCFG0, 9 << 8);
    qtest_writel(qts, CLKDIVN, 3); /* a half, and a half of that */
    about(counts(qts), 12000000 / 4 / 20 / 100);
    qtest_writel(qts, MPLLCON, 161 << 12 | 3 << 4 | 1); /* 202.8 MHz */
    about(counts(qts), 202800000 / 4 / 20 / 100);
    qtest_writel(qts, CLKDIVN, 1);
    about(counts(qts), 202800000 / 2 / 20 / 100);
    qtest_writel(qts, CLKSLOW, 1 << 4 | 3); /* the crystal, divided by 6 */
    about(counts(qts), 12000000 / 6 / 2 / 20 / 100);
    qtest_quit(qts);
}

/* A clock that changes makes nothing of what has been counted. */
static void test_clock_changes(void)
{
    QTestState *qts = smdk2410_start("");

    qtest_writel(qts, TCNTB(4), PCLK / 2 / 200); /* 5 ms */
    qtest_writel(qts, TCON, 2 << 20);
    qtest_writel(qts, TCON, 1 << 20);
    qtest_writel(qts, WTCNT, PCLK / 16 / 200);
    qtest_writel(qts, WTCON, 1 << 5 | 1 << 2);
    qtest_clock_step(qts, 4 * MS);
    qtest_writel(qts, CLKDIVN, 1); /* from now on by halves */
    about(qtest_readl(qts, TCNTO4), PCLK / 2 / 1000);
    about(qtest_readl(qts, WTCNT), PCLK / 16 / 1000);
    qtest_clock_step(qts, MS);
    about(qtest_readl(qts, TCNTO4), PCLK / 2 / 2000);
    about(qtest_readl(qts, WTCNT), PCLK / 16 / 2000);
    g_assert_false(source_take(qts, 14) || source_take(qts, 9));
    qtest_clock_step(qts, MS + 10 * US);
    g_assert_true(source_take(qts, 14) && source_take(qts, 9));
    qtest_quit(qts);
}

static void test_watchdog_interrupt(void)
{
    QTestState *qts = smdk2410_start("");

    qtest_writel(qts, WTDAT, 750); /* of 16 clocks: 1 ms */
    qtest_writel(qts, WTCNT, 1500);
    qtest_writel(qts, WTCON, 1 << 5 | 1 << 2);
    qtest_clock_step(qts, MS);
    g_assert_cmpint(qtest_readl(qts, WTCNT), ==, 750);
    g_assert_false(source_take(qts, 9));
    qtest_clock_step(qts, MS);
    g_assert_true(source_take(qts, 9));
    qtest_clock_step(qts, MS - US);
    g_assert_false(source_take(qts, 9));
    qtest_clock_step(qts, US);
    g_assert_true(source_take(qts, 9));
    /* It is fed, and so never comes. */
    for (int i = 0; i < 5; i++) {
        qtest_clock_step(qts, MS / 2);
        qtest_writel(qts, WTCNT, 750);
    }
    g_assert_false(source_take(qts, 9));
    qtest_quit(qts);
}

/* After its reset the board says that it was it. */
static void test_watchdog_reset(void)
{
    const uint64_t gstatus2 = GPIO + 0xb4;
    QTestState *qts = smdk2410_start("");

    g_assert_cmphex(qtest_readl(qts, gstatus2), ==, 1);
    qtest_writel(qts, TCFG0, 0x55);
    qtest_writel(qts, WTDAT, 750);
    qtest_writel(qts, WTCNT, 750);
    qtest_writel(qts, WTCON, 1 << 5 | 1);
    qtest_clock_step(qts, MS);
    qtest_qmp_eventwait(qts, "RESET");
    g_assert_cmphex(qtest_readl(qts, gstatus2), ==, 4);
    g_assert_cmphex(qtest_readl(qts, TCFG0), ==, 0);
    g_assert_cmphex(qtest_readl(qts, WTCON), ==, 0x8021);
    qtest_quit(qts);
}

static void test_rtc(void)
{
    QTestState *qts = smdk2410_start("-rtc base=2026-11-27T21:43:05,clock=vm");

    g_assert_cmphex(qtest_readb(qts, BCDSEC), ==, 0x05);
    g_assert_cmphex(qtest_readb(qts, BCDMIN), ==, 0x43);
    g_assert_cmphex(qtest_readb(qts, BCDHOUR), ==, 0x21);
    g_assert_cmphex(qtest_readb(qts, BCDDATE), ==, 0x27);
    g_assert_cmphex(qtest_readb(qts, BCDDAY), ==, 6); /* Sunday is 1 */
    g_assert_cmphex(qtest_readb(qts, BCDMON), ==, 0x11);
    g_assert_cmphex(qtest_readb(qts, BCDYEAR), ==, 0x26);
    /* It can be set only where that is switched on. */
    qtest_writeb(qts, BCDYEAR, 0x31);
    g_assert_cmphex(qtest_readb(qts, BCDYEAR), ==, 0x26);
    qtest_writeb(qts, RTCCON, 1);
    qtest_writeb(qts, BCDYEAR, 0x31);
    qtest_writeb(qts, BCDHOUR, 0x09);
    g_assert_cmphex(qtest_readb(qts, BCDYEAR), ==, 0x31);
    g_assert_cmphex(qtest_readb(qts, BCDHOUR), ==, 0x09);
    g_assert_cmphex(qtest_readb(qts, BCDMIN), ==, 0x43);
    qtest_quit(qts);

    /* And it goes on. */
    qts = smdk2410_start("-rtc base=2026-12-31T23:59:59,clock=vm");
    qtest_clock_step(qts, 1000LL * MS);
    g_assert_cmphex(qtest_readb(qts, BCDSEC), ==, 0);
    g_assert_cmphex(qtest_readb(qts, BCDDATE), ==, 0x01);
    g_assert_cmphex(qtest_readb(qts, BCDMON), ==, 0x01);
    g_assert_cmphex(qtest_readb(qts, BCDYEAR), ==, 0x27);
    qtest_quit(qts);
}

static void test_rtc_tick(void)
{
    QTestState *qts = smdk2410_start("");

    qtest_writeb(qts, TICNT, 0x80 | 63); /* half a second */
    qtest_clock_step(qts, 499LL * MS);
    g_assert_false(source_take(qts, 8));
    qtest_clock_step(qts, MS);
    g_assert_true(source_take(qts, 8));
    qtest_clock_step(qts, 500LL * MS);
    g_assert_true(source_take(qts, 8));
    qtest_writeb(qts, TICNT, 0);
    qtest_clock_step(qts, 1000LL * MS);
    g_assert_false(source_take(qts, 8));
    qtest_quit(qts);
}

/* A UART hears itself: bytes take their time, and the FIFO interrupts. */
static void test_uart(void)
{
    const uint64_t u = UART(2);
    const int byte = 16 * 10 * 10 * 1000 / 12 + US; /* ten bits of 160 clocks */
    QTestState *qts = smdk2410_start("");

    qtest_writel(qts, u + 0x00, 3);
    qtest_writel(qts, u + UBRDIV, 9);
    qtest_writel(qts, u + UFCON, 1); /* a FIFO that interrupts at 4 bytes */
    qtest_writel(qts, u + UCON, 1 << 5 | 1 << 2 | 1);
    for (int i = 0; i < 5; i++) {
        qtest_writeb(qts, u + UTXH, 'a' + i);
    }
    g_assert_cmpint(extract32(qtest_readl(qts, u + UFSTAT), 4, 4), ==, 4); /* one is on its way */
    g_assert_cmpint(qtest_readl(qts, u + UTRSTAT) & 6, ==, 0);
    qtest_clock_step(qts, 10 * byte);
    g_assert_cmphex(qtest_readl(qts, u + UTRSTAT), ==, 7);
    g_assert_cmpint(extract32(qtest_readl(qts, u + UFSTAT), 0, 4), ==, 5);
    g_assert_cmphex(qtest_readl(qts, SUBSRCPND) & 0x40, ==, 0x40);
    for (int i = 0; i < 5; i++) {
        g_assert_cmphex(qtest_readb(qts, u + URXH), ==, 'a' + i);
    }
    g_assert_cmphex(qtest_readl(qts, u + UTRSTAT), ==, 6);
    qtest_quit(qts);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    qtest_add_func("/s3c2410/timer/reset", test_reset);
    qtest_add_func("/s3c2410/timer/once", test_once);
    qtest_add_func("/s3c2410/timer/reload", test_reload);
    qtest_add_func("/s3c2410/timer/dividers", test_dividers);
    qtest_add_func("/s3c2410/clkpwr/clocks", test_clocks);
    qtest_add_func("/s3c2410/clkpwr/changes", test_clock_changes);
    qtest_add_func("/s3c2410/wdt/interrupt", test_watchdog_interrupt);
    qtest_add_func("/s3c2410/wdt/reset", test_watchdog_reset);
    qtest_add_func("/s3c2410/rtc/time", test_rtc);
    qtest_add_func("/s3c2410/rtc/tick", test_rtc_tick);
    qtest_add_func("/s3c2410/uart/loopback", test_uart);
    return g_test_run();
}
