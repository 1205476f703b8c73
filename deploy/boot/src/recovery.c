#include "common.h"
#include "kernel.h"
#include "recovery.h"
#include "xmodem.h"

#define KEY 2		/* GPF2, low when pressed */
#define HELD_MS 20
#define ASKED 20	/* times three seconds */

static int pressed(void)
{
	return !(GPFDAT & (1 << KEY));
}

/* The line is an input with its pull-up since the reset. */
int recovery_wanted(void)
{
	u32 start = clock_ms();

	while (pressed())
		if (clock_ms() - start > HELD_MS)
			return 1;
	return 0;
}

/* Which slot is to be replaced; -1: nobody answers. */
static int ask(void)
{
	int n, c;

	put("boot: recovery: press a or b for the kernel that is to be replaced\n");
	for (n = 0; n < ASKED; n++) {
		c = get_char(3000);
		if (c == 'a' || c == 'A')
			return 0;
		if (c == 'b' || c == 'B')
			return 1;
	}
	return -1;
}

static const char *reason(int end)
{
	switch (end) {
	case XMODEM_SILENT:
		return "nothing was sent";
	case XMODEM_CANCELLED:
		return "it was cancelled";
	case XMODEM_LONG:
		return "it is longer than its part of the flash";
	case XMODEM_BROKEN:
		return "too many errors on the line";
	}
	return "it is no kernel, or damaged";
}

/* What the sender may still show of the transfer ends with this. */
static void tell(const char *what)
{
	put("\nboot: recovery: ");
	put(what);
	put("\n");
}

static u32 receive(u32 slot)
{
	u32 entry = 0;
	int size;

	put(slot ? "boot: recovery: send kernel_b.bin" : "boot: recovery: send kernel_a.bin");
	put(" by XMODEM or XMODEM-1K\n");
	size = xmodem_receive((u8 *)KERNEL_PART, KERNEL_PART_MAX + 1024);
	if (size >= 0)
		entry = kernel_check(size);
	if (!entry)
		tell(reason(size));
	return entry;
}

/* Writes it; one that can't be written is started all the same. */
static void keep(struct state *s, u32 slot)
{
	tell("received; it is written");
	s->slot = slot;
	s->confirmed = 1;
	s->tries = 0;
	s->reason = REASON_NONE;
	if (!kernel_store(slot)) {
		tell("the flash does not keep it; it is started this once");
		return;
	}
	tell(state_write(s) ? "written" : "written, but not that it is the one to start");
}

u32 recovery(struct state *s)
{
	u32 entry = 0;
	int slot;

	while (!entry) {
		slot = ask();
		if (slot < 0)
			return 0;
		entry = receive(slot);
		if (entry)
			keep(s, slot);
	}
	return entry;
}
