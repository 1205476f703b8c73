//go:build linux

package initd

import (
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/sys/unix"
)

// testDog bites if it is not fed in time.
type testDog struct {
	t     *testing.T
	fed   atomic.Int32
	bites *time.Timer
}

func (d *testDog) timeout() time.Duration { return 30 * time.Second }

func (d *testDog) feed() error {
	d.fed.Add(1)
	d.bites.Reset(d.timeout())
	return nil
}

// TestWatchdog has a player that is well for an hour, ill for less than the
// dog takes, well again, and then ill for good.
func TestWatchdog(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		var bitten atomic.Int64 // when
		d := &testDog{t: t, bites: time.AfterFunc(time.Minute, func() {})}
		d.bites = time.AfterFunc(30*time.Second, func() { bitten.Store(int64(time.Since(began))) })
		ill := func() error {
			at := time.Since(began)
			if at > time.Hour && at < time.Hour+15*time.Second || at > 2*time.Hour {
				return errors.New("ill")
			}
			return nil
		}
		var log said
		stop := make(chan struct{})
		go watch(d, ill, log.say, stop)
		time.Sleep(2*time.Hour - time.Second)
		synctest.Wait()
		if at := time.Duration(bitten.Load()); at != 0 || d.fed.Load() != 719 {
			t.Errorf("fed %d times, bitten after %v", d.fed.Load(), at)
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		if at := time.Duration(bitten.Load()); at < 2*time.Hour || at > 2*time.Hour+31*time.Second {
			t.Errorf("bitten after %v", at)
		}
		if log.text() != "watchdog: ill\nwatchdog: ill" {
			t.Errorf("said %q", log.text())
		}
		n := d.fed.Load()
		close(stop)
		synctest.Wait()
		if d.fed.Load() != n+1 {
			t.Error("not fed at the end")
		}
		d.bites.Stop()
	})
}

func TestHealthy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sys := &record{}
		l := &lives{length: always(10 * time.Second), status: 1 << 8}
		m := newMachine(Config{}, sys)
		m.player = newSupervisor(l.spawn, l.kill, t.Logf)
		go m.player.run()
		time.Sleep(time.Second)
		if err := m.healthy(); err != nil || !strings.Contains(sys.text(), "kill 101 ") {
			t.Errorf("it plays: %v; done %q", err, sys.lines)
		}
		sys.fail = map[string]error{"kill": unix.ESRCH}
		if err := m.healthy(); err == nil {
			t.Error("no such process, and all is well")
		}
		time.Sleep(9050 * time.Millisecond)
		if err := m.healthy(); err != nil {
			t.Errorf("in a pause: %v", err)
		}
		m.player.stop()
		if err := m.healthy(); err == nil {
			t.Error("no supervisor, and all is well")
		}
	})
}
