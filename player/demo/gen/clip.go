package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"linnet/player/demo/internal/cover"
	"linnet/player/demo/internal/synth"
)

// clipName is the file of the demonstration clip.
const clipName = "On the Perch.mpg"

// film says how much of the clip is coded, and how closely.
type film struct {
	pictures     int
	video, sound string // bits a second, as ffmpeg takes them
}

// writeClip draws the clip, and has ffmpeg code it as MPEG-1 video with MP2
// sound: the beginning of the first piece, faded out.
func writeClip(folder string, samples []int16, f film) (int, error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return 0, err
	}
	dir, err := os.MkdirTemp("", "linnet-demo")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	raw := filepath.Join(dir, "in.raw")
	if err := os.WriteFile(raw, littleEndian(faded(samples, f.pictures)), 0o600); err != nil {
		return 0, err
	}
	out := filepath.Join(dir, clipName)
	cmd := exec.Command("ffmpeg", "-v", "error", "-y",
		"-f", "rawvideo", "-pixel_format", "rgb24", "-video_size", fmt.Sprintf("%dx%d", cover.SceneWidth, cover.SceneHeight), "-framerate", fmt.Sprint(cover.SceneRate), "-i", "-",
		"-f", "s16le", "-ar", fmt.Sprint(synth.Rate), "-ac", "2", "-i", raw,
		"-bitexact", "-c:v", "mpeg1video", "-b:v", f.video, "-g", "25", "-bf", "2", "-c:a", "mp2", "-b:a", f.sound, "-f", "mpeg", out)
	var report bytes.Buffer
	cmd.Stderr = &report
	in, err := cmd.StdinPipe()
	if err != nil {
		return 0, err
	}
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	scene := cover.NewScene()
	row := make([]byte, 0, 3*cover.SceneWidth*cover.SceneHeight)
	for n := range f.pictures {
		row = row[:0]
		for pix := scene.Frame(n).Pix; len(pix) > 0; pix = pix[4:] {
			row = append(row, pix[0], pix[1], pix[2])
		}
		if _, err := in.Write(row); err != nil {
			break // ffmpeg says why
		}
	}
	in.Close()
	if err := cmd.Wait(); err != nil {
		return 0, fmt.Errorf("ffmpeg: %w\n%s", err, report.Bytes())
	}
	coded, err := os.ReadFile(out)
	if err != nil {
		return 0, err
	}
	return len(coded), os.WriteFile(filepath.Join(folder, clipName), coded, 0o644)
}

// faded is the sound of the clip: as long as its pictures, silent at the end.
func faded(samples []int16, pictures int) []int16 {
	const fade = 2 * synth.Rate
	frames := synth.Rate * pictures / cover.SceneRate
	out := append([]int16(nil), samples[:2*frames]...)
	for i := range fade {
		at := 2 * (frames - fade + i)
		for c := range 2 {
			out[at+c] = int16(int(out[at+c]) * (fade - i) / fade)
		}
	}
	return out
}
