/*
 * Samsung S3C2410 system on a chip
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HW_ARM_S3C2410_H
#define HW_ARM_S3C2410_H

#define TYPE_S3C2410 "s3c2410"
#define TYPE_S3C2410_INTC "s3c2410-intc"
#define TYPE_S3C2410_GPIO "s3c2410-gpio"
#define TYPE_S3C2410_UART "s3c2410-uart"
#define TYPE_S3C2410_PWM "s3c2410-pwm"
#define TYPE_S3C2410_CLKPWR "s3c2410-clkpwr"
#define TYPE_S3C2410_MEMCTL "s3c2410-memctl"
#define TYPE_S3C2410_LCD "s3c2410-lcd"
#define TYPE_S3C2410_NAND "s3c2410-nand"
#define TYPE_S3C2410_WDT "s3c2410-wdt"
#define TYPE_S3C2410_RTC "s3c2410-rtc"
#define TYPE_S3C2410_DMA "s3c2410-dma"
#define TYPE_S3C2410_IIS "s3c2410-iis"
#define TYPE_S3C2410_ADC "s3c2410-adc"
#define TYPE_S3C2410_SDI "s3c2410-sdi"
#define TYPE_S3C2410_SDI_BUS "s3c2410-sdi-bus"
#define TYPE_UDA1341 "uda1341"
#define TYPE_K9F1208 "k9f1208"
#define TYPE_CS8900 "cs8900"

/* The lines of port P, from B to H: S3C2410_PIN('F', 0) is GPF0. */
#define S3C2410_PIN(port, bit) (((port) - 'B') * 16 + (bit))
#define S3C2410_PINS (7 * 16)

/* The SDRAM of bank 6. */
#define S3C2410_SDRAM 0x30000000

/*
 * The NAND chip, as the controller sees it. Data is valid when the chip is
 * ready; ready tells when it becomes so.
 */
typedef struct K9F1208State K9F1208State;
void k9f1208_command(K9F1208State *s, uint8_t command);
void k9f1208_address(K9F1208State *s, uint8_t address);
uint8_t k9f1208_read(K9F1208State *s);
void k9f1208_write(K9F1208State *s, uint8_t value);
bool k9f1208_ready(K9F1208State *s);
/* Copies the first bytes of block 0, as the boot logic does after a reset. */
void k9f1208_boot(K9F1208State *s, uint8_t *to, size_t size);

/* The codec takes a frame of two samples. */
typedef struct UDA1341State UDA1341State;
void uda1341_play(UDA1341State *s, int16_t left, int16_t right);
void uda1341_run(UDA1341State *s, bool on, unsigned rate);

/*
 * A device with a FIFO calls this when it can take, or give, more. The
 * controller then moves units until the FIFO says that it is full.
 */
typedef struct S3C2410Dma S3C2410Dma;
typedef struct {
    void *opaque;
    bool (*ready)(void *opaque); /* for one unit more */
} S3C2410DmaPeer;
void s3c2410_dma_attach(S3C2410Dma *s, int channel, int source, S3C2410DmaPeer peer);
void s3c2410_dma_request(S3C2410Dma *s, int channel, int source);

#endif
