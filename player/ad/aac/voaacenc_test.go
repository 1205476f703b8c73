package aac_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"linnet/player/playertest"
)

// Streams of another encoder, libvo-aacenc.
func TestAgainstFFmpegWithVOEncoder(t *testing.T) {
	dir := t.TempDir()
	encoder := filepath.Join(dir, "voaacenc")
	if out, err := exec.Command("gcc", "-o", encoder, "testdata/voaacenc.c", "-lvo-aacenc").CombinedOutput(); err != nil {
		t.Skipf("gcc with libvo-aacenc is not there (apt-get install gcc libvo-aacenc-dev): %v\n%s", err, out)
	}
	for _, c := range []struct{ rate, channels, bitRate int }{
		{44100, 2, 128000}, {48000, 2, 64000}, {32000, 1, 48000}, {22050, 2, 40000}, {16000, 1, 24000}, {8000, 1, 16000}, {96000, 2, 192000},
	} {
		t.Run(fmt.Sprintf("%dx%d at %d", c.rate, c.channels, c.bitRate), func(t *testing.T) {
			pcm := playertest.FFmpeg(t, "-f", "lavfi", "-i", fmt.Sprintf("%s:s=%d:d=0.7", music(c.channels), c.rate), "-f", "s16le", "-")
			var out bytes.Buffer
			cmd := exec.Command(encoder, fmt.Sprint(c.rate), fmt.Sprint(c.channels), fmt.Sprint(c.bitRate), "1")
			cmd.Stdin, cmd.Stdout = bytes.NewReader(pcm), &out
			if err := cmd.Run(); err != nil {
				t.Fatal("voaacenc: ", err)
			}
			file := filepath.Join(dir, "x.aac")
			if err := os.WriteFile(file, out.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
			got, _ := decodeFile(t, file)
			want := reference(t, file)
			if len(got) != len(want) || len(got) == 0 {
				t.Fatalf("%d samples, want %d", len(got), len(want))
			}
			rms, peak := deviation(got, want)
			t.Logf("rms %.4f, peak %.4f", rms, peak)
			if rms > 0.1 || peak > 0.3 {
				t.Errorf("rms %.4f, peak %.4f of a 16-bit sample's last place", rms, peak)
			}
		})
	}
}
