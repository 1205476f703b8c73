package formats

import (
	"path/filepath"
	"testing"

	"linnet/player"
	"linnet/player/media"
	"linnet/player/pcm"
	"linnet/player/playertest"
)

// Four channels are left, right, centre and surround where the file says so, and
// a square where it does not, in every coding; and so they are mixed down: what
// comes from behind is heard on both sides, or on one.
func TestLayouts(t *testing.T) {
	dir := t.TempDir()
	args := []string{"-y", "-f", "lavfi", "-i", "aevalsrc=0|0|0|0.5*sin(4000*t):s=48000:d=0.5:c=4.0", "-f", "lavfi", "-i", "aevalsrc=0|0|0|0.5*sin(4000*t):s=48000:d=0.5:c=quad"}
	files := map[string]string{"pcm.wav": "pcm_s16le", "pcm.caf": "pcm_s16le", "flac.flac": "flac", "flac.oga": "flac", "flac.mka": "flac", "alac.m4a": "alac", "alac.caf": "alac", "alac.mka": "alac",
		"aac.m4a": "aac", "aac.mka": "aac", "aac.aac": "aac"}
	for name, codec := range files {
		args = append(args, "-map", "0", "-c:a", codec)
		if name == "flac.oga" { // where ffmpeg does not say it
			args = append(args, "-metadata", "WAVEFORMATEXTENSIBLE_CHANNEL_MASK=0x0107")
		}
		args = append(args, filepath.Join(dir, "4.0 "+name))
		if codec != "alac" && name != "aac.aac" { // which have no square
			args = append(args, "-map", "1", "-c:a", codec, filepath.Join(dir, "quad "+name))
		}
	}
	playertest.FFmpeg(t, args...)
	const surround = media.FrontLeft | media.FrontRight | media.FrontCentre | media.BackCentre
	for name, codec := range files {
		left, right, f := mixedDown(t, filepath.Join(dir, "4.0 "+name))
		if f.Layout != surround || f.Channels != 4 || left < 1<<25 || right < 1<<25 {
			t.Errorf("4.0 %s: %+v, as loud as %d and %d", name, f, left, right)
		}
		if codec == "alac" || name == "aac.aac" {
			continue
		}
		left, right, f = mixedDown(t, filepath.Join(dir, "quad "+name))
		if f.Channels != 4 || left > 1<<22 || right < 1<<25 {
			t.Errorf("quad %s: %+v, as loud as %d and %d", name, f, left, right)
		}
	}
}

// mixedDown are the mean magnitudes of a file in stereo, and its format.
func mixedDown(t *testing.T, file string) (left, right int64, f media.AudioFormat) {
	t.Helper()
	m, err := Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	track, err := player.NewTrack(m, false)
	if err != nil {
		t.Fatal(err)
	}
	f = track.Stream().Audio
	conv := pcm.NewConverter(f, media.AudioFormat{Rate: f.Rate, Channels: 2, Bits: f.Bits}, pcm.Standard)
	mixed := conv.Convert(nil, readFrom(t, track, 1<<30))
	for i := 0; i < len(mixed); i += 2 {
		left += int64(max(mixed[i], -mixed[i]))
		right += int64(max(mixed[i+1], -mixed[i+1]))
	}
	n := int64(len(mixed)/2 + 1)
	return left / n, right / n, f
}
