package vm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
)

// monitor speaks the QEMU Machine Protocol: a line of JSON for a command, one
// for its answer, and events in between, which nobody here waits for.
type monitor struct {
	conn io.ReadWriteCloser

	mu      sync.Mutex
	next    int
	waiting map[int]chan message
	gone    error // why there is no answer any more
}

// message is what QEMU says: a greeting, an answer or an event.
type message struct {
	ID     int             `json:"id"`
	Return json.RawMessage `json:"return"`
	Error  *struct {
		Class string `json:"class"`
		Desc  string `json:"desc"`
	} `json:"error"`
	Event string `json:"event"`
}

// errGone means that QEMU does not answer because it has ended.
var errGone = errors.New("QEMU is gone")

// newMonitor takes the connection and agrees on what can be said.
func newMonitor(ctx context.Context, conn io.ReadWriteCloser) (*monitor, error) {
	m := &monitor{conn: conn, next: 1, waiting: map[int]chan message{}}
	go m.read()
	if err := m.do(ctx, "qmp_capabilities", nil, nil); err != nil {
		conn.Close()
		return nil, err
	}
	return m, nil
}

// read hands answers to those who wait for them.
func (m *monitor) read() {
	d := json.NewDecoder(m.conn)
	for {
		var msg message
		err := d.Decode(&msg)
		m.mu.Lock()
		if err != nil {
			m.gone = fmt.Errorf("%w: %w", errGone, err)
			for id, c := range m.waiting {
				close(c)
				delete(m.waiting, id)
			}
			m.mu.Unlock()
			return
		}
		if c := m.waiting[msg.ID]; c != nil {
			c <- msg
			delete(m.waiting, msg.ID)
		}
		m.mu.Unlock()
	}
}

// do has a command done; result, where it is not nil, gets what it returns.
func (m *monitor) do(ctx context.Context, command string, arguments, result any) error {
	id, answer, err := m.send(command, arguments)
	if err != nil {
		return fmt.Errorf("vm: %s: %w", command, err)
	}
	select {
	case <-ctx.Done():
		m.mu.Lock()
		delete(m.waiting, id)
		m.mu.Unlock()
		return fmt.Errorf("vm: %s: %w", command, context.Cause(ctx))
	case msg, ok := <-answer:
		switch {
		case !ok:
			return fmt.Errorf("vm: %s: %w", command, m.gone)
		case msg.Error != nil:
			return fmt.Errorf("vm: %s: %s: %s", command, msg.Error.Class, msg.Error.Desc)
		case result != nil:
			return json.Unmarshal(msg.Return, result)
		}
		return nil
	}
}

func (m *monitor) send(command string, arguments any) (int, chan message, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.gone != nil {
		return 0, nil, m.gone
	}
	id := m.next
	m.next++
	line, err := json.Marshal(struct {
		Execute   string `json:"execute"`
		Arguments any    `json:"arguments,omitempty"`
		ID        int    `json:"id"`
	}{command, arguments, id})
	if err != nil {
		return 0, nil, err
	}
	answer := make(chan message, 1)
	m.waiting[id] = answer
	if _, err := m.conn.Write(append(line, '\n')); err != nil {
		delete(m.waiting, id)
		return 0, nil, fmt.Errorf("%w: %w", errGone, err)
	}
	return id, answer, nil
}

// chip is the path of the flash among QEMU's objects.
const chip = "/machine/nand"

// Operations is how many programs and erases the flash has done since power-on.
func (v *VM) Operations(ctx context.Context) (n int, err error) {
	err = v.qmp.do(ctx, "qom-get", map[string]any{"path": chip, "property": "operations"}, &n)
	return n, err
}

// Word is what a register of the board holds, by its physical address. Reading it must
// change nothing.
func (v *VM) Word(ctx context.Context, at int64) (word uint32, err error) {
	var said string
	if err := v.qmp.do(ctx, "human-monitor-command", map[string]any{"command-line": fmt.Sprintf("xp /1xw %#x", at)}, &said); err != nil {
		return 0, err
	}
	if _, err := fmt.Sscanf(said, "%x: 0x%x", new(int64), &word); err != nil {
		return 0, fmt.Errorf("vm: the register at %#x: %q: %w", at, said, err)
	}
	return word, nil
}

// CutAt has the power fail in the n-th program or erase since power-on, when
// after thousandths of it are done.
func (v *VM) CutAt(ctx context.Context, n, after int) error {
	for _, p := range []struct {
		name  string
		value int
	}{{"cut-after", after}, {"cut-at", n}} {
		if err := v.qmp.do(ctx, "qom-set", map[string]any{"path": chip, "property": p.name, "value": p.value}, nil); err != nil {
			return err
		}
	}
	return nil
}
