package board

// Kernel codes, of linux/input-event-codes.h.
const (
	keyEsc   = 1
	keyEnter = 28
	keySpace = 57
	keyUp    = 103
	keyLeft  = 105
	keyRight = 106
	keyDown  = 108
	keyBack  = 158
	btnLeft  = 0x110
	btnTouch = 0x14a
)

const (
	kilo = 1 << 10
	mega = 1 << 20
)

// boards are all of them, the one for development first.
func boards() []Board { return []Board{Desktop(), QEMUVersatile(), QEMUSX1(), SMDK2410()} }

// Desktop is a window on a computer that has everything: the size is that of
// the boards' screens, held as they are held.
func Desktop() Board {
	return Board{
		Name:   "desktop",
		Title:  "a window",
		Screen: Screen{Width: 320, Height: 240, Format: RGB565},
		Keys:   keyboard(),
	}
}

// keyboard is the keys of any keyboard that the player has a use for.
func keyboard() []Key {
	return []Key{
		{Code: keyUp, Meaning: "up"},
		{Code: keyDown, Meaning: "down"},
		{Code: keyLeft, Meaning: "left"},
		{Code: keyRight, Meaning: "right"},
		{Code: keyEnter, Meaning: "enter"},
		{Code: keyEsc, Meaning: "back"},
		{Code: keySpace, Meaning: "play"},
	}
}

// QEMUVersatile is ARM's Versatile/PB as QEMU emulates it (-M versatilepb),
// with video=240x320 on the kernel's command line, a virtio tablet for the
// touch panel and a virtio disk instead of flash.
func QEMUVersatile() Board {
	return Board{
		Name:   "qemu-versatile",
		Title:  "ARM Versatile/PB in QEMU",
		Screen: Screen{Width: 240, Height: 320, Rotate: 90, Format: RGB565},
		Touch:  Touch{Min: 0, Max: 32767, Button: btnLeft},
		Keys:   keyboard(),
		System: System{
			Console:  "ttyAMA0",
			Watchdog: "/dev/watchdog",
			Root:     Volume{"/dev/vda", "squashfs"},
			State:    Volume{"/dev/vdb1", "ext4"},
			Media:    Volume{"/dev/vdb2", "vfat"},
		},
	}
}

// QEMUSX1 is Siemens's SX1 telephone as QEMU emulates it (-M sx1): an OMAP310,
// whose ARM925T is an ARMv4T, and 32 MB. Its panel is too small for the
// interface, so the system on it has none: it is there to run on that CPU.
func QEMUSX1() Board {
	return Board{
		Name:   "qemu-sx1",
		Title:  "Siemens SX1 (ARMv4T) in QEMU",
		System: System{Console: "ttyS0", Watchdog: "/dev/watchdog"},
	}
}

// SMDK2410 is Samsung's board for the S3C2410: an ARM920T at 202.8 MHz, 64 MB
// of SDRAM, a 240x320 panel, a UDA1341 codec on IIS and a K9F1208 NAND chip.
//
// The sound clock is PCLK, 50.7 MHz, divided by 384 and a whole number. That
// meets four of the common rates to 0.21 %; 48,000 would run at 46,875 (from
// the 12 MHz crystal) and 32,000 at 33,008, which the kernel's driver takes
// without a word: hence Rates. The four keys are wired as told; their codes are
// this project's choice, for the kernel to declare.
func SMDK2410() Board {
	return Board{
		Name:   "smdk2410",
		Title:  "Samsung SMDK2410",
		Screen: Screen{Width: 240, Height: 320, Rotate: 90, Format: RGB565},
		Touch:  Touch{Min: 0, Max: 1023, Button: btnTouch},
		Keys: []Key{
			{Code: keyUp, Meaning: "up", Line: "EINT0/GPF0"},
			{Code: keyDown, Meaning: "down", Line: "EINT2/GPF2"},
			{Code: keyEnter, Meaning: "enter", Line: "EINT11/GPG3"},
			{Code: keyBack, Meaning: "back", Line: "EINT19/GPG11"},
		},
		Sound: Sound{
			Rates: []Rate{
				{44100, 44010417}, // 50.7 MHz / 384 / 3
				{22050, 22005208}, // / 6
				{12000, 12002841}, // / 11
				{11025, 11002604}, // / 12
			},
			Bits: 16,
		},
		Mixer: Mixer{Volume: "Master", Bass: "Tone Control - Bass", Treble: "Tone Control - Treble"},
		Lines: []Line{ // LEDs between the line and the supply
			{Name: "GPIOF/4", Meaning: "led-power", ActiveLow: true},
			{Name: "GPIOF/5", Meaning: "led-activity", ActiveLow: true},
		},
		System: System{
			Console:  "ttySAC0",
			Watchdog: "/dev/watchdog",
			Starts:   0x560000b8,                             // GSTATUS3
			Root:     Volume{"/dev/ubiblock0_0", "squashfs"}, // of the UBI device on the partition root; or 0_1
			State:    Volume{"ubi1:state", "ubifs"},          // of that on data
			Media:    Volume{"/dev/ubiblock1_1", "squashfs"},
		},
		Flash: Flash{
			Size:       64 * mega,
			EraseBlock: 16 * kilo,
			Page:       512,
			Spare:      16,
			Partitions: []Partition{
				{"boot", 0, 256 * kilo},
				{"params", 256 * kilo, 256 * kilo},
				{"kernel_a", 512 * kilo, 3584 * kilo},
				{"kernel_b", 4 * mega, 3584 * kilo},
				{"root", 4*mega + 3584*kilo, 22*mega + 512*kilo},
				{"data", 30 * mega, 34 * mega},
			},
		},
	}
}
