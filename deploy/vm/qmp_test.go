package vm

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"io"
	"net"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"linnet/board"
)

// fake is a QEMU that answers each command by a line, or not at all where that
// is empty, and remembers what it was told.
type fake struct {
	answers map[string]string // ID stands for the command's
	told    []map[string]any
}

func (f *fake) serve(conn net.Conn) {
	defer conn.Close()
	fmt.Fprintln(conn, `{"QMP": {"version": {}, "capabilities": []}}`)
	for in := bufio.NewScanner(conn); in.Scan(); {
		var c map[string]any
		if json.Unmarshal(in.Bytes(), &c) != nil {
			return
		}
		f.told = append(f.told, c)
		name := c["execute"].(string)
		answer, ok := f.answers[name]
		if !ok {
			answer = `{"event": "STOP"}{"return": {}, "id": ID}`
		}
		if answer == "end" {
			return
		}
		fmt.Fprintln(conn, strings.ReplaceAll(answer, "ID", fmt.Sprint(c["id"])))
	}
}

// start makes a board of which nothing is there but the fake's monitor.
func (f *fake) start(t *testing.T) *VM {
	t.Helper()
	mine, its := net.Pipe()
	go f.serve(its)
	m, err := newMonitor(t.Context(), mine)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { mine.Close() })
	return &VM{config: Config{Board: board.QEMUVersatile()}, qmp: m}
}

func TestMonitor(t *testing.T) {
	f := &fake{answers: map[string]string{
		"query-status": `{"return": {"status": "running"}, "id": ID}`,
		"screendump":   `{"error": {"class": "GenericError", "desc": "no screen"}, "id": ID}`,
		"quit":         "end",
	}}
	m := f.start(t).qmp
	ctx := t.Context()
	var status struct{ Status string }
	if err := m.do(ctx, "query-status", nil, &status); err != nil || status.Status != "running" {
		t.Errorf("%+v, %v", status, err)
	}
	if err := m.do(ctx, "screendump", nil, nil); err == nil || !strings.Contains(err.Error(), "no screen") {
		t.Errorf("a refusal: %v", err)
	}
	for range 2 {
		if err := m.do(ctx, "quit", nil, nil); !errors.Is(err, errGone) {
			t.Errorf("QEMU that ends: %v", err)
		}
	}
}

func TestMonitorSilent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{answers: map[string]string{"stop": `{"event": "STOP"}`}}
		m := f.start(t).qmp
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if err := m.do(ctx, "stop", nil, nil); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("no answer: %v", err)
		}
		if len(m.waiting) != 0 {
			t.Error("somebody still waits for it")
		}
		if err := m.do(t.Context(), "cont", nil, nil); err != nil {
			t.Errorf("the next one: %v", err)
		}
	})
}

func TestMonitorGarbage(t *testing.T) {
	mine, its := net.Pipe()
	go func() {
		io.WriteString(its, "this is no JSON\n")
		io.Copy(io.Discard, its)
	}()
	if _, err := newMonitor(t.Context(), mine); !errors.Is(err, errGone) {
		t.Errorf("%v", err)
	}
}

func TestInput(t *testing.T) {
	f := &fake{}
	v := f.start(t)
	ctx := t.Context()
	if err := errors.Join(v.Tap(ctx, image.Pt(0, 0)), v.Key(ctx, "ret")); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range f.told[1:] {
		events := c["arguments"].(map[string]any)["events"].([]any)
		for _, e := range events {
			b, _ := json.Marshal(e)
			got = append(got, string(b))
		}
	}
	want := []string{
		fmt.Sprintf(`{"data":{"axis":"x","value":%d},"type":"abs"}`, 32699), // (239 + 1/2) / 240 of 32767
		fmt.Sprintf(`{"data":{"axis":"y","value":%d},"type":"abs"}`, 51),    // (0 + 1/2) / 320
		`{"data":{"button":"left","down":true},"type":"btn"}`,
		`{"data":{"button":"left","down":false},"type":"btn"}`,
		`{"data":{"down":true,"key":{"data":"ret","type":"qcode"}},"type":"key"}`,
		`{"data":{"down":false,"key":{"data":"ret","type":"qcode"}},"type":"key"}`,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("it sends\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for _, bad := range []image.Point{{-1, 0}, {320, 0}, {0, 240}} {
		if err := v.Press(ctx, bad); err == nil {
			t.Errorf("%v is touched", bad)
		}
	}
}

func TestPlug(t *testing.T) {
	f := &fake{}
	v := f.start(t)
	ctx := t.Context()
	for range 2 {
		stick, err := v.Plug(ctx, "disk")
		if err := errors.Join(err, v.Unplug(ctx, stick)); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	for _, c := range f.told[1:] {
		a := c["arguments"].(map[string]any)
		got = append(got, fmt.Sprint(c["execute"], " ", a["node-name"], a["id"], " ", a["drive"]))
	}
	want := []string{
		"blockdev-add stick1-disk<nil> <nil>", "device_add <nil>stick1 stick1-disk", "device_del <nil>stick1 <nil>",
		"blockdev-add stick2-disk<nil> <nil>", "device_add <nil>stick2 stick2-disk", "device_del <nil>stick2 <nil>",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("it sends\n%s", strings.Join(got, "\n"))
	}
}

// TestStill has a board go on after its picture was taken, or could not be.
func TestStill(t *testing.T) {
	f := &fake{answers: map[string]string{"screendump": `{"error": {"class": "GenericError", "desc": "no screen"}, "id": ID}`}}
	if m, err := f.start(t).Still(t.Context()); err == nil || m != nil || !strings.Contains(err.Error(), "no screen") {
		t.Errorf("%v, %v", m, err)
	}
	var told []string
	for _, c := range f.told {
		told = append(told, c["execute"].(string))
	}
	if want := []string{"qmp_capabilities", "stop", "screendump", "cont"}; !reflect.DeepEqual(told, want) {
		t.Errorf("told %q, not %q", told, want)
	}
}

// TestWord reads a register as QEMU's monitor prints memory.
func TestWord(t *testing.T) {
	f := &fake{answers: map[string]string{"human-monitor-command": `{"return": "00000000560000b8: 0x4c4e5304\r\n", "id": ID}`}}
	if got, err := f.start(t).Word(t.Context(), 0x560000b8); err != nil || got != 0x4c4e5304 {
		t.Errorf("%#x, %v", got, err)
	}
	if got := f.told[len(f.told)-1]["arguments"]; !reflect.DeepEqual(got, map[string]any{"command-line": "xp /1xw 0x560000b8"}) {
		t.Errorf("QEMU was told %v", got)
	}
	f = &fake{answers: map[string]string{"human-monitor-command": `{"return": "Cannot access memory", "id": ID}`}}
	if _, err := f.start(t).Word(t.Context(), 1); err == nil || !strings.Contains(err.Error(), "Cannot access memory") {
		t.Errorf("no register: %v", err)
	}
}
