package mkv

import (
	"math"

	"linnet/player/internal/ebml"
	"linnet/player/media"
)

// maxPrivate is the most bytes of CodecPrivate that are read; Vorbis has the
// largest, of some kilobytes.
const maxPrivate = 256 << 10

// A track is a TrackEntry, RFC 9559 clause 5.1.4.1.
type track struct {
	pos      int64 // in the file, for errors
	number   uint64
	kind     uint8
	codec    string
	language string
	private  []byte
	delay    int64 // ns
	frame    int64 // DefaultDuration, ns; 0 when not known
	video    media.VideoFormat
	rate     int
	channels int
	bits     int
	strip    []byte // what is left out in front of each frame
	short    bool   // pictures of H.263 that are of MPEG-4's short headers
	deflated bool   // frames are compressed by zlib
	err      error  // why its frames can't be had
}

// The values of TrackType.
const (
	typeVideo    = 1
	typeAudio    = 2
	typeSubtitle = 17
)

func (d *Demuxer) readTrack(entry ebml.Element) (t track) {
	t.pos, t.channels, t.rate, t.language = entry.Start, 1, 8000, "eng" // what RFC 9559 says for those that say nothing
	var encodings ebml.Element
	d.in.Each(entry, func(e ebml.Element) bool {
		switch e.ID {
		case idTrackNumber:
			t.number, _ = d.in.Uint(e)
		case idTrackType:
			t.kind = uint8(d.in.Small(e))
		case idCodecID:
			t.codec = cstring(d.in.Bytes(e, 256))
		case idPrivate:
			t.private = d.in.Bytes(e, maxPrivate)
		case idLanguage, idLanguageBCP47: // the second, where both are there, comes second
			t.language = cstring(d.in.Bytes(e, 35))
		case idCodecDelay:
			t.delay, _ = d.in.Time(e)
		case idFrameTime:
			t.frame, _ = d.in.Time(e)
		case idVideo:
			d.readVideo(&t, e)
		case idAudio:
			d.readAudio(&t, e)
		case idEncodings:
			encodings = e
		}
		return true
	})
	d.in.Each(encodings, func(e ebml.Element) bool {
		if e.ID == idEncoding {
			d.readEncoding(&t, e)
		}
		return true
	})
	return t
}

// spoken is the language, "" where it is said to be unknown.
func (t *track) spoken() string {
	if t.language == "und" {
		return ""
	}
	return t.language
}

// cstring is text that may have zeros behind it.
func cstring(b []byte) string {
	for i, c := range b {
		if c == 0 {
			return string(b[:i])
		}
	}
	return string(b)
}

// readVideo reads the shape of pictures, RFC 9559 clause 5.1.4.1.28.
func (d *Demuxer) readVideo(t *track, video ebml.Element) {
	const pixels, ratio = 0, 3 // of DisplayUnit: what makes an aspect
	shown, unit := media.Rational{}, pixels
	d.in.Each(video, func(e ebml.Element) bool {
		switch e.ID {
		case idWidth:
			t.video.Width = d.in.Small(e)
		case idHeight:
			t.video.Height = d.in.Small(e)
		case idShownWidth:
			shown.Num = d.in.Small(e)
		case idShownHeight:
			shown.Den = d.in.Small(e)
		case idShownUnit:
			unit = d.in.Small(e)
		}
		return true
	})
	if shown.Known() && (unit == pixels || unit == ratio) {
		t.video.Aspect = fraction(int64(shown.Num)*int64(t.video.Height), int64(shown.Den)*int64(t.video.Width))
	}
}

func (d *Demuxer) readAudio(t *track, audio ebml.Element) {
	d.in.Each(audio, func(e ebml.Element) bool {
		switch e.ID {
		case idRate:
			t.rate = int(min(d.in.Float(e), math.MaxInt32))
		case idChannels:
			t.channels = d.in.Small(e)
		case idBitDepth:
			t.bits = d.in.Small(e)
		}
		return true
	})
}

// readEncoding reads a ContentEncoding, RFC 9559 clause 5.1.4.1.31.1. Of the
// compressions, header stripping is undone, and zlib in text.
func (d *Demuxer) readEncoding(t *track, encoding ebml.Element) {
	const (
		ofFrames, ofPrivate = 1, 2
		zlib, stripping     = 0, 3
	)
	scope, algo, coded := ofFrames, zlib, false
	var setting []byte
	d.in.Each(encoding, func(e ebml.Element) bool {
		switch e.ID {
		case idScope:
			scope = d.in.Small(e)
		case idEncryption:
			t.err = unsupported(e.Start, "an encrypted track")
		case idCompression:
			coded = true
			d.in.Each(e, func(e ebml.Element) bool {
				switch e.ID {
				case idCompAlgo:
					algo = d.in.Small(e)
				case idCompSetting:
					setting = d.in.Bytes(e, 64)
				}
				return true
			})
		}
		return true
	})
	switch {
	case !coded:
	case algo == zlib && t.kind == typeSubtitle && scope == ofFrames && !t.deflated:
		t.deflated = true
	case algo != stripping:
		t.err = unsupported(encoding.Start, "a compressed track")
	default:
		if scope&ofFrames != 0 {
			t.strip = append(setting[:len(setting):len(setting)], t.strip...)
		}
		if scope&ofPrivate != 0 {
			t.private = append(setting[:len(setting):len(setting)], t.private...)
		}
	}
}

// stream describes a track that is not played; ok is false for what is no
// sound, picture or text.
func (t *track) stream() (s media.Stream, ok bool) {
	s = media.Stream{ID: int(t.number), Codec: media.Codec(t.codec), Frames: -1, Language: t.spoken()}
	switch t.kind {
	case typeAudio:
		s.Kind = media.Audio
		s.Audio = media.AudioFormat{Rate: t.rate, Channels: t.channels, Bits: 16}
	case typeVideo:
		t.describe(&s)
	case typeSubtitle:
		s.Kind = media.Subtitle
		t.describeText(&s)
	default:
		return s, false
	}
	return s, true
}
