package ffmpeg

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"linnet/player/media"
)

// Info is what ffprobe says of a file.
type Info struct {
	Format   string        // the first of the demuxer's names, as "matroska" or "asf"
	Duration time.Duration // -1 when not known
	BitRate  int           // of all, 0 when not known
	Streams  []Stream      // of sound and pictures
	Tags     map[string]string
}

// Stream is what ffprobe says of a stream.
type Stream struct {
	Index    int
	Kind     media.Kind
	Codec    string // as media.Codec
	Language string // as the file has it, "" where it does not
	BitRate  int    // 0 when not known

	// Of sound.
	Rate     int
	Channels int

	// Of pictures, as they are shown: turned where the file says so.
	Width, Height int
	Pictures      media.Rational // a second
	Aspect        media.Rational // of a pixel
	Cover         bool           // it is one picture, about the sound
}

// maxReport bounds what is read of ffprobe's report.
const maxReport = 4 << 20

// Probe has ffprobe look at a file. ctx bounds how long that may take.
func (t Tools) Probe(ctx context.Context, file string) (*Info, error) {
	var out limited
	p, err := Start(ctx, &out, t.FFprobe, append([]string{"-v", "error", "-show_streams", "-show_format", "-of", "json"}, Input(file)...)...)
	if err != nil {
		return nil, err
	}
	if err := p.Wait(); err != nil {
		return nil, err
	}
	return parse(out.Bytes())
}

// limited takes no more than maxReport.
type limited struct{ bytes.Buffer }

func (l *limited) Write(b []byte) (int, error) {
	if l.Len()+len(b) > maxReport {
		return 0, fmt.Errorf("ffprobe says more than %d bytes", maxReport)
	}
	return l.Buffer.Write(b)
}

// report is ffprobe's JSON.
type report struct {
	Streams []struct {
		Index    int    `json:"index"`
		Type     string `json:"codec_type"`
		Codec    string `json:"codec_name"`
		Rate     string `json:"sample_rate"`
		Channels int    `json:"channels"`
		Width    int    `json:"width"`
		Height   int    `json:"height"`
		Aspect   string `json:"sample_aspect_ratio"`
		Mean     string `json:"avg_frame_rate"`
		Base     string `json:"r_frame_rate"`
		BitRate  string `json:"bit_rate"`
		Side     []struct {
			Rotation int `json:"rotation"`
		} `json:"side_data_list"`
		Disposition map[string]int    `json:"disposition"`
		Tags        map[string]string `json:"tags"`
	} `json:"streams"`
	Format struct {
		Name     string            `json:"format_name"`
		Duration string            `json:"duration"`
		BitRate  string            `json:"bit_rate"`
		Tags     map[string]string `json:"tags"`
	} `json:"format"`
}

func parse(b []byte) (*Info, error) {
	var r report
	if err := json.Unmarshal(b, &r); err != nil {
		return nil, fmt.Errorf("ffprobe: what it said is no report: %w", err)
	}
	info := &Info{Duration: duration(r.Format.Duration), BitRate: number(r.Format.BitRate), Tags: lower(r.Format.Tags)}
	info.Format, _, _ = strings.Cut(r.Format.Name, ",")
	for _, s := range r.Streams {
		one := Stream{Index: s.Index, Codec: s.Codec, Language: lower(s.Tags)["language"], BitRate: number(s.BitRate)}
		switch s.Type {
		case "audio":
			one.Kind, one.Rate, one.Channels = media.Audio, number(s.Rate), s.Channels
		case "video":
			one.Kind, one.Width, one.Height = media.Video, s.Width, s.Height
			one.Pictures, one.Aspect = rational(s.Mean, "/"), rational(s.Aspect, ":")
			if !one.Pictures.Known() {
				one.Pictures = rational(s.Base, "/")
			}
			one.Cover = s.Disposition["attached_pic"] != 0
			for _, d := range s.Side {
				if d.Rotation%180 != 0 {
					one.Width, one.Height = one.Height, one.Width
					one.Aspect.Num, one.Aspect.Den = one.Aspect.Den, one.Aspect.Num
				}
			}
		case "subtitle":
			one.Kind = media.Subtitle
		default:
			continue
		}
		info.Streams = append(info.Streams, one)
		if len(info.Tags) == 0 {
			info.Tags = lower(s.Tags) // Ogg has them there
		}
	}
	return info, nil
}

// First is the first stream of a kind that is not a cover, nil without one.
func (i *Info) First(kind media.Kind) *Stream {
	for n := range i.Streams {
		if s := &i.Streams[n]; s.Kind == kind && !s.Cover {
			return s
		}
	}
	return nil
}

func lower(tags map[string]string) map[string]string {
	m := make(map[string]string, len(tags))
	for k, v := range tags {
		m[strings.ToLower(k)] = v
	}
	return m
}

// duration reads seconds with a fraction.
func duration(s string) time.Duration {
	d, err := time.ParseDuration(s + "s")
	if err != nil || d < 0 {
		return -1
	}
	return d
}

func number(s string) int {
	n, err := strconv.ParseInt(s, 10, 32)
	if err != nil || n < 0 {
		return 0
	}
	return int(n)
}

func rational(s, sign string) media.Rational {
	a, b, _ := strings.Cut(s, sign)
	return media.Rational{Num: number(a), Den: number(b)}
}

// Extensions are endings of the names of files that FFmpeg knows and Linnet does not.
func Extensions() []string {
	return strings.Fields(".3gp .ac3 .amr .ape .asf .divx .dff .dsf .dts .dv .eac3 .f4v .flv .m2t .m2ts .m4v .mlp .mp+ .mpc .mts " +
		".nut .ogm .ogv .ogx .qt .ra .ram .rm .rmvb .shn .spx .tak .thd .tp .ts .tta .voc .w64 .weba .wma .wmv .wtv .wv")
}
