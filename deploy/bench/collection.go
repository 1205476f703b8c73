package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf16"

	"linnet/deploy/bench/meter"
)

// collectionFiles is how many files the marks of the library are for.
const collectionFiles = 10_000

// marks of the library.
func libraryMarks() []screen {
	return []screen{
		{"scan", "a first scan", boardsMIPS * 120, "seconds"},
		{"rescan", "a scan that finds nothing new", boardsMIPS * 10, "seconds"},
		{"query", "a search, the dearest", boardsMIPS * .05, "query"},
		{"memory", "memory", 6, "bytes"},
	}
}

// libraryHalf makes the files and counts what the library does with them.
func (b *bench) libraryHalf(ctx context.Context) ([]screened, error) {
	folder, state := filepath.Join(b.work, "collection"), filepath.Join(b.work, "state")
	program, worker := filepath.Join(b.work, "linnet-arm"), filepath.Join(b.work, "collection-arm")
	err := b.steps.Run("build the library for the board", func(func(string)) error {
		return errors.Join(buildForBoard(ctx, program, "./cmd/linnet"), buildForBoard(ctx, worker, "./deploy/bench/collection"))
	})
	if err == nil {
		err = b.openMeter(ctx)
	}
	if err == nil {
		err = b.makeCollection(ctx, folder)
	}
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	var all []screened
	err = b.steps.Run("the library on the board", func(far func(string)) error {
		for _, s := range libraryMarks() {
			far(s.name)
			var r screened
			if s.unit == "seconds" {
				count, err := b.meter.Run(ctx, meter.Program{Args: []string{program, "scan", "--state", state, folder}})
				r = newWhole(s, count, err)
			} else {
				var said bytes.Buffer
				laps, err := b.meter.Laps(ctx, meter.Program{Args: []string{worker, s.scene, filepath.Join(state, "library.db")}, Stdout: &said})
				r = newScreened(s, laps, said.String(), err)
			}
			all = append(all, r)
		}
		return ctx.Err()
	})
	return all, err
}

// newWhole makes a row of a program's run from its start to its end.
func newWhole(s screen, c meter.Count, err error) screened {
	r := screened{screen: s, allocations: -1, instructions: float64(c.Instructions) / 1e6, cycles: float64(c.Cycles) / 1e6, err: err}
	r.err = r.judge()
	return r
}

// makeCollection writes the files.
func (b *bench) makeCollection(ctx context.Context, folder string) error {
	var of []work
	for _, key := range []string{"mp3-128", "flac-5", "vorbis-q5", "aac-128"} {
		w, err := choose([]string{key})
		if err != nil {
			return err
		}
		of = append(of, w...)
	}
	if err := b.compose(ctx, of, short); err != nil {
		return err
	}
	c, err := openCollection(b.music.file(of[0], short), b.music.file(of[1], short), b.music.file(of[2], short), b.music.file(of[3], short))
	if err != nil {
		return err
	}
	return b.steps.Run("make the files of the library", func(func(string)) error { return c.write(folder, collectionFiles) })
}

// A collection is many files made of a few: of ten, six are MP3, two FLAC, one
// Vorbis and one AAC in MP4. Of the first two only the beginning is there, with
// tags of their own; the others share theirs.
type collection struct{ mp3, flac, ogg, mp4 []byte }

// collectionHead is how much of a file with tags of its own is kept.
const collectionHead = 24 << 10

// openCollection reads what the files are made of.
func openCollection(mp3, flac, ogg, mp4 string) (c collection, err error) {
	for file, to := range map[string]*[]byte{mp3: &c.mp3, flac: &c.flac, ogg: &c.ogg, mp4: &c.mp4} {
		if *to, err = os.ReadFile(file); err != nil {
			return c, err
		}
	}
	c.mp3 = withoutID3(c.mp3)
	c.mp3 = c.mp3[:min(len(c.mp3), collectionHead)]
	if !bytes.HasPrefix(c.flac, []byte("fLaC")) || len(c.flac) < 42 {
		return c, fmt.Errorf("%s: no FLAC", flac)
	}
	return c, nil
}

// withoutID3 is a file behind its ID3v2 tag.
func withoutID3(b []byte) []byte {
	if !bytes.HasPrefix(b, []byte("ID3")) || len(b) < 10 {
		return b
	}
	n := int(b[6])<<21 | int(b[7])<<14 | int(b[8])<<7 | int(b[9])
	return b[min(10+n, len(b)):]
}

// write makes n files below a folder: artists, their albums, tracks.
func (c collection) write(folder string, n int) error {
	for i := range n {
		artist, album, track := i/100, i/10, i%10
		dir := filepath.Join(folder, fmt.Sprintf("Artist %03d", artist), fmt.Sprintf("Album %04d", album))
		if track == 0 {
			if err := os.MkdirAll(dir, 0o755); err != nil {
				return err
			}
		}
		title := fmt.Sprintf("Song number %d of the evening", i)
		if i%3 == 0 {
			title = fmt.Sprintf("第%d首月亮代表我的心", i)
		}
		tags := [][2]string{{"TITLE", title}, {"ARTIST", fmt.Sprint("Artist ", artist)}, {"ALBUM", fmt.Sprint("The Album ", album)},
			{"TRACKNUMBER", fmt.Sprint(track + 1)}, {"DATE", fmt.Sprint(1960 + album%60)}, {"GENRE", []string{"Folk", "Jazz", "Rock", "民谣"}[album%4]}}
		data, ext := c.file(i, tags)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%02d %s.%s", track+1, title, ext)), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// file is file i.
func (c collection) file(i int, tags [][2]string) (data []byte, ext string) {
	switch i % 10 {
	case 3:
		return c.ogg, "ogg"
	case 6:
		return c.mp4, "m4a"
	case 1, 8:
		return flacWith(c.flac, tags), "flac"
	}
	return append(id3(tags), c.mp3...), "mp3"
}

// id3 is an ID3v2.3 tag.
func id3(tags [][2]string) []byte {
	names := map[string]string{"TITLE": "TIT2", "ARTIST": "TPE1", "ALBUM": "TALB", "TRACKNUMBER": "TRCK", "DATE": "TYER", "GENRE": "TCON"}
	var body []byte
	for _, t := range tags {
		text := append([]byte{0}, t[1]...)
		if strings.ContainsFunc(t[1], func(r rune) bool { return r > '~' }) {
			text = []byte{1, 0xff, 0xfe}
			for _, u := range utf16.Encode([]rune(t[1])) {
				text = binary.LittleEndian.AppendUint16(text, u)
			}
		}
		body = append(body, names[t[0]]...)
		body = binary.BigEndian.AppendUint32(body, uint32(len(text)))
		body = append(append(body, 0, 0), text...)
	}
	body = append(body, make([]byte, 1024)...) // as most programs leave
	n := len(body)
	return append([]byte{'I', 'D', '3', 3, 0, 0, byte(n >> 21), byte(n >> 14 & 127), byte(n >> 7 & 127), byte(n & 127)}, body...)
}

// flacWith is the beginning of a FLAC file with other comments.
func flacWith(file []byte, tags [][2]string) []byte {
	comments := binary.LittleEndian.AppendUint32(nil, 6)
	comments = append(comments, "Linnet"...)
	comments = binary.LittleEndian.AppendUint32(comments, uint32(len(tags)))
	for _, t := range tags {
		s := t[0] + "=" + t[1]
		comments = append(binary.LittleEndian.AppendUint32(comments, uint32(len(s))), s...)
	}
	out := slices.Clone(file[:42]) // with STREAMINFO, which is not the last block any more
	out[4] &= 0x7f
	out = append(out, 0x84, byte(len(comments)>>16), byte(len(comments)>>8), byte(len(comments)))
	out = append(out, comments...)
	at, last := 42, file[4]&0x80 != 0
	for !last && at+4 <= len(file) {
		last = file[at]&0x80 != 0
		at += 4 + int(file[at+1])<<16 + int(file[at+2])<<8 + int(file[at+3])
	}
	at = min(at, len(file))
	return append(out, file[at:min(at+collectionHead, len(file))]...)
}
