//go:build linux

package initd

import (
	"errors"
	"fmt"
	"time"

	"linnet/rootfs/bootstate"
	"linnet/rootfs/mtd"
)

// How long a system that is on trial has to say that it runs, and how often its
// player may fall over until then.
const (
	trialWithin = 2 * time.Minute
	trialFalls  = 3
)

// paramsPartition is where the boot loader's record lies.
const paramsPartition = "params"

// openParams opens the partition with the record.
func openParams() (mtd.Flash, func() error, error) {
	p, err := mtd.Open(paramsPartition)
	if err != nil {
		return nil, nil, err
	}
	return p, p.Close, nil
}

// slots are the systems by what the boot loader calls them.
var slots = map[string]int{"a": 0, "b": 1}

// errOneSystem is the answer where there is no choice between systems.
var errOneSystem = errors.New("initd: there is one system only")

// record has f look at and change what the loader is to start.
func (m *machine) record(f func(running int, s *bootstate.Store) error) error {
	running, ok := slots[m.params.slot]
	if !ok {
		return errOneSystem
	}
	m.recording.Lock()
	defer m.recording.Unlock()
	flash, done, err := m.openRecord()
	if err != nil {
		return fmt.Errorf("initd: %w", err)
	}
	defer done()
	s, err := bootstate.OpenStore(flash)
	if err != nil {
		return err
	}
	return f(running, s)
}

// confirm has the loader start the system that runs from now on, without
// counting and without a reason to tell.
func (m *machine) confirm() error {
	err := m.record(func(running int, s *bootstate.Store) error {
		want := bootstate.Record{Number: s.Record().Number, Slot: running, Confirmed: true}
		if s.Record() == want {
			return nil
		}
		if err := s.Write(want); err != nil {
			return err
		}
		m.journal.say("system %s is confirmed", m.params.slot)
		return nil
	})
	if err == nil {
		m.confirmed.Do(func() { close(m.runs) })
	}
	return err
}

// try has the loader start the other system once.
func (m *machine) try() error {
	return m.record(func(running int, s *bootstate.Store) error {
		if err := s.Write(bootstate.Record{Slot: 1 - running, Tries: 1}); err != nil {
			return err
		}
		m.journal.say("the other system than %s is to be tried", m.params.slot)
		return nil
	})
}

// watchTrial starts the machine again where a system on trial does not become one
// that runs: the loader then takes the former one.
func (m *machine) watchTrial() {
	if !m.params.trial {
		return
	}
	m.journal.say("system %s is on trial", m.params.slot)
	late := time.After(trialWithin)
	for falls := 0; ; {
		select {
		case <-m.runs:
			return
		case <-m.ending:
			return
		case <-m.fell:
			if falls++; falls < trialFalls {
				continue
			}
			m.journal.say("the player fell over %d times: this system is given up", falls)
		case <-late:
			m.journal.say("nobody said within %v that it runs: this system is given up", trialWithin)
		}
		m.ask(restart)
		return
	}
}
