package vm

import (
	"errors"
	"fmt"
	"image"
	"io"
	"strings"
	"time"

	"linnet/board"
	"linnet/deploy/qemu"
)

// Config is what to start. For fills in what belongs to the board.
type Config struct {
	Board  board.Board
	CPU    string // instead of the machine's own: "ti925t"
	Kernel string // a file, as the others
	DTB    string
	Initrd string
	Append string // more for the kernel's command line

	Drives []Drive // virtio disks: /dev/vda, /dev/vdb and so on

	NAND   string   // the flash of a board that starts from it; then there is no kernel to name
	Faults []string // of the flash, as properties of QEMU's k9f1208: "flips=1"
	Held   string   // with NAND: keys that are held while it is switched on, by QEMU's names: "up:ret"
	Net    string   // with NAND: what its network is, as QEMU's nic has it: "user"; empty: the cable is not plugged in
	Stamp  bool     // with NAND: have each line of the serial line say when it was sent, see Line.Sent

	Clock    time.Time // what the hardware clock says, which goes by the board's time; zero: the host's time
	Restarts bool      // the board may start again by itself, which otherwise ends it

	Shift   int    // an instruction takes 2^Shift ns, 3 is 125 MIPS; 0: as fast as the host
	Skip    bool   // with Shift: leave out time in which the board waits; see the package
	Display string // QEMU's name for a window, "gtk" or "sdl"; empty: none
	Audio   string // QEMU's audiodev without its id, "wav,path=x.wav" or "pa"; empty: nobody listens

	Log io.Writer // for what comes through the serial line; nil: nobody reads it
}

// Drive is a disk.
type Drive struct {
	Path     string
	ReadOnly bool
}

// loopsPerJiffy is what Linux measures at an instruction a nanosecond: its loop
// has two instructions, a jiffy is 10 ms.
const loopsPerJiffy = 5_000_000

// machine is what QEMU and the kernel have to be told about a board.
type machine struct {
	name    string                 // QEMU's
	program func() (string, error) // QEMU itself, where it is not the installed one
	memory  int                    // MB
	devices []string               // that the machine has not by itself
	append  string                 // for the kernel
	disks   bool                   // that it has a bus for disks
	screen  bool
}

func machineOf(b board.Board) (machine, error) {
	switch b.Name {
	case "qemu-versatile":
		return machine{
			name: "versatilepb", memory: 64, disks: true, screen: true,
			devices: []string{"-device", "virtio-tablet-pci", "-device", "pci-ohci,id=usb", "-nic", "user,model=smc91c111"},
			append:  fmt.Sprintf("video=%dx%dM", b.Screen.Width, b.Screen.Height), // M: computed, where it is in no list
		}, nil
	case "smdk2410":
		return machine{
			name: "smdk2410", program: qemu.Find, memory: 64, screen: true,
			devices: []string{"-drive", "if=sd,id=" + cardSlot, "-global", "uda1341.audiodev=sound"},
		}, nil
	case "qemu-sx1":
		return machine{name: "sx1", memory: 32, devices: []string{"-nic", "none"}}, nil
	}
	return machine{}, fmt.Errorf("vm: QEMU has no machine for the board %q", b.Name)
}

// arguments are QEMU's. The monitor speaks on the file descriptor 3.
func (c Config) arguments() ([]string, error) {
	m, err := machineOf(c.Board)
	if err != nil {
		return nil, err
	}
	if len(c.Drives) > 0 && !m.disks {
		return nil, fmt.Errorf("vm: %s has no bus for disks", c.Board.Name)
	}
	if c.Kernel == "" && c.NAND == "" {
		return nil, errors.New("vm: no kernel")
	}
	if c.Held != "" {
		m.name += ",held=" + c.Held
	}
	args := []string{"-M", m.name, "-m", fmt.Sprint(m.memory), "-name", "Linnet", "-nodefaults",
		"-serial", "stdio", "-chardev", "socket,id=monitor,fd=3", "-mon", "chardev=monitor,mode=control"}
	if !c.Restarts {
		args = append(args, "-no-reboot")
	}
	if !c.Clock.IsZero() {
		args = append(args, "-rtc", "base="+c.Clock.UTC().Format("2006-01-02T15:04:05")+",clock=vm")
	}
	if c.Kernel != "" {
		args = append(args, "-kernel", c.Kernel, "-append", c.commandLine(m))
	}
	if c.NAND != "" {
		args = append(args, "-drive", "if=mtd,format=raw,file="+comma(c.NAND))
	}
	for _, f := range c.Faults {
		args = append(args, "-global", "k9f1208."+f)
	}
	if c.Board.Name == "smdk2410" {
		args = append(args, "-nic", c.nic())
	}
	if c.Stamp {
		args = append(args, "-global", "s3c2410-uart.stamp=on")
	}
	option := func(name, value string) {
		if value != "" {
			args = append(args, name, value)
		}
	}
	option("-cpu", c.CPU)
	option("-dtb", c.DTB)
	option("-initrd", c.Initrd)
	if c.Shift > 0 {
		args = append(args, "-icount", fmt.Sprintf("shift=%d,sleep=%s", c.Shift, onOff(!c.Skip)))
	}
	for i, d := range c.Drives {
		args = append(args, "-drive", fmt.Sprintf("id=drive%d,if=none,format=raw,file=%s%s", i, comma(d.Path), readOnly(d.ReadOnly)),
			"-device", fmt.Sprintf("virtio-blk-pci,drive=drive%d", i))
	}
	return append(append(args, m.devices...), c.front()...), nil
}

// nic is the network of a board whose chip for it is always there.
func (c Config) nic() string {
	if c.Net == "" {
		return "none"
	}
	return c.Net + ",model=cs8900"
}

// front is what a person sees and hears.
func (c Config) front() []string {
	display, audio := "none", "none"
	if c.Display != "" {
		display = c.Display
	}
	if c.Audio != "" {
		audio = c.Audio
	}
	driver, rest, more := strings.Cut(audio, ",")
	if more {
		rest = "," + rest
	}
	return []string{"-display", display, "-audiodev", driver + ",id=sound" + rest}
}

// commandLine is the kernel's. What the board's data says comes first, so that
// Append can say otherwise.
func (c Config) commandLine(m machine) string {
	// Go programs reserve more memory than they use, and more than a small board
	// has: the kernel is not to mind.
	words := []string{"console=" + c.Board.System.Console, "panic=-1", "printk.devkmsg=on", "sysctl.vm.overcommit_memory=1",
		"linnet.board=" + c.Board.Name}
	if m.append != "" {
		words = append(words, m.append)
	}
	if root := c.Board.System.Root; root.Device != "" && c.Initrd == "" {
		words = append(words, "root="+root.Device, "rootfstype="+root.Type, "ro", "init=/init")
	}
	if c.Initrd != "" {
		words = append(words, "rootfstype=ramfs") // a tmpfs takes half of the memory and no more
	}
	if c.Shift > 0 {
		// What the kernel would measure, in 80 ms.
		words = append(words, fmt.Sprintf("lpj=%d", loopsPerJiffy>>c.Shift))
	}
	if c.Append != "" {
		words = append(words, c.Append)
	}
	return strings.Join(words, " ")
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

func readOnly(yes bool) string {
	if yes {
		return ",readonly=on"
	}
	return ""
}

// comma writes a comma as QEMU's options have it.
func comma(path string) string { return strings.ReplaceAll(path, ",", ",,") }

// Sound is the Audio for a WAV file of so many frames a second; what the board
// plays at that rate is in it as it is.
func Sound(path string, rate int) string {
	return fmt.Sprintf("wav,out.frequency=%d,path=%s", rate, comma(path))
}

// toPanel turns a point of the picture into one of the panel.
func toPanel(s board.Screen, p image.Point) image.Point {
	if s.Rotate == 90 {
		return image.Pt(s.Width-1-p.Y, p.X)
	}
	return p
}
