package mpd

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	// greeting says which protocol is spoken.
	greeting = "OK MPD 0.23.5\n"
	// maxLine and maxList are the longest line, and the most bytes of a list of
	// commands.
	maxLine = 16 << 10
	maxList = 256 << 10
	// chunkSize is how much of a picture one answer has unless a client asks for
	// another size.
	chunkSize, minChunk, maxChunk = 8 << 10, 64, 1 << 20
	maxChannels, maxMessages      = 16, 64
)

// A client is one connection.
type client struct {
	s    *Server
	conn net.Conn
	out  *bufio.Writer

	may     Permissions
	chunk   int
	silence time.Duration   // for which it may say nothing, but when it waits for events
	tags    map[string]bool // that are shown

	mu       sync.Mutex
	pending  map[string]bool // subsystems with news
	wake     chan struct{}
	channels map[string]bool
	messages [][2]string
}

func newClient(s *Server, conn net.Conn) *client {
	c := &client{s: s, conn: conn, may: s.cfg.Default, chunk: chunkSize, silence: s.silence, tags: map[string]bool{}, pending: map[string]bool{},
		wake: make(chan struct{}, 1), channels: map[string]bool{}}
	for _, t := range tagNames {
		c.tags[t] = true
	}
	c.out = bufio.NewWriterSize(deadlined{conn, s.patience}, 4<<10)
	return c
}

// deadlined gives each write its time.
type deadlined struct {
	net.Conn
	patience time.Duration
}

func (d deadlined) Write(p []byte) (int, error) {
	if err := d.SetWriteDeadline(time.Now().Add(d.patience)); err != nil {
		return 0, err
	}
	return d.Conn.Write(p)
}

func (c *client) raise(subsystem string) {
	c.mu.Lock()
	c.pending[subsystem] = true
	c.mu.Unlock()
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// errClosed ends a connection.
var errClosed = errors.New("mpd: closed")

// serve talks to a client until one of both has enough.
func (c *client) serve() {
	defer c.s.work.Done()
	defer func() {
		c.conn.Close()
		c.s.mu.Lock()
		delete(c.s.clients, c)
		c.s.mu.Unlock()
	}()
	lines, quit := make(chan string), make(chan struct{})
	defer close(quit)
	go c.read(lines, quit)
	io.WriteString(c.out, greeting)
	for c.out.Flush() == nil {
		timeout := time.NewTimer(c.silence)
		select {
		case line, ok := <-lines:
			timeout.Stop()
			if !ok || c.line(line, lines) != nil {
				c.out.Flush()
				return
			}
		case <-timeout.C:
			return
		case <-c.s.ctx.Done():
			timeout.Stop()
			return
		}
	}
}

// read hands the client's lines over. A line that is too long ends it.
func (c *client) read(lines chan<- string, quit <-chan struct{}) {
	defer close(lines)
	s := bufio.NewScanner(c.conn)
	s.Buffer(make([]byte, 0, 512), maxLine)
	for s.Scan() {
		select {
		case lines <- strings.TrimSuffix(s.Text(), "\r"):
		case <-quit:
			return
		}
	}
}

// line carries out a line, or the list of commands that it begins.
func (c *client) line(line string, lines <-chan string) error {
	switch line {
	case "command_list_begin", "command_list_ok_begin":
		return c.list(line == "command_list_ok_begin", lines)
	case "noidle":
		return nil // of a client that was told already
	}
	words, err := split(line)
	if err == nil && len(words) > 0 && words[0] == "idle" {
		return c.idle(words[1:], lines)
	}
	name, err := c.run(words, err)
	return c.finish(0, name, err)
}

// list reads a list to its end before anything of it is done.
func (c *client) list(each bool, lines <-chan string) error {
	var all []string
	size := 0
	timeout := time.NewTimer(c.silence)
	defer timeout.Stop()
	for {
		var line string
		ok := false
		select {
		case line, ok = <-lines:
			timeout.Reset(c.silence)
		case <-timeout.C:
		case <-c.s.ctx.Done():
		}
		if !ok {
			return errClosed
		}
		if line == "command_list_end" {
			break
		}
		if size += len(line) + 1; size > maxList {
			return errClosed
		}
		all = append(all, line)
	}
	for i, line := range all {
		words, err := split(line)
		name, err := c.run(words, err)
		if err != nil {
			return c.finish(i, name, err)
		}
		if each {
			io.WriteString(c.out, "list_OK\n")
		}
	}
	return c.finish(0, "", nil)
}

// finish ends an answer.
func (c *client) finish(at int, name string, err error) error {
	var a *ack
	switch {
	case err == nil:
		_, err = io.WriteString(c.out, "OK\n")
	case errors.As(err, &a):
		_, err = fmt.Fprintf(c.out, "ACK [%d@%d] {%s} %s\n", a.code, at, name, oneLine(a.text))
	case errors.Is(err, errClosed):
	default:
		_, err = fmt.Fprintf(c.out, "ACK [%d@%d] {%s} %s\n", errSystem, at, name, oneLine(err.Error()))
	}
	return err
}

// run carries out one command, whose name it returns as answers have it.
func (c *client) run(words []string, err error) (name string, _ error) {
	if err != nil {
		return "", err
	}
	if len(words) == 0 {
		return "", fail(errUnknown, "No command given")
	}
	cmd, ok := c.s.table[words[0]]
	if !ok {
		return "", fail(errUnknown, "unknown command \"%s\"", words[0])
	}
	name, args := words[0], words[1:]
	switch {
	case c.may&cmd.needs != cmd.needs:
		return name, fail(errPermission, "you don't have permission for \"%s\"", name)
	case len(args) < cmd.least && cmd.least == cmd.most || cmd.most >= 0 && len(args) > cmd.most && cmd.least == cmd.most:
		return name, fail(errArg, "wrong number of arguments for \"%s\"", name)
	case len(args) < cmd.least:
		return name, fail(errArg, "too few arguments for \"%s\"", name)
	case cmd.most >= 0 && len(args) > cmd.most:
		return name, fail(errArg, "too many arguments for \"%s\"", name)
	case cmd.do == nil:
		return name, fail(errUnknown, "%s", cmd.why)
	}
	return name, cmd.do(c, args)
}

// subsystems are what idle can wait for.
var subsystems = []string{"database", "stored_playlist", "playlist", "player", "mixer", "output", "options", "sticker", "update",
	"subscription", "message", "neighbor", "mount", "partition"}

// idle waits until there is news of one of the subsystems, or the client ends it.
func (c *client) idle(want []string, lines <-chan string) error {
	for _, w := range want {
		if !slices.Contains(subsystems, w) {
			return c.finish(0, "idle", fail(errArg, "Unrecognized idle event: %s", w))
		}
	}
	if c.may&Read == 0 {
		return c.finish(0, "idle", fail(errPermission, "you don't have permission for \"idle\""))
	}
	for {
		if c.news(want) {
			return c.finish(0, "", nil)
		}
		if c.out.Flush() != nil {
			return errClosed
		}
		select {
		case <-c.wake:
		case <-c.s.ctx.Done():
			return errClosed
		case line, ok := <-lines:
			if !ok || line != "noidle" {
				return errClosed // nothing else may be said now
			}
			return c.finish(0, "", nil)
		}
	}
}

// news writes the subsystems that are wanted and have news.
func (c *client) news(want []string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	found := false
	for _, name := range subsystems {
		if c.pending[name] && (len(want) == 0 || slices.Contains(want, name)) {
			delete(c.pending, name)
			fmt.Fprintf(c.out, "changed: %s\n", name)
			found = true
		}
	}
	return found
}

// say writes one pair of an answer.
func (c *client) say(name string, value any) { fmt.Fprintf(c.out, "%s: %v\n", name, value) }

// oneLine takes out of a text what would end a line. All else stays, also what is not
// UTF-8, so that a client can give a name back.
func oneLine(s string) string {
	if !strings.ContainsAny(s, "\n\r\x00") {
		return s
	}
	b := []byte(s)
	for i, c := range b {
		if c == '\n' || c == '\r' || c == 0 {
			b[i] = ' '
		}
	}
	return string(b)
}

// Client to client.

func validChannel(s string) bool {
	return s != "" && len(s) <= 64 && strings.IndexFunc(s, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '-' || r == '.' || r == ':')
	}) < 0
}

func (c *client) subscribe(args []string) error {
	if !validChannel(args[0]) {
		return fail(errArg, "invalid channel name")
	}
	c.mu.Lock()
	has, n := c.channels[args[0]], len(c.channels)
	if !has && n < maxChannels {
		c.channels[args[0]] = true
	}
	c.mu.Unlock()
	switch {
	case has:
		return fail(errExist, "already subscribed to this channel")
	case n >= maxChannels:
		return fail(errExist, "subscription list is full")
	}
	c.s.raise("subscription")
	return nil
}

func (c *client) unsubscribe(args []string) error {
	c.mu.Lock()
	has := c.channels[args[0]]
	delete(c.channels, args[0])
	c.mu.Unlock()
	if !has {
		return fail(errNoExist, "not subscribed to this channel")
	}
	c.s.raise("subscription")
	return nil
}

func (c *client) listChannels([]string) error {
	all := map[string]bool{}
	c.s.mu.Lock()
	for o := range c.s.clients {
		o.mu.Lock()
		maps.Copy(all, o.channels)
		o.mu.Unlock()
	}
	c.s.mu.Unlock()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		c.say("channel", name)
	}
	return nil
}

func (c *client) readMessages([]string) error {
	c.mu.Lock()
	list := c.messages
	c.messages = nil
	c.mu.Unlock()
	for _, m := range list {
		c.say("channel", m[0])
		c.say("message", m[1])
	}
	return nil
}

func (c *client) sendMessage(args []string) error {
	if !validChannel(args[0]) {
		return fail(errArg, "invalid channel name")
	}
	sent := false
	c.s.mu.Lock()
	for o := range c.s.clients {
		o.mu.Lock()
		hears := o.channels[args[0]] && len(o.messages) < maxMessages
		if hears {
			o.messages = append(o.messages, [2]string{args[0], oneLine(args[1])})
		}
		o.mu.Unlock()
		if hears {
			sent = true
			o.raise("message")
		}
	}
	c.s.mu.Unlock()
	if !sent {
		return fail(errNoExist, "nobody is subscribed to this channel")
	}
	return nil
}
