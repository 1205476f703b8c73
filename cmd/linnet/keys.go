package main

import (
	"io"
	"os"

	"golang.org/x/term"
)

// key is what a key of the terminal means.
type key uint8

const (
	keyNone key = iota
	keyQuit
	keyPause
	keyBack
	keyForward
	keyLouder
	keySofter
	keyNext
	keyPrevious
	keySlower
	keyFaster
	keyStep // from picture to picture
	keyStepBack
	keyFarForward // to key pictures
	keyFarBack
)

// readKeys takes the terminal into raw mode and sends what is pressed. The
// channel is closed when there is no more input; where in is no terminal, or
// belongs to another program now, it is nil. restore puts the terminal back.
func readKeys(in *os.File) (keys <-chan key, restore func()) {
	if in == nil || !term.IsTerminal(int(in.Fd())) || !foreground(in) {
		return nil, func() {}
	}
	was, err := term.MakeRaw(int(in.Fd()))
	if err != nil {
		return nil, func() {}
	}
	rawOutput(in)
	c := make(chan key)
	go func() {
		defer close(c)
		buf := make([]byte, 16)
		for {
			n, err := in.Read(buf)
			if err != nil {
				return
			}
			for _, k := range parseKeys(buf[:n]) {
				c <- k
			}
		}
	}()
	return c, func() { term.Restore(int(in.Fd()), was) }
}

// parseKeys reads what one read of a raw terminal gave: characters, and the
// escape sequences of the arrow keys.
func parseKeys(b []byte) []key {
	var keys []key
	for len(b) > 0 {
		k, n := parseKey(b)
		if k != keyNone {
			keys = append(keys, k)
		}
		b = b[n:]
	}
	return keys
}

func parseKey(b []byte) (k key, n int) {
	if len(b) >= 3 && b[0] == 0x1b && (b[1] == '[' || b[1] == 'O') {
		switch b[2] {
		case 'A':
			return keyLouder, 3
		case 'B':
			return keySofter, 3
		case 'C':
			return keyForward, 3
		case 'D':
			return keyBack, 3
		}
		if len(b) >= 4 && b[3] == '~' {
			return map[byte]key{'5': keyFarForward, '6': keyFarBack}[b[2]], 4
		}
		return keyNone, 3
	}
	switch b[0] {
	case 'q', 'Q', 3, 4: // also Ctrl-C and Ctrl-D, which raw mode hands through
		return keyQuit, 1
	case ' ':
		return keyPause, 1
	case 'n', '>':
		return keyNext, 1
	case 'p', '<':
		return keyPrevious, 1
	case '+', '=':
		return keyLouder, 1
	case '-':
		return keySofter, 1
	case '[':
		return keySlower, 1
	case ']':
		return keyFaster, 1
	case '.':
		return keyStep, 1
	case ',':
		return keyStepBack, 1
	}
	return keyNone, 1
}

// isTerminal says whether w is one.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
