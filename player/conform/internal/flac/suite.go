// Package flac checks the decoder of FLAC, which is right when it gives the very
// samples that the encoder was given: the IETF's test files by the MD5 in their
// STREAMINFO, and without them files made with Debian's flac by the samples
// themselves.
package flac

import (
	"bytes"
	"crypto/md5"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"linnet/player"
	decoder "linnet/player/ad/flac"
	"linnet/player/conform/internal/suite"
	demux "linnet/player/demux/flac"
	format "linnet/player/internal/flac"
	"linnet/player/media"
)

const folder = "flac"

// Suite is the check of FLAC.
func Suite() suite.Suite { return suite.Suite{Name: "FLAC", Folder: folder, Check: check} }

func check(dir string) (rows []suite.Row, notes []string, err error) {
	files := vectorFiles(dir)
	for _, f := range files {
		rows = append(rows, checkVector(dir, f))
	}
	if len(files) > 0 {
		return rows, nil, nil
	}
	notes = []string{fmt.Sprintf("no vectors in %s: files are made here instead, by flac, and compared with what it was given.", dir)}
	if lacking := lackingTools(); len(lacking) > 0 {
		return nil, nil, fmt.Errorf("to make files, install %s", strings.Join(lacking, ", "))
	}
	work, err := os.MkdirTemp("", "conform")
	if err != nil {
		return nil, nil, err
	}
	defer os.RemoveAll(work)
	for _, c := range recipes() {
		rows = append(rows, c.check(work))
	}
	return rows, notes, nil
}

// vectorFiles are the files in dir and its folders.
func vectorFiles(dir string) []string {
	files, _ := filepath.Glob(filepath.Join(dir, "*.flac"))
	more, _ := filepath.Glob(filepath.Join(dir, "*", "*.flac"))
	files = append(files, more...)
	sort.Strings(files)
	return files
}

// unsummed are the MD5 of vectors that bring none: made with libFLAC's decoder,
// from each of the streams for itself where a file changes midway.
var unsummed = map[string]string{
	"faulty/06 - missing streaminfo metadata block":    "fc44f130c69219141bf2eb76fb79f96d",
	"uncommon/02 - increasing number of channels":      "64ebcbc5320ffd24800de10d2d330906",
	"uncommon/03 - decreasing number of channels":      "26bc7e1ea8c494aaa0df86757202d662",
	"uncommon/04 - changing bitdepth":                  "13a9f90b5a584c49b142e29f4b42193e",
	"uncommon/11 - file starting with unparsable data": "6c1357741fe9a0714d5c392dee60a43a",
}

// checkVector decodes a file to its end, over all changes of its streams.
func checkVector(dir, file string) suite.Row {
	name, _ := filepath.Rel(dir, strings.TrimSuffix(file, ".flac"))
	r := suite.Row{Name: filepath.ToSlash(name), Bare: true}
	b, err := os.ReadFile(file)
	if err != nil {
		return r.Fail("%v", err)
	}
	d, err := decode(r.Name, b)
	if err != nil {
		return r.Fail("%v", err)
	}
	r.Samples = d.samples
	notes := d.notes()
	want, known := unsummed[r.Name]
	if !known {
		want, known = d.wanted()
	}
	switch got := fmt.Sprintf("%x", d.sum.Sum(nil)); {
	case d.damage.Count > 0:
		return r.Fail("damage: %v", d.damage.First)
	case known && got != want:
		return r.Fail("MD5 %s, want %s", got, want)
	case !known:
		return r.Pass(append(notes, "no MD5 to compare with: "+got)...)
	}
	r.Bare = false
	return r.Pass(notes...)
}

// A decoded is what a file gave.
type decoded struct {
	streams []media.Stream
	samples int
	sum     hash.Hash // of the sound, as STREAMINFO has it
	pcm     []int32   // of a file with one stream
	damage  player.Damage
}

// wanted is the sum in STREAMINFO.
func (d *decoded) wanted() (sum string, known bool) {
	info, ok := format.ParseStreamInfo(d.streams[0].Config)
	return fmt.Sprintf("%x", info.MD5), ok && info.MD5 != [16]byte{}
}

func (d *decoded) notes() (notes []string) {
	for _, s := range d.streams[1:] {
		notes = append(notes, fmt.Sprintf("goes on as %v", s.Audio))
	}
	return notes
}

// decode plays a file the way the player does.
func decode(name string, file []byte) (d *decoded, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%s: panic: %v", name, p)
		}
	}()
	dm, err := demux.New(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return nil, err
	}
	track, err := player.NewTrack(&player.Media{Name: name, Format: "flac", Demuxer: dm,
		NewAudio: func(s media.Stream) (player.AudioDecoder, error) { return decoder.New(s) }}, false)
	if err != nil {
		return nil, err
	}
	d = &decoded{streams: []media.Stream{track.Stream()}, sum: md5.New()}
	err = d.read(track, len(file))
	d.damage = track.Damage()
	return d, err
}

// read reads to the end. No file has as many frames as bytes, so more steps
// than that are a hang.
func (d *decoded) read(track *player.Track, most int) error {
	var buf, raw = []int32(nil), []byte(nil)
	for range most + 8 {
		var err error
		buf, err = track.Read(buf[:0])
		raw = appendPCM(raw[:0], buf, d.streams[len(d.streams)-1].Audio.Bits)
		d.sum.Write(raw)
		d.samples += len(buf)
		d.pcm = append(d.pcm, buf...)
		switch {
		case err == io.EOF:
			return nil
		case errors.Is(err, media.ErrNewStreams):
			d.streams = append(d.streams, track.Stream())
		case err != nil:
			return err
		}
	}
	return fmt.Errorf("no end after %d steps", most)
}

// appendPCM appends samples of so many bits, left-justified, as whole bytes in
// little-endian order.
func appendPCM(dst []byte, samples []int32, bits int) []byte {
	for _, v := range samples {
		v >>= 32 - bits
		for n := 0; n < bits; n += 8 {
			dst = append(dst, byte(v>>n))
		}
	}
	return dst
}
