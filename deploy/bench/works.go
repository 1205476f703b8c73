package main

import (
	"cmp"
	"slices"
	"strings"
)

// A work is a kind of file, and who decodes it.
type work struct {
	key, name string
	ext       string
	encode    []string                // the command that makes a file; IN stands for the recording, SECONDS for its length, OUT for the file
	also      func(file string) error // makes FILE.packets of it, for who reads no container
	board     []contestant            // on the board's processor; Linnet is not among them
	desktop   []contestant            // on this machine
	linnet    string                  // how Linnet does it, where that is not by decoding sound
}

// A contestant is a program that decodes a file and throws the sound away. In
// its arguments FILE stands for the file, ROOT for the root of Debian's builds,
// BUILT for the folder of those that were built here, GO for the program that
// runs Go decoders of others, and LINNET for ours.
type contestant struct {
	name  string
	args  []string
	stdin bool // it reads the file from its standard input
}

const oursName = "Linnet"

// ours is Linnet.
func (w work) ours() contestant {
	return tell(oursName, cmp.Or(w.linnet, "LINNET decode --format none FILE"))
}

func tell(name, args string) contestant {
	return contestant{name: name, args: strings.Fields(args)}
}

// mplayer decodes with one of MPlayer's codecs, as fast as it can.
func mplayer(codec string) contestant {
	return tell("MPlayer, "+codec, "ROOT/usr/bin/mplayer -really-quiet -noconfig all -nolirc -novideo -ac "+codec+" -ao pcm:fast:file=/dev/null FILE")
}

// ffmpeg decodes with one of FFmpeg's decoders and leaves the samples in the
// format in which that gives them, so that nothing is spent on converting them.
func ffmpeg(decoder, samples string) contestant {
	return tell("FFmpeg, "+decoder, "ROOT/usr/bin/ffmpeg -nostdin -v error -threads 1 -c:a "+decoder+" -i FILE -c:a pcm_"+samples+" -f null -")
}

// mplayerVideo decodes pictures with one of MPlayer's codecs, as fast as it can.
func mplayerVideo(codec string) contestant {
	return tell("MPlayer, "+codec, "ROOT/usr/bin/mplayer -really-quiet -noconfig all -nolirc -nosound -benchmark -vc "+codec+" -vo null FILE")
}

func ffmpegVideo(decoder string) contestant {
	return tell("FFmpeg, "+decoder, "ROOT/usr/bin/ffmpeg -nostdin -v error -threads 1 -c:v "+decoder+" -i FILE -f null -")
}

// ffmpegPixels has FFmpeg make pixels of a panel of the pictures.
func ffmpegPixels(decoder string) contestant {
	return tell("FFmpeg, "+decoder+" and swscale", "ROOT/usr/bin/ffmpeg -nostdin -v error -threads 1 -c:v "+decoder+" -i FILE -pix_fmt rgb565le -f null -")
}

// pictures is how FFmpeg makes video, whose encoder and its options follow: a
// pattern in which some things move and some don't, and the noise of a camera.
func pictures(encoder string) []string {
	const source = "ffmpeg -v error -y -f lavfi -i testsrc2=size=320x240:rate=25,noise=alls=10:allf=t -t SECONDS -bitexact -c:v "
	return strings.Fields(source + encoder + " OUT")
}

// works are all of them, in the order of the tables.
func works() []work {
	desktopFFmpeg := tell("FFmpeg", "ffmpeg -nostdin -v error -threads 1 -i FILE -f null -")
	mpegAudio := []contestant{
		mplayer("mad"),
		tell("madplay", "ROOT/usr/bin/madplay -Q -o null:- FILE"),
		tell("mpg123, arm_nofpu", "BUILT/mpg123 -q -t FILE"),
	}
	mp3 := slices.Concat(mpegAudio, []contestant{mplayer("ffmp3"), ffmpeg("mp3", "s16le_planar")})
	flac := []contestant{
		mplayer("ffflac"),
		tell("flac", "ROOT/usr/bin/flac -s -d -f --skip=1 -o /dev/null FILE"), // without the first sample it checks no MD5, as nobody does here
		ffmpeg("flac", "s16le"),
	}
	return []work{
		{
			key: "mp3-128", name: "MP3, 128 kbit/s", ext: "mp3", encode: strings.Fields("lame --silent -b 128 IN OUT"),
			board:   mp3,
			desktop: []contestant{tell("hajimehoshi/go-mp3", "GO go-mp3 FILE"), desktopFFmpeg},
		},
		{
			key: "mp3-320", name: "MP3, 320 kbit/s", ext: "mp3", encode: strings.Fields("lame --silent -b 320 IN OUT"),
			board: mp3,
		},
		{
			key: "mp2-192", name: "MP2, 192 kbit/s", ext: "mp2", encode: strings.Fields("twolame --quiet -b 192 IN OUT"),
			board: slices.Concat(mpegAudio, []contestant{ffmpeg("mp2", "s16le_planar")}),
		},
		{
			key: "aac-128", name: "AAC LC, 128 kbit/s", ext: "m4a", encode: strings.Fields("ffmpeg -v error -y -i IN -bitexact -c:a aac -b:a 128k OUT"),
			board:   []contestant{tell("FAAD, fixed point", "BUILT/faad -q -w FILE"), ffmpeg("aac_fixed", "s32le_planar")},
			desktop: []contestant{desktopFFmpeg},
		},
		{
			key: "vorbis-q5", name: "Vorbis, quality 5", ext: "ogg", encode: strings.Fields("oggenc -Q -q 5 -s 1 -o OUT IN"),
			board:   []contestant{{name: "Tremor", args: []string{"BUILT/tremor"}, stdin: true}},
			desktop: []contestant{tell("jfreymuth/oggvorbis", "GO oggvorbis FILE"), desktopFFmpeg},
		},
		{
			key: "opus-96", name: "Opus, 96 kbit/s", ext: "opus", encode: strings.Fields("opusenc --quiet --cvbr --bitrate 96 --serial 1 IN OUT"),
			also:    opusDemoFile,
			board:   []contestant{tell("libopus, fixed point", "BUILT/opus_demo -d 48000 2 FILE.packets /dev/null")},
			desktop: []contestant{desktopFFmpeg},
		},
		{
			key: "flac-5", name: "FLAC, level 5", ext: "flac", encode: strings.Fields("flac -s -f -5 -o OUT IN"),
			board:   flac,
			desktop: []contestant{tell("mewkiz/flac", "GO mewkiz FILE"), desktopFFmpeg},
		},
		{
			key: "flac-8", name: "FLAC, level 8", ext: "flac", encode: strings.Fields("flac -s -f -8 -o OUT IN"),
			board: flac,
		},
		{
			key: "alac", name: "ALAC", ext: "m4a", encode: strings.Fields("ffmpeg -v error -y -i IN -bitexact -c:a alac OUT"),
			board: []contestant{mplayer("ffalac"), ffmpeg("alac", "s16le_planar")},
		},
		{
			key: "adpcm", name: "IMA ADPCM", ext: "wav", encode: strings.Fields("ffmpeg -v error -y -i IN -bitexact -c:a adpcm_ima_wav OUT"),
			board: []contestant{ffmpeg("adpcm_ima_wav", "s16le_planar")},
		},
		{
			key: "mpeg1", name: "MPEG-1, 320x240, 25 Hz", ext: "m1v", encode: pictures("mpeg1video -b:v 800k"),
			board:   []contestant{mplayerVideo("ffmpeg1"), ffmpegVideo("mpeg1video")},
			desktop: []contestant{desktopFFmpeg},
		},
		{
			key: "mpeg1-rgb565", name: "MPEG-1 to pixels of a panel", ext: "m1v", encode: pictures("mpeg1video -b:v 800k"),
			linnet: "LINNET decode --format rgb565 FILE",
			board:  []contestant{ffmpegPixels("mpeg1video")},
		},
		{
			key: "mjpeg", name: "MJPEG, 320x240, 25 Hz", ext: "avi", encode: pictures("mjpeg -q:v 6"),
			board:   []contestant{mplayerVideo("ffmjpeg"), ffmpegVideo("mjpeg")},
			desktop: []contestant{desktopFFmpeg},
		},
	}
}

// choose picks the works that are named, or all where none is.
func choose(keys []string) ([]work, error) {
	all := works()
	if len(keys) == 0 {
		return all, nil
	}
	var chosen []work
	for _, k := range keys {
		i := slices.IndexFunc(all, func(w work) bool { return w.key == k })
		if i < 0 {
			return nil, unknownWork(k)
		}
		chosen = append(chosen, all[i])
	}
	return chosen, nil
}
