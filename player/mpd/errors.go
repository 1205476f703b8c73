package mpd

import "fmt"

// The protocol's numbers of errors, from MPD's protocol/Ack.hxx.
const (
	errNotList    = 1
	errArg        = 2
	errPassword   = 3
	errPermission = 4
	errUnknown    = 5
	errNoExist    = 50
	errListMax    = 51
	errSystem     = 52
	errUpdating   = 54
	errPlayer     = 55
	errExist      = 56
)

// An ack is an error as clients are told it.
type ack struct {
	code int
	text string
}

func (a *ack) Error() string { return a.text }

func fail(code int, format string, args ...any) error {
	return &ack{code, fmt.Sprintf(format, args...)}
}
