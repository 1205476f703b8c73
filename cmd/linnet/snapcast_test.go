package main

import (
	"encoding/binary"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// A Snapcast server is fed through its FIFO, and what a client of it plays is
// the music, bit for bit, but where client and server adjust their clocks.
func TestSnapcast(t *testing.T) {
	for _, tool := range []string{"snapserver", "snapclient"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not installed; try: apt-get install snapserver snapclient", tool)
		}
	}
	dir := t.TempDir()
	fifo, out, port := filepath.Join(dir, "fifo"), filepath.Join(dir, "out.pcm"), freePort(t)
	config := filepath.Join(dir, "snapserver.conf")
	text := fmt.Sprintf("[server]\ndatadir = %s\n[http]\nenabled = false\n[tcp]\nenabled = false\n"+
		"[stream]\nbind_to_address = 127.0.0.1\nport = %d\nsource = pipe://%s?name=linnet&sampleformat=44100:16:2&codec=pcm\n[logging]\nsink = stderr\n", dir, port, fifo)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	background(t, "snapserver", "-c", config)
	waitFor(t, "the server's FIFO", func() bool {
		info, err := os.Stat(fifo)
		return err == nil && info.Mode()&os.ModeNamedPipe != 0
	})
	background(t, "snapclient", "-h", "127.0.0.1", "-p", fmt.Sprint(port), "--player", "file:filename="+out+",mode=w")
	waitFor(t, "the client", func() bool { info, err := os.Stat(out); return err == nil && info.Size() > 0 })

	in := filepath.Join(dir, "in.wav")
	pcm := recording(44100 * 6)
	writeWAV(t, in, pcm)
	// heard plays it, and says how many frames of pcm came in one piece, once the end
	// of what was played has come; a client that is late leaves it out.
	heard := func(played []int16) (best int) {
		mustLinnet(t, "play", "--ao=pipe:"+fifo, in)
		before := len(samplesOf(out))
		end := played[len(played)-44100:] // but for a chunk that the server does not fill
		for deadline := time.Now().Add(15 * time.Second); longestOf(samplesOf(out)[before:], end) == 0 && time.Now().Before(deadline); {
			time.Sleep(100 * time.Millisecond)
		}
		return longestOf(samplesOf(out)[before:], pcm) / 2
	}
	best := 0
	for deadline := time.Now().Add(3 * time.Minute); best < wholePiece && time.Now().Before(deadline); { // a busy machine makes gaps
		best = heard(pcm)
		t.Logf("%.2f s of %.2f s in one piece", float64(best)/44100, float64(len(pcm))/2/44100)
	}
	if best < wholePiece {
		t.Error("the music does not come in one piece")
	}

	// A stream that lacks a frame in each tenth of a second is known for that.
	var wrong []int16
	const tenth = 44100 / 10 * 2
	for from := 0; from < len(pcm); from += tenth {
		wrong = append(wrong, pcm[from+2:from+tenth]...)
	}
	writeWAV(t, in, wrong)
	if best := heard(wrong); best > tenth/2 {
		t.Errorf("of a wrong stream %.2f s are right", float64(best)/44100)
	}
}

// wholePiece is how many frames must come without a flaw. It is less than all, as
// the client begins in the middle and then leaves out or repeats a frame now and
// again, where its clock and the server's disagree: on a busy machine each second.
const wholePiece = 44100 * 2 / 5

// samplesOf is what is in a file of samples.
func samplesOf(path string) []int16 {
	data, _ := os.ReadFile(path)
	got := make([]int16, len(data)/2)
	for i := range got {
		got[i] = int16(binary.LittleEndian.Uint16(data[2*i:]))
	}
	return got
}

// longestOf is the longest stretch of want that is in got, in samples, as far as
// it is found from places half a second apart, or an eighth of want.
func longestOf(got, want []int16) (best int) {
	const key = 64
	where := map[[key]int16]int{}
	for i := 0; i+key <= len(got); i += 2 {
		where[[key]int16(got[i:i+key])] = i
	}
	for from := 0; from+key <= len(want); from += min(44100, len(want)/8) / 2 * 2 {
		at, ok := where[[key]int16(want[from:from+key])]
		n := 0
		for ok && from+n < len(want) && at+n < len(got) && want[from+n] == got[at+n] {
			n++
		}
		best = max(best, n)
	}
	return best
}

// background runs a program until the test ends.
func background(t *testing.T, name string, args ...string) {
	t.Helper()
	cmd := exec.Command(name, args...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
}

func waitFor(t *testing.T, what string, there func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !there(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s does not come", what)
		}
	}
}

func freePort(t *testing.T) int {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}
