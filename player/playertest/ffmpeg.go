package playertest

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"linnet/player"
)

// FFmpeg runs Debian's ffmpeg with the given arguments and returns what it
// writes to its standard output. Where it is not installed the test is
// skipped, and the output says so.
func FFmpeg(t *testing.T, args ...string) []byte {
	t.Helper()
	if _, err := exec.LookPath("ffmpeg"); err != nil {
		t.Skip("ffmpeg is not installed (apt-get install ffmpeg): no comparison with it")
	}
	var out, report bytes.Buffer
	cmd := exec.Command("ffmpeg", append([]string{"-hide_banner", "-nostdin", "-v", "error", "-bitexact"}, args...)...)
	cmd.Stdout, cmd.Stderr = &out, &report
	if err := cmd.Run(); err != nil {
		t.Fatalf("ffmpeg %q: %v\n%s", args, err, report.Bytes())
	}
	return out.Bytes()
}

// Film is FFmpeg's description of four seconds of pictures and sound, see FFmpegFile.
const Film = "testsrc2=s=64x48:r=25:d=4[out0];sine=d=4[out1]"

// FFmpegFile has ffmpeg make a file from a source of its own (lavfi), and returns
// what is in it. The name's suffix says the container where the arguments don't.
func FFmpegFile(t *testing.T, source, name string, args ...string) []byte {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	FFmpeg(t, append(append([]string{"-f", "lavfi", "-i", source}, args...), file)...)
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// FFmpegSamples decodes files of sound with ffmpeg to S32, all in one run.
func FFmpegSamples(t *testing.T, files ...string) [][]int32 {
	t.Helper()
	dir := t.TempDir()
	var inputs, outputs, raws []string
	for i, f := range files {
		raws = append(raws, filepath.Join(dir, fmt.Sprintf("%d.raw", i)))
		inputs = append(inputs, "-i", f)
		outputs = append(outputs, "-map", fmt.Sprintf("%d:a", i), "-f", "s32le", "-c:a", "pcm_s32le", raws[i])
	}
	FFmpeg(t, append(inputs, outputs...)...)
	all := make([][]int32, len(files))
	for i, f := range raws {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all[i] = make([]int32, len(b)/4)
		for k := range all[i] {
			all[i][k] = int32(binary.LittleEndian.Uint32(b[4*k:]))
		}
	}
	return all
}

// Samples decodes all of a demuxer's one stream, untrimmed. Any error,
// damage too, ends it.
func Samples(d player.Demuxer, decoder NewDecoder) ([]int32, error) {
	dec, err := decoder(d.Streams()[0])
	if err != nil {
		return nil, err
	}
	var all []int32
	for i, p := range Packets(d, maxPackets) {
		if all, err = dec.Decode(all, &p); err != nil {
			return all, fmt.Errorf("packet %d: %w", i, err)
		}
	}
	return all, nil
}

// SameSamples reports where two runs of interleaved samples differ.
func SameSamples(t testing.TB, got, want []int32, channels int) {
	t.Helper()
	i := differs(got, want)
	switch {
	case i < 0:
	case i < len(got) && i < len(want):
		t.Errorf("frame %d, channel %d: %#x, want %#x", i/channels, i%channels, got[i], want[i])
	default:
		t.Errorf("%d frames, want %d", len(got)/channels, len(want)/channels)
	}
}
