package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"linnet/board"
	"linnet/player"
	"linnet/player/media"
	"linnet/player/resume"
	"linnet/ui/ial"
	"linnet/ui/uitest"
)

// asProgram in the environment has the test program be linnet.
const asProgram = "LINNET_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		os.Exit(run(nil, os.Stdout, os.Stderr, os.Args[1:]))
	}
	os.Exit(withoutSettings(m))
}

// withoutSettings runs the tests in a home where nobody has chosen anything.
func withoutSettings(m *testing.M) int {
	dir, err := os.MkdirTemp("", "linnet-config-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	os.Setenv("XDG_CONFIG_HOME", dir)
	return m.Run()
}

// device is linnet appliance as a process, and the folders of its board.
type device struct {
	t      *testing.T
	dir    string
	args   []string
	cmd    *exec.Cmd
	lines  chan string
	seen   []string
	exited chan error
}

// newDevice makes the folders; nothing runs yet.
func newDevice(t *testing.T, args ...string) *device {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("signals are not for Windows")
	}
	dir := t.TempDir()
	base := []string{"appliance", "--board=qemu-versatile", "--gal=mem", "--ial=none", "--ao=null", "--nice=0", "--lang=en",
		"--media=" + dir, "--state=" + filepath.Join(dir, "state"), "--run=" + filepath.Join(dir, "run"), "--socket=" + filepath.Join(dir, "s")}
	return &device{t: t, dir: dir, args: append(base, args...)}
}

func (d *device) start(args ...string) {
	d.t.Helper()
	d.cmd = exec.Command(os.Args[0], append(slices.Clone(d.args), args...)...)
	d.cmd.Env = append(os.Environ(), asProgram+"=1")
	errs, err := d.cmd.StderrPipe()
	if err == nil {
		err = d.cmd.Start()
	}
	if err != nil {
		d.t.Fatal(err)
	}
	d.lines, d.exited = make(chan string, 1000), make(chan error, 1)
	lines, exited, cmd := d.lines, d.exited, d.cmd
	go func() {
		for s := bufio.NewScanner(errs); s.Scan(); {
			lines <- s.Text()
		}
		close(lines)
		exited <- cmd.Wait()
	}()
	d.t.Cleanup(func() { cmd.Process.Kill() })
}

// until waits for a line.
func (d *device) until(line string) {
	d.t.Helper()
	for timeout := time.After(patience); ; {
		select {
		case l, more := <-d.lines:
			d.seen = append(d.seen, l)
			if l == line {
				return
			}
			if !more {
				d.t.Fatalf("it ended without %q:\n%s", line, strings.Join(d.seen, "\n"))
			}
		case <-timeout:
			d.t.Fatalf("%q does not come:\n%s", line, strings.Join(d.seen, "\n"))
		}
	}
}

// end sends a signal and returns how the program ended.
func (d *device) end(s os.Signal) error {
	d.t.Helper()
	d.cmd.Process.Signal(s)
	for {
		select {
		case l, more := <-d.lines:
			if more {
				d.seen = append(d.seen, l)
				continue
			}
			return <-d.exited
		case <-time.After(patience):
			d.t.Fatal("it does not end")
		}
	}
}

func (d *device) status() (s status) {
	d.t.Helper()
	c, err := net.Dial("unix", filepath.Join(d.dir, "s"))
	// The socket has its name before anybody listens at it.
	for began := time.Now(); errors.Is(err, syscall.ECONNREFUSED) && time.Since(began) < patience; time.Sleep(time.Millisecond) {
		c, err = net.Dial("unix", filepath.Join(d.dir, "s"))
	}
	if err != nil {
		d.t.Fatal(err)
	}
	defer c.Close()
	data, err := io.ReadAll(c)
	if err == nil {
		err = json.Unmarshal(data, &s)
	}
	if err != nil {
		d.t.Fatalf("status: %v\n%s", err, data)
	}
	return s
}

// TestApplianceGoesOn kills the player in the middle, stops it properly, and
// finds each time that it goes on where it was.
func TestApplianceGoesOn(t *testing.T) {
	d := newDevice(t)
	a, b := filepath.Join(d.dir, "a.wav"), filepath.Join(d.dir, "b.wav")
	writeWAV(t, a, recording(44100/2))
	writeWAV(t, b, recording(44100*60))
	d.start("--volume=70", a, b)
	for _, line := range []string{"ui: first frame shown", "playing: " + a, "playing: " + b} {
		d.until(line)
	}
	var s status
	for s.PositionMS < 2500 {
		time.Sleep(50 * time.Millisecond)
		s = d.status()
	}
	if s.State != "playing" || s.Path != b || s.Index != 1 || s.Count != 2 || s.Volume != 70 || s.DurationMS != 60000 ||
		s.Output.Rate != 44100 || s.Output.BufferedMS == 0 || s.Memory.Heap == 0 || s.UptimeMS < 2500 || s.Board != "qemu-versatile" || s.Screens == nil || s.Screens.Frames == 0 {
		t.Errorf("status %+v", s)
	}
	// It is behind by what it was when the place was noted last.
	for began := time.Now(); noted(d.dir) < time.Second; time.Sleep(20 * time.Millisecond) {
		if time.Since(began) > patience {
			t.Fatal("the place is not noted")
		}
	}
	d.end(syscall.SIGKILL)
	place := noted(d.dir).Milliseconds()
	// No music is heard faster than time goes by, however busy the machine is.
	const slack = 1000
	at, asked := s.PositionMS, time.Now()
	most := func() int64 { return at + time.Since(asked).Milliseconds() + slack }

	d.start("--volume=70", a, b) // as process 1 does, which has nothing else to say
	d.until("playing: " + b)
	s = d.status()
	if s.State != "playing" || s.Index != 1 || s.Count != 2 || s.PositionMS < place || s.PositionMS > most() || s.Volume != 70 {
		t.Errorf("after SIGKILL: %+v, noted was %d, at most %d are right", s, place, most())
	}
	time.Sleep(300 * time.Millisecond)
	if err := d.end(syscall.SIGTERM); err != nil {
		t.Errorf("after SIGTERM: %v", err)
	}
	os.RemoveAll(filepath.Join(d.dir, "run")) // and the power is off
	d.start()
	d.until("playing: " + b)
	if now := d.status(); now.PositionMS < s.PositionMS || now.PositionMS > most() {
		t.Errorf("after power off: %+v, was at %d, at most %d are right", now, s.PositionMS, most())
	}
}

// noted is which place of the second track would outlive the program now.
func noted(dir string) time.Duration {
	last, ok, _ := resume.New(filepath.Join(dir, "run"), "").Load()
	if !ok || last.Index != 1 {
		return 0
	}
	return last.Position
}

// TestApplianceMarks plays to the end, with a picture at the end of it.
func TestApplianceMarks(t *testing.T) {
	var d *device
	var shot string
	patiently(t, "wait 1s\nshot SHOT\nquit\n", func(text string) bool {
		d = newDevice(t)
		a := filepath.Join(d.dir, "a.wav")
		writeWAV(t, a, recording(4410))
		shot = filepath.Join(d.dir, "shot.png")
		script := filepath.Join(d.dir, "script")
		write(t, script, strings.ReplaceAll(text, "SHOT", shot))
		d.start("--ial=script:"+script, a)
		if err := <-d.wait(); err != nil {
			t.Errorf("it ended with %v", err)
		}
		return slices.Contains(d.seen, "queue: end")
	})
	rest := d.seen
	for _, line := range []string{"ui: first frame shown", "audio: first sample written", "audio: ended, xruns 0", "queue: end"} {
		i := slices.Index(rest, line)
		if i < 0 {
			t.Fatalf("%q does not come:\n%s", line, strings.Join(d.seen, "\n"))
		}
		rest = rest[i+1:]
	}
	if img, err := uitest.ReadPNG(shot); err != nil || img.Bounds().Dx() != 320 {
		t.Errorf("screenshot: %v", err)
	}
}

// wait is the program's end.
func (d *device) wait() <-chan error {
	for l := range d.lines {
		d.seen = append(d.seen, l)
	}
	return d.exited
}

// TestApplianceWithoutScreen is a board without one: it says so and plays.
func TestApplianceWithoutScreen(t *testing.T) {
	d := newDevice(t, "--board=qemu-sx1", "--gal=fbdev")
	a := filepath.Join(d.dir, "a.wav")
	writeWAV(t, a, recording(4410))
	d.start(a)
	d.until("queue: end")
	if !strings.Contains(d.seen[0], "no screen") {
		t.Errorf("said %q", d.seen)
	}
	if err := d.end(syscall.SIGTERM); err != nil {
		t.Error(err)
	}
}

// TestApplianceWithDamage starts with files of no use: it says so, and shows
// its screens.
func TestApplianceWithDamage(t *testing.T) {
	d := newDevice(t)
	for _, dir := range []string{"state", "run"} {
		os.MkdirAll(filepath.Join(d.dir, dir), 0o777)
		os.WriteFile(filepath.Join(d.dir, dir, "place.json"), []byte("{\"version\":1,\"num"), 0o666)
	}
	d.start()
	d.until("ui: first frame shown")
	if s := d.status(); s.State != "stopped" || s.Count != 0 {
		t.Errorf("%+v", s)
	}
	d.end(syscall.SIGTERM)
	if said := strings.Join(d.seen, "\n"); strings.Count(said, "place.json") != 2 {
		t.Errorf("said:\n%s", said)
	}
}

func TestApplianceFlags(t *testing.T) {
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"--board=mini2440"}, "smdk2410"},
		{nil, "--board"},
		{[]string{"--board=desktop", "--gal=mem", "--ial=x"}, "--ial=x"},
		{[]string{"--board=desktop", "--volume=101"}, "--volume=101"},
		{[]string{"--board=desktop", "--buffer=2h"}, "--buffer"},
		{[]string{"--board=desktop", "--nice=-21"}, "--nice=-21"},
		{[]string{"--board=desktop", "--ao=x"}, "no sound output"},
	} {
		code, _, errs := linnet(t, append([]string{"appliance", "--socket=", "--nice=0"}, c.args...)...)
		if code == 0 || !strings.Contains(errs, c.says) {
			t.Errorf("%q: %d, %s", c.args, code, errs)
		}
	}
}

func TestNearestRate(t *testing.T) {
	rates := board.SMDK2410().Sound.Rates
	for want, get := range map[int]int{44100: 44100, 48000: 44100, 96000: 44100, 32000: 44100, 24000: 44100, 22050: 22050, 16000: 22050, 12000: 12000, 11025: 11025, 8000: 11025} {
		if got := nearest(rates, want); got != get {
			t.Errorf("%d Hz is played at %d, want %d", want, got, get)
		}
	}
	var asked media.AudioFormat
	open := func(want media.AudioFormat) (player.AudioSink, media.AudioFormat, error) {
		asked = want
		return nil, want, nil
	}
	want := media.AudioFormat{Rate: 48000, Channels: 2, Bits: 16}
	if atRates(open, nil)(want); asked.Rate != 48000 {
		t.Errorf("a board that leaves it to the device: %v", asked)
	}
	if atRates(open, rates)(want); asked != (media.AudioFormat{Rate: 44100, Channels: 2, Bits: 16}) {
		t.Errorf("the S3C2410: %v", asked)
	}
}

// TestUpright: a panel is turned only where it stands as the board says.
func TestUpright(t *testing.T) {
	b := board.SMDK2410()
	if got := upright(b, image.Pt(240, 320)).Screen; got != b.Screen || got.Rotate != 90 {
		t.Errorf("on the board: %+v", got)
	}
	got := upright(b, image.Pt(320, 240))
	if w, h := got.UISize(); got.Screen.Rotate != 0 || w != 320 || h != 240 {
		t.Errorf("on a panel as the picture is: %+v", got.Screen)
	}
	if got := upright(b, image.Pt(640, 480)).Screen; got != b.Screen {
		t.Errorf("on a strange panel: %+v", got)
	}
}

// TestKeyTable: whatever a board's key means, the screens know it.
func TestKeyTable(t *testing.T) {
	for _, m := range board.Meanings() {
		if keyOf[m] == ial.KeyNone {
			t.Errorf("%q is no key", m)
		}
	}
	want := map[uint16]ial.Key{103: ial.KeyUp, 108: ial.KeyDown, 28: ial.KeyEnter, 158: ial.KeyBack}
	if got := keyTable(board.SMDK2410().Keys); !reflect.DeepEqual(got, want) {
		t.Errorf("%v", got)
	}
}

// TestMarksAreLines: a file's name cannot make up a mark.
func TestMarksAreLines(t *testing.T) {
	var b bytes.Buffer
	a := &appliance{streams: &streams{err: &b}}
	a.mark("playing: %s", "x\nqueue: end")
	if got := b.String(); got != "playing: x\\x0aqueue: end\n" {
		t.Errorf("%q", got)
	}
}
