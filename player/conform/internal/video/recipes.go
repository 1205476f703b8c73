package video

import (
	"bytes"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"strings"

	"linnet/player/conform/internal/suite"
)

// A recipe makes a file with ffmpeg, or with another program.
type recipe struct {
	name   string // of the file
	source string // a filter that makes pictures
	// args are those of ffmpeg's encoder; or a program that encodes y4m from its
	// standard input, with its arguments: the file's name is put behind them.
	args string
}

// Sources with motion of all kinds, of which one is hard to code.
const (
	plain = "testsrc2=s=352x288:r=25:d=2"
	noisy = "testsrc2=s=352x288:r=25:d=2,noise=alls=20:allf=t:all_seed=1"
	woven = "testsrc2=s=352x288:r=50:d=2,tinterlace=4"
)

var mpegRecipes = []recipe{
	{"plain.m1v", plain, "-c:v mpeg1video -b:v 1150k -bf 2 -g 15"},
	{"noisy.m1v", noisy, "-c:v mpeg1video -q:v 2 -bf 1"},
	{"coarse-50x34.m1v", "mandelbrot=s=50x34:r=30,trim=duration=2", "-c:v mpeg1video -q:v 31 -bf 0"},
	{"smallest-16x16.m1v", "testsrc2=s=16x16:r=24:d=2", "-c:v mpeg1video -q:v 5"},
	{"noisy.m2v", noisy, "-c:v mpeg2video -b:v 2M -bf 2 -g 12"},
	{"scan-and-tables.m2v", noisy, "-c:v mpeg2video -b:v 3M -bf 2 -flags +ildct+ilme -alternate_scan 1 -intra_vlc 1 -non_linear_quant 1 -qmax 28 -dc 10"},
	{"interlaced-354x290.m2v", "testsrc2=s=354x290:r=50:d=2,tinterlace=4", "-c:v mpeg2video -b:v 3M -bf 2 -flags +ildct+ilme -top 1"},
	{"interlaced-bottom.m2v", woven, "-c:v mpeg2video -b:v 3M -bf 2 -flags +ildct+ilme -top 0"},
	{"fine-720x576.m2v", "testsrc2=s=720x576:r=25:d=0.5", "-c:v mpeg2video -q:v 1 -qmin 1 -dc 11 -bf 0"},
	{"program-1.mpg", plain + "[out0];sine=d=2[out1]", "-c:v mpeg1video -b:v 1M -bf 2 -c:a mp2 -f mpeg"},
	{"program-2.mpg", noisy + "[out0];sine=d=2[out1]", "-c:v mpeg2video -b:v 2M -bf 2 -c:a mp2 -f vob"},
	{"mpeg2enc.m2v", plain, "mpeg2enc -v 0 -f 3 -b 2000 -R 2 -o"},
	{"mpeg2enc-1.m1v", noisy, "mpeg2enc -v 0 -f 0 -b 2000 -R 2 -o"},
	{"mpeg2enc-frames.m2v", woven, "mpeg2enc -v 0 -f 3 -b 4000 -I 1 -R 2 -o"},
	{"mpeg1.avi", plain, "-c:v mpeg1video -b:v 1M -bf 0"},
	{"mpeg1.mp4", plain, "-c:v mpeg1video -b:v 1M -bf 2"},
	{"mpeg2.mov", noisy, "-c:v mpeg2video -b:v 2M -bf 2"},
	{"mpeg1.mkv", plain, "-c:v mpeg1video -b:v 1M -bf 2"},
	{"mpeg2.mkv", noisy + "[out0];sine=d=2[out1]", "-c:v mpeg2video -b:v 2M -bf 2 -c:a mp2"},
}

// MPEG-4's interlaced pictures are compared without pictures B: FFmpeg's decoder
// takes the vectors that direct macroblocks depend on for 0 there, and is
// farther from what was encoded. It also clips blocks of 8x8 at a picture's own
// edge, not at that of its last macroblock, so pictures B by quarters have
// sizes that are multiples of 16.
var mpeg4Recipes = []recipe{
	{"simple.avi", plain, "-c:v mpeg4 -b:v 600k -bf 0"},
	{"four-vectors.avi", noisy, "-c:v mpeg4 -q:v 3 -flags +mv4+aic -bf 0"},
	{"both-ways.avi", noisy, "-c:v mpeg4 -q:v 4 -flags +mv4+aic -bf 2 -mpeg_quant 1"},
	{"quarters.avi", noisy, "-c:v mpeg4 -q:v 4 -flags +qpel -bf 0"},
	{"quarters-both-ways-368x304.avi", "testsrc2=s=368x304:r=25:d=2,noise=alls=15:allf=t:all_seed=2", "-c:v mpeg4 -q:v 5 -flags +qpel+aic -bf 2"},
	{"interlaced.avi", woven, "-c:v mpeg4 -q:v 4 -flags +ilme+ildct+aic -bf 0 -top 1"},
	{"packets.avi", noisy, "-c:v mpeg4 -b:v 500k -ps 400 -flags +aic -bf 2"},
	{"partitions.avi", noisy, "-c:v mpeg4 -b:v 500k -data_partitioning 1 -ps 400 -flags +mv4+aic -bf 2"},
	{"groups.avi", "testsrc2=s=176x144:r=25:d=5", "-c:v mpeg4 -b:v 300k -g 25 -bf 2"},
	{"coarse-50x34.avi", "mandelbrot=s=50x34:r=30,trim=duration=2", "-c:v mpeg4 -q:v 31 -bf 1"},
	{"both-ways.mp4", noisy + "[out0];sine=d=2[out1]", "-c:v mpeg4 -q:v 4 -flags +mv4+aic -bf 2 -c:a aac"},
	{"fragments.mp4", plain, "-c:v mpeg4 -b:v 600k -bf 2 -movflags +frag_keyframe+empty_moov"},
	{"both-ways.mkv", noisy + "[out0];sine=d=2[out1]", "-c:v mpeg4 -q:v 4 -flags +mv4+aic -bf 2 -c:a libmp3lame"},
	{"xvid.avi", noisy, "-c:v libxvid -q:v 4 -flags +mv4+qpel+aic -bf 2"},
	{"xvid-matrices.avi", noisy, "-c:v libxvid -q:v 4 -flags +mv4+aic -bf 2 -mpeg_quant 1"},
}

var mjpegRecipes = []recipe{
	{"420.avi", plain, "-c:v mjpeg -pix_fmt yuvj420p -q:v 3"},
	{"420.mov", plain, "-c:v mjpeg -pix_fmt yuvj420p -q:v 3"},
	{"420.mkv", plain, "-c:v mjpeg -pix_fmt yuvj420p -q:v 3"},
	{"422-354x290.avi", "testsrc2=s=354x290:r=25:d=1", "-c:v mjpeg -pix_fmt yuvj422p -q:v 5"},
	{"444-17x9.avi", "testsrc2=s=17x9:r=25:d=1", "-c:v mjpeg -pix_fmt yuvj444p -q:v 2"},
	{"own-tables.avi", noisy, "-c:v mjpeg -pix_fmt yuvj420p -huffman optimal -q:v 1"},
	{"default-tables.avi", noisy, "-c:v mjpeg -pix_fmt yuvj420p -huffman default -q:v 31"},
}

// check makes the file in a folder and compares it.
func (r recipe) check(dir string) suite.Row {
	row := suite.Row{Name: r.name}
	file := filepath.Join(dir, r.name)
	args := []string{"-hide_banner", "-nostdin", "-v", "error", "-bitexact", "-y", "-f", "lavfi", "-i", r.source}
	own := strings.HasPrefix(r.args, "-")
	if own {
		args = append(append(args, strings.Fields(r.args)...), file)
	} else {
		args = append(args, "-pix_fmt", "yuv420p", "-f", "yuv4mpegpipe", "-")
	}
	cmd := exec.Command("ffmpeg", args...)
	var report, pictures bytes.Buffer
	cmd.Stdout, cmd.Stderr = &pictures, &report
	if err := cmd.Run(); err != nil {
		return row.Fail("%s", fmt.Sprintf("ffmpeg: %v: %s", err, report.Bytes()))
	}
	if !own {
		if err := encode(r.args, &pictures, file); err != nil {
			return row.Fail("%v", err)
		}
	}
	return compare(row, file)
}

// encode runs a program that encodes pictures.
func encode(program string, pictures io.Reader, file string) error {
	words := append(strings.Fields(program), file)
	cmd := exec.Command(words[0], words[1:]...)
	cmd.Stdin = pictures
	if report, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", words[0], err, report)
	}
	return nil
}

// sizes are those that cut macroblocks in all ways, up to television's.
var sizes = [...]string{"16x16", "18x34", "48x32", "250x130", "320x240", "354x290", "718x574", "720x576"}

// rates are those of cinema and television, and others.
var rates = [...]string{"24000/1001", "24", "25", "30000/1001", "30", "50", "60000/1001", "60"}

// sized are recipes for each size, at another rate each. MPEG-4 has any rate;
// FFmpeg clips its blocks of 8x8 at a picture's own edge, and only where vectors
// count halves does that make no difference.
func sized(ending, args string) (all []recipe) {
	for i, size := range sizes {
		all = append(all, recipe{
			name:   "size-" + size + ending,
			source: fmt.Sprintf("testsrc2=s=%s:r=%s:d=0.4,noise=alls=12:allf=t:all_seed=%d", size, rates[i], i),
			args:   args,
		})
	}
	return all
}
