package media

import (
	"fmt"
	"time"
)

// Codec names how the bytes of a stream's packets are coded. The names are
// those that FFmpeg uses, so that a user can compare.
type Codec string

// The codecs that Linnet knows by name.
const (
	PCMU8    Codec = "pcm_u8"
	PCMS8    Codec = "pcm_s8"
	PCMS16LE Codec = "pcm_s16le"
	PCMS16BE Codec = "pcm_s16be"
	PCMS24LE Codec = "pcm_s24le"
	PCMS24BE Codec = "pcm_s24be"
	PCMS32LE Codec = "pcm_s32le"
	PCMS32BE Codec = "pcm_s32be"
	PCMF32LE Codec = "pcm_f32le"
	PCMF32BE Codec = "pcm_f32be"
	PCMF64LE Codec = "pcm_f64le"
	PCMF64BE Codec = "pcm_f64be"
	PCMALaw  Codec = "pcm_alaw"
	PCMMuLaw Codec = "pcm_mulaw"
	ADPCMIMA Codec = "adpcm_ima_wav"
	ADPCMQT  Codec = "adpcm_ima_qt"
	ADPCMMS  Codec = "adpcm_ms"
	MP1      Codec = "mp1"
	MP2      Codec = "mp2"
	MP3      Codec = "mp3"
	FLAC     Codec = "flac"
	Vorbis   Codec = "vorbis"
	AAC      Codec = "aac"
	ALAC     Codec = "alac"
	Opus     Codec = "opus"

	MPEG1Video Codec = "mpeg1video"
	MPEG2Video Codec = "mpeg2video"
	MPEG4      Codec = "mpeg4" // Part 2
	MJPEG      Codec = "mjpeg"

	SubRip Codec = "subrip" // text with a few tags of HTML
	ASS    Codec = "ass"    // SubStation Alpha, advanced and plain
	// TimedText is of 3GPP TS 26.245, with its length in front and its styles behind, and
	// QuickTimeText what it comes from. A Stream's Config is the sample entry from its
	// displayFlags on, with the box of the text as it lies on the film.
	TimedText     Codec = "mov_text"
	QuickTimeText Codec = "text"
)

// Kind says what a stream carries.
type Kind uint8

// The kinds of stream.
const (
	Audio Kind = iota + 1
	Video
	Subtitle
)

func (k Kind) String() string {
	switch k {
	case Audio:
		return "audio"
	case Video:
		return "video"
	case Subtitle:
		return "subtitle"
	}
	return "unknown"
}

// AudioFormat is the shape of decoded sound. Two formats are the same sound
// path exactly when they compare equal with ==.
type AudioFormat struct {
	Rate     int // frames per second, 1 or more
	Channels int // samples per frame, 1 or more
	// Bits is how many of each sample's 32 bits, from the top, are worth
	// keeping: the width of a PCM source, 16 for a lossy codec.
	Bits int
	// Layout is which loudspeakers the channels are for; 0 says the usual ones,
	// see UsualLayout.
	Layout Layout
}

// Frames converts a duration to a count of frames, rounded to the nearest.
func (f AudioFormat) Frames(d time.Duration) int64 {
	if d < 0 {
		return -f.Frames(-d)
	}
	s, r := int64(d/time.Second), int64(d%time.Second)
	return s*int64(f.Rate) + (r*int64(f.Rate)+int64(time.Second)/2)/int64(time.Second)
}

// Duration converts a count of frames to a duration, rounded to the nearest
// nanosecond, so that Frames(Duration(n)) == n for every rate below 1 GHz.
func (f AudioFormat) Duration(frames int64) time.Duration {
	if f.Rate <= 0 {
		return 0
	}
	if frames < 0 {
		return -f.Duration(-frames)
	}
	s, r := frames/int64(f.Rate), frames%int64(f.Rate)
	return time.Duration(s)*time.Second + time.Duration((r*int64(time.Second)+int64(f.Rate)/2)/int64(f.Rate))
}

func (f AudioFormat) String() string {
	ch := fmt.Sprintf("%d channels", f.Channels)
	switch f.Channels {
	case 1:
		ch = "mono"
	case 2:
		ch = "stereo"
	}
	return fmt.Sprintf("%d Hz, %s, %d bit", f.Rate, ch, f.Bits)
}

// Packet is one unit of coded data, as a demuxer cuts it.
type Packet struct {
	Stream int    // the ID of the stream that it belongs to
	Data   []byte // valid until the demuxer's next ReadPacket or Seek, which may use its storage again
	// PTS is where the packet's first sample stands in its stream, before
	// any trimming of encoder delay. For audio it counts frames, for video
	// and subtitles nanoseconds to when they are shown.
	PTS int64
	// Length is for how many nanoseconds a subtitle is shown; 0: until the
	// next one.
	Length int64
	Pos    int64 // offset of Data's first byte in the file, for error messages
	Key    bool  // decoding may start here
	// Checked says that the demuxer compared a checksum over Data, so that
	// the decoder need not.
	Checked bool
	// Channels is how many channels the packet codes, where a stream changes
	// that as it goes; the decoder gives the stream's count all the same, a
	// single channel on both of two. 0 says that it does not.
	Channels int
}

// Stream describes one stream of a file.
type Stream struct {
	ID    int
	Kind  Kind
	Codec Codec
	Audio AudioFormat // for Kind Audio
	Video VideoFormat // for Kind Video

	// Frames is the number of audio frames that are left when Delay and
	// Padding are trimmed; -1 when it is not known before the end.
	Frames int64
	// Estimated says that Frames was computed from a bit rate or the like
	// and must not be used to cut the sound.
	Estimated bool
	// Delay and Padding are the frames to drop at the start and at the end
	// of what the decoder gives: encoder delay and padding, with the
	// decoder's own delay already added to the first and taken from the
	// second.
	Delay, Padding int64

	// Language is that of sound or subtitles, as the file has it, mostly three letters of ISO
	// 639-2; "" where it does not say.
	Language string

	// DecodeOrder says that a video stream's packets have the times of their
	// places in the file: those of pictures B must be sorted.
	DecodeOrder bool
	// Length is how long a video stream is; 0 when it is not known.
	Length time.Duration

	BitRate int // bits per second, average; 0 when not known
	// BlockAlign is the size in bytes of one block of the codec, where it
	// has blocks of one size (PCM: one frame; ADPCM: one block).
	BlockAlign int
	// Config is the codec's set-up data, in the form that the codec's
	// decoder documents; the stream's own copy.
	Config []byte
}

// Duration is a stream's length, that of audio trimmed, or -1 when unknown.
func (s Stream) Duration() time.Duration {
	if s.Kind == Video && s.Length > 0 {
		return s.Length
	}
	if s.Frames < 0 {
		return -1
	}
	return s.Audio.Duration(s.Frames)
}

// Reordering is how much later than the time of its packet a picture that needs
// no other may be shown: where DecodeOrder, pictures B that are decoded behind it
// may be shown before it, three of them in all but odd files.
func (s Stream) Reordering() time.Duration {
	const most = 3
	if s.Kind != Video || !s.DecodeOrder || s.Codec == MJPEG {
		return 0
	}
	return s.Video.Duration(most)
}

// Tags is what a file says about itself. Empty strings and zeros mean that
// the file does not say.
type Tags struct {
	Title, Artist, Album, AlbumArtist string
	Composer, Genre, Date, Comment    string
	Track, TrackTotal                 int
	Disc, DiscTotal                   int
	HasCover                          bool // tag.Cover reads the picture itself
	HasSheet                          bool // a cue sheet, which tag.CueSheet reads
	Oversize                          bool // a picture or a text was left out, or cut, that is larger than tags may be

	ReplayGain ReplayGain
}

// A Chapter is a part of a file: from Start on, counted as Seek does, to where the
// next one begins.
type Chapter struct {
	Start time.Duration
	Title string // "" where the file gives it none
}

// ReplayGain is how a file's sound is to be brought to the loudness that all
// have in common, -18 LUFS as ReplayGain 2.0 has it: alone, and as a part of
// its album.
type ReplayGain struct{ Track, Album Loudness }

// Loudness is one of the two.
type Loudness struct {
	Known bool
	Gain  int // what is to be added, in hundredths of a decibel
	Peak  int // the largest sample, in parts of 1<<24 of full scale; 0 when not known
}
