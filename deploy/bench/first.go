package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"linnet/deploy/bench/meter"
)

// firstMost is how many millions of instructions opening a file and decoding its
// first frame may take. It is below a twentieth of a second on the board.
const firstMost = 5

// A first is what it costs to open a file and to decode its first frame, on the
// board, beyond what any program costs that starts and ends.
type first struct {
	name                 string
	instructions, cycles float64 // millions
	err                  error
}

// opened are files whose sound is coded as in a work, or costs next to nothing to decode,
// but that are opened in ways of their own.
func opened() []work {
	encode := func(codec, options string) []string {
		return strings.Fields("ffmpeg -v error -y -i IN -bitexact -c:a " + codec + " " + options + " OUT")
	}
	return []work{
		{key: "wav", name: "WAV", ext: "wav", encode: encode("pcm_s16le", "")},
		{key: "aiff", name: "AIFF", ext: "aiff", encode: encode("pcm_s16be", "")},
		{key: "au", name: "AU", ext: "au", encode: encode("pcm_s16be", "")},
		{key: "caf", name: "CAF, ALAC", ext: "caf", encode: encode("alac", "")},
		{key: "adts", name: "ADTS, AAC LC", ext: "aac", encode: encode("aac", "-b:a 128k")},
		{key: "fragments", name: "MP4 in fragments, AAC LC", ext: "mp4", encode: encode("aac", "-b:a 128k -movflags frag_keyframe+empty_moov -frag_duration 1000000")},
		{key: "ogg-flac", name: "Ogg, FLAC", ext: "oga", encode: encode("flac", "")},
		{key: "webm-vorbis", name: "WebM, Vorbis", ext: "webm", encode: encode("libvorbis", "-q:a 5")},
		{key: "webm-opus", name: "WebM, Opus", ext: "webm", encode: encode("libopus", "-b:a 96k")},
		{key: "mka-mp3", name: "Matroska, MP3", ext: "mka", encode: encode("libmp3lame", "-b:a 128k")},
	}
}

// heard are the works that begin with music, not with pictures.
func heard(works []work) []work {
	return slices.DeleteFunc(slices.Clone(works), func(w work) bool { return !slices.Contains(w.encode, "IN") })
}

// firstFrames counts them all.
func (b *bench) firstFrames(ctx context.Context, works []work) ([]first, error) {
	program := filepath.Join(b.work, "firstframe-arm")
	if err := b.steps.Run("build what opens a file", func(func(string)) error {
		return buildForBoard(ctx, program, "./deploy/bench/firstframe")
	}); err != nil {
		return nil, err
	}
	if err := b.compose(ctx, works, short); err != nil {
		return nil, err
	}
	all := make([]first, len(works))
	err := b.steps.Run("the first frame of each format", func(far func(string)) error {
		bare, err := b.meter.Run(ctx, meter.Program{Args: []string{program}})
		if err != nil {
			return err
		}
		var wait sync.WaitGroup
		free := make(chan struct{}, runtime.NumCPU())
		for i, w := range works {
			far(w.name)
			free <- struct{}{}
			wait.Go(func() {
				whole, err := b.meter.Run(ctx, meter.Program{Args: []string{program, b.music.file(w, short)}})
				all[i] = newFirst(w.name, bare, whole, err)
				<-free
			})
		}
		wait.Wait()
		return ctx.Err()
	})
	return all, err
}

// newFirst is the difference between a program that has opened and decoded and
// one that has done nothing.
func newFirst(name string, bare, whole meter.Count, err error) first {
	f := first{
		name:         name,
		instructions: (float64(whole.Instructions) - float64(bare.Instructions)) / 1e6,
		cycles:       (float64(whole.Cycles) - float64(bare.Cycles)) / 1e6,
		err:          err,
	}
	if err == nil && f.instructions >= firstMost {
		f.err = fmt.Errorf("it takes %.1f million instructions, and %d is the most", f.instructions, firstMost)
	} else if err == nil && f.instructions <= 0 {
		f.err = errors.New("it did not open the file")
	}
	return f
}

// printFirst writes the table, with bars for the instructions and a mark where
// they are too many.
func printFirst(w io.Writer, all []first) {
	names := 0
	for _, f := range all {
		names = max(names, utf8.RuneCountInString(f.name))
	}
	fmt.Fprintf(w, "%-*s %9s %9s\n", names, "", "Minsn", "Mcycles")
	for _, f := range all {
		if f.err != nil {
			fmt.Fprintf(w, "%-*s  failed: %v\n", names, f.name, f.err)
			continue
		}
		fmt.Fprintf(w, "%-*s %9.2f %9.2f  %s\n", names, f.name, f.instructions, f.cycles, bar(cells(f.instructions, firstMost), barWidth-1))
	}
}
