//go:build linux

package initd

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/insomniacslk/dhcp/dhcpv4"
	"github.com/insomniacslk/dhcp/dhcpv4/server4"
	urand "github.com/u-root/uio/rand"
	"golang.org/x/sys/unix"
)

// wire is a network with one interface and a server that may be away.
type wire struct {
	*network
	began      time.Time
	away, gone atomic.Bool
	refuses    atomic.Bool // to renew
	mu         sync.Mutex
	done       []string
}

func newWire(lasts time.Duration) *wire {
	w := &wire{began: time.Now()}
	note := func(format string, args ...any) error {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.done = append(w.done, fmt.Sprintf("%v ", time.Since(w.began))+fmt.Sprintf(format, args...))
		return nil
	}
	l := lease{address: netip.MustParsePrefix("10.0.2.15/24"), lasts: lasts}
	answer := func(what string) (lease, error) {
		note("%s", what)
		if w.away.Load() {
			return lease{}, errors.New("nobody answers")
		}
		return l, nil
	}
	l.renew = func(context.Context) (lease, error) {
		if w.refuses.Load() {
			return lease{}, errRefused
		}
		return answer("renew")
	}
	w.network = &network{
		say:     func(string, ...any) {},
		up:      func(name string) error { return note("up %s", name) },
		down:    func(name string) error { return note("down %s", name) },
		request: func(_ context.Context, name string) (lease, error) { return answer("request") },
		apply:   func(name string, l lease) error { return note("apply %v", l.address) },
		drop:    func(name string) error { return note("drop") },
		exists:  func(string) bool { return !w.gone.Load() },
		begun:   map[string]bool{},
		off:     map[string]bool{},
		turned:  map[string]chan struct{}{},
	}
	return w
}

// since returns what was done since the last time.
func (w *wire) since() []string {
	synctest.Wait()
	w.mu.Lock()
	defer w.mu.Unlock()
	done := w.done
	w.done = nil
	return done
}

func (w *wire) want(t *testing.T, want ...string) {
	t.Helper()
	if got := w.since(); !slices.Equal(got, want) {
		t.Errorf("done %q, want %q", got, want)
	}
}

// TestLease has a lease of an hour be renewed, then the server be away until
// it is over, then be back.
func TestLease(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWire(time.Hour)
		w.begin("eth0")
		w.begin("eth0") // once is enough
		time.Sleep(30*time.Minute + 30*time.Second)
		w.want(t, "0s up eth0", "0s request", "0s apply 10.0.2.15/24", "30m0s renew", "30m0s apply 10.0.2.15/24")
		w.away.Store(true)
		time.Sleep(time.Hour)
		w.want(t, "1h0m0s renew", "1h15m0s renew", "1h22m30s renew", "1h26m15s renew", "1h28m7.5s renew", "1h29m7.5s renew",
			"1h30m0s drop", "1h30m0s request")
		w.away.Store(false)
		time.Sleep(askAgain)
		w.want(t, "1h31m0s request", "1h31m0s apply 10.0.2.15/24")
		w.gone.Store(true)
		time.Sleep(time.Hour)
		w.network.mu.Lock()
		defer w.network.mu.Unlock()
		if w.begun["eth0"] {
			t.Error("an interface that is gone is still kept")
		}
	})
}

// TestRefused has the server take a lease back: another is asked for at once.
func TestRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWire(time.Hour)
		w.begin("eth0")
		w.want(t, "0s up eth0", "0s request", "0s apply 10.0.2.15/24")
		w.refuses.Store(true)
		time.Sleep(30*time.Minute + time.Second)
		w.want(t, "30m0s drop", "30m0s request", "30m0s apply 10.0.2.15/24")
		w.gone.Store(true)
		time.Sleep(time.Hour)
	})
}

// TestNoServer asks once a minute.
func TestNoServer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWire(time.Hour)
		w.away.Store(true)
		var log said
		w.say = log.say
		w.begin("eth0")
		time.Sleep(2*askAgain + time.Second)
		w.want(t, "0s up eth0", "0s request", "1m0s request", "2m0s request")
		if log.text() != "eth0: no address: nobody answers" {
			t.Errorf("said %q; once is enough", log.text())
		}
		w.gone.Store(true)
		time.Sleep(askAgain)
	})
}

// TestNoCable has an interface that can't be switched on without one.
func TestNoCable(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWire(time.Hour)
		var log said
		w.say = log.say
		up := w.up
		w.up = func(name string) error {
			if time.Since(w.began) < 2*askAgain {
				return errors.New("no cable")
			}
			return up(name)
		}
		w.begin("eth0")
		time.Sleep(askAgain + time.Second)
		if log.text() != "no cable" {
			t.Errorf("said %q; once is enough", log.text())
		}
		time.Sleep(askAgain)
		w.want(t, "2m0s up eth0", "2m0s request", "2m0s apply 10.0.2.15/24")
		w.gone.Store(true)
		time.Sleep(time.Hour)
	})
}

// TestTurn switches an interface off and on: off it is at once, on it asks at
// once, and off it stays over a restart.
func TestTurn(t *testing.T) {
	kept := filepath.Join(t.TempDir(), "off")
	synctest.Test(t, func(t *testing.T) {
		w := newWire(time.Hour)
		w.offFile = kept
		w.begin("eth0")
		w.want(t, "0s up eth0", "0s request", "0s apply 10.0.2.15/24")
		time.Sleep(time.Second)
		if err := w.turn("eth0", false); err != nil {
			t.Fatal(err)
		}
		w.want(t, "1s drop", "1s down eth0")
		time.Sleep(2 * time.Hour)
		w.want(t)
		if err := w.turn("eth0", true); err != nil {
			t.Fatal(err)
		}
		w.want(t, "2h0m1s up eth0", "2h0m1s request", "2h0m1s apply 10.0.2.15/24")
		w.turn("eth0", false)
		w.since()
		again := newWire(time.Hour)
		again.offFile = kept
		again.recall()
		again.begin("eth0")
		time.Sleep(time.Hour)
		again.want(t)
		w.gone.Store(true)
		again.gone.Store(true)
		time.Sleep(time.Hour)
		if err := w.turn("eth0", true); err == nil {
			t.Error("one that is gone is switched on")
		}
	})
}

// TestTurnedWhileRenewing switches an interface off while a server takes its time: it
// stays without an address.
func TestTurnedWhileRenewing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWire(time.Hour)
		request := w.request
		w.request = func(ctx context.Context, name string) (lease, error) {
			l, err := request(ctx, name)
			renew := l.renew
			l.renew = func(ctx context.Context) (lease, error) { time.Sleep(5 * time.Second); return renew(ctx) }
			return l, err
		}
		w.begin("eth0")
		time.Sleep(30*time.Minute + time.Second)
		w.since()
		if err := w.turn("eth0", false); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Hour)
		w.want(t, "30m1s drop", "30m1s down eth0", "30m5s renew", "30m5s apply 10.0.2.15/24", "30m5s drop", "30m5s down eth0")
		w.gone.Store(true)
		time.Sleep(time.Hour)
	})
}

// TestShortLease has a server that gives leases of no time.
func TestShortLease(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWire(0)
		w.begin("eth0")
		time.Sleep(time.Hour)
		if done := w.since(); len(done) > 3*61 {
			t.Errorf("%d calls in an hour", len(done))
		}
		w.gone.Store(true)
		time.Sleep(time.Hour)
	})
}

// TestDHCP talks to a server over a pair of interfaces in a network of its
// own.
func TestDHCP(t *testing.T) {
	if err := pair(t); err != nil {
		t.Skipf("there is no network to talk over, which needs root and ip: %v", err)
	}
	serveDHCP(t, "server0")
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	l, err := requestLease(ctx, "client0", "kitchen")
	if err != nil {
		t.Fatal(err)
	}
	if l.address.String() != "10.9.8.20/24" || l.router.String() != "10.9.8.3" || l.lasts != 2*time.Hour || resolvConf(l.servers) != "nameserver 10.9.8.2\n" {
		t.Errorf("lease %+v", l)
	}
	if err := setAddress("client0", l.address.Addr(), net.CIDRMask(l.address.Bits(), 32)); err != nil {
		t.Error(err)
	}
	if err := addRoute("client0", l.router); err != nil {
		t.Error(err)
	}
	out, err := exec.Command("ip", "-4", "-o", "addr", "show", "dev", "client0").Output()
	if err != nil || !strings.Contains(string(out), "inet 10.9.8.20/24") {
		t.Errorf("addresses %s, %v", out, err)
	}
	out, err = exec.Command("ip", "-4", "route").Output()
	if err != nil || !strings.Contains(string(out), "default via 10.9.8.3 dev client0") {
		t.Errorf("routes %s, %v", out, err)
	}
	if r, err := l.renew(ctx); err != nil || r.address != l.address {
		t.Errorf("renewed %+v, %v", r, err)
	}
	if err := dropAddress("client0"); err != nil {
		t.Error(err)
	}
	if out, _ = exec.Command("ip", "-4", "-o", "addr", "show", "dev", "client0").Output(); len(out) > 0 {
		t.Errorf("after drop: %s", out)
	}
}

// pair puts the test's thread into a network of its own, with two interfaces
// that are joined. The thread is not used again.
func pair(t *testing.T) error {
	runtime.LockOSThread()
	if err := unix.Unshare(unix.CLONE_NEWNET); err != nil {
		return err
	}
	for _, args := range []string{"link add client0 type veth peer name server0", "addr add 10.9.8.1/24 dev server0"} {
		if out, err := exec.Command("ip", strings.Fields(args)...).CombinedOutput(); err != nil {
			return fmt.Errorf("ip %s: %v: %s", args, err, out)
		}
	}
	for _, name := range []string{"lo", "client0", "server0"} {
		if err := linkUp(name); err != nil {
			t.Error(err)
		}
	}
	return nil
}

func serveDHCP(t *testing.T, name string) {
	t.Helper()
	s, err := server4.NewServer(name, nil, func(c net.PacketConn, peer net.Addr, m *dhcpv4.DHCPv4) {
		kind := dhcpv4.MessageTypeOffer
		if m.MessageType() == dhcpv4.MessageTypeRequest {
			kind = dhcpv4.MessageTypeAck
		}
		if m.HostName() != "kitchen" && m.ClientIPAddr.IsUnspecified() {
			return // a stranger
		}
		self := net.IPv4(10, 9, 8, 1)
		a, err := dhcpv4.NewReplyFromRequest(m, dhcpv4.WithMessageType(kind), dhcpv4.WithYourIP(net.IPv4(10, 9, 8, 20)),
			dhcpv4.WithServerIP(self), dhcpv4.WithOption(dhcpv4.OptServerIdentifier(self)), dhcpv4.WithRouter(net.IPv4(10, 9, 8, 3)),
			dhcpv4.WithNetmask(net.CIDRMask(24, 32)), dhcpv4.WithDNS(net.IPv4(10, 9, 8, 2)), dhcpv4.WithLeaseTime(7200))
		if err == nil {
			c.WriteTo(a.ToBytes(), &net.UDPAddr{IP: net.IPv4bcast, Port: dhcpv4.ClientPort})
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	go s.Serve()
}

// The client is given numbers, at once.
func TestNumbers(t *testing.T) {
	newNetwork(t.Logf, "x")
	a, b := make([]byte, 64), make([]byte, 64)
	for _, p := range [][]byte{a, b} {
		if n, err := urand.Read(p); n != len(p) || err != nil {
			t.Errorf("%d, %v", n, err)
		}
	}
	if slices.Equal(a, b) {
		t.Error("twice the same")
	}
	if _, ok := urand.Reader.(numbers); !ok {
		t.Errorf("they come from a %T", urand.Reader)
	}
}
