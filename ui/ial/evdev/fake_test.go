//go:build linux

package evdev

import (
	"bytes"
	"encoding/binary"
	"image"
	"net"
	"os"
	"sync/atomic"
	"testing"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"

	"linnet/ui/ial"
)

// fake is an event device in memory.
type fake struct {
	net.Conn // the reader's end; the other end is far
	far      net.Conn

	codes   map[int][]uint16 // by type
	x, y    absInfo
	down    []uint16 // keys, for a state that is asked for
	noClock bool
	bitsErr error
	absErr  error
	keysErr error
	clock   int32
	closed  atomic.Bool
}

func newFake() *fake {
	return &fake{codes: map[int][]uint16{0: {evSyn}}}
}

// connect makes the pipe, which belongs to the bubble that it is made in.
func (f *fake) connect() *fake {
	f.Conn, f.far = net.Pipe()
	return f
}

// has adds codes of a type.
func (f *fake) has(typ int, codes ...uint16) *fake {
	f.codes[0] = append(f.codes[0], uint16(typ))
	f.codes[typ] = append(f.codes[typ], codes...)
	return f
}

// panel is the S3C2410's touch panel.
func panel() *fake {
	f := newFake().has(evKey, btnTouch).has(evAbs, absX, absY)
	f.x, f.y = absInfo{max: 1023}, absInfo{max: 1023}
	return f
}

// tablet is QEMU's.
func tablet() *fake {
	f := newFake().has(evKey, btnLeft, btnLeft+1).has(evAbs, absX, absY).has(evRel, relWheel)
	f.x, f.y = absInfo{max: 32767}, absInfo{max: 32767}
	return f
}

func keysOnly() *fake { return newFake().has(evKey, 103, 28, 30) }

func (f *fake) bits(typ int, dst []byte) error {
	if f.bitsErr != nil {
		return f.bitsErr
	}
	set(dst, f.codes[typ])
	return nil
}

func set(dst []byte, codes []uint16) {
	for _, c := range codes {
		dst[c/8] |= 1 << (c % 8)
	}
}

func (f *fake) keys(dst []byte) error {
	set(dst, f.down)
	return f.keysErr
}

func (f *fake) abs(axis int) (absInfo, error) {
	if axis == absX {
		return f.x, f.absErr
	}
	return f.y, f.absErr
}

func (f *fake) setClock(c int32) error {
	if f.noClock {
		return unix.EINVAL
	}
	f.clock = c
	return nil
}

func (f *fake) Close() error {
	f.closed.Store(true)
	return f.Conn.Close()
}

// Read says of a closed device what a closed file says.
func (f *fake) Read(p []byte) (int, error) {
	n, err := f.Conn.Read(p)
	if err != nil && f.closed.Load() {
		err = os.ErrClosed
	}
	return n, err
}

// say writes events that end with a report.
func (f *fake) say(at time.Duration, events ...[3]int) {
	var b bytes.Buffer
	for _, e := range append(events, [3]int{evSyn, synReport, 0}) {
		b.Write(encode(at, e))
	}
	f.far.Write(b.Bytes())
}

// encode writes an event as the kernel does: two longs, two halves, a word.
func encode(at time.Duration, e [3]int) []byte {
	var p []byte
	for _, v := range []uint64{uint64(at / time.Second), uint64(at % time.Second / time.Microsecond)} {
		if unsafe.Sizeof(uint(0)) == 4 {
			p = binary.LittleEndian.AppendUint32(p, uint32(v))
		} else {
			p = binary.LittleEndian.AppendUint64(p, v)
		}
	}
	p = binary.LittleEndian.AppendUint16(p, uint16(e[0]))
	p = binary.LittleEndian.AppendUint16(p, uint16(e[1]))
	return binary.LittleEndian.AppendUint32(p, uint32(int32(e[2])))
}

func touchAt(x, y int) [][3]int {
	return [][3]int{{evAbs, absX, x}, {evAbs, absY, y}, {evKey, btnTouch, 1}}
}

var table = map[uint16]ial.Key{103: ial.KeyUp, 28: ial.KeyEnter}

// run has a reader read what play says, and returns what it made of it. It is
// for a bubble of testing/synctest.
func run(t *testing.T, f *fake, o Options, play func()) (events []ial.Event, err error) {
	t.Helper()
	if o.Keys == nil {
		o.Keys = table
	}
	if o.Size == (image.Point{}) {
		o.Size = image.Pt(320, 240)
	}
	f.connect()
	cal := &calibrating{}
	cal.holds.Store(o.Calibration)
	r, err := newReader(f, &o, cal, func(e ial.Event) { events = append(events, e) })
	if err != nil || r == nil {
		t.Fatalf("no reader: %v", err)
	}
	ended := make(chan error)
	go func() { ended <- r.run() }()
	play()
	f.far.Close()
	return events, <-ended
}

// brief writes events without their times.
func brief(events []ial.Event) string {
	names := map[ial.Type]string{ial.PointerDown: "down", ial.PointerMove: "move", ial.PointerUp: "up",
		ial.KeyPress: "press", ial.KeyRelease: "release", ial.Wheel: "wheel"}
	var b bytes.Buffer
	for _, e := range events {
		b.WriteString(names[e.Type])
		switch {
		case e.Type == ial.Wheel:
			b.WriteString(e.At.String() + string(rune('0'+e.Delta+5)) + " ")
		case e.Key == ial.KeyNone:
			b.WriteString(e.At.String() + " ")
		case e.Repeat:
			b.WriteString("-again ")
		default:
			b.WriteString(map[ial.Key]string{ial.KeyUp: "-up ", ial.KeyEnter: "-enter "}[e.Key])
		}
	}
	return b.String()
}
