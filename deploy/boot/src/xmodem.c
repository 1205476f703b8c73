#include "common.h"
#include "xmodem.h"

#define SOH 0x01	/* before 128 bytes */
#define STX 0x02	/* before 1024 */
#define EOT 0x04
#define ACK 0x06
#define NAK 0x15
#define CAN 0x18
#define WANT_CRC 'C'

#define BYTE_MS 1000	/* between two bytes of a block */
#define BLOCK_MS 3000	/* before one */
#define CALLS 20	/* before the first one */
#define ERRORS 10	/* one after the other */
#define NOISE 4096	/* bytes that are passed over in search of silence */

enum block { BLOCK_BAD, BLOCK_NEXT, BLOCK_AGAIN, BLOCK_OTHER };

/* Four bits at a time, of the polynomial 0x1021. */
static u32 crc16(const u8 *p, u32 size)
{
	static const u16 table[16] = {
		0x0000, 0x1021, 0x2042, 0x3063, 0x4084, 0x50a5, 0x60c6, 0x70e7,
		0x8108, 0x9129, 0xa14a, 0xb16b, 0xc18c, 0xd1ad, 0xe1ce, 0xf1ef,
	};
	u32 crc = 0;

	for (; size--; p++) {
		crc = (crc << 4) ^ table[((crc >> 12) ^ (*p >> 4)) & 15];
		crc = (crc << 4) ^ table[((crc >> 12) ^ *p) & 15];
	}
	return crc & 0xffff;
}

/* What is still on the line belongs to something that was not understood. */
static void wait_silence(void)
{
	u32 n;

	for (n = 0; n < NOISE && get_char(BYTE_MS) >= 0; n++)
		;
}

static void cancel(void)
{
	int n;

	wait_silence();
	for (n = 0; n < 8; n++)
		put_char(CAN);
}

static enum block take_block(u8 *to, u32 size, u32 next)
{
	int number = get_char(BYTE_MS), inverse = get_char(BYTE_MS), high, low;
	u32 i;

	for (i = 0; i < size; i++) {
		int c = get_char(BYTE_MS);

		if (c < 0)
			return BLOCK_BAD;
		to[i] = c;
	}
	high = get_char(BYTE_MS);
	low = get_char(BYTE_MS);
	if (number < 0 || inverse != (~number & 0xff) || high < 0 || low < 0 || crc16(to, size) != (u32)(high << 8 | low))
		return BLOCK_BAD;
	if ((u32)number == (next & 0xff))
		return BLOCK_NEXT;
	return (u32)number == ((next - 1) & 0xff) ? BLOCK_AGAIN : BLOCK_OTHER;
}

/* A transfer under way. */
struct transfer {
	u8 *to;
	u32 room, got, next;
	u32 errors;	/* since the last good block */
	char answer;	/* to what came last */
};

/* An error is answered with a call for the same block. */
static void missed(struct transfer *t)
{
	t->errors++;
	t->answer = t->next > 1 ? NAK : WANT_CRC;
}

/* Returns 0, or why the transfer ends. */
static int receive_block(struct transfer *t, u32 size)
{
	if (size > t->room - t->got)
		return XMODEM_LONG;
	switch (take_block(t->to + t->got, size, t->next)) {
	case BLOCK_NEXT:
		t->got += size;
		t->next++;
		t->errors = 0;
		t->answer = ACK;
		return 0;
	case BLOCK_AGAIN: /* the answer was lost */
		t->errors++;
		t->answer = ACK;
		return 0;
	case BLOCK_OTHER:
		return XMODEM_BROKEN;
	case BLOCK_BAD:
		break;
	}
	wait_silence();
	missed(t);
	return 0;
}

/* Answers, and takes what comes then. Returns 1 at the end of the file. */
static int step(struct transfer *t)
{
	int c;

	put_char(t->answer);
	c = get_char(BLOCK_MS);
	switch (c) {
	case SOH:
		return receive_block(t, 128);
	case STX:
		return receive_block(t, 1024);
	case EOT:
		put_char(ACK);
		return 1;
	case CAN:
		if (get_char(BYTE_MS) == CAN)
			return XMODEM_CANCELLED;
		break;
	case -1:
		missed(t);
		return 0;
	}
	wait_silence();
	missed(t);
	return 0;
}

int xmodem_receive(u8 *to, u32 room)
{
	struct transfer t = { to, room, 0, 1, 0, WANT_CRC };
	int end = 0;

	while (!end) {
		end = step(&t);
		if (!end && t.errors >= (t.next > 1 ? ERRORS : CALLS))
			end = t.next > 1 ? XMODEM_BROKEN : XMODEM_SILENT;
	}
	if (end == 1)
		return t.got;
	if (end != XMODEM_CANCELLED)
		cancel();
	return end;
}
