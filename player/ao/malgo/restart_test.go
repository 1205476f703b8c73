//go:build cgo

package malgo

import (
	"fmt"
	"io"
	"sync/atomic"
	"testing"
	"time"

	"linnet/player"
	"linnet/player/ao/aotest"
	"linnet/player/media"
)

// A server that is killed and started again while it plays: playback goes on by
// itself, with the sound that the dead server had and did not play. How much that
// was the server tells late on a machine that is too busy for it; then it is tried
// again.
func TestServerThatComesBack(t *testing.T) {
	var off time.Duration
	for try := 1; try <= 4 && !t.Failed(); try++ {
		t.Run(fmt.Sprint(try), func(t *testing.T) { off = comesBack(t) })
		// What a dead server has played of what it had nobody can tell.
		if off.Abs() <= 500*time.Millisecond {
			return
		}
		t.Logf("it goes on %v from where it was killed", off)
	}
	t.Errorf("it never goes on where it was killed, at last %v from there", off)
}

// comesBack kills a server and starts it again, and returns how far from where it was
// killed it goes on.
func comesBack(t *testing.T) (off time.Duration) {
	server := aotest.Start(t, cd)
	const seconds = 12
	signal := aotest.Signal(seconds*cd.Rate, 2)
	var away atomic.Bool // until it is recorded what the new server plays
	p := player.New(player.Config{
		Open: func(string) (*player.Media, error) { return tape(signal), nil },
		Audio: func(want media.AudioFormat) (player.AudioSink, media.AudioFormat, error) {
			if away.Load() {
				return nil, want, errGone
			}
			s, got, err := Open("", want)
			if err != nil {
				return nil, got, err
			}
			return s, got, nil
		},
	})
	defer p.Close()
	events, cancel := p.Subscribe()
	defer cancel()
	p.SetQueue([]string{"tape"}, 0)
	for p.Status().Position < 3*time.Second {
		time.Sleep(10 * time.Millisecond)
	}
	away.Store(true)
	server.Kill()
	killed := p.Status().Position
	time.Sleep(time.Second)
	server.Restart()
	rec := server.Record()
	away.Store(false)
	for deadline := time.After(2 * time.Minute); ; {
		select {
		case e := <-events:
			if e.Type == player.Failed {
				t.Logf("told: %v", e.Err)
			}
			if e.Type != player.Finished {
				continue
			}
		case <-deadline:
			t.Fatalf("it does not go on: %+v", p.Status())
		}
		break
	}
	got := rec.Stop()
	out := p.Status().Output
	t.Logf("killed at %v; lost %d times, opened %d times, %d samples given again", killed, out.Lost, out.Opened, out.Again)
	if out.Lost < 1 || out.Opened < 2 {
		t.Error("the player has noticed nothing")
	}
	from, silent, err := aotest.End(got, signal)
	if err != nil {
		t.Fatal(err)
	}
	at := cd.Duration(int64(from / 2))
	t.Logf("it goes on at %v, with %d samples of silence in it", at, silent)
	return at - killed
}

// tape is a file of samples.
func tape(samples []int32) *player.Media {
	d := &tapeDemuxer{samples: samples}
	return &player.Media{Name: "tape", Format: "tape", Demuxer: d,
		NewAudio: func(media.Stream) (player.AudioDecoder, error) { return d, nil }}
}

type tapeDemuxer struct {
	samples []int32
	pos     int
	packet  [1000]byte
}

func (d *tapeDemuxer) Streams() []media.Stream {
	return []media.Stream{{ID: 1, Kind: media.Audio, Codec: "tape", Audio: cd, Frames: int64(len(d.samples) / 2)}}
}

func (d *tapeDemuxer) ReadPacket(p *media.Packet) error {
	n := min(len(d.packet), len(d.samples)/2-d.pos)
	if n <= 0 {
		return io.EOF
	}
	*p = media.Packet{Stream: 1, Data: d.packet[:n], PTS: int64(d.pos), Key: true}
	d.pos += n
	return nil
}

func (d *tapeDemuxer) Seek(time.Duration) error { return fmt.Errorf("a tape does not seek") }

func (d *tapeDemuxer) Reset() {}

func (d *tapeDemuxer) Decode(dst []int32, p *media.Packet) ([]int32, error) {
	return append(dst, d.samples[2*p.PTS:2*(int(p.PTS)+len(p.Data))]...), nil
}
