package prepare

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"linnet/player/internal/ffmpeg"
	"linnet/player/media"
)

// command are the arguments that have ffmpeg make a file. It may use so many
// threads to read it.
func (b Board) command(what action, info *ffmpeg.Info, from, to string, threads int) []string {
	args := []string{"-v", "error", "-nostdin", "-y", "-progress", "pipe:1", "-nostats", "-threads", strconv.Itoa(threads)}
	args = append(args, ffmpeg.Input(from)...)
	switch what {
	case toFilm:
		args = append(args, b.film(info)...)
	case toLossless:
		args = append(args, b.lossless(info)...)
	case toAAC:
		args = append(args, b.lossy(info)...)
	}
	return append(args, ffmpeg.Output(to))
}

func (b Board) film(info *ffmpeg.Info) []string {
	v := info.First(media.Video)
	rate := pictures(v.Pictures)
	// The filter knows what the file's own turning makes of its sides.
	fit := fmt.Sprintf("min(1,min(%d/(iw*sar),%d/ih))", b.Width, b.Height)
	filter := fmt.Sprintf("yadif=deint=interlaced,fps=%d/%d,scale=w='max(16,2*round(%s*iw*sar/2))':h='max(16,2*round(%s*ih/2))',setsar=1",
		rate.Num, rate.Den, fit, fit)
	args := []string{"-map", "0:" + strconv.Itoa(v.Index), "-vf", filter, "-pix_fmt", "yuv420p",
		"-c:v", "mpeg4", "-bf", "0", "-g", "50", "-mbd", "rd", "-trellis", "1", "-b:v", "500k", "-maxrate", "800k", "-bufsize", "800k"}
	tracks := 0
	for _, s := range info.Streams {
		if s.Kind != media.Audio {
			continue
		}
		n := strconv.Itoa(tracks)
		args = append(args, "-map", "0:"+strconv.Itoa(s.Index), "-c:a:"+n, "aac", "-b:a:"+n, "128k", "-ar:a:"+n, strconv.Itoa(b.rate(s.Rate)))
		if s.Channels > 2 {
			args = append(args, "-ac:a:"+n, "2")
		}
		tracks++
	}
	return append(args, "-threads", "1", "-f", "mp4")
}

func (b Board) lossless(info *ffmpeg.Info) []string {
	return append(b.sound(info), "-c:a", "flac", "-sample_fmt", "s16", "-dither_method", "triangular", "-f", "flac")
}

func (b Board) lossy(info *ffmpeg.Info) []string {
	return append(b.sound(info), "-c:a", "aac", "-b:a", "160k", "-f", "ipod")
}

// sound takes the first sound and the cover.
func (b Board) sound(info *ffmpeg.Info) []string {
	s := info.First(media.Audio)
	args := []string{"-map", "0:" + strconv.Itoa(s.Index), "-ar", strconv.Itoa(b.rate(s.Rate))}
	if s.Channels > 2 {
		args = append(args, "-ac", "2")
	}
	for _, v := range info.Streams {
		if v.Cover && slices.Contains([]string{"mjpeg", "png"}, v.Codec) {
			return append(args, "-map", "0:"+strconv.Itoa(v.Index), "-c:v", "copy", "-disposition:v", "attached_pic")
		}
	}
	return args
}

// A meter reads what ffmpeg writes for -progress.
type meter struct {
	line []byte
	at   func(time.Duration) // is told how far the output is
}

func (m *meter) Write(b []byte) (int, error) {
	for _, c := range b {
		if c != '\n' {
			if len(m.line) < 100 {
				m.line = append(m.line, c)
			}
			continue
		}
		name, value, _ := strings.Cut(string(m.line), "=")
		if n, err := strconv.ParseInt(strings.TrimSpace(value), 10, 64); name == "out_time_us" && err == nil && n >= 0 {
			m.at(time.Duration(n) * time.Microsecond)
		}
		m.line = m.line[:0]
	}
	return len(b), nil
}
