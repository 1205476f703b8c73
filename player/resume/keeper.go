package resume

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"linnet/player/internal/durable"
)

const (
	// everyFast is how often the folder in memory is written while it plays.
	everyFast = time.Second
	// everySlow is how often the one on flash is.
	everySlow = 30 * time.Second
	// settled is how long after a turn of the volume flash is written.
	settled = 3 * time.Second
	// budget is how many bytes an hour go to flash.
	budget = 1 << 20
)

// A Keeper keeps what is remembered in two folders. It is for one goroutine.
type Keeper struct {
	fast, slow folder
	number     uint64
	written    State
	turned     time.Time // when the volume was, since flash was written; zero: it was not
	again      bool
}

// folder is one place that a Keeper writes to. Without a name it is none.
type folder struct {
	dir   string
	every time.Duration

	at    time.Time // of the latest writing
	place uint64    // number that it has
	queue string    // sum of the list that it has
	spent durable.Budget
	err   error // of the latest attempt, to say each once
}

// New makes a Keeper of a folder in memory and one on flash; either may be
// empty.
func New(memory, flash string) *Keeper {
	return &Keeper{
		fast: folder{dir: memory, every: everyFast},
		slow: folder{dir: flash, every: everySlow, spent: durable.Budget{Limit: budget}},
	}
}

// Load reads the latest State that is whole, and says whether there is one.
// problems are files that are damaged and were left aside. Where the power went between
// a new list and its place, and nothing else is whole, it is the beginning of the list:
// better than nothing, and as loud as it was.
func (k *Keeper) Load() (s State, ok bool, problems []error) {
	var half *found
	defer func() {
		if !ok && half != nil {
			s, ok, k.number = half.place.begin(half.queue), true, half.place.Number
		}
	}()
	for _, f := range []*folder{&k.fast, &k.slow} {
		if f.dir == "" {
			continue
		}
		got, err := readFolder(f.dir)
		var here State
		if err == nil {
			if here, err = got.place.state(got.queue); err != nil {
				err = fmt.Errorf("%s: %w", filepath.Join(f.dir, placeName), err)
			}
		}
		if errors.Is(err, errOther) && (half == nil || half.place.Number < got.place.Number) {
			half = &got
		}
		if err != nil {
			if !missing(err) {
				problems = append(problems, fmt.Errorf("resume: %w", err))
			}
			continue
		}
		f.queue = got.place.Queue
		k.again = k.again || f == &k.fast
		if !ok || got.place.Number > k.number {
			s, ok, k.number = here, true, got.place.Number
		}
	}
	return s, ok, problems
}

// Again says, after Load, whether the folder in memory had a State: then the
// program did not start with the machine, but after it had ended.
func (k *Keeper) Again() bool { return k.again }

// Save notes what is played now. It is called every second or so while it
// plays and whenever something changed, and decides itself what is written.
// An error is returned once, until the folder works again or fails otherwise.
func (k *Keeper) Save(s State, now time.Time) error { return k.save(s, now, false) }

// Flush is Save for the end of the program: flash is written if it can be.
func (k *Keeper) Flush(s State, now time.Time) error { return k.save(s, now, true) }

func (k *Keeper) save(s State, now time.Time, last bool) error {
	changed, soon := k.changed(&s)
	if soon {
		k.turned = time.Time{} // the volume goes with it
	} else {
		soon = k.loud(&s, now)
	}
	if changed {
		k.number++
		s.Queue = slices.Clone(s.Queue)
		k.written = s
	}
	err := k.fast.save(k, now, soon || last)
	if serr := k.slow.save(k, now, soon || last); err == nil {
		err = serr
	}
	return err
}

// changed says whether anything did, and whether flash is to have it soon:
// what is heard, but not how far or how loud, which changes in small steps.
func (k *Keeper) changed(s *State) (any, soon bool) {
	w := &k.written
	soon = s.Index != w.Index || s.Playing != w.Playing || s.Shuffle != w.Shuffle || s.Repeat != w.Repeat || !slices.Equal(s.Queue, w.Queue)
	return soon || s.Position != w.Position || s.Volume != w.Volume, soon
}

// loud says whether flash is to have the volume now: it is turned in steps, which
// wait for each other a little.
func (k *Keeper) loud(s *State, now time.Time) bool {
	if s.Volume != k.written.Volume && k.turned.IsZero() {
		k.turned = now
	}
	if k.turned.IsZero() || now.Sub(k.turned) < settled {
		return false
	}
	k.turned = time.Time{}
	return true
}

// save writes what the folder lacks, if it is time.
func (f *folder) save(k *Keeper, now time.Time, soon bool) error {
	if f.dir == "" || f.place == k.number || !soon && now.Sub(f.at) < f.every {
		return nil
	}
	queue := sum(k.written.Queue)
	files := map[string][]byte{placeName: encodePlace(&k.written, queue, k.number)}
	if queue != f.queue {
		files[queueName] = encodeQueue(k.written.Queue)
	}
	cost := int64(0)
	for _, data := range files {
		cost += durable.Cost(len(data))
	}
	if !f.spent.Allows(cost, now) {
		return nil
	}
	f.at = now
	return f.report(f.write(files, queue, k.number))
}

// write writes the list before the place that is about it.
func (f *folder) write(files map[string][]byte, queue string, number uint64) error {
	for _, name := range []string{queueName, placeName} {
		if files[name] == nil {
			continue
		}
		if err := durable.Write(filepath.Join(f.dir, name), files[name]); err != nil {
			f.queue = "" // unknown
			return fmt.Errorf("resume: write %s: %w", filepath.Join(f.dir, name), err)
		}
	}
	f.queue, f.place = queue, number
	return nil
}

// report lets an error through that is not the same again.
func (f *folder) report(err error) error {
	before := f.err
	f.err = err
	if err != nil && before != nil && err.Error() == before.Error() {
		return nil
	}
	return err
}
