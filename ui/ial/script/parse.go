package script

import (
	"bufio"
	"errors"
	"fmt"
	"image"
	"io"
	"strconv"
	"strings"
	"time"

	"linnet/ui/ial"
)

// Limits keep a slip of the pen from becoming a script that never ends.
const (
	maxWait  = time.Hour
	maxCoord = 1 << 14
)

// tapTime is how long a tap or a key is held: long enough to be one on any
// clock, too short to be more.
const tapTime = 50 * time.Millisecond

// dragStep is the time between the moves of a drag, that of a touch panel.
const dragStep = 20 * time.Millisecond

// command is one parsed line.
type command struct {
	line  int
	wait  time.Duration // before the command
	kind  string
	a, b  image.Point
	key   ial.Key
	delta int
	take  time.Duration // of a drag
	file  string
}

var keys = [...]struct {
	name string
	key  ial.Key
}{
	{"up", ial.KeyUp}, {"down", ial.KeyDown}, {"left", ial.KeyLeft}, {"right", ial.KeyRight},
	{"enter", ial.KeyEnter}, {"back", ial.KeyBack}, {"home", ial.KeyHome},
	{"play", ial.KeyPlayPause}, {"next", ial.KeyNext}, {"previous", ial.KeyPrevious},
	{"volume-up", ial.KeyVolumeUp}, {"volume-down", ial.KeyVolumeDown}, {"mute", ial.KeyMute},
	{"page-up", ial.KeyPageUp}, {"page-down", ial.KeyPageDown},
	{"step", ial.KeyStep}, {"step-back", ial.KeyStepBack}, {"slower", ial.KeySlower}, {"faster", ial.KeyFaster},
	{"subtitles-earlier", ial.KeySubtitlesEarlier}, {"subtitles-later", ial.KeySubtitlesLater}, {"subtitles", ial.KeySubtitles}, {"sound-track", ial.KeySoundTrack},
}

func keyByName(name string) (ial.Key, error) {
	for _, k := range keys {
		if k.name == name {
			return k.key, nil
		}
	}
	return 0, fmt.Errorf("no key is called %q", name)
}

func keyName(key ial.Key) string {
	for _, k := range keys {
		if k.key == key {
			return k.name
		}
	}
	return ""
}

// parse reads a whole script. Errors name the file and the line.
func parse(name string, r io.Reader) ([]command, error) {
	var cmds []command
	s := bufio.NewScanner(r)
	for n := 1; s.Scan(); n++ {
		c, err := parseLine(s.Text())
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		if c.kind != "" {
			c.line = n
			cmds = append(cmds, c)
		}
	}
	if err := s.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return cmds, nil
}

func parseLine(line string) (command, error) {
	var c command
	f := strings.Fields(line)
	for i, w := range f {
		if w[0] == '#' {
			f = f[:i]
			break
		}
	}
	if len(f) == 0 {
		return c, nil
	}
	if f[0][0] >= '0' && f[0][0] <= '9' {
		d, err := duration(f[0])
		if err != nil {
			return c, err
		}
		c.wait, f = d, f[1:]
		if len(f) == 0 {
			return c, errors.New("a duration without a command; to do nothing, write wait")
		}
	}
	c.kind = f[0]
	return c, c.args(f[1:])
}

// args parses the words behind the command.
func (c *command) args(f []string) (err error) {
	want := map[string]string{
		"wait": "DURATION", "tap": "X Y", "down": "X Y", "move": "X Y", "up": "X Y",
		"drag": "X Y X Y DURATION", "wheel": "X Y LINES", "key": "NAME", "keydown": "NAME",
		"keyrepeat": "NAME", "keyup": "NAME", "shot": "FILE", "expose": "", "quit": "",
	}
	shape, ok := want[c.kind]
	if !ok {
		return fmt.Errorf("no command is called %q", c.kind)
	}
	if n := len(strings.Fields(shape)); n != len(f) {
		return fmt.Errorf("%s takes %d words (%s), not %d", c.kind, n, shape, len(f))
	}
	switch shape {
	case "DURATION":
		c.take, err = duration(f[0])
	case "NAME":
		c.key, err = keyByName(f[0])
	case "FILE":
		c.file = f[0]
	case "X Y":
		c.a, err = point(f)
	case "X Y LINES":
		if c.a, err = point(f); err == nil {
			c.delta, err = number(f[2])
		}
	case "X Y X Y DURATION":
		if c.a, err = point(f); err == nil {
			c.b, err = point(f[2:])
		}
		if err == nil {
			c.take, err = duration(f[4])
		}
	}
	return err
}

func duration(s string) (time.Duration, error) {
	d, err := time.ParseDuration(s)
	if err != nil {
		return 0, fmt.Errorf("%q is not a duration, such as 1.5s", s)
	}
	if d < 0 || d > maxWait {
		return 0, fmt.Errorf("%s is not between 0 and %s", s, maxWait)
	}
	return d, nil
}

func number(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || n < -maxCoord || n > maxCoord {
		return 0, fmt.Errorf("%q is not a number between ±%d", s, maxCoord)
	}
	return n, nil
}

func point(f []string) (p image.Point, err error) {
	if p.X, err = number(f[0]); err == nil {
		p.Y, err = number(f[1])
	}
	return p, err
}
