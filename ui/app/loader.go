package app

import (
	"slices"
	"time"

	"linnet/ui"
)

// readingAfter is how long a folder may take before the page says that it is
// being read. Until then the folder before stays.
const readingAfter = 300 * time.Millisecond

// maxAsked bounds the entries that wait to be described: those that were in
// sight last.
const maxAsked = 16

// loader reads folders and describes files without holding up the page.
type loader struct {
	page  *filesPage
	seq   int // of the latest request; older answers are dropped
	wait  bool
	name  string // of the folder that is being read
	slow  *ui.Timer
	asked []int // rows to be described, the latest last
	busy  bool  // one is being described
	shelf int   // counts the folders shown, so that late answers are dropped
}

func (l *loader) init(p *filesPage) {
	l.page = p
	l.slow = p.app.desk.NewTimer(p.reading)
}

// list reads a folder and calls then on the page's goroutine, unless
// something else was asked for in the meantime.
func (l *loader) list(to place, then func([]Entry, error)) {
	l.seq++
	seq, files, desk := l.seq, l.page.app.opt.Files, l.page.app.desk
	l.wait, l.name = true, to.name
	l.slow.Start(readingAfter)
	go func() {
		es, err := files.List(to.path)
		if err != nil {
			es = nil
		}
		desk.Post(func() {
			if seq != l.seq {
				return
			}
			l.stop()
			l.shelf++
			l.asked = l.asked[:0]
			then(es, err)
		})
	}()
}

func (l *loader) stop() {
	l.wait = false
	l.slow.Stop()
}

// cancel forgets the folder that is being read, if any.
func (l *loader) cancel() bool {
	if !l.wait || len(l.page.way) == 0 {
		return false
	}
	l.seq++
	l.stop()
	l.page.restore()
	return true
}

// describe has row i described.
func (l *loader) describe(i int) {
	if len(l.asked) == maxAsked {
		l.page.known[l.asked[0]] = false
		l.asked = slices.Delete(l.asked, 0, 1)
	}
	l.asked = append(l.asked, i)
	if !l.busy {
		l.busy = true
		// Not from here: this is called while rows are painted.
		l.page.app.desk.Post(l.next)
	}
}

// next describes the row that was asked for last.
func (l *loader) next() {
	n := len(l.asked)
	if n == 0 {
		l.busy = false
		return
	}
	i := l.asked[n-1]
	l.asked = l.asked[:n-1]
	shelf, e := l.shelf, l.page.entries[i]
	files, desk := l.page.app.opt.Files, l.page.app.desk
	go func() {
		d, err := files.Describe(e)
		desk.Post(func() {
			if err == nil && shelf == l.shelf && d != e {
				l.page.entries[i] = d
				l.page.list.Changed(i)
			}
			l.next()
		})
	}()
}
