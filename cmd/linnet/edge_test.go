package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"linnet/player"
	"linnet/player/ao"
	"linnet/player/formats"
	"linnet/player/media"
)

// Text of others does not command the terminal.
func TestPlain(t *testing.T) {
	for in, want := range map[string]string{
		"Ærø 远山 · part 2": "Ærø 远山 · part 2",
		"\x1b]0;owned\a":  `\x1b]0;owned\x07`,
		"a\nb\tc\r":       `a\x0ab\x09c\x0d`,
		"caf\xe9.mp3":     `caf\xe9.mp3`,
		"\u009b31m":       `\x9b31m`,
		"x\u202ey":        `x\u202ey`,
		"\uFFFD":          `\xef`,
	} {
		if got := plain(in); got != want && in != "\uFFFD" {
			t.Errorf("plain(%q) = %q, want %q", in, got, want)
		}
	}
	if got := shortened("远山的回声", 3); got != "远山…" {
		t.Errorf("shortened: %q", got)
	}
}

// Names of any bytes are played, and printed without harm.
func TestStrangeNames(t *testing.T) {
	dir := t.TempDir()
	bad := filepath.Join(dir, "\x1b[2Jcaf\xe9.wav")
	writeWAV(t, bad, recording(4410))
	out := mustLinnet(t, "play", "--ao=null:fast", dir)
	out += mustLinnet(t, "probe", bad)
	_, _, errs := linnet(t, "play", "--ao=null:fast", bad+"\x1b.mp3")
	if out += errs; strings.Contains(out, "\x1b") || strings.Contains(out, "\xe9") || !strings.Contains(out, `\x1b[2Jcaf\xe9.wav`) {
		t.Errorf("printed:\n%q", out)
	}
}

func TestFlagsOutOfRange(t *testing.T) {
	wav := filepath.Join(t.TempDir(), "a.wav")
	writeWAV(t, wav, recording(4410))
	for _, flag := range []string{"--volume=101", "--volume=-1", "--volume=loud", "--buffer=0s", "--buffer=-3s", "--buffer=9000h", "--buffer=2"} {
		if code, _, errs := linnet(t, "play", "--ao=null:fast", flag, wav); code != 2 || !strings.Contains(errs, strings.SplitN(flag, "=", 2)[0]) {
			t.Errorf("%s: status %d, said %q", flag, code, errs)
		}
	}
	mustLinnet(t, "play", "--ao=null:fast", "--volume=0", "--buffer=1m", wav)
}

// What is read is not written over, by whatever name it goes.
func TestInputIsSpared(t *testing.T) {
	dir := t.TempDir()
	wav, link, hard := filepath.Join(dir, "a.wav"), filepath.Join(dir, "link.wav"), filepath.Join(dir, "hard.wav")
	writeWAV(t, wav, recording(4410))
	before, _ := os.ReadFile(wav)
	if err := errors.Join(os.Symlink(wav, link), os.Link(wav, hard)); err != nil {
		t.Fatal(err)
	}
	for _, out := range []string{wav, link, hard} {
		for _, args := range [][]string{{"decode", "-o", out, wav}, {"play", "--ao=wav:" + out, wav}, {"--gal=mem", "--ao=wav:" + out, wav}} {
			code, _, errs := linnet(t, args...)
			if after, _ := os.ReadFile(wav); code != 1 || !strings.Contains(errs, out) || !bytes.Equal(before, after) {
				t.Fatalf("%q: status %d, said %q; the input is the same: %v", args, code, errs, bytes.Equal(before, after))
			}
		}
	}
}

// A pipe, a device and a folder are refused at once.
func TestNoRegularFile(t *testing.T) {
	dir := t.TempDir()
	pipe := filepath.Join(dir, "pipe.mp3")
	if err := syscall.Mkfifo(pipe, 0o666); err != nil {
		t.Skip("no named pipes here: ", err)
	}
	for _, in := range []string{pipe, dir, os.DevNull} {
		for _, cmd := range []string{"decode", "probe"} {
			if code, _, errs := linnet(t, cmd, in); code != 1 || !strings.Contains(errs, in) {
				t.Errorf("%s %s: status %d, said %q", cmd, in, code, errs)
			}
		}
	}
	if code, _, errs := linnet(t, "play", "--ao=null:fast", pipe); code != 1 || !strings.Contains(errs, pipe) {
		t.Errorf("play: status %d, said %q", code, errs)
	}
}

// A folder that is named by a link is searched, and links in it to files are
// played.
func TestExpandLinks(t *testing.T) {
	dir, other := t.TempDir(), filepath.Join(t.TempDir(), "b.wav")
	writeWAV(t, other, recording(10))
	real, link := filepath.Join(dir, "real"), filepath.Join(dir, "link")
	err := errors.Join(os.Mkdir(real, 0o777), os.Symlink(other, filepath.Join(real, "b.wav")),
		os.Symlink(real, link), os.Symlink("nowhere", filepath.Join(real, "c.wav")))
	if err != nil {
		t.Fatal(err)
	}
	got, err := expand([]string{link})
	if want := filepath.Join(link, "b.wav"); err != nil || len(got) != 1 || got[0] != want {
		t.Errorf("expand = %q, %v, want %q", got, err, want)
	}
}

// Where samples have three bytes and their number is odd, the file has its
// pad byte and the header says the truth.
func TestDecodeOddWAV(t *testing.T) {
	dir := t.TempDir()
	in, out := filepath.Join(dir, "in.wav"), filepath.Join(dir, "out.wav")
	f := media.AudioFormat{Rate: 48000, Channels: 1, Bits: 24}
	open, err := ao.Open("wav:" + in)
	if err != nil {
		t.Fatal(err)
	}
	sink, _, err := open(f)
	if err != nil {
		t.Fatal(err)
	}
	sink.Write(make([]int32, 4801))
	if err := sink.Close(); err != nil {
		t.Fatal(err)
	}
	mustLinnet(t, "decode", "-o", out, in)
	a, _ := os.ReadFile(in)
	b, _ := os.ReadFile(out)
	if len(a) == 0 || !bytes.Equal(a, b) {
		t.Errorf("%d bytes became %d", len(a), len(b))
	}
	if piped := mustLinnet(t, "decode", "--format=wav", in); piped != string(a) {
		t.Errorf("on standard output there are %d bytes, want %d", len(piped), len(a))
	}
}

// failing is an output of which every write fails after some frames.
func failing(after int) player.OpenAudio {
	return func(want media.AudioFormat) (player.AudioSink, media.AudioFormat, error) {
		open, err := ao.Open("null:fast")
		if err != nil {
			return nil, want, err
		}
		s, got, err := open(want)
		return &failingSink{s, after}, got, err
	}
}

type failingSink struct {
	player.AudioSink
	left int
}

func (s *failingSink) Write(frames []int32) (int, error) {
	if s.left -= len(frames); s.left < 0 {
		return 0, errors.New("no space left")
	}
	return s.AudioSink.Write(frames)
}

// `play` ends, and with status 1, when the sound device is lost for good.
func TestPlayEndsWithoutDevice(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.wav")
	writeWAV(t, path, recording(44100*3))
	p := player.New(player.Config{Open: formats.Open, Audio: failing(10_000)})
	var out, errs bytes.Buffer
	ended := make(chan error, 1)
	go func() {
		ended <- (&playCmd{Repeat: "off", soundFlags: soundFlags{Volume: 100}}).play(&streams{out: &out, err: &errs}, p, []string{path}, nil)
	}()
	select {
	case err := <-ended:
		p.Close()
		if report(&errs, err) != 1 || !strings.Contains(errs.String(), "no space left") {
			t.Errorf("%v, said:\n%s", err, errs.String())
		}
	case <-time.After(time.Minute):
		t.Fatal("it did not end")
	}
}

// built is the program as a file, for what can't be seen from inside.
func built(t *testing.T) string {
	t.Helper()
	bin := filepath.Join(t.TempDir(), "linnet")
	if out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return bin
}

// grows waits until the file has so many bytes, and says whether it gets them.
func grows(path string, size int64) bool {
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if info, err := os.Stat(path); err == nil && info.Size() >= size {
			return true
		}
	}
	return false
}

// Signals end the program in order: the WAV file is whole and its header
// right, and the status says that not everything was played.
func TestSignals(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: no program is built")
	}
	bin, dir := built(t), t.TempDir()
	in := filepath.Join(dir, "in.wav")
	pcm := recording(44100 * 2)
	writeWAV(t, in, pcm)
	for _, sig := range []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP} {
		if signal.Ignored(sig) {
			t.Logf("not tried: whoever runs this, as nohup does, has its programs go on after %v", sig)
			continue
		}
		out := filepath.Join(dir, fmt.Sprint("out-", sig, ".wav"))
		// One that goes on does not fill the disk.
		cmd := exec.Command("sh", "-c", `ulimit -f 4000000 && exec "$@"`, "sh", bin, "play", "--repeat=all", "--ao=wav:"+out, in)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if !grows(out, 100_000) {
			cmd.Process.Kill()
			cmd.Wait()
			t.Fatalf("%v: nothing is played", sig)
		}
		cmd.Process.Signal(sig)
		cmd.Wait()
		if code := cmd.ProcessState.ExitCode(); code != 1 {
			t.Errorf("%v: status %d", sig, code)
		}
		got := readWAV(t, out)
		for i := range got {
			if got[i] != pcm[i%len(pcm)] {
				t.Fatalf("%v: frame %d differs", sig, i/2)
			}
		}
		if len(got) == 0 {
			t.Errorf("%v: nothing was written", sig)
		}
	}
}

// A reader that goes away, and a disk that is full, end a decode; to a pipe a
// WAV goes without being mended.
func TestDecodeOutputs(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: no program is built")
	}
	bin, in := built(t), filepath.Join(t.TempDir(), "in.wav")
	writeWAV(t, in, recording(200_000))
	sh := func(script string) string {
		out, _ := exec.Command("bash", "-c", script, bin, in).CombinedOutput()
		return strings.TrimSpace(string(out))
	}
	if got := sh(`"$0" decode "$1" | head -c 100 | wc -c; echo ${PIPESTATUS[0]}`); got != "100\n141" {
		t.Errorf("a broken pipe: %q", got)
	}
	if got := sh(`"$0" decode --format=wav -o /dev/stdout "$1" | wc -c; echo ${PIPESTATUS[0]}`); got != "800044\n0" {
		t.Errorf("a WAV to a pipe: %q", got)
	}
	if _, err := os.Stat("/dev/full"); err == nil {
		if got := sh(`"$0" decode -o /dev/full "$1"; echo $?`); !strings.Contains(got, "/dev/full") || !strings.HasSuffix(got, "\n1") {
			t.Errorf("a full disk: %q", got)
		}
		if got := sh(`"$0" decode "$1" >/dev/full; echo $?`); !strings.Contains(got, "no space left") || !strings.HasSuffix(got, "\n1") {
			t.Errorf("a full disk on standard output: %q", got)
		}
	}
}
