package player

import (
	"errors"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"linnet/player/pcm"
	"linnet/player/stretch"
)

const (
	// tick is how often the player looks which track is heard.
	tick = 50 * time.Millisecond
	// positionEvery is how often PositionChanged is sent while playing.
	positionEvery = 250 * time.Millisecond
	// restartAfter is from where on Previous goes to the track's start
	// instead of to the track before.
	restartAfter = 3 * time.Second
)

// DefaultBuffer is the length of the PCM ring where Config does not say.
const DefaultBuffer = 4 * time.Second

// Config is what a Player needs of the world.
type Config struct {
	Open   OpenMedia
	Audio  OpenAudio
	Video  OpenVideo     // where pictures are shown; nil plays but the sound of films
	Clock  OpenAudio     // what films go by where Audio opens nothing, a device that nobody hears; nil: then they are not played
	Buffer time.Duration // of the PCM ring; DefaultBuffer when 0
	Seed   uint64        // of the shuffled order
	Thread func()        // called first on the goroutine that feeds the device; may be nil
	// Resampling is what may be spent on it, where the device does not take a
	// track's rate.
	Resampling pcm.Quality
	// CPU is the calling thread's number and how long it has computed, for
	// Output.Decoding; nil where the system does not tell.
	CPU func() (thread int, used time.Duration)
}

// Player plays a queue of files. Its methods may be called from any
// goroutine; they return before the sound has changed, and events tell when
// it has.
type Player struct {
	hub
	cfg     Config
	out     *output
	cmds    chan func()
	outputs chan outputEvent
	done    chan struct{}

	// The control goroutine's own.
	feed     *feeder
	quit     bool
	sincePos time.Duration

	mu     sync.Mutex
	queue  queue
	state  State
	marks  []mark // marks[0] is what is heard
	next   int    // the track that Play starts with when stopped
	ahead  int    // track of the session that the feeder is at, from 0
	volume int
	sound  Sound
	speed  int // percent
	damage int
	failed map[int]struct{} // tracks, by their IDs
	err    error

	session     int // counts what begin began
	film        Film
	filmSession int           // to which film.At belongs
	stepped     time.Duration // where the last step went
	choice      soundChoice
	late        atomic.Bool // fewer pictures of the film wait for their time than may

	closeErr error // set before done is closed
	closing  sync.Once
	pictures *projector
}

// New starts a player. Close ends it.
func New(cfg Config) *Player {
	if cfg.Buffer <= 0 {
		cfg.Buffer = DefaultBuffer
	}
	p := &Player{
		cfg:     cfg,
		cmds:    make(chan func(), 16),
		outputs: make(chan outputEvent, 16),
		done:    make(chan struct{}),
		volume:  100,
		speed:   stretch.Normal,
		failed:  make(map[int]struct{}),
		queue:   queue{rng: rand.New(rand.NewPCG(cfg.Seed, 0x6c696e6e6574))},
	}
	p.out = newOutput(cfg.Audio, cfg.Buffer, p.outputEvent, cfg.Thread)
	go p.control()
	if cfg.Video != nil {
		p.pictures = newProjector(p, cfg.Open, cfg.Video)
	}
	return p
}

// outputEvent is called on the device goroutine, which must not wait.
func (p *Player) outputEvent(e outputEvent) {
	select {
	case p.outputs <- e:
	default:
		go func() {
			select {
			case p.outputs <- e:
			case <-p.done:
			}
		}()
	}
}

// control is the goroutine that all commands run on, one after the other.
func (p *Player) control() {
	defer close(p.done)
	ticker := time.NewTicker(tick)
	ticker.Stop()
	ticking := false
	for !p.quit {
		if want := p.feed != nil && p.stateNow() == Playing; want != ticking {
			if ticking = want; want {
				ticker.Reset(tick)
			} else {
				ticker.Stop()
			}
		}
		select {
		case f := <-p.cmds:
			f()
		case e := <-p.outputs:
			p.handleOutput(e)
		case <-ticker.C:
			p.advance()
		}
	}
	p.endSession()
	p.closeErr = p.out.close()
}

// post hands a command to the control goroutine.
func (p *Player) post(f func()) {
	select {
	case p.cmds <- f:
	case <-p.done:
	}
}

// Close stops the sound and ends the player. The error is what the sound
// device said when it was closed, as of a file that could not be completed.
func (p *Player) Close() error {
	p.closing.Do(func() {
		if p.pictures != nil {
			p.pictures.end()
		}
	})
	p.post(func() { p.quit = true })
	<-p.done
	return p.closeErr
}

func (p *Player) handleOutput(e outputEvent) {
	if e.err != nil {
		p.fail(e.err)
	}
	if e.fatal && p.out.lost() {
		p.stop()
		return
	}
	if e.other && p.feed != nil {
		p.feedAgain()
		return
	}
	if p.feed == nil || e.drained != p.feed {
		return
	}
	p.advance()
	if index, more := p.rest(); more {
		p.begin(index, 0) // the queue grew in the last moment
		return
	}
	p.stop()
	p.send(Event{Type: Finished})
}

// rest is what is to follow where the feeder saw the end of the queue.
func (p *Player) rest() (index int, more bool) {
	if p.feed == nil || !p.feed.over() || p.feed.gaveUp {
		return 0, false
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.queue.after(p.queue.index(p.feed.last))
}

// extend lets a session go on whose feeder had seen the end of a queue that
// has none now, without a gap.
func (p *Player) extend() {
	if _, more := p.rest(); more && p.out.unfinish(p.feed) {
		if id, more := p.following(p.feed.last); more {
			p.feed = startFeeder(p, p.out, id, start{})
		}
	}
}

// advance looks what is heard now, and tells.
func (p *Player) advance() {
	now := p.out.now()
	p.mu.Lock()
	passed := 0
	for passed+1 < len(p.marks) && p.marks[passed+1].at <= now {
		passed++
	}
	changed := passed > 0 && !(passed == 1 && p.marks[0].provisional)
	if passed > 0 {
		p.marks = append(p.marks[:0], p.marks[passed:]...)
		p.nextIsHeard()
	}
	p.mu.Unlock()
	if changed {
		p.send(Event{Type: TrackChanged})
	}
	if p.sincePos += tick; p.sincePos >= positionEvery {
		p.sincePos = 0
		p.send(Event{Type: PositionChanged})
	}
}

// endSession stops the feeder and forgets what it had written.
func (p *Player) endSession() {
	if p.feed != nil {
		p.feed.end()
		p.feed = nil
	}
	p.out.flush()
}

// begin starts a session at a place in the queue, playing or, when paused,
// silent until it is resumed.
func (p *Player) begin(index int, from time.Duration) { p.beginAt(index, start{at: from}) }

// beginAt is begin where the feeder is to find the place.
func (p *Player) beginAt(index int, place start) {
	from := place.at
	now := p.out.now()
	p.endSession()
	p.mu.Lock()
	m, known := p.markAt(now)
	p.marks = nil
	id := p.queue.id(index)
	if known && m.id == id {
		// Until the feeder is there, Status tells where it will be.
		m.at, m.offset, m.nth, m.provisional, m.vague = p.out.written(), from, 0, true, place.key
		p.marks = append(p.marks, m)
	}
	p.next, p.ahead = index, 0
	p.stepped = from
	p.session++
	if p.state == Stopped {
		p.state = Playing
	}
	p.mu.Unlock()
	p.sincePos = 0
	if from == 0 { // nothing was cut off there
		p.out.do(p.out.whole)
	}
	p.feed = startFeeder(p, p.out, id, place)
}

func (p *Player) stop() {
	p.endSession()
	if err := p.out.release(); err != nil {
		p.fail(err)
	}
	p.mu.Lock()
	p.nextIsHeard()
	p.marks = nil
	p.mu.Unlock()
	p.setState(Stopped)
}

func (p *Player) setState(s State) {
	p.mu.Lock()
	changed := p.state != s
	p.state = s
	p.mu.Unlock()
	if changed {
		p.send(Event{Type: StateChanged})
	}
}

func (p *Player) stateNow() State {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.state
}

// fail notes an error.
func (p *Player) fail(err error) {
	p.mu.Lock()
	p.err = err
	p.mu.Unlock()
	p.send(Event{Type: Failed, Err: err})
}

// nextIsHeard makes what is heard what Play would start with. p.mu is held.
func (p *Player) nextIsHeard() {
	if len(p.marks) == 0 {
		return
	}
	if i := p.queue.index(p.marks[0].id); i >= 0 {
		p.next = i
	}
}

// trackFailed is called by the feeder.
func (p *Player) trackFailed(id int, err error) {
	p.mu.Lock()
	p.failed[id] = struct{}{}
	p.mu.Unlock()
	p.fail(err)
}

// noteDamage is called by the feeder when it leaves a track.
func (p *Player) noteDamage(d Damage) {
	if d.Count == 0 {
		return
	}
	p.mu.Lock()
	p.damage += d.Count
	p.mu.Unlock()
	p.fail(d.First)
}

// soundNow is called when a session begins.
func (p *Player) soundNow() (s Sound, speed int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.sound, p.speed
}

// soundChoice is which of its streams of sound a track is heard with.
type soundChoice struct{ id, stream int }

// soundTrackOf is called by the feeder.
func (p *Player) soundTrackOf(id int) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.choice.id != id {
		return -1
	}
	return p.choice.stream
}

// following is called by the feeder: the ID of the track that comes after one.
func (p *Player) following(id int) (int, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	next, more := p.queue.after(p.queue.index(id))
	if more {
		p.ahead++
	}
	return p.queue.id(next), more
}

// entry is called by the feeder.
func (p *Player) entry(id int) (e Entry, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	i := p.queue.index(id)
	if i < 0 {
		return e, false
	}
	return p.queue.entry(i), true
}

// there says whether the queue has a track at index.
func (p *Player) there(index int) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return index >= 0 && index < len(p.queue.paths)
}

// count is called by the feeder.
func (p *Player) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.queue.paths)
}

// addMark is called by the feeder before the frames that m is about.
func (p *Player) addMark(m mark) {
	now := p.out.now()
	p.mu.Lock()
	m.nth, m.end = p.ahead, m.track.stream.Duration()
	p.marks = append(p.marks, m)
	// Nothing of what comes before is left to be heard: control, which may
	// sleep while paused, need not find out.
	index := p.queue.index(m.id)
	heard := len(p.marks) == 1 || m.at <= now && p.next != index
	if heard && index >= 0 {
		p.next = index
	}
	found := len(p.marks) > 1 && p.marks[len(p.marks)-2].vague
	p.mu.Unlock()
	if found {
		p.send(Event{Type: PositionChanged})
	}
	if heard {
		p.send(Event{Type: TrackChanged})
	}
}

// Strained says whether the processor is short: less is decoded ahead than should
// be, or the pictures of a film are late. Who draws for fun is to draw less.
func (p *Player) Strained() bool {
	return (p.out.low.Load() || p.late.Load()) && p.stateNow() == Playing
}

// ErrNoTrack is reported when there is nothing to play.
var ErrNoTrack = errors.New("player: the queue is empty")
