// Command gen makes the demonstration clip and album: it draws the one and has
// ffmpeg code it; for the other it plays the pieces, draws the
// cover, encodes with LAME and writes the tags. Beside the album it leaves the
// hashes of the sound before it was encoded.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"linnet/player/demo/internal/cover"
	"linnet/player/demo/internal/synth"
)

func main() {
	out := flag.String("o", "player/demo/album", "the `folder` to write the album to")
	pictures := flag.String("clip", "player/demo/clip", "the `folder` to write the clip to")
	little := flag.String("short", "player/demo/short", "the `folder` for what a board's flash has room for")
	only := flag.Bool("only-clip", false, "leave the album as it is")
	flag.Parse()
	err := clip(*pictures, film{cover.SceneFrames, "500k", "128k"}, os.Stdout)
	if err == nil && !*only {
		err = run(*out, os.Stdout)
	}
	if err == nil && !*only {
		err = short(*little, os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func clip(folder string, f film, progress io.Writer) error {
	size, err := writeClip(folder, synth.Album()[0].Samples, f)
	if err != nil {
		return fmt.Errorf("%s: %w", clipName, err)
	}
	fmt.Fprintf(progress, "%s: %d s, %d bytes\n", clipName, f.pictures/cover.SceneRate, size)
	return nil
}

func run(folder string, progress io.Writer) error {
	if _, err := exec.LookPath("lame"); err != nil {
		return errors.New("lame is not installed (apt-get install lame)")
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	picture, err := drawCover()
	if err != nil {
		return err
	}
	var sums strings.Builder
	tracks := synth.Album()
	for i, t := range tracks {
		name := fmt.Sprintf("%02d %s.mp3", t.Number, t.Title)
		pcm := littleEndian(t.Samples)
		size, err := encode(filepath.Join(folder, name), pcm, tag(t, len(tracks), picture, 3+i/2), albumRate)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		fmt.Fprintf(&sums, "%x  %d  %s\n", sha256.Sum256(pcm), len(t.Samples)/2, name)
		fmt.Fprintf(progress, "%s: %.1f s, %d bytes\n", name, float64(len(t.Samples)/2)/synth.Rate, size)
	}
	return os.WriteFile(filepath.Join(filepath.Dir(folder), "pcm.sha256"), []byte(sums.String()), 0o644)
}

// short writes one piece of the album and the beginning of the clip, in 0.7 MB.
func short(folder string, progress io.Writer) error {
	picture, err := drawCover()
	if err != nil {
		return err
	}
	if err := clip(folder, film{8 * cover.SceneRate, "240k", "64k"}, progress); err != nil {
		return err
	}
	t := synth.Album()[0]
	name := t.Title + ".mp3"
	size, err := encode(filepath.Join(folder, name), littleEndian(t.Samples), tag(t, 4, picture, 4), 80)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	fmt.Fprintf(progress, "%s: %.1f s, %d bytes\n", name, float64(len(t.Samples)/2)/synth.Rate, size)
	return nil
}

func drawCover() ([]byte, error) {
	var b bytes.Buffer
	e := png.Encoder{CompressionLevel: png.BestCompression}
	err := e.Encode(&b, cover.Draw())
	return b.Bytes(), err
}

func littleEndian(s []int16) []byte {
	b := make([]byte, 0, 2*len(s))
	for _, v := range s {
		b = binary.LittleEndian.AppendUint16(b, uint16(v))
	}
	return b
}

// albumRate is that of the album, in kbit/s.
const albumRate = 128

// encode writes one file: the tag, then what LAME makes of the samples at so many
// kbit/s, with its own tag that says how much to trim.
func encode(name string, pcm, tag []byte, rate int) (int, error) {
	dir, err := os.MkdirTemp("", "linnet-demo")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	raw, mp3 := filepath.Join(dir, "in.raw"), filepath.Join(dir, "out.mp3")
	if err := os.WriteFile(raw, pcm, 0o600); err != nil {
		return 0, err
	}
	cmd := exec.Command("lame", "--silent", "-r", "-s", "44.1", "--bitwidth", "16", "--signed", "--little-endian",
		"-m", "j", "-b", fmt.Sprint(rate), "-q", "2", raw, mp3)
	if report, err := cmd.CombinedOutput(); err != nil {
		return 0, fmt.Errorf("lame: %w\n%s", err, report)
	}
	sound, err := os.ReadFile(mp3)
	if err != nil {
		return 0, err
	}
	return len(tag) + len(sound), os.WriteFile(name, append(tag, sound...), 0o644)
}
