// Command godecoders decodes a file with one of the Go decoders that Linnet is
// compared with, and throws the sound away.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/hajimehoshi/go-mp3"
	"github.com/jfreymuth/oggvorbis"
	"github.com/mewkiz/flac"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "godecoders:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	decoders := map[string]func(io.Reader) error{"go-mp3": decodeMP3, "mewkiz": decodeFLAC, "oggvorbis": decodeVorbis}
	if len(args) != 2 || decoders[args[0]] == nil {
		return errors.New("usage: godecoders go-mp3|mewkiz|oggvorbis FILE")
	}
	f, err := os.Open(args[1])
	if err != nil {
		return err
	}
	defer f.Close()
	return decoders[args[0]](bufio.NewReaderSize(f, 1<<16))
}

func decodeMP3(r io.Reader) error {
	d, err := mp3.NewDecoder(r)
	if err != nil {
		return err
	}
	_, err = io.CopyBuffer(io.Discard, struct{ io.Reader }{d}, make([]byte, 1<<15))
	return err
}

func decodeFLAC(r io.Reader) error {
	s, err := flac.New(r)
	if err != nil {
		return err
	}
	for err == nil {
		_, err = s.ParseNext()
	}
	return unlessEnd(err)
}

func decodeVorbis(r io.Reader) error {
	d, err := oggvorbis.NewReader(r)
	if err != nil {
		return err
	}
	samples := make([]float32, 8192)
	for err == nil {
		_, err = d.Read(samples)
	}
	return unlessEnd(err)
}

func unlessEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
