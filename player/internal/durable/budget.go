package durable

import "time"

// block is what writing a small file costs at least: a page of data, its
// entry in the folder, and the file system's own notes.
const block = 4096

// Cost is what writing a file of so many bytes takes from a Budget.
func Cost(size int) int64 { return (int64(size) + block - 1) / block * block }

// A Budget is how much may be written.
type Budget struct {
	Limit int64 // bytes an hour; 0 is without limit
	spent int64
	at    time.Time
}

// Allows takes bytes from the budget, if they are there. A quarter of it may
// go at once, the rest comes over the hour. A file that is larger than this
// quarter has to wait until nothing is spent.
func (b *Budget) Allows(bytes int64, now time.Time) bool {
	if b.Limit == 0 {
		return true
	}
	burst := b.Limit / 4
	if !b.at.IsZero() {
		back := min(max(now.Sub(b.at), 0), time.Hour)
		b.spent = max(b.spent-int64(back/time.Millisecond)*(b.Limit-burst)/int64(time.Hour/time.Millisecond), 0)
	}
	b.at = now
	if b.spent > 0 && b.spent+bytes > burst {
		return false
	}
	b.spent += bytes
	return true
}
