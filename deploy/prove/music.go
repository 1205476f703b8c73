package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"linnet/deploy/heard"
)

// Music is what is played: the beginning of the demo album, coded in several
// ways. The same input gives the same sound.
const (
	rate     = 44100
	opusRate = 48000 // of all Opus
	album    = "player/demo/album"
)

// An encoding makes a file of the one recording.
type encoding struct {
	name    string
	seconds int
	args    []string // IN and OUT stand for the recording and the file
	rate    int      // of what comes out of it
}

// encodings are all of them, the plainest first.
func encodings() []encoding {
	return []encoding{
		{"pcm.wav", 30, ffmpeg("pcm_s16le"), rate},
		{"adpcm.wav", 30, ffmpeg("adpcm_ima_wav"), rate},
		{"128k.mp3", 30, []string{"lame", "--silent", "-b", "128", "IN", "OUT"}, rate},
		{"music.flac", 10, ffmpeg("flac"), rate},
		{"alac.m4a", 10, ffmpeg("alac"), rate},
		{"q5.ogg", 10, ffmpeg("libvorbis", "-q:a", "5"), rate},
		{"128k.m4a", 10, ffmpeg("aac", "-b:a", "128k"), rate},
		{"96k.opus", 10, ffmpeg("libopus", "-b:a", "96k"), opusRate},
	}
}

func ffmpeg(codec string, options ...string) []string {
	return slices.Concat([]string{"ffmpeg", "-v", "error", "-y", "-i", "IN", "-bitexact", "-c:a", codec}, options, []string{"OUT"})
}

// makeMusic writes the recording, coded in each of the ways, into a folder.
func (p *proof) makeMusic(dir string, all []encoding) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	tracks, err := filepath.Glob(filepath.Join(album, "*.mp3"))
	if err != nil || len(tracks) == 0 {
		return fmt.Errorf("there is no music in %s", album)
	}
	pcm, err := p.decode(p.ctx, tracks[0])
	if err != nil {
		return err
	}
	for _, e := range all {
		if len(pcm) < 4*rate*e.seconds {
			return fmt.Errorf("%s is shorter than %d s", tracks[0], e.seconds)
		}
		if err := e.make(p.ctx, dir, pcm[:4*rate*e.seconds]); err != nil {
			return fmt.Errorf("%s: %w", e.name, err)
		}
	}
	return nil
}

// make encodes 16-bit stereo samples into a folder.
func (e encoding) make(ctx context.Context, dir string, pcm []byte) error {
	recording, err := os.CreateTemp("", "recording-*.wav")
	if err != nil {
		return err
	}
	defer os.Remove(recording.Name())
	_, err = recording.Write(wavFile(pcm))
	if err := errors.Join(err, recording.Close()); err != nil {
		return err
	}
	put := strings.NewReplacer("IN", recording.Name(), "OUT", filepath.Join(dir, e.name))
	args := make([]string, len(e.args))
	for i, a := range e.args {
		args[i] = put.Replace(a)
	}
	if out, err := exec.CommandContext(ctx, args[0], args[1:]...).CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, bytes.TrimSpace(out))
	}
	return nil
}

// decode gives a file's 16-bit stereo samples as this machine decodes them.
func (p *proof) decode(ctx context.Context, file string) ([]byte, error) {
	return p.linnet(ctx, "decode", "--format", "s16le", file)
}

// linnet runs this machine's program.
func (p *proof) linnet(ctx context.Context, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, p.host, args...)
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("linnet %s: %w: %s", strings.Join(args, " "), err, bytes.TrimSpace(said.Bytes()))
	}
	return out, nil
}

// wavFile puts a header before 16-bit stereo samples.
func wavFile(pcm []byte) []byte {
	h := []byte("RIFF....WAVEfmt ")
	le := binary.LittleEndian
	h = le.AppendUint32(h, 16)
	h = le.AppendUint16(h, 1)
	h = le.AppendUint16(h, 2)
	h = le.AppendUint32(h, rate)
	h = le.AppendUint32(h, 4*rate)
	h = le.AppendUint16(h, 4)
	h = le.AppendUint16(h, 16)
	h = append(h, "data"...)
	h = le.AppendUint32(h, uint32(len(pcm)))
	le.PutUint32(h[4:], uint32(len(h)-8+len(pcm)))
	return append(h, pcm...)
}

// soundHeader is the size of the header of a WAV file that QEMU wrote, which
// has its sizes only when QEMU ended as it should.
const soundHeader = 44

// readSound reads the 16-bit stereo frames of a WAV file that QEMU wrote at a
// rate.
func readSound(file string, atRate int) ([]heard.Frame, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	le := binary.LittleEndian
	if len(b) < soundHeader || string(b[:4]) != "RIFF" || le.Uint16(b[22:]) != 2 || le.Uint32(b[24:]) != uint32(atRate) || le.Uint16(b[34:]) != 16 {
		return nil, fmt.Errorf("%s: this is not 16-bit stereo at %d Hz", file, atRate)
	}
	return frames(b[soundHeader:]), nil
}

// frames are 16-bit stereo samples as frames.
func frames(b []byte) []heard.Frame {
	samples := make([]int16, len(b)/2)
	for i := range samples {
		samples[i] = int16(binary.LittleEndian.Uint16(b[2*i:]))
	}
	return heard.Frames(samples, 2)
}
