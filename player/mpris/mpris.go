// Package mpris lets a desktop's media keys and panels drive the player: it is
// the interface org.mpris.MediaPlayer2 (MPRIS 2.2) on the session's D-Bus.
package mpris

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/godbus/dbus/v5"
	"github.com/godbus/dbus/v5/introspect"
	"github.com/godbus/dbus/v5/prop"

	"linnet/player"
)

const (
	path      = dbus.ObjectPath("/org/mpris/MediaPlayer2")
	root      = "org.mpris.MediaPlayer2"
	playing   = root + ".Player"
	name      = root + ".linnet"
	noTrack   = dbus.ObjectPath("/org/mpris/MediaPlayer2/TrackList/NoTrack")
	trackPath = "/org/linnet/track/"
)

// Options say what a Service does besides playing.
type Options struct {
	Address string            // of the bus; "" is the session's
	Raise   func()            // shows the window; nil where there is none
	Quit    func()            // ends the program; nil where clients may not
	Open    func(file string) // plays a file; nil where clients may not
}

// A Service is on the bus until Close.
type Service struct {
	conn   *dbus.Conn
	p      *player.Player
	o      Options
	props  *prop.Properties
	cancel func()
	done   chan struct{}
}

// ErrNoBus says that there is no session to be on the bus of.
var ErrNoBus = errors.New("mpris: there is no session bus")

// Start puts a player on the bus. Where the name is taken, as by another Linnet,
// it takes one with the number of the process, as the specification has it.
func Start(p *player.Player, o Options) (*Service, error) {
	if o.Address == "" {
		if o.Address = os.Getenv("DBUS_SESSION_BUS_ADDRESS"); o.Address == "" {
			return nil, ErrNoBus
		}
	}
	conn, err := dbus.Connect(o.Address)
	if err != nil {
		return nil, fmt.Errorf("mpris: %w", err)
	}
	s := &Service{conn: conn, p: p, o: o, done: make(chan struct{})}
	if err := s.export(); err != nil {
		conn.Close()
		return nil, fmt.Errorf("mpris: %w", err)
	}
	events, cancel := p.Subscribe()
	s.cancel = cancel
	go s.follow(events)
	return s, nil
}

// Close leaves the bus.
func (s *Service) Close() {
	s.cancel()
	<-s.done
	s.conn.Close()
}

func (s *Service) export() error {
	props, err := prop.Export(s.conn, path, s.properties())
	if err != nil {
		return err
	}
	s.props = props
	if err := s.conn.ExportMethodTable(s.rootMethods(), path, root); err != nil {
		return err
	}
	if err := s.conn.ExportMethodTable(s.playerMethods(), path, playing); err != nil {
		return err
	}
	node := &introspect.Node{Name: string(path), Interfaces: []introspect.Interface{introspect.IntrospectData, prop.IntrospectData,
		{Name: root, Methods: named("Raise", "Quit"), Properties: props.Introspection(root)},
		{Name: playing, Methods: named("Next", "Previous", "Pause", "PlayPause", "Stop", "Play", "Seek:x", "SetPosition:ox", "OpenUri:s"),
			Signals: []introspect.Signal{{Name: "Seeked", Args: []introspect.Arg{{Name: "Position", Type: "x"}}}}, Properties: props.Introspection(playing)}}}
	if err := s.conn.Export(introspect.NewIntrospectable(node), path, "org.freedesktop.DBus.Introspectable"); err != nil {
		return err
	}
	for _, n := range []string{name, fmt.Sprintf("%s.instance%d", name, os.Getpid())} {
		reply, err := s.conn.RequestName(n, dbus.NameFlagDoNotQueue)
		if err != nil || reply == dbus.RequestNameReplyPrimaryOwner {
			return err
		}
	}
	return errors.New("the name is taken")
}

// named describes methods, each with the types of its arguments behind a colon.
func named(list ...string) []introspect.Method {
	var out []introspect.Method
	for _, n := range list {
		n, types, _ := strings.Cut(n, ":")
		m := introspect.Method{Name: n}
		for i, t := range types {
			m.Args = append(m.Args, introspect.Arg{Name: fmt.Sprintf("arg%d", i), Type: string(t), Direction: "in"})
		}
		out = append(out, m)
	}
	return out
}

func (s *Service) rootMethods() map[string]any {
	return map[string]any{
		"Raise": func() *dbus.Error { return call(s.o.Raise) },
		"Quit":  func() *dbus.Error { return call(s.o.Quit) },
	}
}

func call(f func()) *dbus.Error {
	if f != nil {
		f()
	}
	return nil
}

func (s *Service) playerMethods() map[string]any {
	do := func(f func(*player.Player)) func() *dbus.Error {
		return func() *dbus.Error {
			f(s.p)
			return nil
		}
	}
	return map[string]any{
		"Next": do((*player.Player).Next), "Previous": do((*player.Player).Previous), "Pause": do((*player.Player).Pause),
		"PlayPause": do((*player.Player).Toggle), "Stop": do((*player.Player).Stop), "Play": do((*player.Player).Play),
		"Seek": func(by int64) *dbus.Error {
			s.p.SeekBy(micro(by))
			s.seeked()
			return nil
		},
		"SetPosition": func(track dbus.ObjectPath, to int64) *dbus.Error {
			st := s.p.Status()
			if track == trackOf(&st) && to >= 0 && (st.Duration < 0 || micro(to) <= st.Duration) {
				s.p.Seek(micro(to))
				s.seeked()
			}
			return nil
		},
		"OpenUri": func(uri string) *dbus.Error {
			u, err := url.Parse(uri)
			if err != nil || u.Scheme != "file" || s.o.Open == nil {
				return dbus.MakeFailedError(errors.New("only files can be opened"))
			}
			s.o.Open(u.Path)
			return nil
		},
	}
}

// micro is a time as the interface has it, within what makes sense.
func micro(n int64) time.Duration {
	const most = int64(1000 * time.Hour / time.Microsecond)
	return time.Duration(min(max(n, -most), most)) * time.Microsecond
}

func (s *Service) seeked() {
	s.p.Sync()
	s.conn.Emit(path, playing+".Seeked", s.p.Status().Position.Microseconds())
}

func trackOf(st *player.Status) dbus.ObjectPath {
	if st.ID == 0 {
		return noTrack
	}
	return dbus.ObjectPath(fmt.Sprint(trackPath, st.ID))
}

func (s *Service) metadata(st *player.Status) map[string]dbus.Variant {
	m := map[string]dbus.Variant{"mpris:trackid": dbus.MakeVariant(trackOf(st))}
	if st.ID == 0 {
		return m
	}
	m["xesam:url"] = dbus.MakeVariant((&url.URL{Scheme: "file", Path: st.Path}).String())
	if st.Duration > 0 {
		m["mpris:length"] = dbus.MakeVariant(st.Duration.Microseconds())
	}
	t := &st.Tags
	for key, v := range map[string]string{"xesam:title": t.Title, "xesam:album": t.Album} {
		if v != "" {
			m[key] = dbus.MakeVariant(valid(v))
		}
	}
	for key, v := range map[string]string{"xesam:artist": t.Artist, "xesam:albumArtist": t.AlbumArtist, "xesam:genre": t.Genre, "xesam:composer": t.Composer} {
		if v != "" {
			m[key] = dbus.MakeVariant([]string{valid(v)})
		}
	}
	if t.Track > 0 {
		m["xesam:trackNumber"] = dbus.MakeVariant(int32(t.Track))
	}
	if t.Disc > 0 {
		m["xesam:discNumber"] = dbus.MakeVariant(int32(t.Disc))
	}
	return m
}

// valid is what D-Bus takes for text.
func valid(s string) string { return strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\x00", "") }
