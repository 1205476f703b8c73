package video

import (
	"bytes"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"

	"linnet/player/conform/internal/suite"
)

// A recipe makes a file with ffmpeg.
type recipe struct {
	name   string // of the file
	source string // a filter that makes pictures
	args   string // of the encoder
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
	args = append(append(args, strings.Fields(r.args)...), file)
	cmd := exec.Command("ffmpeg", args...)
	var report bytes.Buffer
	cmd.Stderr = &report
	if err := cmd.Run(); err != nil {
		return row.Fail("%s", fmt.Sprintf("ffmpeg: %v: %s", err, report.Bytes()))
	}
	return compare(row, file)
}
