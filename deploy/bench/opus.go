package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
)

// packets ends the name of what opusDemoFile writes.
const packets = ".packets"

// opusDemoFile writes the packets of an Ogg file of Opus beside it, as libopus's
// test program reads them: before each its length and the final state of the
// range coder, where 0 asks for no check.
func opusDemoFile(file string) error {
	b, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	all, err := oggPackets(b)
	if err != nil {
		return err
	}
	if len(all) < 2 || !bytes.HasPrefix(all[0], []byte("OpusHead")) {
		return errors.New("this is no Opus in Ogg")
	}
	var out []byte
	for _, p := range all[2:] { // behind the two headers
		out = binary.BigEndian.AppendUint32(out, uint32(len(p)))
		out = binary.BigEndian.AppendUint32(out, 0)
		out = append(out, p...)
	}
	return os.WriteFile(file+packets, out, 0o666)
}

// oggPackets takes the pages of a file of one logical stream apart (RFC 3533,
// section 6). A packet is segments of 255 bytes and a shorter one.
func oggPackets(b []byte) ([][]byte, error) {
	errBroken := errors.New("a page of the Ogg file is broken")
	const fixed = 27
	var all [][]byte
	var packet []byte
	for len(b) > 0 {
		if len(b) < fixed || string(b[:4]) != "OggS" || len(b) < fixed+int(b[26]) {
			return nil, errBroken
		}
		lacing := b[fixed : fixed+int(b[26])]
		b = b[fixed+len(lacing):]
		for _, n := range lacing {
			if len(b) < int(n) {
				return nil, errBroken
			}
			packet = append(packet, b[:n]...)
			b = b[n:]
			if n < 255 {
				all, packet = append(all, packet), nil
			}
		}
	}
	return all, nil
}
