package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"linnet/ui"
	"linnet/ui/theme"
	"linnet/ui/widget"
)

// An UpdateFile is a new version that lies on a medium.
type UpdateFile struct {
	Path, Volume string // the volume by its name
	Version      string // empty where the file does not say, or is not believed
	Fault        UpdateFault
}

// UpdateFault is why a new version is not, or was not, installed.
type UpdateFault uint8

// The faults. The zero one is none.
const (
	UpdateFine       UpdateFault = iota
	UpdateNone                   // the file is no update
	UpdateUnsigned               // its signature is wrong
	UpdateOtherBoard             // it is for another board
	UpdateOlder                  // a later version runs
	UpdateTruncated              // it is not the whole file
	UpdateNoSpace                // it does not fit
	UpdateDamaged                // its content is damaged
	UpdateMedium                 // the medium cannot be read, or was pulled out
	UpdateFlash                  // what it is written to fails
	updateFaults
)

// UpdateError is the error of Updates.Install.
type UpdateError struct {
	Fault UpdateFault
	Err   error // in full
}

func (e *UpdateError) Error() string { return e.Err.Error() }
func (e *UpdateError) Unwrap() error { return e.Err }

// UpdateProgress is how far an installation is.
type UpdateProgress struct {
	Checking    bool // what was written is read again
	Done, Total int64
	Left        time.Duration // 0: not known yet
}

// Updates is new versions of the program and the system. Its methods may be slow
// and are called on other goroutines.
type Updates interface {
	// Find lists those that lie on media.
	Find() ([]UpdateFile, error)
	// Install writes one beside the version that runs, which stays as it is, until
	// ctx ends. After it has returned nil the next start of the machine is one of the new version.
	Install(ctx context.Context, f UpdateFile, tell func(UpdateProgress)) error
	// Restart starts the machine again.
	Restart() error
}

// FellBack is why the version that runs is not the one that was to.
type FellBack uint8

// The reasons.
const (
	NotFallen   FellBack = iota
	NewFailed            // a new version did not start
	OtherBroken          // the other one is damaged
)

// installing is an installation, on whatever page the user is.
type installing struct {
	file   UpdateFile
	active bool
	sealed bool // it is written, and the machine is to start again
	cancel context.CancelFunc
	moved  *ui.Notice

	mu       sync.Mutex
	progress UpdateProgress
}

func (i *installing) set(p UpdateProgress) {
	i.mu.Lock()
	i.progress = p
	i.mu.Unlock()
	i.moved.Raise()
}

func (i *installing) get() UpdateProgress {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.progress
}

// tellFall says once why another version runs than was to.
func (a *App) tellFall() {
	w := a.words
	q := widget.Question{Icon: theme.IconWarn, Yes: w.understood}
	switch a.opt.FellBack {
	case NewFailed:
		q.Ask, q.Tell = w.newFailed, w.newFailedTell
	case OtherBroken:
		q.Ask, q.Tell = w.otherBroken, w.otherBrokenTell
	default:
		return
	}
	a.opt.FellBack = NotFallen
	a.dialog.Open(q, nil)
}

// install asks, and installs a new version.
func (a *App) install(f UpdateFile) {
	w := a.words
	a.dialog.Open(widget.Question{
		Icon: theme.IconUSB, Ask: fmt.Sprintf(w.installAsk, f.Version), Tell: w.installTell, No: w.cancel, Yes: w.installDo,
		Do: func() { a.beginInstall(f) },
	}, nil)
}

func (a *App) beginInstall(f UpdateFile) {
	i := &a.installing
	if i.active {
		return
	}
	if i.moved == nil {
		i.moved = a.desk.NewNotice(a.showInstall)
	}
	ctx, cancel := context.WithCancel(context.Background())
	i.file, i.active, i.sealed, i.cancel = f, true, false, cancel
	i.set(UpdateProgress{})
	a.showInstall()
	a.work(func() error { return a.opt.Updates.Install(ctx, f, i.set) }, func(err error) {
		cancel()
		a.endInstall(err)
	})
}

// endInstall starts the machine again, or says why not.
func (a *App) endInstall(err error) {
	i, w := &a.installing, a.words
	if err == nil {
		i.sealed = true
		a.showInstall()
		a.work(a.opt.Updates.Restart, func(err error) {
			if err != nil {
				i.active = false
				a.showInstall()
				a.bands.say(theme.IconWarn, w.installFailed, err.Error())
			}
		})
		return
	}
	i.active = false
	a.showInstall()
	if errors.Is(err, context.Canceled) {
		a.bands.say(theme.IconCheck, w.installStopped, w.installStoppedHint)
		return
	}
	fault := UpdateFlash
	var e *UpdateError
	if errors.As(err, &e) {
		fault = e.Fault
	}
	a.dialog.Open(widget.Question{
		Icon: theme.IconWarn, Ask: w.installFailed, Tell: w.updateTrouble(fault), Yes: w.understood,
	}, nil)
}

// showInstall brings the page to what goes on, where it is shown.
func (a *App) showInstall() {
	if p, ok := a.pages[pageUpdate].(*updatePage); ok {
		p.put()
	}
}

// updateFault is a fault in a row.
func (w *words) updateFault(f UpdateFault) string {
	return strings.TrimRight(w.updateFaults[f], ".。")
}

// updateTrouble is a fault, and what to do about it.
func (w *words) updateTrouble(f UpdateFault) string {
	return strings.ReplaceAll(w.updateFaults[f]+" "+w.updateAdvice[f], "。 ", "。")
}

// installed is how far an installation is, in words.
func (w *words) installed(p UpdateProgress) string {
	if p.Total == 0 {
		return w.installBegins
	}
	text := fmt.Sprintf("%d %%", p.Done*100/p.Total)
	if p.Checking {
		text = joined(w.installChecks, text)
	}
	if p.Left > 0 {
		text = joined(text, fmt.Sprintf(w.scanLeft, timeText(p.Left+time.Second)))
	}
	return text
}
