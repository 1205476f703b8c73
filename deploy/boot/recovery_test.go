package boot

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"linnet/board"
	"linnet/deploy/nand"
	"linnet/deploy/qemu"
	"linnet/deploy/vm"
	"linnet/rootfs/bootstate"
)

const (
	soh, stx, eot, ack, nak, can = 1, 2, 4, 6, 0x15, 0x18
)

// user stands at the other end of the serial line: a person who presses a key
// when asked, and an XMODEM sender.
type user struct {
	b     *smdk
	press string // for each time that a key is asked for
	file  []byte
	size  int // of a block
	spoil spoiler

	line  bytes.Buffer
	tries int // blocks sent, also those again
	at    int // of the block that is next
	sends bool
	asked int // for a key
}

// A spoiler says what becomes of the n-th block that is sent.
type spoiler func(n int, block []byte) []byte

func asSent(_ int, block []byte) []byte { return block }

func (u *user) hears(c byte) {
	if u.sends {
		u.answer(c)
		return
	}
	u.line.WriteByte(c)
	if c != '\n' {
		return
	}
	said := u.line.String()
	u.line.Reset()
	switch {
	case strings.Contains(said, "press a or b"):
		u.asked++
		if u.press == "" {
			return
		}
		u.b.in = append(u.b.in, u.press[0])
		u.press = u.press[1:]
	case strings.Contains(said, "by XMODEM"):
		u.sends, u.at, u.tries = true, 0, 0
	}
}

func (u *user) blocks() int { return (len(u.file) + u.size - 1) / u.size }

func (u *user) answer(c byte) {
	switch {
	case c == can:
		u.sends = false
		return
	case c == ack && u.at == u.blocks():
		u.sends = false
		return
	case c == ack:
		u.at++
	case c == 'C' && u.at > 0, c != 'C' && c != nak:
		u.b.t.Errorf("an answer %#x to block %d", c, u.at)
		return
	}
	if u.file == nil {
		return // nobody sends
	}
	if u.at >= u.blocks() {
		u.at = u.blocks()
		u.b.in = append(u.b.in, eot)
		return
	}
	u.tries++
	sent := u.spoil(u.tries, u.block(u.at))
	u.b.in = append(u.b.in, sent...)
	u.sends = !bytes.HasPrefix(sent, []byte{can, can})
}

// block is the n-th with all that is around it.
func (u *user) block(n int) []byte {
	data := bytes.Repeat([]byte{0x1a}, u.size)
	copy(data, u.file[n*u.size:])
	kind := byte(soh)
	if u.size == 1024 {
		kind = stx
	}
	number := byte(n + 1)
	sum := crc16(data)
	return append(append([]byte{kind, number, ^number}, data...), byte(sum>>8), byte(sum))
}

// crc16 is the polynomial division that XMODEM has, a bit at a time.
func crc16(data []byte) uint16 {
	var rest uint32
	for i := range 8*len(data) + 16 {
		rest <<= 1
		if i < 8*len(data) {
			rest |= uint32(data[i/8]>>(7-i%8)) & 1
		}
		if rest&0x10000 != 0 {
			rest ^= 0x11021
		}
	}
	return uint16(rest)
}

// ruined is a chip with a loader and no kernel that is as it was written.
func ruined(t *testing.T) nand.Image {
	chip := flashed(t)
	for _, name := range []string{"kernel_a", "kernel_b"} {
		page, _, _ := chip.Read(span(t, name).First*nand.BlockPages + 1)
		page[3]++
		chip.Reprogram(span(t, name).First*nand.BlockPages+1, page)
	}
	return chip
}

// kernelPart is what is to be sent, with a command line of its own.
func kernelPart(t *testing.T) []byte {
	t.Helper()
	s, err := Slot(toy(t), "kernel=sent")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// recovered runs a board with somebody at its serial line.
func recovered(t *testing.T, chip nand.Image, u *user, held uint32) (string, string) {
	t.Helper()
	b := newBoard(t, chip, faults{})
	u.b, b.peer, b.held = b, u.hears, held
	if u.spoil == nil {
		u.spoil = asSent
	}
	if u.size == 0 {
		u.size = 1024
	}
	err := b.run()
	said := strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' {
			return '.'
		}
		return r
	}, b.serial.String())
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	return b.said("toy: "), said
}

const keyDown = 1 << 2

func TestRecovers(t *testing.T) {
	cancelOnce := func() spoiler {
		done := false
		return func(n int, block []byte) []byte {
			if n == 3 && !done {
				done = true
				return []byte{can, can}
			}
			return block
		}
	}
	for name, c := range map[string]struct {
		press string
		size  int
		spoil spoiler
		want  string
	}{
		"into a":            {"a", 1024, asSent, "kernel=sent linnet.slot=a"},
		"into b":            {"B", 1024, asSent, "kernel=sent linnet.slot=b"},
		"in short blocks":   {"a", 128, asSent, "kernel=sent linnet.slot=a"},
		"at the second try": {"ab", 1024, cancelOnce(), "kernel=sent linnet.slot=b"},
	} {
		t.Run(name, func(t *testing.T) {
			chip := ruined(t)
			got, said := recovered(t, chip, &user{press: c.press, file: kernelPart(t), size: c.size, spoil: c.spoil}, 0)
			if got != c.want || !strings.Contains(said, "recovery: written") {
				t.Errorf("started with %q, want %q\n%s", got, c.want, said)
			}
			// It is there the next time, without anybody at the line.
			if got, said := interpreted(t, chip, faults{}); got != c.want {
				t.Errorf("the next start is with %q, want %q\n%s", got, c.want, said)
			}
		})
	}
}

// TestRecoveryOnDemand holds a key while the board is switched on.
func TestRecoveryOnDemand(t *testing.T) {
	chip := flashed(t)
	put(chip, t, 0, bootstate.Record{Number: 5, Slot: 0, Confirmed: true})
	u := &user{press: "b", file: kernelPart(t)}
	if got, said := recovered(t, chip, u, keyDown); got != "kernel=sent linnet.slot=b" {
		t.Errorf("%q\n%s", got, said)
	}
	if got, said := interpreted(t, chip, faults{}); got != "kernel=sent linnet.slot=b" {
		t.Errorf("the next start: %q\n%s", got, said)
	}
	// A key that is held without anybody at the line only costs time.
	nobody := &user{}
	if got, said := recovered(t, chip, nobody, keyDown); got != "kernel=sent linnet.slot=b" || !strings.Contains(said, "press a or b") {
		t.Errorf("nobody answers: %q\n%s", got, said)
	}
	// And so does a person who goes away.
	if got, said := recovered(t, chip, &user{press: "a"}, keyDown); got != "kernel=sent linnet.slot=b" || !strings.Contains(said, "nothing was sent") {
		t.Errorf("nobody sends: %q\n%s", got, said)
	}
}

// TestRecoveryOnABadLine spoils blocks in each way that a line or a sender can.
func TestRecoveryOnABadLine(t *testing.T) {
	part := kernelPart(t)
	blocks := (len(part) + 1023) / 1024
	nth := func(which int, change func([]byte) []byte) spoiler {
		return func(n int, block []byte) []byte {
			if n == which {
				return change(block)
			}
			return block
		}
	}
	for name, c := range map[string]struct {
		spoil spoiler
		tries int // blocks that are sent in all
	}{
		"a bit of the data":      {nth(7, func(b []byte) []byte { b[100] ^= 4; return b }), blocks + 1},
		"a bit of the number":    {nth(7, func(b []byte) []byte { b[1] ^= 1; return b }), blocks + 1},
		"a bit of the CRC":       {nth(7, func(b []byte) []byte { b[len(b)-1] ^= 1; return b }), blocks + 1},
		"a byte too few":         {nth(7, func(b []byte) []byte { return b[:len(b)-1] }), blocks + 1},
		"a byte too many before": {nth(7, func(b []byte) []byte { return append([]byte{0}, b...) }), blocks + 1},
		"no block at all":        {nth(7, func(b []byte) []byte { return nil }), blocks + 1},
		"the first one is lost":  {nth(1, func(b []byte) []byte { return nil }), blocks + 1},
		"half of a block":        {nth(blocks, func(b []byte) []byte { return b[:500] }), blocks + 1},
		"one CAN, in the noise":  {nth(3, func(b []byte) []byte { return []byte{can} }), blocks + 1},
		"each second one": {func(n int, b []byte) []byte {
			if n%2 == 0 {
				b[500]++
			}
			return b
		}, 2*blocks - 1},
	} {
		t.Run(name, func(t *testing.T) {
			u := &user{press: "a", file: part, spoil: c.spoil}
			got, said := recovered(t, ruined(t), u, 0)
			if got != "kernel=sent linnet.slot=a" || u.tries != c.tries {
				t.Errorf("%q, with %d blocks sent, want %d\n%s", got, u.tries, c.tries, said)
			}
		})
	}
}

// TestRecoveryOfAnAnswer has the sender send a block again because it has not
// understood the answer.
func TestRecoveryOfAnAnswer(t *testing.T) {
	u := &user{press: "a", file: kernelPart(t)}
	u.spoil = func(n int, block []byte) []byte {
		if n == 5 {
			u.at-- // what is sent is the one before
			return u.block(u.at)
		}
		return block
	}
	if got, said := recovered(t, ruined(t), u, 0); got != "kernel=sent linnet.slot=a" {
		t.Errorf("%q\n%s", got, said)
	}
}

// TestRecoveryRefuses sends what is not to be started; then what is.
func TestRecoveryRefuses(t *testing.T) {
	part := kernelPart(t)
	changed := func(at int) []byte {
		b := bytes.Clone(part)
		b[at]++
		return b
	}
	long := append(bytes.Clone(part), make([]byte, 4<<20)...)
	for name, c := range map[string]struct {
		file  []byte
		spoil spoiler
		says  string
	}{
		"a byte of the kernel":     {changed(9000), asSent, "it is no kernel, or damaged"},
		"a byte of the header":     {changed(20), asSent, "it is no kernel, or damaged"},
		"another file":             {bytes.Repeat([]byte("text\n"), 1000), asSent, "it is no kernel, or damaged"},
		"less than a header":       {part[:1], asSent, "it is no kernel, or damaged"},
		"the first half":           {part[:len(part)/2], asSent, "it is no kernel, or damaged"},
		"more than there is room":  {long, asSent, "it is longer than its part of the flash"},
		"only noise":               {part, func(int, []byte) []byte { return []byte("noise") }, "nothing was sent"},
		"noise after a good start": {part, func(n int, b []byte) []byte { return b[:min(len(b), max(0, 5-n)*1000)] }, "too many errors on the line"},
		"blocks that are left out": {part, func(n int, b []byte) []byte {
			if n > 3 {
				b[1] += 2
				b[2] -= 2
			}
			return b
		}, "too many errors on the line"},
		"it is cancelled": {part, func(n int, b []byte) []byte {
			if n == 9 {
				return []byte{can, can, can}
			}
			return b
		}, "it was cancelled"},
	} {
		t.Run(name, func(t *testing.T) {
			chip := ruined(t)
			before := bytes.Clone(chip)
			u := &user{press: "a", file: c.file, spoil: c.spoil}
			b := newBoard(t, chip, faults{})
			u.b, b.peer, u.size = b, u.hears, 1024
			// It asks again, and by then nothing has been written.
			for u.asked < 2 {
				if err := b.step(); err != nil {
					t.Fatal(err)
				}
				if b.steps-b.silent > 700_000_000 {
					t.Fatalf("it does not end\n%q", b.serial.String())
				}
			}
			if !strings.Contains(b.serial.String(), c.says) {
				t.Errorf("it does not say %q:\n%q", c.says, b.serial.String())
			}
			if !bytes.Equal(chip, before) {
				t.Error("the flash is another one now")
			}
		})
	}
}

// TestRecoveryOfFlash writes a kernel to blocks that are bad, and to one that
// fails then.
func TestRecoveryOfFlash(t *testing.T) {
	chip := ruined(t)
	a := span(t, "kernel_a")
	for _, block := range []int{a.First, a.First + 2} {
		chip.Erase(block)
		chip.MarkBad(block)
	}
	b := newBoard(t, chip, faults{})
	b.failing = map[int]bool{a.First + 1: true}
	u := &user{b: b, press: "a", file: kernelPart(t), size: 1024, spoil: asSent}
	b.peer = u.hears
	if err := b.run(); err != nil {
		t.Fatal(err)
	}
	if got := b.said("toy: "); got != "kernel=sent linnet.slot=a" {
		t.Errorf("%q\n%q", got, b.serial.String())
	}
	for block, bad := range map[int]bool{a.First: true, a.First + 1: true, a.First + 2: true, a.First + 3: false} {
		if chip.Bad(block) != bad {
			t.Errorf("block %d is bad: %v, want %v", block, !bad, bad)
		}
	}
	if got, said := interpreted(t, chip, faults{}); got != "kernel=sent linnet.slot=a" {
		t.Errorf("the next start: %q\n%s", got, said)
	}

	// A chip that keeps nothing: the kernel runs this once.
	chip = ruined(t)
	b = newBoard(t, chip, faults{})
	b.failing = map[int]bool{}
	for block := a.First; block < a.End; block++ {
		b.failing[block] = true
	}
	u = &user{b: b, press: "a", file: kernelPart(t), size: 1024, spoil: asSent}
	b.peer = u.hears
	if err := b.run(); err != nil {
		t.Fatal(err)
	}
	if got := b.said("toy: "); got != "kernel=sent linnet.slot=a" || !strings.Contains(b.serial.String(), "does not keep it") {
		t.Errorf("%q\n%q", got, b.serial.String())
	}
}

// TestRecoveryBySX has Debian's sender send a kernel to the emulated board, whose
// key is held.
func TestRecoveryBySX(t *testing.T) {
	if _, err := qemu.Find(); err != nil {
		t.Skip(err)
	}
	sx, err := exec.LookPath("sx")
	if err != nil {
		t.Skipf("nothing sends XMODEM: %v", err)
	}
	for name, options := range map[string][]string{"XMODEM": {}, "XMODEM-1K": {"-k"}} {
		t.Run(name, func(t *testing.T) { sendBySX(t, sx, options) })
	}
}

func sendBySX(t *testing.T, sx string, options []string) {
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	file := filepath.Join(t.TempDir(), "kernel_b.bin")
	if err := os.WriteFile(file, kernelPart(t), 0o666); err != nil {
		t.Fatal(err)
	}
	chip := save(t, flashed(t))
	line := &splitter{}
	v, err := vm.Start(ctx, vm.Config{Board: board.SMDK2410(), NAND: chip, Shift: 3, Held: "down", Log: line})
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	wait := func(re string) {
		t.Helper()
		if _, err := v.WaitFor(ctx, regexp.MustCompile(re)); err != nil {
			t.Fatalf("%v\n%q", err, line.text())
		}
	}
	wait("press a or b")
	cmd := exec.CommandContext(ctx, sx, append(options, file)...)
	heard, from, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	var said bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr, cmd.WaitDelay = heard, v, &said, time.Minute
	line.to(from) // it waits there until the sender reads it
	if _, err := v.Write([]byte("b")); err != nil {
		t.Fatal(err)
	}
	err = cmd.Run()
	heard.Close() // what else is said is not for it
	if err != nil {
		t.Fatalf("sx: %v\n%s\n%q", err, said.String(), line.text())
	}
	wait("recovery: written")
	wait("^toy: kernel=sent linnet.slot=b$")
	v.Close()

	after, err := os.ReadFile(chip)
	if err != nil {
		t.Fatal(err)
	}
	if got, said := interpreted(t, after, faults{}); got != "kernel=sent linnet.slot=b" {
		t.Errorf("the next start is with %q\n%s", got, said)
	}
}

// splitter is all that a board says, and passes it on to whoever wants it.
type splitter struct {
	mu   sync.Mutex
	all  bytes.Buffer
	also io.Writer
}

func (s *splitter) Write(b []byte) (int, error) {
	s.mu.Lock()
	s.all.Write(b)
	also := s.also
	s.mu.Unlock()
	if also != nil {
		also.Write(b) // who has gone away does not matter
	}
	return len(b), nil
}

func (s *splitter) to(w io.Writer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.also = w
}

func (s *splitter) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.all.String()
}
