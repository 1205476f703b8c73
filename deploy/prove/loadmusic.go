package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// What is played and read under load: tracks of half a minute, which join
// without a gap as the recording goes on, and a thousand files to read through.
const (
	trackSeconds = 30
	thousand     = 1000
	thousandth   = 6000 // frames of each of them, 24 kB
)

// A set of tracks is played in one go.
type set struct {
	name   string     // of its folder
	titles string     // for the table
	coded  []encoding // one track after the other, over and over
	dear   bool       // decoding may be too much at 125 MIPS even without load
}

func sets() []set {
	return []set{
		{"load", "WAV and ADPCM", []encoding{
			{"wav", trackSeconds, ffmpeg("pcm_s16le"), rate},
			{"wav", trackSeconds, ffmpeg("adpcm_ima_wav"), rate},
		}, false},
		{"mp3", "MP3, 128 kbit/s", []encoding{
			{"mp3", trackSeconds, []string{"lame", "--silent", "-b", "128", "IN", "OUT"}, rate},
		}, true},
	}
}

// loadMusic makes the folder for the image of the trial under load.
func (p *proof) loadMusic() (string, error) {
	dir := p.loadDir()
	pcm, err := p.wholeAlbum()
	if err != nil {
		return "", err
	}
	for _, s := range sets() {
		if err := p.makeSet(filepath.Join(dir, s.name), s, pcm); err != nil {
			return "", fmt.Errorf("%s: %w", s.name, err)
		}
	}
	return dir, makeThousand(filepath.Join(dir, "thousand"), pcm)
}

func (p *proof) loadDir() string { return filepath.Join(p.dir, "music-load") }

// wholeAlbum is the demo album's 16-bit stereo samples.
func (p *proof) wholeAlbum() (pcm []byte, err error) {
	tracks, err := filepath.Glob(filepath.Join(album, "*.mp3"))
	if err != nil || len(tracks) == 0 {
		return nil, fmt.Errorf("there is no music in %s", album)
	}
	for _, t := range tracks {
		one, err := p.decode(p.ctx, t)
		if err != nil {
			return nil, err
		}
		pcm = append(pcm, one...)
	}
	return pcm, nil
}

// makeSet writes as many tracks as fill the minutes, one where the other ends,
// from the beginning again behind the album's last.
func (p *proof) makeSet(dir string, s set, pcm []byte) error {
	if err := os.RemoveAll(dir); err != nil { // there may be more of them than now
		return err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	const track = 4 * rate * trackSeconds
	for i := range p.minutes * 60 / trackSeconds {
		e := s.coded[i%len(s.coded)]
		e.name = fmt.Sprintf("%03d.%s", i+1, e.name)
		at := i * track % len(pcm)
		piece := slices.Clone(pcm[at:min(at+track, len(pcm))])
		piece = append(piece, pcm[:track-len(piece)]...)
		if err := e.make(p.ctx, dir, piece); err != nil {
			return err
		}
	}
	return nil
}

// makeThousand writes the files to read through, small ones of music.
func makeThousand(dir string, pcm []byte) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	const size = 4 * thousandth
	for i := range thousand {
		at := 4 * (i * 997 % ((len(pcm) - size) / 4))
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%04d.wav", i+1)), wavFile(pcm[at:at+size]), 0o666); err != nil {
			return err
		}
	}
	return nil
}
