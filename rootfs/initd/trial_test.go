//go:build linux

package initd

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"linnet/rootfs/bootstate"
	"linnet/rootfs/mtd"
	"linnet/rootfs/mtd/mtdtest"
)

// twoSystems is a machine whose loader has chosen a slot, with its record.
func twoSystems(t *testing.T, p params, r bootstate.Record) (*machine, *mtdtest.Flash, *said) {
	t.Helper()
	f := mtdtest.New(mtd.Geometry{Blocks: 4, BlockSize: 2 << 10, PageSize: 512}, mtdtest.NewSupply(-1))
	copy(f.Pages[0], r.Bytes())
	m := newMachine(Config{}, &record{})
	m.params = p
	m.openRecord = func() (mtd.Flash, func() error, error) { return f, func() error { return nil }, nil }
	log := &said{}
	m.journal = &journal{kmsg: kmsg{log}}
	return m, f, log
}

func recordOf(t *testing.T, f mtd.Flash) bootstate.Record {
	t.Helper()
	s, err := bootstate.OpenStore(f)
	if err != nil {
		t.Fatal(err)
	}
	return s.Record()
}

func TestConfirm(t *testing.T) {
	for name, c := range map[string]struct {
		slot   string
		before bootstate.Record
		writes bool
	}{
		"on trial":                       {"b", bootstate.Record{Number: 4, Slot: 1}, true},
		"the other one did not start":    {"a", bootstate.Record{Number: 5, Slot: 0, Confirmed: true, Reason: bootstate.Unconfirmed}, true},
		"the other one's kernel is bad":  {"b", bootstate.Record{Number: 5, Slot: 0, Confirmed: true}, true},
		"nothing is to be told":          {"b", bootstate.Record{Number: 9, Slot: 1, Confirmed: true}, false},
		"nothing was ever told, and a":   {"a", bootstate.Record{}, false},
		"tries are left where one is on": {"b", bootstate.Record{Number: 9, Slot: 1, Tries: 2}, true},
	} {
		m, f, _ := twoSystems(t, params{slot: c.slot}, c.before)
		if c.before == (bootstate.Record{}) {
			f.Erase(0)
		}
		if err := m.confirm(); err != nil {
			t.Fatal(err)
		}
		want := bootstate.Record{Number: c.before.Number, Slot: slots[c.slot], Confirmed: true}
		if c.writes {
			want.Number++
		}
		if got := recordOf(t, f); got != want {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
		select {
		case <-m.runs:
		default:
			t.Errorf("%s: it still waits", name)
		}
		if err := m.confirm(); err != nil || recordOf(t, f) != want {
			t.Errorf("%s: said twice it writes twice", name)
		}
	}
}

func TestTry(t *testing.T) {
	m, f, _ := twoSystems(t, params{slot: "b"}, bootstate.Record{Number: 2, Slot: 1, Confirmed: true})
	if err := m.try(); err != nil {
		t.Fatal(err)
	}
	if got := recordOf(t, f); got != (bootstate.Record{Number: 3, Slot: 0, Tries: 1}) {
		t.Errorf("%+v", got)
	}
	for name, m := range map[string]*machine{"no choice": newMachine(Config{}, &record{}), "no flash": newMachine(Config{}, &record{})} {
		if name == "no flash" {
			m.params.slot = "a"
		}
		if err := m.try(); err == nil || (name == "no choice") != errors.Is(err, errOneSystem) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTrial(t *testing.T) {
	for name, c := range map[string]struct {
		params params
		do     func(m *machine)
		want   action
		after  time.Duration
	}{
		"nobody says that it runs": {params{slot: "b", trial: true}, func(*machine) {}, restart, trialWithin},
		"it runs":                  {params{slot: "b", trial: true}, func(m *machine) { time.Sleep(time.Minute); m.confirm() }, nothing, time.Minute},
		"the machine ends":         {params{slot: "b", trial: true}, func(m *machine) { close(m.ending) }, nothing, 0},
		"the player falls over": {params{slot: "b", trial: true}, func(m *machine) {
			for range trialFalls {
				time.Sleep(time.Second)
				m.fell <- struct{}{}
			}
		}, restart, trialFalls * time.Second},
		"it is not on trial": {params{slot: "b"}, func(m *machine) { m.fell <- struct{}{} }, nothing, 0},
	} {
		synctest.Test(t, func(t *testing.T) {
			m, _, log := twoSystems(t, c.params, bootstate.Record{Number: 4, Slot: 1})
			began := time.Now()
			go c.do(m)
			m.watchTrial()
			if d := time.Since(began); d != c.after {
				t.Errorf("%s: it ends after %v", name, d)
			}
			got := nothing
			select {
			case got = <-m.asked:
			default:
			}
			if got != c.want || (got == restart) != strings.Contains(log.text(), "given up") {
				t.Errorf("%s: %v\n%s", name, got, log.text())
			}
		})
	}
}

// TestTrialAsked does it by requests, as the player does.
func TestTrialAsked(t *testing.T) {
	m, f, _ := twoSystems(t, params{slot: "a"}, bootstate.Record{Number: 4, Confirmed: true})
	for _, c := range []struct {
		line string
		want []string
	}{{"system", []string{"a"}}, {"try", nil}} {
		if got, err := m.command(c.line); err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, %v", c.line, got, err)
		}
	}
	if r := recordOf(t, f); r.Slot != 1 || r.Tries != 1 {
		t.Errorf("%+v", r)
	}
	if _, err := m.command("confirm"); err != nil {
		t.Error(err)
	}
	if r := recordOf(t, f); r.Slot != 0 || !r.Confirmed {
		t.Errorf("%+v", r)
	}
	if _, err := m.command("forget"); err != nil || !m.forgetting.Load() || <-m.asked != restart {
		t.Errorf("forget: %v", err)
	}
	one := newMachine(Config{}, &record{})
	if _, err := one.command("system"); !errors.Is(err, errOneSystem) {
		t.Errorf("without a choice: %v", err)
	}
}

// TestFell counts a player that ends, and none that is stopped.
func TestFell(t *testing.T) {
	fell := make(chan struct{}, 10)
	s := newSupervisor(func() (*process, error) { return nil, errors.New("no") }, nil, t.Logf)
	s.fell = func() { fell <- struct{}{} }
	go s.run()
	within(t, time.Minute, func() bool { return len(fell) >= 2 })
	s.stop()
}
