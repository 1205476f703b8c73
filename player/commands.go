package player

import (
	"slices"
	"time"

	"linnet/player/pcm"
	"linnet/player/stretch"
)

// SetQueue replaces the queue and plays it from the track at index start;
// with start -1 it only stops. With shuffle the rest follows in random order.
func (p *Player) SetQueue(paths []string, start int) { p.SetQueueFrom(paths, start, 0) }

// SetQueueFrom is SetQueue from a place in the first track that is played.
func (p *Player) SetQueueFrom(paths []string, start int, at time.Duration) {
	paths = slices.Clone(paths)
	p.post(func() {
		p.stop()
		p.mu.Lock()
		p.queue.set(paths, start)
		p.damage, p.failed, p.err = 0, make(map[int]struct{}), nil
		p.next = max(start, 0)
		p.mu.Unlock()
		p.send(Event{Type: QueueChanged})
		if start >= 0 {
			p.play(start, max(at, 0))
		}
	})
}

// Restore is SetQueue for a queue that was left: it goes on with the track at
// index, from a place in it, or with playing false waits there as if paused.
func (p *Player) Restore(paths []string, index int, from time.Duration, playing bool) {
	paths = slices.Clone(paths)
	p.post(func() {
		p.stop()
		p.mu.Lock()
		p.queue.set(paths, index)
		p.damage, p.failed, p.err = 0, make(map[int]struct{}), nil
		p.next = max(index, 0)
		p.mu.Unlock()
		p.send(Event{Type: QueueChanged})
		if !p.there(index) {
			return
		}
		if !playing {
			p.out.pause()
			p.setState(Paused)
		}
		p.begin(index, max(from, 0))
		if playing {
			p.setState(Playing)
		}
		p.send(Event{Type: StateChanged})
	})
}

// Append puts files at the end of the queue.
func (p *Player) Append(paths ...string) {
	p.post(func() {
		p.mu.Lock()
		p.queue.add(paths)
		p.mu.Unlock()
		p.send(Event{Type: QueueChanged})
		p.extend()
	})
}

// Queue is a copy of the queue.
func (p *Player) Queue() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.queue.paths...)
}

// Play goes on where it was paused, or starts the current track.
func (p *Player) Play() { p.post(p.resume) }

// PlayIndex plays a track of the queue from its start. With shuffle all that was not
// played yet follows.
func (p *Player) PlayIndex(index int) { p.PlayFrom(index, 0) }

// PlayFrom is PlayIndex from a place in the track.
func (p *Player) PlayFrom(index int, at time.Duration) {
	p.post(func() {
		s := p.Status()
		if s.State == Stopped {
			s.Index = -1
		}
		p.mu.Lock()
		p.queue.pick(index, s.Index)
		p.mu.Unlock()
		p.play(index, max(at, 0))
	})
}

// Pause stops the sound, by a ramp of 10 ms where the device lets it; Play goes on
// with the very next sample, by another.
func (p *Player) Pause() { p.post(p.pause) }

// Toggle is Pause or Play.
func (p *Player) Toggle() {
	p.post(func() {
		if p.stateNow() == Playing {
			p.pause()
		} else {
			p.resume()
		}
	})
}

// Stop ends playing and lets go of the sound device. The current track stays
// current.
func (p *Player) Stop() { p.post(p.stop) }

// Next goes to the next track, Previous to the start of this one or, in its
// first seconds, to the one before. At the end of the queue Next stops.
func (p *Player) Next() {
	p.post(func() {
		index, ok := p.neighbour(1)
		if !ok {
			p.stop()
			return
		}
		p.jump(index)
	})
}

// Previous is described at Next.
func (p *Player) Previous() {
	p.post(func() {
		s := p.Status()
		if s.State != Stopped && s.Position > restartAfter {
			p.jump(s.Index)
			return
		}
		if index, ok := p.neighbour(-1); ok {
			p.jump(index)
		} else if s.Index >= 0 {
			p.jump(s.Index)
		}
	})
}

// Seek goes to a position of the current track; past its end, to the next.
func (p *Player) Seek(to time.Duration) {
	p.post(func() {
		s := p.Status()
		if s.State == Stopped || s.Index < 0 {
			return
		}
		p.begin(s.Index, max(to, 0))
		p.send(Event{Type: PositionChanged})
	})
}

// SeekBy goes forward or, with d below 0, back.
func (p *Player) SeekBy(d time.Duration) {
	p.post(func() {
		s := p.Status()
		if s.State == Stopped || s.Index < 0 {
			return
		}
		p.begin(s.Index, max(s.Position+d, 0))
		p.send(Event{Type: PositionChanged})
	})
}

// SeekKey is Seek to a picture that decoding can begin with, which costs less and
// shows at once: the last one until then, or going forward, where that is not beyond
// the place, the next. Without pictures it is Seek.
func (p *Player) SeekKey(to time.Duration) {
	p.post(func() { p.seekKey(to) })
}

// SeekKeyBy goes forward or, with d below 0, back.
func (p *Player) SeekKeyBy(d time.Duration) {
	p.post(func() { p.seekKey(p.Status().Position + d) })
}

func (p *Player) seekKey(to time.Duration) {
	s := p.Status()
	if s.State == Stopped || s.Index < 0 {
		return
	}
	p.beginAt(s.Index, start{at: max(to, 0), key: true, beyond: s.Position, forward: to > s.Position})
	p.send(Event{Type: PositionChanged})
}

// Step pauses, and shows the next picture or, with n below 0, the one before.
func (p *Player) Step(n int) {
	p.post(func() {
		p.pause()
		now := p.out.now()
		p.mu.Lock()
		m, _ := p.markAt(now)
		shown, length := p.film.At-m.base, p.film.Video.Duration(1)
		if p.filmSession != p.session { // the last step is on its way
			shown = p.stepped
		}
		p.mu.Unlock()
		s := p.Status()
		if length <= 0 || s.State == Stopped || s.Index < 0 {
			return
		}
		// Between the times of pictures, which files keep rounded.
		to := shown + length + length/4
		if n < 0 {
			to = max(shown-length+length/4, 0)
		}
		if s.Duration > 0 && to >= s.Duration {
			return // there is none
		}
		p.begin(s.Index, to)
		p.stepped = max(to-length/4, 0)
		p.send(Event{Type: PositionChanged})
	})
}

// SetVolume sets the volume, 0 to 100; 100 leaves samples as they are. It is
// heard at once, not behind what is buffered.
func (p *Player) SetVolume(v int) {
	v = min(max(v, 0), 100)
	p.post(func() {
		p.mu.Lock()
		p.volume = v
		p.mu.Unlock()
		p.out.setVolume(v)
		p.send(Event{Type: VolumeChanged})
	})
}

// SetSound sets all that is done to the sound at once; the others change a
// part of it. It is heard at once, not behind what is buffered. Values beyond
// their limits are taken for these.
func (p *Player) SetSound(s Sound) { p.changeSound(func(to *Sound) { *to = s }) }

// SetEqualizer sets the bands, in tenths of a decibel, from the lowest on. See
// pcm.Presets for some settings.
func (p *Player) SetEqualizer(bands [pcm.Bands]int) {
	p.changeSound(func(s *Sound) { s.Bands = bands })
}

// SetTone sets bass and treble, in tenths of a decibel.
func (p *Player) SetTone(bass, treble int) {
	p.changeSound(func(s *Sound) { s.Bass, s.Treble = bass, treble })
}

// SetBalance sets how far to the right the sound is, -100 to 100.
func (p *Player) SetBalance(b int) { p.changeSound(func(s *Sound) { s.Balance = b }) }

// SetMono has both channels of stereo give the same.
func (p *Player) SetMono(on bool) { p.changeSound(func(s *Sound) { s.Mono = on }) }

// SetReplayGain sets how tracks are brought to one loudness.
func (p *Player) SetReplayGain(r ReplayGain) { p.changeSound(func(s *Sound) { s.ReplayGain = r }) }

// SetCrossfade sets how tracks follow each other.
func (p *Player) SetCrossfade(c Crossfade) { p.changeSound(func(s *Sound) { s.Crossfade = c }) }

// SetSpeed sets how fast everything is played, in percent from stretch.Slowest to
// stretch.Fastest. Sound keeps its pitch.
func (p *Player) SetSpeed(percent int) {
	percent = min(max(percent, stretch.Slowest), stretch.Fastest)
	p.post(func() {
		p.mu.Lock()
		changed := p.speed != percent
		p.speed = percent
		p.mu.Unlock()
		if !changed {
			return
		}
		if p.feed != nil {
			p.feedAgain()
		}
		p.send(Event{Type: SoundChanged})
	})
}

// SetSoundTrack has the current track heard with its n-th stream of sound, from 0.
// The next one is heard with its first again.
func (p *Player) SetSoundTrack(n int) {
	p.post(func() {
		s := p.Status()
		if n < 0 || n >= len(s.Sounds) || n == s.SoundTrack || p.feed == nil {
			return
		}
		p.mu.Lock()
		p.choice = soundChoice{s.ID, s.Sounds[n].ID}
		p.mu.Unlock()
		p.feedAgain()
		p.send(Event{Type: SoundChanged})
	})
}

// changeSound has what is decoded already shaped anew.
func (p *Player) changeSound(change func(*Sound)) {
	p.post(func() {
		p.mu.Lock()
		was := p.sound
		change(&p.sound)
		p.sound = p.sound.limited()
		changed := p.sound != was
		p.mu.Unlock()
		if !changed {
			return
		}
		if p.feed != nil {
			p.feedAgain()
		}
		p.send(Event{Type: SoundChanged})
	})
}

// SetRepeat says what follows the last track.
func (p *Player) SetRepeat(r Repeat) {
	p.post(func() {
		p.mu.Lock()
		p.queue.repeat = r
		p.mu.Unlock()
		p.reorderAhead()
	})
}

// SetShuffle turns random order on or off; the current track goes on.
func (p *Player) SetShuffle(on bool) {
	p.post(func() {
		current := p.Status().Index
		p.mu.Lock()
		p.queue.setShuffle(on, current)
		p.mu.Unlock()
		p.reorderAhead()
	})
}

// reorderAhead makes a changed order heard: where the feeder has gone on to
// a track that may not be the right one any more, it starts again from what
// is heard.
func (p *Player) reorderAhead() {
	p.send(Event{Type: QueueChanged})
	if p.feed == nil {
		return
	}
	now := p.out.now()
	p.mu.Lock()
	heard, known := p.markAt(now)
	ahead := p.ahead > heard.nth
	p.mu.Unlock()
	switch {
	case known && ahead:
		p.feedAgain()
	default:
		p.extend()
	}
}

// feedAgain throws away what is decoded and goes on with the very next frame.
func (p *Player) feedAgain() {
	p.out.pause() // so that the place stands still while it is asked for
	s := p.Status()
	p.begin(s.Index, s.Position)
	if s.State == Playing {
		p.out.resume(true)
	}
}

// The rest runs on the control goroutine.

func (p *Player) play(index int, from time.Duration) {
	if !p.there(index) {
		p.fail(ErrNoTrack)
		return
	}
	p.begin(index, from)
	p.out.resume(false) // not before: what was paused must not be heard
	p.setState(Playing)
	p.send(Event{Type: StateChanged})
}

// jump goes to another track, staying paused where it was paused.
func (p *Player) jump(index int) {
	if p.stateNow() == Stopped {
		p.mu.Lock()
		p.next = index
		p.mu.Unlock()
		p.send(Event{Type: TrackChanged})
		return
	}
	p.begin(index, 0)
}

func (p *Player) resume() {
	switch p.stateNow() {
	case Paused:
		p.out.resume(true)
		p.setState(Playing)
	case Stopped:
		p.mu.Lock()
		index := p.next
		p.mu.Unlock()
		p.play(index, 0)
	}
}

func (p *Player) pause() {
	if p.stateNow() != Playing {
		return
	}
	p.out.pause()
	p.setState(Paused)
}

// neighbour is the track after or before the current one in playing order.
func (p *Player) neighbour(d int) (int, bool) {
	current := p.Status().Index
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.queue.step(current, d)
}

// Status tells the present.
func (p *Player) Status() Status {
	now, out := p.out.now(), p.out.report()
	p.mu.Lock()
	defer p.mu.Unlock()
	s := Status{
		State: p.state, Index: -1, Count: len(p.queue.paths), Version: p.queue.version, Duration: -1,
		Volume: p.volume, Sound: p.sound, Speed: p.speed, Shuffle: p.queue.shuffle, Repeat: p.queue.repeat, Single: p.queue.single,
		Output: out, Film: p.film, Damaged: p.damage, Failed: len(p.failed), Err: p.err,
	}
	if p.next < len(p.queue.paths) {
		s.Index, s.ID, s.Path = p.next, p.queue.ids[p.next], p.queue.paths[p.next]
	}
	m, ok := p.markAt(now)
	if !ok {
		s.Next = p.queue.nextID(s.Index)
		return s
	}
	if i := p.queue.index(m.id); i >= 0 {
		s.Index = i
	}
	s.ID, s.Path, s.Next = m.id, m.track.path, p.queue.nextID(s.Index)
	s.Format, s.Via, s.Tags, s.Stream = m.track.format, m.track.via, m.track.tags, m.track.stream
	s.Duration, s.Sounds = m.end, m.track.sounds
	for i, one := range s.Sounds {
		if one.ID == s.Stream.ID {
			s.SoundTrack = i
		}
	}
	s.Position = m.position(now)
	return s
}

// markAt is the mark of what is heard at an absolute position.
func (p *Player) markAt(now int64) (mark, bool) {
	if len(p.marks) == 0 {
		return mark{}, false
	}
	m := p.marks[0]
	for _, n := range p.marks[1:] {
		if n.at <= now {
			m = n
		}
	}
	return m, true
}

// position is the place in the track that is heard at an absolute position, and not
// beyond where the track is said to end.
func (m *mark) position(now int64) time.Duration {
	d := m.place(now)
	if m.end >= 0 && d > m.end {
		d = m.end
	}
	return d
}

// place is position where an end that is only estimated does not matter.
func (m *mark) place(now int64) time.Duration {
	frames := max(now-m.at, 0) * int64(m.speed) / stretch.Normal
	d := m.offset
	if m.rate > 0 {
		d += time.Duration(frames/int64(m.rate))*time.Second +
			time.Duration(frames%int64(m.rate)*int64(time.Second)/int64(m.rate))
	}
	return d
}
