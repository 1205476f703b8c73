package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"linnet/player"
	"linnet/player/formats"
	"linnet/player/library"
	"linnet/player/mpd"
	"linnet/player/tag"
)

// mpdFlags are the flags of every command that lets MPD's clients in.
type mpdFlags struct {
	MPD      string   `name:"mpd" placeholder:"ADDR" help:"Let MPD clients in here: HOST:PORT, without HOST on this machine alone, or the path of a Unix socket."`
	Password []string `name:"mpd-password" sep:"none" placeholder:"PASSWORD@PERMISSIONS" help:"What who knows a password may do: read, add, control and admin, with commas between; once for each password. Without the flag everybody may do everything."`
	Open     string   `name:"mpd-default" placeholder:"PERMISSIONS" default:"read" help:"What clients may do without a password, where there are passwords: read by default, nothing where it is empty."`
	Clients  int      `name:"mpd-clients" default:"16" help:"How many clients there may be at once."`
}

// music is a library that is kept up to date, and its door for MPD clients.
type music struct {
	lib    *library.Library
	server *mpd.Server
	addr   net.Addr // where it listens, nil for nowhere
	stop   context.CancelFunc
	work   sync.WaitGroup
}

// openMusic opens the library of a folder, begins to scan it, and lets clients in
// if the flags say where. The screens see it by shown, which may be nil, as h may.
func (f *mpdFlags) openMusic(p *player.Player, shown *shelves, h *hush, root, state, output string, log func(error)) (*music, error) {
	server, listener, err := mpd.Config{}, net.Listener(nil), error(nil)
	if server.Passwords, err = passwords(f.Password); err == nil && len(server.Passwords) > 0 {
		if server.Default, err = mpd.ParsePermissions(f.Open); err != nil {
			err = fmt.Errorf("--mpd-default=%s: %w", f.Open, err)
		}
	}
	if err != nil {
		return nil, err
	}
	root, err = filepath.Abs(root)
	if err != nil {
		return nil, err
	}
	lib, err := openLibrary(root, state, restWhilePlaying(p, h))
	if err != nil {
		return nil, err
	}
	if f.MPD != "" {
		if listener, err = listen(f.MPD); err != nil {
			lib.Close()
			return nil, fmt.Errorf("--mpd=%s: %w", f.MPD, err)
		}
	}
	m := &music{lib: lib}
	ctx, stop := context.WithCancel(context.Background())
	m.stop = stop
	var tell func(library.Progress)
	if shown != nil {
		tell = shown.tell
		m.work.Go(func() { shown.follow(ctx, lib) })
	}
	m.work.Go(func() { lib.Keep(ctx, tell, log) })
	m.work.Go(func() { count(ctx, p, lib, log) })
	if listener == nil {
		return m, nil
	}
	server.Player, server.Library, server.Output, server.Clients, server.Log = p, lib, output, f.Clients, log
	if state != "" {
		server.Playlists = filepath.Join(state, "playlists")
	}
	server.Types = extensions()
	server.Picture, server.Comments = picture, comments
	server.Scan = func(ctx context.Context) error {
		_, err := lib.Scan(ctx, nil)
		return err
	}
	m.server, m.addr = mpd.New(server), listener.Addr()
	if shown != nil && shown.lists != nil {
		shown.lists.whenChanged(m.server.ListsChanged)
	}
	m.work.Go(func() {
		if err := m.server.Serve(listener); err != nil {
			log(err)
		}
	})
	return m, nil
}

func (m *music) close() {
	m.stop()
	if m.server != nil {
		m.server.Close()
	}
	m.work.Wait()
	m.lib.Close()
}

func passwords(list []string) (map[string]mpd.Permissions, error) {
	all := map[string]mpd.Permissions{}
	for _, s := range list {
		i := strings.LastIndexByte(s, '@')
		if i <= 0 {
			return nil, fmt.Errorf("--mpd-password: say PASSWORD@PERMISSIONS, as secret@read,control")
		}
		may, err := mpd.ParsePermissions(s[i+1:])
		if err != nil {
			return nil, fmt.Errorf("--mpd-password: %w", err)
		}
		all[s[:i]] = may
	}
	return all, nil
}

// listen opens an address, which without a host is of this machine alone.
func listen(addr string) (net.Listener, error) {
	if strings.HasPrefix(addr, "/") {
		if info, err := os.Stat(addr); err == nil && info.Mode()&os.ModeSocket != 0 {
			if other, err := net.Dial("unix", addr); err == nil {
				other.Close()
				return nil, syscall.EADDRINUSE
			}
			os.Remove(addr) // of a program that was killed
		}
		return net.Listen("unix", addr)
	}
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, err
	}
	if host == "" {
		host = "localhost"
	}
	return net.Listen("tcp", net.JoinHostPort(host, port))
}

// withFile calls f with an open file and its size.
func withFile(path string, f func(*os.File, int64) error) error {
	file, size, err := formats.OpenFile(path)
	if err != nil {
		return err
	}
	defer file.Close()
	return f(file, size)
}

// picture is the one in a file's tags.
func picture(path string) (data []byte, mime string, err error) {
	err = withFile(soundFile(path), func(f *os.File, size int64) error {
		data, mime, err = tag.Cover(f, size)
		return err
	})
	return data, mime, err
}

// comments are what a file's tags say, field by field.
func comments(path string) (list [][2]string, err error) {
	err = withFile(path, func(f *os.File, size int64) error {
		r, err := tag.Inspect(f, size, "", nil)
		for _, field := range r.Fields {
			list = append(list, [2]string{strings.ToUpper(strings.ReplaceAll(field.Name, ":", "_")), field.Text})
		}
		return err
	})
	return list, err
}

const (
	// heardEnough is how much of a track makes it one that was played.
	heardEnough = 4 * time.Minute
	// longTrack is from which length on it is worth going on where one stopped.
	longTrack = 10 * time.Minute
	// leftLeast is how far from its start and its end one has to have stopped.
	leftLeast = 30 * time.Second
)

// count counts what is heard: a track half of which, or four minutes, were. Of
// long ones that were left it keeps the place.
func count(ctx context.Context, p *player.Player, lib *library.Library, log func(error)) {
	var last player.Status
	var heard time.Duration
	began := time.Now()
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	leave := func() {
		rel, ok := lib.Rel(last.Path)
		t := lib.Snapshot().Track(rel)
		if !ok || t == nil {
			return
		}
		var err error
		if heard >= heardEnough || t.Duration > 0 && heard >= t.Duration/2 {
			err = lib.Played(rel)
		}
		if t.Duration >= longTrack {
			at := last.Position
			if at < leftLeast || at > t.Duration-leftLeast {
				at = 0
			}
			err = errors.Join(err, lib.Leave(rel, at))
		}
		if err != nil {
			log(err)
		}
	}
	for {
		select {
		case <-ctx.Done():
			leave()
			return
		case <-tick.C:
		}
		now := p.Status()
		if now.State == player.Playing {
			heard += time.Since(began)
		}
		began = time.Now()
		if now.ID != last.ID || now.State == player.Stopped && last.State != player.Stopped {
			leave()
			heard = 0
		}
		last = now
	}
}

// musicFolder is the user's folder for music, by the XDG user directories; ""
// where there is none.
func musicFolder() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	dir := filepath.Join(home, "Music")
	config := os.Getenv("XDG_CONFIG_HOME")
	if !filepath.IsAbs(config) {
		config = filepath.Join(home, ".config")
	}
	if text, err := os.ReadFile(filepath.Join(config, "user-dirs.dirs")); err == nil {
		dir = cmp.Or(userDir(string(text), "XDG_MUSIC_DIR", home), dir)
	}
	if !isDir(dir) || filepath.Clean(dir) == filepath.Clean(home) {
		return ""
	}
	return dir
}

// userDir finds a folder in the text of user-dirs.dirs, whose lines are as
// XDG_MUSIC_DIR="$HOME/Music".
func userDir(text, name, home string) string {
	for line := range strings.Lines(text) {
		value, ok := strings.CutPrefix(strings.TrimSpace(line), name+"=")
		if !ok {
			continue
		}
		value = strings.ReplaceAll(strings.Trim(value, `"`), `\"`, `"`)
		if rest, ok := strings.CutPrefix(value, "$HOME"); ok {
			return filepath.Join(home, rest)
		}
		if filepath.IsAbs(value) {
			return value
		}
	}
	return ""
}

// stateFolder is where a desktop keeps what a program remembers, by the XDG Base
// Directory Specification; "" where there is none.
func stateFolder() string {
	if dir := os.Getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "linnet")
	}
	if home, err := os.UserHomeDir(); err == nil {
		return filepath.Join(home, ".local", "state", "linnet")
	}
	return ""
}
