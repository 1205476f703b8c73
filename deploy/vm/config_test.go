package vm

import (
	"image"
	"image/color"
	"slices"
	"strings"
	"testing"
	"time"

	"linnet/board"
)

func TestArguments(t *testing.T) {
	c := Config{
		Board: board.QEMUVersatile(), CPU: "ti925t", Kernel: "k", DTB: "d", Append: "quiet", Shift: 3, Skip: true,
		Drives: []Drive{{"a,b", true}, {"c", false}}, Audio: Sound("x,y.wav", 44100), Clock: time.Date(2035, 3, 4, 7, 6, 0, 0, time.FixedZone("", 7200)),
	}
	args, err := c.arguments()
	if err != nil {
		t.Fatal(err)
	}
	text := " " + strings.Join(args, " ") + " "
	for _, want := range []string{
		" -M versatilepb ", " -m 64 ", " -cpu ti925t ", " -kernel k ", " -dtb d ", " -icount shift=3,sleep=off ", " -display none ",
		" -drive id=drive0,if=none,format=raw,file=a,,b,readonly=on -device virtio-blk-pci,drive=drive0 ",
		" -drive id=drive1,if=none,format=raw,file=c -device virtio-blk-pci,drive=drive1 ",
		" -audiodev wav,id=sound,out.frequency=44100,path=x,,y.wav ", " virtio-tablet-pci ",
		" -no-reboot ", " -rtc base=2035-03-04T05:06:00,clock=vm ",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("there is no%sin%s", want, text)
		}
	}
	line := args[slices.Index(args, "-append")+1]
	want := "console=ttyAMA0 panic=-1 printk.devkmsg=on sysctl.vm.overcommit_memory=1 linnet.board=qemu-versatile video=240x320M " +
		"root=/dev/vda rootfstype=squashfs ro init=/init lpj=625000 quiet"
	if line != want {
		t.Errorf("the kernel is told\n%s, want\n%s", line, want)
	}
}

func TestArgumentsInMemory(t *testing.T) {
	args, err := Config{Board: board.QEMUSX1(), Kernel: "k", Initrd: "i", Display: "gtk", Restarts: true}.arguments()
	text := " " + strings.Join(args, " ") + " "
	if err != nil || !strings.Contains(text, " -initrd i ") || !strings.Contains(text, "rootfstype=ramfs ") || strings.Contains(text, "root=") || strings.Contains(text, "icount") ||
		strings.Contains(text, "-no-reboot") || strings.Contains(text, "-rtc") ||
		!strings.Contains(text, " -display gtk -audiodev none,id=sound ") {
		t.Errorf("%v:%s", err, text)
	}
}

func TestArgumentsRefused(t *testing.T) {
	for name, c := range map[string]Config{
		"no machine": {Board: board.Desktop(), Kernel: "k"},
		"no disks":   {Board: board.QEMUSX1(), Kernel: "k", Drives: []Drive{{Path: "d"}}},
		"no kernel":  {Board: board.QEMUVersatile()},
	} {
		if _, err := c.arguments(); err == nil {
			t.Errorf("%s: it is not refused", name)
		}
	}
}

// TestTurn checks that a point of the picture and its pixel on the panel go
// together, and that every pixel is met by the tablet's position for it.
func TestTurn(t *testing.T) {
	s := board.QEMUVersatile().Screen
	panel := image.NewRGBA(image.Rect(0, 0, s.Width, s.Height))
	for y := range s.Height {
		for x := range s.Width {
			panel.SetRGBA(x, y, color.RGBA{uint8(x), uint8(y), uint8(y >> 8), 255})
		}
	}
	m := fromPanel(s, panel)
	if m.Bounds() != image.Rect(0, 0, 320, 240) {
		t.Fatalf("the picture is %v", m.Bounds())
	}
	// Turned clockwise, the picture's left edge is the panel's upper one, and
	// its upper edge the panel's right one.
	for _, c := range []struct{ at, on image.Point }{
		{image.Pt(0, 0), image.Pt(239, 0)}, {image.Pt(319, 0), image.Pt(239, 319)}, {image.Pt(0, 239), image.Pt(0, 0)},
	} {
		if p := toPanel(s, c.at); p != c.on || m.RGBAAt(c.at.X, c.at.Y) != panel.RGBAAt(c.on.X, c.on.Y) {
			t.Errorf("%v is at %v of the panel, want %v", c.at, p, c.on)
		}
	}
	for x := range s.Height {
		if got := onAxis(x, s.Height) * s.Height / (axes + 1); got != x {
			t.Errorf("pixel %d is touched at %d", x, got)
		}
	}
	if other := image.NewRGBA(image.Rect(0, 0, 640, 480)); fromPanel(s, other) != other {
		t.Error("a panel of another size is turned")
	}
	flat := board.Desktop().Screen
	if p := image.Pt(7, 9); toPanel(flat, p) != p {
		t.Error("a panel that is not mounted on its side is turned")
	}
}

func TestHost(t *testing.T) {
	lists := map[string][]string{"-display": {"none", "gtk", "sdl"}, "-audiodev": {"none", "pa", "alsa", "wav"}}
	for name, c := range map[string]struct {
		env     map[string]string
		files   []string
		lacks   string
		display string
		audio   string
		missing int
	}{
		"desktop": {env: map[string]string{"DISPLAY": ":0", "XDG_RUNTIME_DIR": "/run/1"},
			files: []string{"/run/1/pulse/native", "/dev/snd/timer"}, display: "gtk,zoom-to-fit=off", audio: "pa"},
		"no pulse": {env: map[string]string{"WAYLAND_DISPLAY": "w", "XDG_RUNTIME_DIR": "/run/1"},
			files: []string{"/dev/snd/timer"}, display: "gtk,zoom-to-fit=off", audio: "alsa"},
		"no gtk":     {env: map[string]string{"DISPLAY": ":0", "PULSE_SERVER": "x"}, lacks: "gtk", display: "sdl", audio: "pa"},
		"nothing":    {missing: 2},
		"no modules": {env: map[string]string{"DISPLAY": ":0", "PULSE_SERVER": "x"}, lacks: "gtk sdl pa", missing: 2},
	} {
		h := look(func(n string) string { return c.env[n] }, func(p string) bool { return slices.Contains(c.files, p) },
			func(option string) []string {
				return slices.DeleteFunc(slices.Clone(lists[option]), func(d string) bool { return slices.Contains(strings.Fields(c.lacks), d) })
			})
		if h.Display != c.display || h.Audio != c.audio || len(h.Missing) != c.missing {
			t.Errorf("%s: %+v", name, h)
		}
	}
}
