/*
 * QTests for the Samsung S3C2410: registers and what they have in common
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef S3C2410_TEST_H
#define S3C2410_TEST_H

#include "qemu/bitops.h"
#include "libqtest.h"
#include "qapi/qmp/qdict.h"

#define SDRAM 0x30000000

#define INTC 0x4a000000
#define SRCPND (INTC + 0x00)
#define INTMOD (INTC + 0x04)
#define INTMSK (INTC + 0x08)
#define PRIORITY (INTC + 0x0c)
#define INTPND (INTC + 0x10)
#define INTOFFSET (INTC + 0x14)
#define SUBSRCPND (INTC + 0x18)
#define INTSUBMSK (INTC + 0x1c)

#define CLKPWR 0x4c000000
#define WDT 0x53000000
#define GPIO 0x56000000

/* The lines of port P, from B to H. */
#define PIN(port, bit) (((port) - 'B') * 16 + (bit))

#define PCLK 12000000 /* after a reset, as all clocks */

#define US 1000
#define MS 1000000

/* A board whose watchdog, which runs after a reset, does not disturb. */
static inline QTestState *smdk2410_start(const char *args)
{
    QTestState *qts = qtest_initf("-machine smdk2410 %s", args);

    qtest_writel(qts, WDT, 0);
    return qts;
}

static inline void pin_set(QTestState *qts, int pin, int level)
{
    qtest_set_irq_in(qts, "/machine/soc/gpio", "pin", pin, level);
}

/* Whether a source is pending; it is not afterwards, unless its line is active. */
static inline bool source_take(QTestState *qts, int source)
{
    bool pending = qtest_readl(qts, SRCPND) & (1u << source);

    qtest_writel(qts, SRCPND, 1u << source);
    return pending;
}

/* The registers have these values after a reset. */
typedef struct {
    uint64_t address;
    uint32_t value;
} ResetValue;

static inline void check_reset_values(QTestState *qts, const ResetValue *values, int n)
{
    for (int i = 0; i < n; i++) {
        uint32_t got = qtest_readl(qts, values[i].address);

        if (got != values[i].value) {
            g_test_message("%08" PRIx64 " is %08x after a reset", values[i].address, got);
        }
        g_assert_cmphex(got, ==, values[i].value);
    }
}

/* A file with so many bytes of zeros; its name is to be freed. */
static inline char *file_of(off_t size)
{
    g_autoptr(GError) err = NULL;
    char *name;
    int fd = g_file_open_tmp("qtest.s3c2410.XXXXXX", &name, &err);

    g_assert_no_error(err);
    g_assert_cmpint(ftruncate(fd, size), ==, 0);
    close(fd);
    return name;
}

static inline void file_write(const char *name, off_t at, const void *from, size_t size)
{
    int fd = open(name, O_WRONLY);

    g_assert_cmpint(fd, >=, 0);
    g_assert_cmpint(pwrite(fd, from, size, at), ==, size);
    close(fd);
}

static inline void file_read(const char *name, off_t at, void *to, size_t size)
{
    int fd = open(name, O_RDONLY);

    g_assert_cmpint(fd, >=, 0);
    g_assert_cmpint(pread(fd, to, size, at), ==, size);
    close(fd);
}

static inline void file_remove(char *name)
{
    unlink(name);
    g_free(name);
}

#endif
