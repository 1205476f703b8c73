package mpeg4

import (
	"fmt"
	"path/filepath"
	"strings"

	"linnet/player/conform/internal/suite"
	"linnet/player/media"
)

// frames is how long what is encoded is: no multiple of any packet's length.
const frames = 44444

// A recipe is a file to be made.
type recipe struct {
	name           string // its ending is the container's
	source         string // an expression of ffmpeg's, of the channel n
	rate, channels int
	args           string
}

// Sounds: chords, sweeps and clicks, which want short blocks; what is too loud;
// and nothing.
const (
	music    = "0.3*sin(2*PI*220*(n+2)*t)+0.2*sin(2*PI*440*t)*sin(3*t)+0.2*sin((2000+700*n)*t*t)+0.8*exp(-300*mod(t+0.01*n\\,0.21))*(random(n)-0.5)"
	clipping = "1.6*sin(2*PI*330*t)+0.3*sin(3000*t*t)"
	silence  = "0"
)

// aacRecipes do without noise substitution, whose outcome no standard fixes.
var aacRecipes = []recipe{
	{"128k.m4a", music, 44100, 2, "-b:a 128k"},
	{"128k.aac", music, 44100, 2, "-b:a 128k"},
	{"fragments.mp4", music, 44100, 2, "-b:a 128k -movflags +frag_keyframe+delay_moov -frag_duration 300000"},
	{"vbr.m4a", music, 44100, 2, "-q:a 2"},
	{"fast.m4a", music, 44100, 2, "-b:a 128k -aac_coder fast"},
	{"plain.m4a", music, 44100, 2, "-b:a 160k -aac_is 0 -aac_ms 0 -aac_tns 0"},
	{"middle and side.m4a", music, 48000, 2, "-b:a 128k -aac_is 0 -aac_ms 1"},
	{"intensity.m4a", music, 44100, 2, "-b:a 48k -aac_is 1 -aac_ms 0"},
	{"tns.m4a", music, 32000, 2, "-b:a 64k -aac_tns 1 -aac_is 0"},
	{"mono 8 kHz.m4a", music, 8000, 1, "-b:a 16k"},
	{"mono 11 kHz.aac", music, 11025, 1, "-b:a 24k"},
	{"16 kHz.m4a", music, 16000, 2, "-b:a 32k"},
	{"22 kHz.m4a", music, 22050, 2, "-b:a 40k"},
	{"24 kHz.aac", music, 24000, 2, "-b:a 48k"},
	{"64 kHz.m4a", music, 64000, 2, "-b:a 128k"},
	{"88 kHz.m4a", music, 88200, 2, "-b:a 256k"},
	{"96 kHz.m4a", music, 96000, 2, "-b:a 256k"},
	{"3.0.m4a", music, 44100, 3, "-b:a 200k -channel_layout 3.0"},
	{"quad.m4a", music, 44100, 4, "-b:a 200k -channel_layout quad"},
	{"5.1.m4a", music, 48000, 6, "-b:a 320k -channel_layout 5.1"},
	{"7.1.m4a", music, 48000, 8, "-b:a 400k -channel_layout 7.1"},
	{"clipping.m4a", clipping, 44100, 2, "-b:a 256k"},
	{"silence.m4a", silence, 44100, 2, "-b:a 64k"},
}

var alacRecipes = []recipe{
	{"16 bits.m4a", music, 44100, 2, "-sample_fmt s16p"},
	{"24 bits.m4a", music, 96000, 2, "-sample_fmt s32p"},
	{"mono.m4a", music, 22050, 1, "-sample_fmt s16p"},
	{"raw.m4a", music, 44100, 2, "-sample_fmt s16p -compression_level 0"},
	{"order 30.m4a", music, 48000, 2, "-sample_fmt s16p -min_prediction_order 30 -max_prediction_order 30"},
	{"quick.mov", music, 48000, 2, "-sample_fmt s16p -compression_level 1"},
	{"fragments.mp4", music, 44100, 2, "-sample_fmt s16p -movflags +frag_keyframe+empty_moov -frag_duration 300000"},
	{"5.1.m4a", music, 48000, 6, "-sample_fmt s16p -channel_layout 5.1"},
	{"clipping.m4a", clipping, 44100, 2, "-sample_fmt s16p"},
	{"silence.m4a", silence, 44100, 2, "-sample_fmt s16p"},
	{"core audio.caf", music, 44100, 2, "-sample_fmt s16p"},
	{"core audio, 24 bits, 5.1.caf", music, 96000, 6, "-sample_fmt s32p -channel_layout 5.1"},
}

// check makes the file and compares it.
func (r recipe) check(dir string, codec media.Codec) suite.Row {
	row := suite.Row{Name: r.name}
	file := filepath.Join(dir, r.name)
	source := make([]string, r.channels)
	for n := range source {
		// n stands for the channel where it is a word of its own.
		source[n] = strings.NewReplacer("(n+", fmt.Sprintf("(%d+", n), "*n)", fmt.Sprintf("*%d)", n), "*n\\", fmt.Sprintf("*%d\\", n), "(n)", fmt.Sprintf("(%d)", n)).Replace(r.source)
	}
	args := []string{"-f", "lavfi", "-i", fmt.Sprintf("aevalsrc=%s:s=%d", strings.Join(source, "|"), r.rate), "-af", fmt.Sprintf("atrim=end_sample=%d", frames), "-c:a", string(codec)}
	if codec == media.AAC {
		args = append(args, "-aac_pns", "0")
	}
	if _, err := ffmpeg(append(append(args, strings.Fields(r.args)...), file)...); err != nil {
		return row.Fail("%v", err)
	}
	length := int64(frames)
	if strings.HasSuffix(r.name, ".aac") {
		length = -1 // says nothing of it
	}
	return compare(row, file, codec, length)
}
