package tag

import (
	"bytes"
	"testing"

	"linnet/player/internal/tags"
	"linnet/player/media"
)

func TestReplayGainFields(t *testing.T) {
	gain := func(v int) media.Loudness { return media.Loudness{Known: true, Gain: v} }
	for _, c := range []struct {
		name, value string
		want        media.ReplayGain
	}{
		{"REPLAYGAIN_TRACK_GAIN", "-7.03 dB", media.ReplayGain{Track: gain(-703)}},
		{"replaygain_track_gain", "+3.2", media.ReplayGain{Track: gain(320)}},
		{"REPLAYGAIN_ALBUM_GAIN", " 1,5db ", media.ReplayGain{Album: gain(150)}},
		{"REPLAYGAIN_ALBUM_GAIN", "-0.005 dB", media.ReplayGain{Album: gain(-1)}},
		{"REPLAYGAIN_TRACK_GAIN", "0.00 dB", media.ReplayGain{Track: gain(0)}},
		{"REPLAYGAIN_TRACK_GAIN", "-12 dB", media.ReplayGain{Track: gain(-1200)}},
		{"REPLAYGAIN_TRACK_GAIN", "65 dB", media.ReplayGain{}},
		{"REPLAYGAIN_TRACK_GAIN", "99999999999999999999 dB", media.ReplayGain{}},
		{"REPLAYGAIN_TRACK_GAIN", "dB", media.ReplayGain{}},
		{"REPLAYGAIN_TRACK_GAIN", "", media.ReplayGain{}},
		{"REPLAYGAIN_TRACK_GAIN", "1.2.3 dB", media.ReplayGain{}},
		{"REPLAYGAIN_TRACK_GAIN", "NaN", media.ReplayGain{}},
		{"REPLAYGAIN_TRACK_PEAK", "1.000000", media.ReplayGain{Track: media.Loudness{Peak: 1 << 24}}},
		{"REPLAYGAIN_ALBUM_PEAK", "0.5", media.ReplayGain{Album: media.Loudness{Peak: 1 << 23}}},
		{"REPLAYGAIN_TRACK_PEAK", "1.12345678901234567890", media.ReplayGain{Track: media.Loudness{Peak: 18848477}}},
		{"REPLAYGAIN_TRACK_PEAK", "0", media.ReplayGain{}},
		{"REPLAYGAIN_TRACK_PEAK", "-1", media.ReplayGain{}},
		{"REPLAYGAIN_TRACK_PEAK", "65", media.ReplayGain{}},
		{"R128_TRACK_GAIN", "-256", media.ReplayGain{Track: gain(400)}},
		{"R128_ALBUM_GAIN", "111", media.ReplayGain{Album: gain(543)}},
		{"R128_TRACK_GAIN", "40000", media.ReplayGain{}},
		{"REPLAYGAIN_REFERENCE_LOUDNESS", "89.0 dB", media.ReplayGain{}},
	} {
		var got media.ReplayGain
		if tags.ReplayGain(c.name, c.value, &got); got != c.want {
			t.Errorf("%s=%s: %+v, want %+v", c.name, c.value, got, c.want)
		}
	}
}

// Wherever the four numbers stand, they are the same.
func TestReplayGainIsRead(t *testing.T) {
	pairs := []string{
		"REPLAYGAIN_TRACK_GAIN", "-7.25 dB", "REPLAYGAIN_TRACK_PEAK", "0.75",
		"REPLAYGAIN_ALBUM_GAIN", "-6.50 dB", "REPLAYGAIN_ALBUM_PEAK", "1.25",
	}
	want := media.ReplayGain{
		Track: media.Loudness{Known: true, Gain: -725, Peak: 3 << 22},
		Album: media.Loudness{Known: true, Gain: -650, Peak: 5 << 22},
	}
	files := map[string][]byte{"APE": append([]byte("sound"), ape(pairs...)...)}
	for version, id := range map[byte]string{2: "TXX", 3: "TXXX", 4: "TXXX"} {
		b := &builder{version: version}
		utf16 := &builder{version: version}
		for i := 0; i < len(pairs); i += 2 {
			b.text(id, 0, pairs[i]+"\x00"+pairs[i+1])
			utf16.text(id, 1, utf16le(pairs[i])+"\x00\x00"+utf16le(pairs[i+1]))
		}
		files["ID3v2."+string('0'+version)] = b.tag(0)
		files["ID3v2."+string('0'+version)+" in UTF-16"] = utf16.tag(0)
	}
	var fields []string
	for i := 0; i < len(pairs); i += 2 {
		fields = append(fields, pairs[i]+"="+pairs[i+1])
	}
	files["FLAC"] = flacFile(vorbisComment(4, fields...))
	for name, f := range files {
		got, err := Read(bytes.NewReader(f), int64(len(f)))
		if err != nil || got.ReplayGain != want {
			t.Errorf("%s:\n got %+v, %v\nwant %+v", name, got.ReplayGain, err, want)
		}
	}
}

// An RVA2 frame counts where the fields do not speak.
func TestRelativeVolume(t *testing.T) {
	rva := func(name string, body ...byte) []byte { return append(append([]byte(name), 0), body...) }
	known := func(v int) media.Loudness { return media.Loudness{Known: true, Gain: v} }
	for _, c := range []struct {
		frame []byte
		want  media.ReplayGain
	}{
		{rva("track", 1, 0xfc, 0, 16, 1, 2), media.ReplayGain{Track: known(-200)}},
		{rva("album", 2, 0, 1, 0, 1, 1, 0x80, 0), media.ReplayGain{Album: known(75)}},
		{rva("track", 1, 0x7f, 0xff, 0), media.ReplayGain{Track: known(6400)}},
		{rva("other", 1, 2, 0, 0), media.ReplayGain{}},
		{rva("track", 2, 2, 0, 255), media.ReplayGain{}},
		{rva("track", 1, 2), media.ReplayGain{}},
	} {
		f := (&builder{version: 4}).frame("RVA2", 0, c.frame).tag(0)
		if got, err := Read(bytes.NewReader(f), int64(len(f))); err != nil || got.ReplayGain != c.want {
			t.Errorf("%q: %+v, want %+v", c.frame, got.ReplayGain, c.want)
		}
	}
	f := (&builder{version: 4}).frame("RVA2", 0, rva("track", 1, 4, 0, 0)).text("TXXX", 0, "replaygain_track_gain\x00-1 dB").tag(0)
	if got, _ := Read(bytes.NewReader(f), int64(len(f))); got.ReplayGain.Track.Gain != -100 {
		t.Errorf("both: %+v", got.ReplayGain)
	}
}
