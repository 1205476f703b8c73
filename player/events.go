package player

import (
	"sync"
	"time"

	"linnet/player/media"
)

// State is what the transport does.
type State uint8

// The states.
const (
	Stopped State = iota
	Playing
	Paused
)

func (s State) String() string {
	return [...]string{"stopped", "playing", "paused"}[s]
}

// Status is everything a front end shows, as of what is heard now.
type Status struct {
	State    State
	Index    int    // of the current track in the queue; -1 without one
	ID       int    // of that track, which it keeps wherever it is moved; 0 without one
	Count    int    // tracks in the queue
	Version  uint32 // of the queue: another one whenever the list changes
	Next     int    // the ID of the track that follows by itself, 0 for none
	Path     string
	Format   string // the container
	Via      string // the program that decodes it; "" where this one does
	Tags     media.Tags
	Stream   media.Stream
	Sounds   []media.Stream // all streams of sound of the track, not to be changed
	Position time.Duration
	Duration time.Duration // -1 when not known
	Volume   int           // 0 to 100
	Sound    Sound
	Speed    int // percent
	// SoundTrack is which of Sounds is heard, from 0.
	SoundTrack int
	Shuffle    bool
	Repeat     Repeat
	Single     bool // playing stops behind the current track
	Output     Output
	Film       Film
	Damaged    int   // damaged packets concealed since the queue was set
	Failed     int   // tracks that could not be played since the queue was set
	Err        error // the latest thing that went wrong, nil if nothing did
}

// Film is how the pictures of the current track, or of the last one, do. Each picture of the file is
// shown or counted as one of those that are not.
type Film struct {
	Video    media.VideoFormat // zero where the track has no pictures that are shown
	Codec    media.Codec
	At       time.Duration // the time of the picture that is shown
	Shown    int
	Skipped  int           // not decoded, since no other needs them
	Dropped  int           // decoded but not shown
	Jumped   int           // not decoded, up to a picture from which decoding can begin
	Latest   time.Duration // by how much the latest one that was shown came late, the first after a start or a seek left out
	LatestAt time.Duration // the time of that one
	Late     int           // how many were shown more than 20 ms late
	Damaged  int           // damaged packets
	Err      error         // why there are no pictures, where the track has some
}

// Output is how the sound device does. Each counter is of one thing only: an
// xrun is no starvation, and neither is silence, which is counted in frames.
type Output struct {
	Format    media.AudioFormat // what it takes; zero when closed
	Opened    int               // how often a device was opened
	Buffered  time.Duration     // in the ring
	Capacity  time.Duration     // of the ring
	Least     time.Duration     // that the ring held while the device was fed, since it was first full
	Levels    [10]int64         // how often the ring was so full, by tenths, when the device had been fed
	Delay     time.Duration     // in the device, not yet heard
	Xruns     int               // the device ran dry, or lost what it had
	Silence   int64             // frames of silence that xruns inserted, by the clock
	Again     int64             // frames that the device took without playing them, and was given again
	Starved   int               // the ring ran dry
	Lost      int               // the device failed and had to be opened again
	Late      int               // the device goroutine was woken late
	Latest    time.Duration     // and by how much at most
	Prebuffer time.Duration     // what the ring must hold before the device is fed, as of now
	PPM       int               // by how many millionths the device is faster than its rate
	Measured  time.Duration     // for how long that was measured; 0: not yet
	Decoded   time.Duration     // sound that was decoded and whose cost is known
	Decoding  time.Duration     // what decoding it took of a processor
}

// EventType says what an Event reports.
type EventType uint8

// The types of event.
const (
	StateChanged    EventType = iota + 1 // playing, paused, stopped
	TrackChanged                         // another track is heard
	PositionChanged                      // four times a second while playing, and after a seek
	QueueChanged                         // the list, repeat or shuffle
	VolumeChanged
	SoundChanged // equaliser, ReplayGain, speed and the like
	Failed       // Err says what went wrong; playback goes on if it can
	Finished     // the last track was heard to its end; StateChanged came before
)

// Event tells a front end that something changed; Status has the rest.
type Event struct {
	Type EventType
	Err  error
}

// hub hands events to subscribers and never waits for one.
type hub struct {
	mu   sync.Mutex
	subs map[chan Event]struct{}
}

// Subscribe returns a channel of events and a function that ends it. A
// subscriber that does not keep up loses the oldest events, never the latest,
// and never blocks the player; Status always tells the present.
func (h *hub) Subscribe() (<-chan Event, func()) {
	c := make(chan Event, 64)
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.subs == nil {
		h.subs = make(map[chan Event]struct{})
	}
	h.subs[c] = struct{}{}
	return c, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		if _, there := h.subs[c]; there {
			delete(h.subs, c)
			close(c)
		}
	}
}

// send gives an event to all. What a slow subscriber has not taken yet is
// lost from the oldest on, and positions first of all, so that it always
// hears how things ended.
func (h *hub) send(e Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for c := range h.subs {
		if e.Type == PositionChanged && len(c) > cap(c)/2 {
			continue
		}
		for sent := false; !sent; {
			select {
			case c <- e:
				sent = true
			default:
				select {
				case <-c:
				default:
				}
			}
		}
	}
}
