// Command init is a process 1 for the test of package vm: it paints the panel
// and says on the console what it is told by serial line and tablet, until it
// is told to end.
package main

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"unsafe"
)

func main() {
	defer syscall.Reboot(syscall.LINUX_REBOOT_CMD_RESTART)
	os.MkdirAll("/dev", 0o755)
	if err := syscall.Mount("dev", "/dev", "devtmpfs", 0, ""); err != nil {
		fmt.Println("init: dev:", err)
	}
	log, err := os.OpenFile("/dev/kmsg", os.O_WRONLY, 0)
	if err != nil {
		fmt.Println("init: kmsg:", err)
		return
	}
	say := func(format string, args ...any) { fmt.Fprintf(log, "init: "+format+"\n", args...) }
	if err := paint(); err != nil {
		say("paint: %v", err)
	}
	inputs, _ := filepath.Glob("/dev/input/event*")
	for _, path := range inputs {
		if err := listen(path, say); err != nil {
			say("%v", err)
		}
	}
	say("up, %d inputs", len(inputs))
	for in := bufio.NewScanner(os.Stdin); in.Scan() && in.Text() != "end"; {
		say("told %s", strings.ToUpper(in.Text()))
	}
}

// paint lights the panel and makes it red above and blue below.
func paint() error {
	f, err := os.OpenFile("/dev/fb0", os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	var info [160]byte // struct fb_var_screeninfo
	const get, put, activate, force = 0x4600, 0x4601, 84, 128
	if _, _, e := syscall.Syscall(syscall.SYS_IOCTL, f.Fd(), get, uintptr(unsafe.Pointer(&info))); e != 0 {
		return e
	}
	info[activate] = force
	if _, _, e := syscall.Syscall(syscall.SYS_IOCTL, f.Fd(), put, uintptr(unsafe.Pointer(&info))); e != 0 {
		return e
	}
	width, height := binary.LittleEndian.Uint32(info[:]), binary.LittleEndian.Uint32(info[4:])
	var pixels []byte
	for y := range height {
		for range width {
			color := uint16(0xf800)
			if y >= height/2 {
				color = 0x001f
			}
			pixels = binary.LittleEndian.AppendUint16(pixels, color)
		}
	}
	_, err = f.Write(pixels)
	return err
}

// listen says what an input device sends: an event of 16 bytes is 8 of time,
// 2 of type, 2 of code and 4 of value. It listens when it returns.
func listen(path string, say func(string, ...any)) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	go func() {
		var e [16]byte
		for {
			if _, err := io.ReadFull(f, e[:]); err != nil {
				say("%s: %v", path, err)
				return
			}
			say("event %d %d %d", binary.LittleEndian.Uint16(e[8:]), binary.LittleEndian.Uint16(e[10:]), binary.LittleEndian.Uint32(e[12:]))
		}
	}()
	return nil
}
