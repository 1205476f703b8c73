package player

import (
	"errors"
	"slices"
	"testing"
	"time"

	"linnet/player/media"
)

// mixedSink is a device with a volume of its own.
type mixedSink struct {
	AudioSink
	set *[]int
	err *error
}

func (s mixedSink) SetVolume(percent int) error {
	*s.set = append(*s.set, percent)
	return *s.err
}

// TestVolumeOfTheDevice: what the device can do is left to it, before the
// first sample, and again when it is opened again; what it cannot the player
// does.
func TestVolumeOfTheDevice(t *testing.T) {
	for _, fault := range []error{nil, errors.New("no such control")} {
		dev, set, err := &fakeDevice{}, []int{}, fault
		play(t, &fakeDevice{}, []*fakeFile{newFakeFile(1, 300_000)}, func(r *rig) {
			dev.buffer = 200 * time.Millisecond
			p := New(Config{Open: fakeFiles(newFakeFile(1, 300_000)), Audio: func(want media.AudioFormat) (AudioSink, media.AudioFormat, error) {
				s, got, oerr := dev.open(want)
				return mixedSink{s, &set, &err}, got, oerr
			}})
			defer p.Close()
			events, cancel := p.Subscribe()
			defer cancel()
			q := &rig{p, dev, events}
			p.SetVolume(40)
			p.SetQueue(all(1), 0)
			q.until(TrackChanged)
			time.Sleep(time.Second)
			p.SetVolume(30)
			time.Sleep(time.Second)
			p.Stop()
			p.Play()
			q.until(Finished)
		})
		if !slices.Equal(set, []int{40, 30, 30}) {
			t.Errorf("%v: set to %v", fault, set)
		}
		whole := slices.Contains(dev.sound(), [2]int64{1, 20_000})
		if whole != (fault == nil) {
			t.Errorf("%v: samples are as they were: %v", fault, whole)
		}
	}
}
