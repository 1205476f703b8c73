package update

import "errors"

// Fault is what is wrong, as far as a user can do something about it.
type Fault uint8

// The faults.
const (
	NotUpdate    Fault = iota + 1 // the file is none, or of a later format
	BadSignature                  // it was not signed with this key, or changed
	OtherBoard                    // it is for another board
	Older                         // its release number is lower than that of the running system
	Truncated                     // the file is shorter, or longer, than its header says
	NoSpace                       // the flash has not the room that it needs
	Damaged                       // what was read is not what the header says
	MediumFailed                  // the medium it lies on could not be read
	FlashFailed                   // the flash could not be written, or holds something else
)

var faultTexts = [...]string{
	NotUpdate: "not an update", BadSignature: "the signature is wrong", OtherBoard: "for another board", Older: "older than what runs",
	Truncated: "not the whole file", NoSpace: "no room in the flash", Damaged: "the file is damaged", MediumFailed: "the medium cannot be read",
	FlashFailed: "the flash cannot be written",
}

func (f Fault) String() string {
	if int(f) < len(faultTexts) && faultTexts[f] != "" {
		return faultTexts[f]
	}
	return "fault"
}

// Error is an update that is refused, or that did not succeed.
type Error struct {
	Fault Fault
	Err   error // more about it; may be nil
}

func (e *Error) Error() string {
	if e.Err == nil {
		return "update: " + e.Fault.String()
	}
	return "update: " + e.Fault.String() + ": " + e.Err.Error()
}

func (e *Error) Unwrap() error { return e.Err }

// FaultOf is an error's fault; 0: it has none.
func FaultOf(err error) Fault {
	var e *Error
	if errors.As(err, &e) {
		return e.Fault
	}
	return 0
}

func fault(f Fault, text string) error {
	if text == "" {
		return &Error{Fault: f}
	}
	return &Error{Fault: f, Err: errors.New(text)}
}
