package qemu

import (
	"bufio"
	"context"
	"encoding/binary"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// TestReset has a program in the first block of the flash say that it runs, and then
// the watchdog reset the board, which has it run again.
func TestReset(t *testing.T) {
	emulator, err := Find()
	if err != nil {
		t.Skip(err)
	}
	const size = 4096 * 32 * 528
	var code []byte
	for _, word := range []uint32{
		0xe3a00450, // mov r0, #0x50000000, the serial line
		0xe3a01052, // mov r1, #'R'
		0xe5c01020, // strb r1, [r0, #0x20]
		0xe3a00453, // mov r0, #0x53000000, the watchdog
		0xe3a01001, // mov r1, #1
		0xe5801008, // str r1, [r0, #8]: it ends soon
		0xe3a01021, // mov r1, #0x21
		0xe5801000, // str r1, [r0]: it runs, and resets
		0xeafffffe, // b .
	} {
		code = binary.LittleEndian.AppendUint32(code, word)
	}
	image := filepath.Join(t.TempDir(), "nand.img")
	if err := os.WriteFile(image, code, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(image, size); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, emulator, "-M", "smdk2410", "-nodefaults", "-display", "none", "-serial", "stdio", "-nic", "none",
		"-audiodev", "none,id=sound", "-global", "uda1341.audiodev=sound", "-drive", "if=mtd,format=raw,file="+image)
	said, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		cancel()
		cmd.Wait()
	}()
	r := bufio.NewReader(said)
	for n := range 3 {
		if c, err := r.ReadByte(); c != 'R' || err != nil {
			t.Fatalf("start %d: it says %q, %v", n+1, c, err)
		}
	}
}
