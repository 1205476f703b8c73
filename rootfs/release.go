package rootfs

import (
	"fmt"
	"strconv"
	"strings"

	"linnet/board"
)

// Release is which system it is.
type Release struct {
	Version string // for people
	Number  uint32 // one with a lower number does not replace it
	Key     []byte // the file KeyFile: whose updates it takes; nil: nobody's
}

// Files of the root file system that the running one reads, from the root.
const (
	ReleaseFile = "/etc/os-release"
	KeyFile     = "/etc/update.pub"
)

// Text is the release of a board as os-release(5) has it.
func (r Release) Text(b board.Board) []byte {
	return fmt.Appendf(nil, "ID=linnet\nNAME=Linnet\nPRETTY_NAME=%q\nVERSION_ID=%d\nBUILD_ID=%q\nVARIANT=%q\nVARIANT_ID=%s\n",
		"Linnet "+r.Version, r.Number, r.Version, b.Title, b.Name)
}

// ParseRelease reads what Text wrote: the release and the board's name. A text
// without a number is of release 0.
func ParseRelease(text []byte) (r Release, boardName string, err error) {
	for line := range strings.Lines(string(text)) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		switch key {
		case "VERSION_ID":
			n, err := strconv.ParseUint(value, 10, 32)
			if err != nil {
				return r, "", fmt.Errorf("rootfs: %s: %w", ReleaseFile, err)
			}
			r.Number = uint32(n)
		case "BUILD_ID":
			if r.Version, err = strconv.Unquote(value); err != nil {
				return r, "", fmt.Errorf("rootfs: %s: BUILD_ID=%s: %w", ReleaseFile, value, err)
			}
		case "VARIANT_ID":
			boardName = value
		}
	}
	if boardName == "" {
		return r, "", fmt.Errorf("rootfs: %s names no board", ReleaseFile)
	}
	return r, boardName, nil
}
