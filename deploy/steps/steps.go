// Package steps tells somebody who waits what is being done and for how long.
//
// Every step is one line: what it is, and at its end how long it took. On a
// terminal the line shows, while the step lasts, its time and whatever the
// step has to say about how far it is; in a log nothing is written over, and a
// long step says every half minute that it is alive.
package steps

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"golang.org/x/term"
)

// Steps prints steps to a writer.
type Steps struct {
	out      io.Writer
	terminal bool
}

// New returns Steps that print to out.
func New(out io.Writer) *Steps {
	f, ok := out.(*os.File)
	return &Steps{out: out, terminal: ok && term.IsTerminal(int(f.Fd()))}
}

// Say prints a line between steps.
func (s *Steps) Say(format string, args ...any) { fmt.Fprintf(s.out, format+"\n", args...) }

// Run does a step, which may say how far it is as often as it likes, from any
// goroutine. The error is that of the step.
func (s *Steps) Run(title string, step func(far func(string)) error) error {
	start := time.Now()
	l := &line{steps: s, title: title, start: start}
	every := 30 * time.Second
	if s.terminal {
		every = time.Second / 2
	} else {
		s.Say("%s", title)
	}
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		l.watch(every, stop)
	}()
	err := step(l.far)
	close(stop)
	<-stopped
	verdict := "done"
	if err != nil {
		verdict = "failed"
	}
	l.print(verdict, "\n")
	return err
}

// line is the line of a running step.
type line struct {
	steps *Steps
	title string
	start time.Time

	mu   sync.Mutex
	said string
}

func (l *line) far(said string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.said = said
}

func (l *line) watch(every time.Duration, stop <-chan struct{}) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-stop:
			return
		case <-tick.C:
			l.mu.Lock()
			said := l.said
			l.mu.Unlock()
			end := "\n"
			if l.steps.terminal {
				end = ""
			}
			l.print(said, end)
		}
	}
}

// print writes the line, on a terminal over the one before. Half the width of
// a usual terminal is left to what is said.
func (l *line) print(said, end string) {
	over, erase := "", ""
	if l.steps.terminal {
		over, erase = "\r", "\x1b[K"
	}
	if r := []rune(said); len(r) > 40 {
		said = string(r[:39]) + "…"
	}
	text := fmt.Sprintf("%s: %s", l.title, elapsed(time.Since(l.start)))
	if said = strings.TrimSpace(said); said != "" {
		text += ", " + said
	}
	fmt.Fprint(l.steps.out, over, text, erase, end)
}

func elapsed(d time.Duration) string {
	if d < time.Minute {
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	d = d.Round(time.Second)
	return fmt.Sprintf("%d:%02d min", int(d.Minutes()), int(d.Seconds())%60)
}
