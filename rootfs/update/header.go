package update

import (
	"bytes"
	"crypto/ed25519"
	"encoding/binary"
	"fmt"
	"io"
)

// HeaderSize is that of the header in bytes.
const HeaderSize = 512

const (
	magic  = "LNUPDATE"
	format = 1

	boardSize   = 32
	versionSize = 64
	partSize    = 8 + sumSize
	sumSize     = 32

	atFormat    = 8
	atRelease   = 12
	atBoard     = 16
	atVersion   = atBoard + boardSize
	atParts     = atVersion + versionSize
	atZero      = atParts + partCount*partSize
	atSignature = HeaderSize - ed25519.SignatureSize

	// maxPart is more than any flash has, and little enough to be added up.
	maxPart = 1 << 32
)

// The parts, in the order in which they lie in the file.
const (
	partHeads = iota // a page for each of the two systems
	partRoot
	partKernel
	partCount
)

// A Part is a piece of the file.
type Part struct {
	Size int64
	Sum  [sumSize]byte // SHA-256
}

// Header is what a file says of itself.
type Header struct {
	Board   string // as package board has it
	Version string // for people
	Release uint32 // never lower than that of the system it replaces

	Heads  Part // the loader's page before the kernel: of system a, and of b
	Root   Part // a file system
	Kernel Part // behind either page
}

func (h *Header) parts() [partCount]*Part { return [partCount]*Part{&h.Heads, &h.Root, &h.Kernel} }

// Size is that of the whole file.
func (h *Header) Size() int64 { return HeaderSize + h.Heads.Size + h.Root.Size + h.Kernel.Size }

// Sign returns the header as it lies in the file.
func (h *Header) Sign(key ed25519.PrivateKey) ([]byte, error) {
	if len(key) != ed25519.PrivateKeySize {
		return nil, fmt.Errorf("update: a key of %d bytes", len(key))
	}
	if !isName(h.Board, boardSize) || !isName(h.Version, versionSize) {
		return nil, fmt.Errorf("update: board %q, version %q: each has to be of 1 to %d and %d printable characters", h.Board, h.Version, boardSize, versionSize)
	}
	b := make([]byte, HeaderSize)
	le := binary.LittleEndian
	copy(b, magic)
	le.PutUint32(b[atFormat:], format)
	le.PutUint32(b[atRelease:], h.Release)
	copy(b[atBoard:], h.Board)
	copy(b[atVersion:], h.Version)
	for i, p := range h.parts() {
		if p.Size < 1 || p.Size > maxPart {
			return nil, fmt.Errorf("update: part %d of %d bytes", i, p.Size)
		}
		at := atParts + i*partSize
		le.PutUint64(b[at:], uint64(p.Size))
		copy(b[at+8:], p.Sum[:])
	}
	copy(b[atSignature:], ed25519.Sign(key, b[:atSignature]))
	return b, nil
}

// isName says whether a text can stand in a field: ASCII that can be printed.
func isName(s string, size int) bool {
	for _, c := range []byte(s) {
		if c <= ' ' || c > '~' {
			return false
		}
	}
	return s != "" && len(s) <= size
}

// parse reads a header whose signature is good by the key. An error is an *Error.
func parse(b []byte, key ed25519.PublicKey) (h Header, err error) {
	if len(b) < HeaderSize || string(b[:len(magic)]) != magic {
		return h, fault(NotUpdate, "it does not begin as one")
	}
	le := binary.LittleEndian
	if f := le.Uint32(b[atFormat:]); f != format {
		return h, fault(NotUpdate, fmt.Sprintf("format %d", f))
	}
	if len(key) != ed25519.PublicKeySize || !ed25519.Verify(key, b[:atSignature], b[atSignature:HeaderSize]) {
		return h, fault(BadSignature, "")
	}
	h.Release = le.Uint32(b[atRelease:])
	h.Board, h.Version = field(b[atBoard:atVersion]), field(b[atVersion:atParts])
	if !isName(h.Board, boardSize) || !isName(h.Version, versionSize) || !zero(b[atZero:atSignature]) {
		return h, fault(NotUpdate, "a field is not as it should be")
	}
	for i, p := range h.parts() {
		at := atParts + i*partSize
		size := le.Uint64(b[at:])
		if size < 1 || size > maxPart {
			return h, fault(NotUpdate, fmt.Sprintf("part %d of %d bytes", i, size))
		}
		p.Size = int64(size)
		copy(p.Sum[:], b[at+8:])
	}
	return h, nil
}

// field is a text without the zero bytes behind it; what else stands behind the
// first of them stays in it, and is no name.
func field(b []byte) string { return string(bytes.TrimRight(b, "\x00")) }

func zero(b []byte) bool { return bytes.Count(b, []byte{0}) == len(b) }

// File is an update whose header is good.
type File struct {
	Header
	content io.ReaderAt
}

// Open reads the header of a file of so many bytes, checks its signature, and
// that the file is as long as that says. An error is an *Error. The content is
// read by Install.
func Open(content io.ReaderAt, size int64, key ed25519.PublicKey) (*File, error) {
	b := make([]byte, HeaderSize)
	if size < HeaderSize {
		return nil, fault(Truncated, fmt.Sprintf("%d bytes", size))
	}
	if _, err := content.ReadAt(b, 0); err != nil {
		return nil, &Error{Fault: MediumFailed, Err: err}
	}
	h, err := parse(b, key)
	if err != nil {
		return nil, err
	}
	if size != h.Size() {
		return nil, fault(Truncated, fmt.Sprintf("%d bytes of %d", size, h.Size()))
	}
	return &File{h, content}, nil
}

// part is a reader of a part.
func (f *File) part(n int) *io.SectionReader {
	at, all := int64(HeaderSize), f.parts()
	for _, p := range all[:n] {
		at += p.Size
	}
	return io.NewSectionReader(f.content, at, all[n].Size)
}
