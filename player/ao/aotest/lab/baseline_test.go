//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

package lab_test

import (
	"time"

	"golang.org/x/sys/unix"

	"linnet/player/ao/aotest/lab"
	"linnet/player/ao/aotest/plain"
	"linnet/player/ao/internal/osspcm"
	"linnet/player/pcm"
)

// baseline plays a track as package plain does.
type baseline struct {
	t     track
	pause []stall // when, and for how long
	dev   plain.Device
	card  *lab.Card
}

func (b *baseline) play() error {
	buf := make([]int32, 0, 2*plain.Chunk)
	for pos := int64(0); pos < b.t.frames; {
		for len(b.t.stalls) > 0 && b.t.stalls[0].at <= pos {
			time.Sleep(b.t.stalls[0].d)
			b.t.stalls = b.t.stalls[1:]
		}
		n := min(plain.Chunk, b.t.frames-pos)
		buf = buf[:0]
		for i := range n {
			l, r := lab.Frame(b.t.first + pos + i)
			buf = append(buf, l, r)
		}
		pos += n
		if err := plain.Send(b.dev, pcm.AppendS16(nil, buf), b.card.Nap); err != nil {
			return err
		}
		if len(b.pause) > 0 && b.pause[0].at <= pos {
			b.card.Ear.Excuse(time.Now(), time.Now().Add(b.pause[0].d+50*ms))
			b.dev.Pause(b.pause[0].d)
			b.pause = b.pause[1:]
		}
	}
	b.dev.Drain()
	return nil
}

// baseOSS is the loop's OSS.
type baseOSS struct {
	d     osspcm.Device
	burst int // bytes, as told
}

func newBaseOSS(d osspcm.Device, rate int) (*baseOSS, error) {
	d.Set(osspcm.SetFmt, osspcm.FormatS16LE)
	d.Set(osspcm.SetChannels, 2)
	d.Set(osspcm.Speed, int32(rate))
	s, err := d.Space()
	return &baseOSS{d, int(s.Size)}, err
}

func (b *baseOSS) Space() int {
	s, err := b.d.Space()
	if err != nil || b.burst == 0 {
		return 0
	}
	return int(s.Bytes) / b.burst * b.burst / 4
}

func (b *baseOSS) Write(p []byte, frames int) (int, error) {
	n, err := b.d.Write(p[:4*frames])
	if err == unix.ENODEV {
		return 0, err
	}
	return n / 4, nil
}

func (b *baseOSS) Pause(d time.Duration) {
	b.d.Set(osspcm.Reset, 0)
	time.Sleep(d)
}

func (b *baseOSS) Drain() {
	for range 500 {
		s, err := b.d.Space()
		if err != nil || s.Fragments == s.Total {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
}
