// Package formats is the one table of what Linnet can open: which demuxer
// recognises a file, and which decoder takes a stream. Order matters and is
// the order of the table: strong signatures come first, and MPEG audio,
// which has no signature but a sync pattern, comes last.
package formats

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"linnet/player"
	"linnet/player/ad/aac"
	"linnet/player/ad/adpcm"
	"linnet/player/ad/alac"
	"linnet/player/ad/flac"
	"linnet/player/ad/mp3"
	"linnet/player/ad/opus"
	"linnet/player/ad/pcm"
	"linnet/player/ad/vorbis"
	"linnet/player/demux/adts"
	"linnet/player/demux/aiff"
	"linnet/player/demux/au"
	"linnet/player/demux/avi"
	"linnet/player/demux/caf"
	flacdemux "linnet/player/demux/flac"
	"linnet/player/demux/mkv"
	"linnet/player/demux/mp4"
	"linnet/player/demux/mpa"
	"linnet/player/demux/mpegps"
	"linnet/player/demux/mpegv"
	"linnet/player/demux/ogg"
	"linnet/player/demux/wav"
	"linnet/player/media"
	"linnet/player/tag"
	"linnet/player/vd/mjpeg"
	"linnet/player/vd/mpeg2"
	"linnet/player/vd/mpeg4"
)

// sniffSize is how much of a file's start the demuxers look at.
const sniffSize = 16 << 10

type container struct {
	name  string
	match func(head []byte) bool
	open  func(src io.ReaderAt, size int64) (player.Demuxer, error)
	// choose is open with another stream of sound; nil where open gives all.
	choose func(src io.ReaderAt, size int64, stream int) (player.Demuxer, error)
}

func containers() []container {
	return []container{
		{name: "wav", match: wav.Match, open: func(r io.ReaderAt, n int64) (player.Demuxer, error) { return wav.New(r, n, mpegWithin) }},
		{name: "avi", match: avi.Match, open: func(r io.ReaderAt, n int64) (player.Demuxer, error) { return avi.New(r, n) }},
		{name: "aiff", match: aiff.Match, open: func(r io.ReaderAt, n int64) (player.Demuxer, error) { return aiff.New(r, n) }},
		{name: "au", match: au.Match, open: func(r io.ReaderAt, n int64) (player.Demuxer, error) { return au.New(r, n) }},
		{name: "caf", match: caf.Match, open: func(r io.ReaderAt, n int64) (player.Demuxer, error) { return caf.New(r, n) }},
		{name: "flac", match: flacdemux.Match, open: openFLAC},
		{name: "ogg", match: ogg.Match, open: func(r io.ReaderAt, n int64) (player.Demuxer, error) { return ogg.New(r, n) }},
		{name: "mp4", match: mp4.Match, open: func(r io.ReaderAt, n int64) (player.Demuxer, error) { return mp4.New(r, n) },
			choose: func(r io.ReaderAt, n int64, s int) (player.Demuxer, error) { return mp4.NewSound(r, n, s) }},
		{name: "matroska", match: mkv.Match, open: func(r io.ReaderAt, n int64) (player.Demuxer, error) { return mkv.New(r, n) },
			choose: func(r io.ReaderAt, n int64, s int) (player.Demuxer, error) { return mkv.NewSound(r, n, s) }},
		{name: "mpegps", match: mpegps.Match, open: func(r io.ReaderAt, n int64) (player.Demuxer, error) { return mpegps.New(r, n) }},
		{name: "mpegvideo", match: mpegv.Match, open: func(r io.ReaderAt, n int64) (player.Demuxer, error) { return mpegv.New(r, n) }},
		{name: "adts", match: adts.Match, open: func(r io.ReaderAt, n int64) (player.Demuxer, error) { return adts.New(r, n) }},
		// Behind all that may hold FLAC; but whole frames are stronger than
		// a sync pattern.
		{name: "flac", match: flacdemux.MatchMiddle, open: openFLAC},
		{name: "mpa", match: mpa.Match, open: func(r io.ReaderAt, n int64) (player.Demuxer, error) { return mpa.New(r, n) }},
	}
}

func openFLAC(r io.ReaderAt, n int64) (player.Demuxer, error) { return flacdemux.New(r, n) }

// mpegWithin is a wav.FrameOpener.
func mpegWithin(src io.ReaderAt, size, from, to int64) (wav.Sound, error) {
	return mpa.NewWithin(src, size, from, to)
}

// Extensions are the file name endings, with the dot and in lower case, of
// what Open plays: for listing folders, not for telling formats apart.
func Extensions() []string {
	return []string{".wav", ".wave", ".aif", ".aiff", ".aifc", ".au", ".snd", ".caf", ".mp3", ".mp2", ".mp1", ".mpa", ".flac", ".fla", ".ogg", ".oga", ".opus",
		".aac", ".m4a", ".m4b", ".mp4", ".m4v", ".3gp", ".3g2", ".mov", ".qt", ".mka", ".mkv", ".webm",
		".avi", ".divx", ".mpg", ".mpeg", ".vob", ".m1v", ".m2v", ".mpv"}
}

// OnVideoCD says by its name whether a file is a film of a video CD: AVSEQ01.DAT, or
// as songs with pictures have it, MUSIC01.DAT. The ending alone says nothing.
func OnVideoCD(name string) bool {
	base, isData := strings.CutSuffix(strings.ToLower(filepath.Base(name)), ".dat")
	for _, kind := range []string{"avseq", "music"} {
		number, ok := strings.CutPrefix(base, kind)
		if _, err := strconv.ParseUint(number, 10, 16); isData && ok && err == nil {
			return true
		}
	}
	return false
}

// foreign are signatures of well-known formats, so that the refusal can name
// what the file is.
var foreign = []struct{ magic, name string }{
	{"MThd", "MIDI"}, {"%PDF", "PDF"},
	{"\x89PNG", "PNG"}, {"\xff\xd8\xff", "JPEG"}, {"GIF8", "GIF"}, {"PK\x03\x04", "ZIP"},
	{"\x7fELF", "ELF program"}, {"0&\xb2u", "ASF or WMA"}, {"MAC ", "Monkey's Audio"},
	{"wvpk", "WavPack"}, {"ADIF", "AAC"},
}

// Open opens a file by name; it is a player.OpenMedia.
func Open(name string) (*player.Media, error) {
	f, size, err := OpenFile(name)
	if err != nil {
		return nil, err
	}
	m, err := OpenReader(f, size)
	if err != nil {
		f.Close()
		return nil, media.WithFile(err, name)
	}
	m.Name, m.Closer = name, f
	return m, nil
}

// OpenFile opens a regular file, and says how many bytes it has. Anything else, such as
// a pipe, is an error at once.
func OpenFile(name string) (*os.File, int64, error) {
	// Asked before it is opened: opening a pipe waits for who writes to it.
	info, err := os.Stat(name)
	if err == nil && !info.Mode().IsRegular() {
		err = &fs.PathError{Op: "open", Path: name, Err: notPlayable(info.Mode())}
	}
	if err != nil {
		return nil, 0, err
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, 0, err
	}
	if info, err = f.Stat(); err != nil {
		f.Close()
		return nil, 0, err
	}
	return f, info.Size(), nil
}

// notPlayable says what is there instead of a file.
func notPlayable(mode fs.FileMode) error {
	if mode.IsDir() {
		return errors.New("it is a folder, not a file; name a file in it")
	}
	return errors.New("it is not a regular file, but a pipe, a device or the like; copy what it gives into a file first")
}

// OpenReader opens what lies in src, which has size bytes. The caller keeps
// src open for as long as the Media is used, and closes it.
func OpenReader(src io.ReaderAt, size int64) (*player.Media, error) {
	head, err := readHead(src, size)
	if err != nil {
		return nil, err
	}
	for _, c := range containers() {
		if !c.match(head) {
			continue
		}
		d, err := c.open(src, size)
		if err != nil {
			return nil, err
		}
		m := &player.Media{Format: c.name, Demuxer: d, NewAudio: NewAudio, NewVideo: NewVideo}
		if c.choose != nil {
			m.Choose = func(stream int) (player.Demuxer, error) { return c.choose(src, size, stream) }
		}
		if t, ok := d.(player.Tagger); ok {
			m.Tags = t.Tags()
		}
		if c, ok := d.(player.Chapterer); ok {
			m.Chapters = c.Chapters()
		}
		return m, nil
	}
	return nil, refuse(head)
}

// readHead reads what the demuxers sniff: the file's start, behind an ID3v2
// tag where there is one.
func readHead(src io.ReaderAt, size int64) ([]byte, error) {
	head := make([]byte, sniffSize)
	n, err := src.ReadAt(head, tag.SkipID3v2(src, size))
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read the start: %w", err)
	}
	if n == 0 {
		return nil, &media.FormatError{Stage: "formats", Offset: 0, Msg: "there is no sound in it: the file is empty or only a tag"}
	}
	return head[:n], nil
}

// played is what every refusal ends with.
const played = "; Linnet plays MP3, MP2, MP1, AAC, ALAC, FLAC, Vorbis, Opus, WAV, AIFF, AU and CAF, in their own files and in MP4, Ogg and Matroska, " +
	"and films of MPEG-1, MPEG-2, MPEG-4, H.263 and Motion JPEG in MPEG, AVI, MP4 and Matroska"

func refuse(head []byte) error {
	what := "no sound was recognised in it" + played
	for _, f := range foreign {
		if len(head) >= len(f.magic) && string(head[:len(f.magic)]) == f.magic {
			what = "it is a " + f.name + " file" + played
		}
	}
	return &media.UnsupportedError{Stage: "formats", Offset: 0, Msg: what}
}

// NewAudio makes the decoder for a stream.
func NewAudio(s media.Stream) (player.AudioDecoder, error) {
	switch s.Codec {
	case media.MP1, media.MP2, media.MP3:
		return mp3.New(s)
	case media.FLAC:
		return flac.New(s)
	case media.AAC:
		return aac.New(s)
	case media.ALAC:
		return alac.New(s)
	case media.Vorbis:
		return vorbis.New(s)
	case media.Opus:
		return opus.New(s)
	case media.ADPCMIMA, media.ADPCMQT, media.ADPCMMS:
		return adpcm.New(s)
	case media.PCMU8, media.PCMS8, media.PCMS16LE, media.PCMS16BE, media.PCMS24LE, media.PCMS24BE,
		media.PCMS32LE, media.PCMS32BE, media.PCMF32LE, media.PCMF32BE, media.PCMF64LE, media.PCMF64BE,
		media.PCMALaw, media.PCMMuLaw:
		return pcm.New(s)
	}
	return nil, &media.UnsupportedError{Stage: "formats", Offset: -1, Msg: "codec " + string(s.Codec)}
}

// NewVideo makes the decoder for a stream.
func NewVideo(s media.Stream) (player.VideoDecoder, error) {
	switch s.Codec {
	case media.MPEG1Video, media.MPEG2Video:
		return mpeg2.New(s)
	case media.MPEG4:
		return mpeg4.New(s)
	case media.MJPEG:
		return mjpeg.New(s)
	}
	return nil, &media.UnsupportedError{Stage: "formats", Offset: -1, Msg: "codec " + string(s.Codec)}
}
