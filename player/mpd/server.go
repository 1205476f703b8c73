package mpd

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"strings"
	"sync"
	"syscall"
	"time"

	"linnet/player"
	"linnet/player/library"
)

// Permissions are what a client may do.
type Permissions uint8

// The permissions.
const (
	Read    Permissions = 1 << iota // look
	Add                             // put things into the queue
	Control                         // everything about playing, and lists
	Admin                           // the library and the outputs
	All     = Read | Add | Control | Admin
)

// ParsePermissions reads "read,add,control,admin".
func ParsePermissions(s string) (Permissions, error) {
	var p Permissions
	for name := range strings.SplitSeq(s, ",") {
		switch name {
		case "read":
			p |= Read
		case "add":
			p |= Add
		case "control":
			p |= Control
		case "admin":
			p |= Admin
		case "":
		default:
			return 0, fmt.Errorf("mpd: %q is no permission; there are read, add, control and admin", name)
		}
	}
	return p, nil
}

// Config is what a Server needs of the world.
type Config struct {
	Player    *player.Player
	Library   *library.Library
	Playlists string   // the folder that stored playlists are in, "" for none
	Output    string   // what the sound output is called
	Types     []string // MIME types and endings that are played, for "decoders"

	Passwords map[string]Permissions
	Default   Permissions // without a password; 0 with no Passwords is All
	Clients   int         // at most; 0 is DefaultClients

	// Scan brings the library up to date.
	Scan func(context.Context) error
	// Picture is the picture in a file, Comments what its tags say.
	Picture  func(path string) (data []byte, mime string, err error)
	Comments func(path string) ([][2]string, error)
	Log      func(error) // may be nil
}

const (
	// DefaultClients is how many clients there may be at once.
	DefaultClients = 16
	// defaultPatience is how long a client may take to receive an answer's part.
	defaultPatience = 10 * time.Second
	// idleTime is how long one that does not wait for events may be silent.
	idleTime = 60 * time.Second
)

// A Server serves clients until Close.
type Server struct {
	cfg   Config
	table map[string]command
	begun time.Time
	ctx   context.Context
	stop  context.CancelFunc
	work  sync.WaitGroup

	mu        sync.Mutex
	clients   map[*client]struct{}
	listeners []net.Listener
	modes     modes
	seen      view
	jobs      int // scans that were asked for
	scanning  int // the one that runs, 0 for none
	enabled   bool
	played    time.Duration
	picture   pictureCache
	lists     sync.Mutex // writing stored playlists
	patience  time.Duration
	silence   time.Duration
}

// modes are what MPD knows of playing and the player does not.
type modes struct {
	consume  bool
	oneshot  bool          // single ends by itself
	xfade    int           // seconds
	mixDB    time.Duration // decibels, written like seconds
	mixDelay time.Duration
	current  int  // the ID of what is heard
	ended    int  // of what was, when it stopped
	kept     int  // of what a client goes away from, which consume leaves in the queue
	nearEnd  bool // with consume: it was, when it was last looked at
	cued     bool // there is a current song: the queue was played, and not to its end
	broken   bool // nothing was heard since something could not be played
	options  options
	listed   uint32 // the version of the player's queue that clients were told of
	lastErr  string
	autoGain bool                  // ReplayGain's mode goes by whether the order is random
	gain     player.ReplayGainMode // which it then has
}

// options are what the subsystem of that name is about.
type options struct {
	repeat          player.Repeat
	single, shuffle bool
}

// New makes a server of what cfg says. It listens nowhere yet.
func New(cfg Config) *Server {
	if cfg.Clients <= 0 {
		cfg.Clients = DefaultClients
	}
	if len(cfg.Passwords) == 0 && cfg.Default == 0 {
		cfg.Default = All
	}
	if cfg.Log == nil {
		cfg.Log = func(error) {}
	}
	s := &Server{cfg: cfg, table: makeCommands(), begun: time.Now(), clients: map[*client]struct{}{}, enabled: true, patience: defaultPatience, silence: idleTime}
	s.ctx, s.stop = context.WithCancel(context.Background())
	// Subscribed before anybody can ask for anything: a client's first command is news, too.
	events, cancel := cfg.Player.Subscribe()
	changes, end := cfg.Library.Changes()
	now := cfg.Player.Status()
	s.modes.options, s.modes.listed = optionsOf(now), now.Version
	if now.State != player.Stopped {
		s.modes.current, s.modes.cued = now.ID, true
	}
	s.work.Go(func() {
		defer cancel()
		defer end()
		s.follow(events, changes)
	})
	return s
}

func optionsOf(st player.Status) options { return options{st.Repeat, st.Single, st.Shuffle} }

// Serve takes clients from l until Close, which closes l.
func (s *Server) Serve(l net.Listener) error {
	s.mu.Lock()
	s.listeners = append(s.listeners, l)
	s.mu.Unlock()
	if s.ctx.Err() != nil {
		l.Close()
	}
	for {
		conn, err := l.Accept()
		if err != nil {
			if s.ctx.Err() != nil || errors.Is(err, net.ErrClosed) {
				return nil
			}
			if !passes(err) {
				return fmt.Errorf("mpd: %w", err)
			}
			select { // clients that leave make room
			case <-time.After(acceptAgain):
			case <-s.ctx.Done():
			}
			continue
		}
		s.mu.Lock()
		full := len(s.clients) >= s.cfg.Clients || s.ctx.Err() != nil
		var c *client
		if !full {
			c = newClient(s, conn)
			s.clients[c] = struct{}{}
			s.work.Add(1)
		}
		s.mu.Unlock()
		if full {
			conn.Close()
			continue
		}
		go c.serve()
	}
}

// acceptAgain is how long Serve waits when the system has no room for a client.
const acceptAgain = 200 * time.Millisecond

// passes reports whether an error of Accept is about one client, or about what there
// is too little of now, and not about the listener.
func passes(err error) bool {
	for _, one := range []error{syscall.EMFILE, syscall.ENFILE, syscall.ENOBUFS, syscall.ENOMEM, syscall.ECONNABORTED} {
		if errors.Is(err, one) {
			return true
		}
	}
	return false
}

// Close drops all clients and ends.
func (s *Server) Close() {
	s.stop()
	s.mu.Lock()
	for _, l := range s.listeners {
		l.Close()
	}
	for c := range s.clients {
		c.conn.Close()
	}
	s.mu.Unlock()
	s.work.Wait()
}

// raise tells the clients that wait for it that something of a subsystem is new.
func (s *Server) raise(subsystem string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.clients {
		c.raise(subsystem)
	}
}

// follow turns the player's events and the library's into the protocol's, and
// does what the modes ask for.
func (s *Server) follow(events <-chan player.Event, changes <-chan struct{}) {
	last := time.Now()
	for {
		select {
		case <-s.ctx.Done():
			return
		case <-changes:
			s.raise("database")
		case e := <-events:
			s.handle(e)
		}
		now := time.Now()
		if s.cfg.Player.Status().State == player.Playing {
			s.mu.Lock()
			s.played += min(now.Sub(last), time.Second)
			s.mu.Unlock()
		}
		last = now
	}
}

func (s *Server) handle(e player.Event) {
	switch e.Type {
	case player.StateChanged, player.TrackChanged, player.Finished:
		s.passed(e.Type) // first, since who hears of it asks at once
		s.raise("player")
	case player.PositionChanged:
		s.look()
	case player.QueueChanged:
		st := s.cfg.Player.Status()
		now := optionsOf(st)
		s.mu.Lock()
		changed, list := now != s.modes.options, st.Version != s.modes.listed
		s.modes.options, s.modes.listed = now, st.Version
		s.mu.Unlock()
		if list { // else it is only played in another order
			s.raise("playlist")
		}
		if changed {
			s.gainByOrder(st)
			s.raise("options")
		}
	case player.VolumeChanged:
		s.raise("mixer")
	case player.SoundChanged:
		st := s.cfg.Player.Status()
		s.mu.Lock()
		// Else it was chosen elsewhere.
		s.modes.autoGain = s.modes.autoGain && st.Sound.ReplayGain.Mode == s.modes.gain
		s.mu.Unlock()
		s.raise("options")
	case player.Failed:
		var damage *player.DamageError
		s.mu.Lock()
		s.modes.lastErr = oneLine(e.Err.Error())
		s.modes.broken = s.modes.broken || !errors.As(e.Err, &damage)
		s.mu.Unlock()
		s.raise("player")
	}
}

// gainOf is the mode of ReplayGain that "auto" stands for.
func gainOf(random bool) player.ReplayGainMode {
	if random {
		return player.ReplayGainTrack
	}
	return player.ReplayGainAlbum
}

// gainByOrder has ReplayGain go by the order, if that was asked for.
func (s *Server) gainByOrder(st player.Status) {
	s.mu.Lock()
	auto := s.modes.autoGain
	if auto {
		s.modes.gain = gainOf(st.Shuffle)
	}
	s.mu.Unlock()
	if r := st.Sound.ReplayGain; auto && r.Mode != gainOf(st.Shuffle) {
		r.Mode = gainOf(st.Shuffle)
		s.cfg.Player.SetReplayGain(r)
		s.cfg.Player.Sync() // so that what is heard of it is this
	}
}

// passed looks whether another track is heard: with consume the one before leaves
// the queue. Finished comes behind the stop that it is about, and with it a single that
// holds once ends.
func (s *Server) passed(e player.EventType) {
	finished, heard := e == player.Finished, e == player.TrackChanged
	s.mu.Lock()
	now := s.cfg.Player.Status() // not before: a client and an event may come at once
	stopped := now.State == player.Stopped
	m := &s.modes
	m.broken = m.broken && !heard
	gone := 0
	switch {
	case finished:
		gone, m.ended = m.ended, 0
	case stopped:
		if m.kept = 0; m.current != 0 {
			m.ended = m.current
		}
	case m.current != now.ID:
		if m.current != m.kept {
			gone = m.current
		}
		m.ended, m.kept = 0, 0
	case heard && m.nearEnd && now.Repeat != player.RepeatOff && !atEnd(&now): // it began again by itself
		gone = m.current
	}
	if heard {
		m.nearEnd = false
	}
	m.current = now.ID
	if stopped {
		m.current = 0
	}
	m.cued = now.Count > 0 && (m.cued || !stopped) && !(finished && stopped && !m.broken)
	consume, over := m.consume, finished && m.oneshot
	m.oneshot = m.oneshot && !finished
	s.mu.Unlock()
	if finished && stopped && now.Single && now.ID == gone {
		s.halt(now.Repeat != player.RepeatOff)
	}
	if over {
		s.cfg.Player.SetSingle(false)
	}
	if consume && gone != 0 {
		s.consume(gone)
	}
}

// look remembers whether the song is at its end: with consume one that repeats goes,
// too, and nothing but that tells it from one that was sought back.
func (s *Server) look() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.modes.consume {
		now := s.cfg.Player.Status()
		s.modes.nearEnd = atEnd(&now)
	}
}

// atEnd says whether a song is in its last second or, where it is short, quarter.
func atEnd(now *player.Status) bool {
	return now.Duration > 0 && now.Position > now.Duration-min(time.Second, now.Duration/4)
}

// halt is for a single that stopped behind its song: as with MPD, playing goes on with
// the one that follows, if there is one, or where all is repeated with the song itself.
func (s *Server) halt(repeat bool) {
	was := s.cfg.Player.Status().Index
	if !repeat {
		s.cfg.Player.Next()
		s.cfg.Player.Sync()
	}
	s.mu.Lock()
	s.modes.cued = repeat || s.cfg.Player.Status().Index != was
	s.mu.Unlock()
}

// consume takes a song that was played out of the queue.
func (s *Server) consume(id int) {
	s.cfg.Player.Edit(func(list []player.Entry) []player.Entry { return without(list, id) })
}

func without(list []player.Entry, id int) []player.Entry {
	for i, e := range list {
		if e.ID == id {
			return append(list[:i], list[i+1:]...)
		}
	}
	return list
}

func sprintf(format string, args ...any) string { return fmt.Sprintf(format, args...) }

// random is a number for mixing lists.
func (s *Server) random() uint64 { return rand.Uint64() }
