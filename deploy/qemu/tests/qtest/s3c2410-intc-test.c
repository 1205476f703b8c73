/*
 * QTests for the Samsung S3C2410: interrupts and I/O ports
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "qemu/osdep.h"
#include "s3c2410-test.h"

#define GPADAT (GPIO + 0x04)
#define GPBCON (GPIO + 0x10)
#define GPBDAT (GPIO + 0x14)
#define GPFCON (GPIO + 0x50)
#define GPFDAT (GPIO + 0x54)
#define GPGCON (GPIO + 0x60)
#define GPGDAT (GPIO + 0x64)
#define EXTINT0 (GPIO + 0x88)
#define EXTINT1 (GPIO + 0x8c)
#define EINTMASK (GPIO + 0xa4)
#define EINTPEND (GPIO + 0xa8)
#define GSTATUS1 (GPIO + 0xb0)
#define GSTATUS2 (GPIO + 0xb4)
#define GSTATUS3 (GPIO + 0xb8)

#define LOW 0
#define HIGH 1
#define FALLING 2
#define RISING 4
#define BOTH 6

static void test_reset(void)
{
    static const ResetValue values[] = {
        { SRCPND, 0 }, { INTMOD, 0 }, { INTMSK, 0xffffffff }, { PRIORITY, 0x7f }, { INTPND, 0 },
        { INTOFFSET, 0 }, { SUBSRCPND, 0 }, { INTSUBMSK, 0x7ff },
        { GPIO + 0x00, 0x7fffff }, { GPBCON, 0 }, { GPIO + 0x38, 0xf000 }, { GPIO + 0x68, 0xf800 },
        { GPIO + 0x80, 0x10330 }, { EXTINT0, 0 }, { EINTMASK, 0xfffff0 }, { EINTPEND, 0 },
        { GSTATUS1, 0x32410002 }, { GSTATUS2, 1 },
    };
    QTestState *qts = smdk2410_start("");

    check_reset_values(qts, values, ARRAY_SIZE(values));
    qtest_quit(qts);
}

static void test_ports(void)
{
    QTestState *qts = smdk2410_start("");

    /* Port A only drives. */
    qtest_writel(qts, GPADAT, 0x155555);
    g_assert_cmphex(qtest_readl(qts, GPADAT), ==, 0x155555);

    /* Inputs are as they are driven, outputs as they were written. */
    pin_set(qts, PIN('B', 3), 0);
    g_assert_cmphex(qtest_readl(qts, GPBDAT) & 0x18, ==, 0x10);
    qtest_writel(qts, GPBCON, 1 << (2 * 3) | 1 << (2 * 4));
    qtest_writel(qts, GPBDAT, 1 << 3);
    g_assert_cmphex(qtest_readl(qts, GPBDAT) & 0x18, ==, 0x08);
    qtest_writel(qts, GPBCON, 0);
    g_assert_cmphex(qtest_readl(qts, GPBDAT) & 0x18, ==, 0x10);

    /* What is kept over power off. */
    qtest_writel(qts, GSTATUS3, 0x12345678);
    g_assert_cmphex(qtest_readl(qts, GSTATUS3), ==, 0x12345678);
    qtest_writel(qts, GSTATUS2, 1);
    g_assert_cmphex(qtest_readl(qts, GSTATUS2), ==, 0);
    qtest_quit(qts);
}

static void test_edges(void)
{
    QTestState *qts = smdk2410_start("");

    qtest_writel(qts, GPFCON, 2);
    qtest_writel(qts, EXTINT0, FALLING);
    pin_set(qts, PIN('F', 0), 0);
    g_assert_true(source_take(qts, 0));
    pin_set(qts, PIN('F', 0), 1);
    g_assert_false(source_take(qts, 0));
    qtest_writel(qts, EXTINT0, RISING);
    pin_set(qts, PIN('F', 0), 0);
    g_assert_false(source_take(qts, 0));
    pin_set(qts, PIN('F', 0), 1);
    g_assert_true(source_take(qts, 0));
    qtest_writel(qts, EXTINT0, BOTH);
    pin_set(qts, PIN('F', 0), 0);
    g_assert_true(source_take(qts, 0));
    pin_set(qts, PIN('F', 0), 1);
    g_assert_true(source_take(qts, 0));

    /* A line that is no interrupt makes none. */
    qtest_writel(qts, GPFCON, 0);
    pin_set(qts, PIN('F', 0), 0);
    g_assert_false(source_take(qts, 0));
    qtest_quit(qts);
}

/* As long as the line is active, what is cleared comes back. */
static void test_levels(void)
{
    QTestState *qts = smdk2410_start("");

    qtest_writel(qts, EXTINT0, LOW);
    qtest_writel(qts, GPFCON, 2);
    g_assert_false(source_take(qts, 0));
    pin_set(qts, PIN('F', 0), 0);
    g_assert_true(source_take(qts, 0));
    g_assert_true(source_take(qts, 0));
    pin_set(qts, PIN('F', 0), 1);
    g_assert_true(source_take(qts, 0));
    g_assert_false(source_take(qts, 0));
    qtest_writel(qts, EXTINT0, HIGH);
    g_assert_true(source_take(qts, 0));
    qtest_quit(qts);
}

/* EINT4 to 7 and 8 to 23 share sources, and have a mask of their own. */
static void test_shared(void)
{
    QTestState *qts = smdk2410_start("");

    qtest_writel(qts, GPGCON, 2 << (2 * 1)); /* EINT9 */
    qtest_writel(qts, EXTINT1, RISING << 4);
    pin_set(qts, PIN('G', 1), 0);
    pin_set(qts, PIN('G', 1), 1);
    g_assert_cmphex(qtest_readl(qts, EINTPEND), ==, 1 << 9);
    g_assert_false(source_take(qts, 5));
    qtest_writel(qts, EINTMASK, 0xfffff0 & ~(1 << 9));
    g_assert_true(source_take(qts, 5));
    g_assert_false(source_take(qts, 5));
    qtest_writel(qts, EINTPEND, 1 << 9);
    g_assert_cmphex(qtest_readl(qts, EINTPEND), ==, 0);

    qtest_writel(qts, GPFCON, 2 << (2 * 6)); /* EINT6 */
    qtest_writel(qts, EXTINT0, FALLING << 24);
    qtest_writel(qts, EINTMASK, 0xfffff0 & ~(1 << 6));
    pin_set(qts, PIN('F', 6), 0);
    g_assert_true(source_take(qts, 4));
    g_assert_false(source_take(qts, 5));
    qtest_quit(qts);
}

/* Of what is pending and not masked one source is told of at a time. */
static void test_arbiter(void)
{
    QTestState *qts = smdk2410_start("");

    qtest_writel(qts, GPFCON, 2 | 2 << 2);
    qtest_writel(qts, EXTINT0, FALLING | FALLING << 4);
    qtest_writel(qts, PRIORITY, 0); /* always in the same order */
    pin_set(qts, PIN('F', 1), 0);
    pin_set(qts, PIN('F', 0), 0);
    g_assert_cmphex(qtest_readl(qts, SRCPND), ==, 3);
    g_assert_cmphex(qtest_readl(qts, INTPND), ==, 0);
    qtest_writel(qts, INTMSK, ~3);
    g_assert_cmphex(qtest_readl(qts, INTPND), ==, 1);
    g_assert_cmphex(qtest_readl(qts, INTOFFSET), ==, 0);
    qtest_writel(qts, SRCPND, 1);
    qtest_writel(qts, INTPND, 1);
    g_assert_cmphex(qtest_readl(qts, INTPND), ==, 2);
    g_assert_cmphex(qtest_readl(qts, INTOFFSET), ==, 1);
    qtest_writel(qts, SRCPND, 2);
    qtest_writel(qts, INTPND, 2);
    g_assert_cmphex(qtest_readl(qts, INTPND), ==, 0);

    /* The order can be chosen: inputs 2, 3, 4, 1 of the first arbiter. */
    qtest_writel(qts, INTMSK, 0xffffffff);
    qtest_writel(qts, PRIORITY, 1 << 7);
    for (int i = 0; i < 2; i++) {
        pin_set(qts, PIN('F', i), 1);
        pin_set(qts, PIN('F', i), 0);
    }
    qtest_writel(qts, INTMSK, ~3);
    g_assert_cmphex(qtest_readl(qts, INTPND), ==, 2);
    qtest_quit(qts);
}

/* In turns: who was served goes to the end of the queue. */
static void test_rotation(void)
{
    QTestState *qts = smdk2410_start("");

    qtest_writel(qts, GPFCON, 2);
    qtest_writel(qts, EXTINT0, FALLING);
    qtest_writel(qts, INTMSK, ~1);
    pin_set(qts, PIN('F', 0), 0);
    g_assert_cmphex(qtest_readl(qts, INTPND), ==, 1);
    g_assert_cmphex(extract32(qtest_readl(qts, PRIORITY), 7, 2), ==, 1);
    qtest_quit(qts);
}

static void test_fast(void)
{
    QTestState *qts = smdk2410_start("");

    qtest_irq_intercept_in(qts, "/machine/soc/cpu");
    qtest_writel(qts, GPFCON, 2);
    qtest_writel(qts, EXTINT0, FALLING);
    qtest_writel(qts, INTMOD, 1);
    qtest_writel(qts, INTMSK, ~1);
    pin_set(qts, PIN('F', 0), 0);
    g_assert_cmphex(qtest_readl(qts, INTPND), ==, 0);
    g_assert_false(qtest_get_irq(qts, 0));
    g_assert_true(qtest_get_irq(qts, 1));
    qtest_writel(qts, SRCPND, 1);
    g_assert_false(qtest_get_irq(qts, 1));

    qtest_writel(qts, INTMOD, 0);
    pin_set(qts, PIN('F', 0), 1);
    pin_set(qts, PIN('F', 0), 0);
    g_assert_true(qtest_get_irq(qts, 0));
    g_assert_false(qtest_get_irq(qts, 1));
    qtest_quit(qts);
}

/* The sub-sources of a UART: what it is to send is less than it could be. */
static void test_sub(void)
{
    const uint64_t ucon0 = 0x50000004;
    QTestState *qts = smdk2410_start("");

    qtest_writel(qts, ucon0, 1 << 2 | 1 << 9);
    g_assert_cmphex(qtest_readl(qts, SUBSRCPND), ==, 2);
    g_assert_false(source_take(qts, 28));
    qtest_writel(qts, INTSUBMSK, 0x7ff & ~2);
    g_assert_true(source_take(qts, 28));
    qtest_writel(qts, SUBSRCPND, 2);
    g_assert_cmphex(qtest_readl(qts, SUBSRCPND), ==, 2); /* the line is still active */
    qtest_writel(qts, ucon0, 0);
    qtest_writel(qts, SUBSRCPND, 2);
    g_assert_cmphex(qtest_readl(qts, SUBSRCPND), ==, 0);
    qtest_quit(qts);
}

/* Keys that are held at power-on pull their lines down. */
static void test_held(void)
{
    QTestState *qts = qtest_init("-machine smdk2410,held=down:esc");

    g_assert_cmphex(qtest_readl(qts, GPFDAT) & 0x05, ==, 0x01);
    g_assert_cmphex(qtest_readl(qts, GPGDAT) & 0x808, ==, 0x008);
    qtest_quit(qts);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    qtest_add_func("/s3c2410/intc/reset", test_reset);
    qtest_add_func("/s3c2410/gpio/ports", test_ports);
    qtest_add_func("/s3c2410/gpio/held", test_held);
    qtest_add_func("/s3c2410/eint/edges", test_edges);
    qtest_add_func("/s3c2410/eint/levels", test_levels);
    qtest_add_func("/s3c2410/eint/shared", test_shared);
    qtest_add_func("/s3c2410/intc/arbiter", test_arbiter);
    qtest_add_func("/s3c2410/intc/rotation", test_rotation);
    qtest_add_func("/s3c2410/intc/fast", test_fast);
    qtest_add_func("/s3c2410/intc/sub", test_sub);
    return g_test_run();
}
