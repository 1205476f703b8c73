package player

import (
	"io"
	"time"

	"linnet/player/media"
)

// A Demuxer cuts a file into packets.
//
// Streams is constant until ReadPacket returns media.ErrNewStreams.
// ReadPacket fills p, reusing p.Data's storage where it can; p.Data belongs
// to the demuxer's caller until the next ReadPacket or Seek. At the end it
// returns io.EOF, and again on every further call. Damage between packets is
// skipped; when some had to be, the error is a *media.FormatError, p is not
// filled, and the next call goes on behind the damage. Any other error is
// final.
//
// Seek moves so that the next packet is one at or before t from which
// decoding gives right samples at t (for codecs whose frames depend on those
// before, that is some packets earlier). t counts from the first frame after
// the encoder delay is trimmed.
type Demuxer interface {
	Streams() []media.Stream
	ReadPacket(p *media.Packet) error
	Seek(t time.Duration) error
}

// An Interrupter is a Demuxer that may have to wait long, as for another program.
// Interrupt has the ReadPacket or Seek that waits, and all that come, return an error
// at once. It may be called by any goroutine, and more than once.
type Interrupter interface{ Interrupt() }

// A Tagger is a Demuxer that met tags on its way.
type Tagger interface {
	Tags() media.Tags
}

// A Chapterer is a Demuxer of a file that can have chapters. They are in the
// order of time, and not to be changed.
type Chapterer interface {
	Chapters() []media.Chapter
}

// An AudioDecoder turns packets into samples.
//
// Decode appends the packet's frames to dst, interleaved, left-justified
// S32, in the channel order of WAV, and returns the extended slice. It
// allocates nothing but dst's growth. A *media.FormatError means that the
// packet is damaged: what was appended, if anything, is concealment, and the
// next packet may be decoded. Reset forgets all state, as before a seek; the
// first packets after it may give silence, without an error, where they
// need data from before.
type AudioDecoder interface {
	Decode(dst []int32, p *media.Packet) ([]int32, error)
	Reset()
}

// A Verifier is an AudioDecoder of streams that bring a checksum of their
// whole sound.
//
// Verify has it sum up what it decodes from then on, which costs time; a Reset
// ends that. Verified is for when the last packet was decoded: it returns a
// *media.FormatError when the sums differ, and nil when they agree, when there
// is none to compare with, or when damage was reported already.
type Verifier interface {
	Verify()
	Verified() error
}

// A VideoDecoder turns packets into pictures.
//
// Decode takes a packet and returns the picture that is to be shown next, or
// nil where it needs more packets before it can tell; pictures come in the
// order of display, at most one a call. A nil packet says that no more come:
// each such call returns one of the pictures that are still held, then nil.
// The picture is the decoder's, valid until the next Decode or Reset. With a
// *media.FormatError there may be a picture, of which parts are concealed; the
// next packet may be decoded. Reset forgets all pictures, as before a seek;
// those that need one from before are then left out, without an error.
type VideoDecoder interface {
	Decode(p *media.Packet) (*media.Picture, error)
	Reset()
}

// A Skipper is a VideoDecoder that can tell from a packet alone that no other
// picture is predicted from the one in it, so that it can be left out.
type Skipper interface {
	Disposable(p *media.Packet) bool
}

// A VideoSink is a place for pictures.
//
// Draw prepares a picture, which it does not keep; it is not seen before Flip,
// which shows what was drawn last, at once. After Close it shows no picture. The
// methods may be called by different goroutines, one at a time.
type VideoSink interface {
	Draw(p *media.Picture) error
	Flip() error
	io.Closer
}

// A TextSink is a VideoSink that shows subtitles from within the film as well. Texts
// says, before anything is drawn, which streams there are; Text gives a packet of
// one, as it is read: before pictures of later times are drawn, and behind a seek
// perhaps again. It keeps nothing of it. Both are called on the goroutine of Draw,
// Text at the same time as Flip.
type TextSink interface {
	Texts([]media.Stream)
	Text(p *media.Packet)
}

// OpenVideo opens a place for the pictures of a stream of the file name.
type OpenVideo func(name string, f media.VideoFormat) (VideoSink, error)

// An AudioSink is an open sound device. The words are ALSA's.
//
// Write takes whole interleaved frames in the negotiated format, as left-
// justified S32, blocks for at most about one period, and returns how many
// frames it took, which may be fewer than given and may be 0. It returns
// media.ErrXrun when the device ran dry since the last call; the sink is then
// ready again, and n frames of this call were taken. Any other error means
// that the device is gone. The sink starts by itself when its buffer is full
// enough or on Drain.
//
// Delay is the time until a frame written now would be heard. Drop discards
// what is queued, at once; Drain returns when all of it was heard. After
// either the sink takes Writes again. A sink is used by one goroutine.
type AudioSink interface {
	Write(frames []int32) (n int, err error)
	Delay() (time.Duration, error)
	Drop() error
	Drain() error
	io.Closer
}

// A VolumeSink is an AudioSink whose device has a volume of its own. The
// player then leaves the samples as they are, unless SetVolume, which takes 0
// to 100, fails. It is called by the sink's goroutine, at first before the
// first Write.
type VolumeSink interface {
	SetVolume(percent int) error
}

// A Rewinder is an AudioSink that can take back what it was given last, so that
// other frames are heard instead. Rewind takes back as much as it can, but
// nothing that would leave the device without sound before the next Write, and
// returns how many frames that is; Delay counts them no more. Its errors are
// those of Write, and errors.ErrUnsupported where the device at hand cannot.
type Rewinder interface {
	Rewind() (frames int, err error)
}

// OpenAudio opens a sound device for the wanted format and returns the one
// that it really takes: rate and channels may differ, Bits says how many
// bits reach the converter.
type OpenAudio func(want media.AudioFormat) (AudioSink, media.AudioFormat, error)

// Media is one opened file, ready to be decoded.
type Media struct {
	Name    string
	Format  string // the container's name, as "wav" or "mpa"
	Via     string // the program that decodes it; "" where this one does
	Demuxer Demuxer
	// File is the name of the file that is read where that is another one than Name, and
	// Range what of it is played.
	File     string
	Range    Range
	Tags     media.Tags
	Chapters []media.Chapter
	// Choose opens the same file once more, with the packets of another of its streams
	// of sound; nil where Demuxer gives those of all.
	Choose   func(stream int) (Demuxer, error)
	NewAudio func(media.Stream) (AudioDecoder, error)
	NewVideo func(media.Stream) (VideoDecoder, error)
	io.Closer
}

// OpenMedia opens a file by name. Errors in the file are *media.FormatError
// or *media.UnsupportedError with the name filled in.
type OpenMedia func(name string) (*Media, error)
