package player

import (
	"io"
	"time"

	"linnet/player/media"
)

// Limits of what is late.
const (
	// onTime is how late a picture may be and still count as shown in time; from
	// there on those that no other needs are not decoded.
	onTime = 20 * time.Millisecond
	// tooLate is from where on pictures are decoded but not shown.
	tooLate = 60 * time.Millisecond
	// hopeless is from where on none is decoded up to the next one that decoding
	// may begin with.
	hopeless = 600 * time.Millisecond
	// signOfLife is how long a picture stays at most while others are dropped.
	signOfLife = 250 * time.Millisecond
	// ahead is how far beyond what is shown a seek may go that reads on instead.
	ahead = time.Second
	// glance is how often the clock is looked at while nothing is due, and quick
	// while it does not move yet: a device may take a good deal at once when it
	// begins.
	glance = 100 * time.Millisecond
	quick  = 5 * time.Millisecond
)

// moment is what is heard at one moment.
type moment struct {
	known   bool // there is a track
	path    string
	id      int // of the track in the queue
	session int
	at      time.Duration // in the file
	playing bool
	moving  bool // the device does: at is another one soon
	speed   int  // percent, while playing
	vague   bool // at will be another, soon
}

// moment is for the projector: as Status, but cheap.
func (p *Player) moment() moment {
	now, moving := p.out.evenly()
	p.mu.Lock()
	defer p.mu.Unlock()
	m, ok := p.markAt(now)
	if !ok {
		return moment{}
	}
	return moment{true, m.track.path, m.id, p.session, m.base + m.place(now), p.state == Playing, moving, m.speed, m.vague}
}

// projector shows the pictures of the track that is heard, each when its time
// has come by the sound: by the frames that the device was given, less those that
// it has not played. It reads the file for itself, so that nothing of it can
// keep the sound waiting. Draw is called before a picture's time, Flip when it
// has come; what is left of the time some pictures are decoded ahead.
type projector struct {
	p     *Player
	open  OpenMedia
	video OpenVideo
	wake  <-chan Event
	undo  func()
	quit  chan struct{}
	done  chan struct{}
	timer *time.Timer // of wait
	flips *flipper

	now     moment // when it was last looked at
	seen    moment // the session and track that reel belongs to
	reel    *Reel  // nil where the track has no pictures
	reading reading
	sink    VideoSink
	line    line          // to be drawn
	drawn   bool          // the sink has one that is to be shown
	due     time.Duration // and its time
	ended   bool
	first   bool                                 // nothing was shown since the start or a seek
	target  time.Duration                        // of the seek: what comes before is not shown
	shown   time.Duration                        // the time of what is shown
	flipped time.Time                            // and when it was
	jumping bool                                 // passing over packets up to a key
	cost    struct{ decode, draw time.Duration } // of a picture, about
	stats   Film
}

func newProjector(p *Player, open OpenMedia, video OpenVideo) *projector {
	v := &projector{p: p, open: open, video: video, quit: make(chan struct{}), done: make(chan struct{}), timer: time.NewTimer(0)}
	v.wake, v.undo = p.Subscribe()
	v.flips = newFlipper(p)
	go v.run()
	return v
}

// end stops it and waits until it has.
func (v *projector) end() {
	close(v.quit)
	v.reading.end()
	<-v.done
	v.undo()
}

func (v *projector) run() {
	defer close(v.done)
	defer close(v.flips.ask)
	defer v.drop()
	for !closed(v.quit) {
		v.now = v.p.moment()
		switch {
		case !v.now.known:
			v.drop()
			v.wait(glance)
		case v.now.vague:
			v.wait(glance)
		case v.now.path != v.seen.path || v.now.id != v.seen.id:
			v.change()
		case v.reel == nil:
			v.p.letGo(v.now.session)
			v.wait(glance)
		case v.now.session != v.seen.session || v.now.at < v.shown-glance:
			v.reseat()
		default:
			v.advance()
		}
	}
}

// wait sleeps, until something happens at the latest.
func (v *projector) wait(d time.Duration) {
	v.timer.Reset(d)
	defer v.timer.Stop()
	select {
	case <-v.quit:
	case <-v.wake:
	case <-v.timer.C:
	}
}

// drop lets go of the film.
func (v *projector) drop() {
	v.p.late.Store(false)
	if v.reel != nil {
		v.reel.Close()
		v.reel = nil
	}
	if v.sink != nil {
		v.sink.Close()
		v.sink = nil
	}
	v.line.clear()
	v.seen = moment{}
}

func (v *projector) publish() {
	if v.reel != nil {
		v.stats.Damaged, _ = v.reel.Damage()
	}
	v.p.mu.Lock()
	v.p.film, v.p.filmSession = v.stats, v.seen.session
	v.p.mu.Unlock()
}

// change takes up the track that is heard.
func (v *projector) change() {
	v.drop()
	v.seen, v.stats = v.now, Film{}
	err := v.begin()
	if err != nil {
		v.stats.Err = err
	}
	v.publish()
	v.p.send(Event{Type: StateChanged})
}

func (v *projector) begin() error {
	m, err := v.open(v.now.path)
	if err != nil {
		return err
	}
	v.reading.begin(m.Demuxer)
	film := false
	for _, s := range m.Demuxer.Streams() {
		film = film || s.Kind == media.Video
	}
	if !film {
		return closeMedia(m)
	}
	r, err := NewReel(m, -1)
	if err != nil {
		closeMedia(m)
		return err
	}
	s := r.Stream()
	sink, err := v.video(v.now.path, s.Video)
	if err != nil {
		r.Close()
		return err
	}
	v.reel, v.sink = r, sink
	r.tell(sink)
	v.stats.Video, v.stats.Codec = s.Video, s.Codec
	v.start(0)
	if v.now.at > ahead {
		return v.seek()
	}
	return nil
}

func closeMedia(m *Media) error {
	if m.Closer == nil {
		return nil
	}
	return m.Close()
}

// start is for a new place in the film.
func (v *projector) start(target time.Duration) {
	v.line.clear()
	v.drawn, v.ended, v.first, v.jumping = false, false, true, false
	v.target, v.shown = target, target
}

// reseat follows a seek. A short way forward is gone by reading.
func (v *projector) reseat() {
	v.seen = v.now
	d := v.now.at - v.shown
	if !v.first && d >= 0 && d < v.length() {
		v.publish()
		return // what is shown is right
	}
	if !v.first && d >= 0 && d < ahead {
		v.first, v.target = true, v.now.at
		return
	}
	if err := v.seek(); err != nil {
		v.fail(err)
	}
}

func (v *projector) seek() error {
	v.start(v.now.at)
	return v.reel.Seek(v.now.at)
}

// fail gives the film up; the sound goes on.
func (v *projector) fail(err error) {
	seen := v.seen
	v.drop()
	v.seen = seen
	v.stats.Err = err
	v.publish()
}

// advance does the next thing that is due.
func (v *projector) advance() {
	if v.drawn && v.passed(v.due) {
		v.drawn = false
	}
	if v.drawn {
		v.await()
		return
	}
	pic := v.line.first()
	if pic == nil {
		v.more()
		return
	}
	at := time.Duration(pic.PTS)
	switch {
	case v.passed(at):
		v.line.drop()
	case !v.first && v.now.at-at > tooLate && time.Since(v.flipped) < signOfLife:
		v.stats.Dropped++
		v.line.drop()
		v.publish()
	default:
		v.draw(pic)
	}
}

// passed says whether what is shown at a time is on the way to where a seek went.
func (v *projector) passed(at time.Duration) bool { return v.first && at+v.length() <= v.target }

// draw gives the sink a picture.
func (v *projector) draw(pic *media.Picture) {
	began := time.Now()
	if err := v.sink.Draw(pic); err != nil {
		v.fail(err)
		return
	}
	follow(&v.cost.draw, time.Since(began))
	v.drawn, v.due = true, time.Duration(pic.PTS)
	v.line.drop()
}

// await shows what is drawn when its time has come. Until then it decodes; while there
// is room for more pictures the sound's decoder gives way.
func (v *projector) await() {
	late := v.now.at - v.due
	v.p.late.Store(v.now.playing && !v.ended && v.line.room())
	switch {
	case v.first, v.now.playing && late >= 0:
		r := flipped{late: late, err: v.sink.Flip(), when: time.Now()}
		v.seenBy(r)
	case !v.ended && v.line.room():
		v.fetch()
	case v.now.playing:
		v.p.letSound(v.now.session)
		v.wait(v.now.patience(v.due))
	default:
		v.p.letGo(v.now.session)
		v.wait(glance)
	}
}

// more decodes what is to be drawn next, unless the film is over. The sound's
// decoder gives way meanwhile.
func (v *projector) more() {
	if v.ended {
		v.p.late.Store(false)
		v.p.letGo(v.now.session)
		v.wait(glance)
		return
	}
	v.p.late.Store(v.now.playing)
	v.fetch()
}

// length is how long a picture is shown.
func (v *projector) length() time.Duration {
	if d := v.stats.Video.Duration(1); d > 0 {
		return d
	}
	return 40 * time.Millisecond
}

// seenBy notes that what was drawn is seen, or could not be shown.
func (v *projector) seenBy(r flipped) {
	if r.err != nil {
		v.fail(r.err)
		return
	}
	if !v.first && r.late > v.stats.Latest {
		v.stats.Latest, v.stats.LatestAt = r.late, v.due
	}
	if !v.first && r.late > onTime {
		v.stats.Late++
	}
	v.stats.Shown++
	v.first, v.drawn = false, false
	v.shown, v.flipped = v.due, r.when
	v.stats.At = v.shown
	v.publish()
}

// fetch decodes the next picture. What is drawn is shown meanwhile, if its time
// comes.
func (v *projector) fetch() {
	v.line.keep()
	pending := v.drawn && !v.first && v.now.playing
	if pending {
		v.flips.ask <- flip{v.sink, v.due, v.seen.session}
	}
	began := time.Now()
	pic, err := v.reel.Read(v.pass)
	follow(&v.cost.decode, time.Since(began))
	switch {
	case err == nil:
		v.line.put(pic)
	case err == io.EOF:
		v.ended = true
	}
	if pending {
		if r := v.flips.collect(); r.shown {
			if v.seenBy(r); r.err != nil {
				return
			}
		}
	}
	if err != nil && err != io.EOF {
		v.fail(err)
	}
}

// follow has a mean follow what is measured.
func follow(mean *time.Duration, d time.Duration) { *mean += (d - *mean) / 8 }

// pass says which packets are not decoded.
func (v *projector) pass(p *media.Packet, disposable bool) bool {
	at := time.Duration(p.PTS)
	if v.first && v.target > 0 {
		return disposable && at+v.length() <= v.target
	}
	now := v.p.moment()
	if now.session != v.seen.session {
		return false // what is heard is elsewhere, where the reel goes next
	}
	late := now.at - at
	if v.jumping {
		if !p.Key {
			v.stats.Jumped++
			return true
		}
		v.jumping = false
		v.reel.forget()
		return false
	}
	switch {
	case late > hopeless && !p.Key:
		v.jumping = true
		v.stats.Jumped++
		return true
	case disposable && late+v.cost.decode+v.cost.draw > onTime:
		v.stats.Skipped++
		return true
	}
	return false
}
