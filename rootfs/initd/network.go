//go:build linux

package initd

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/netip"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	urand "github.com/u-root/uio/rand"
)

const (
	exchangeTime = 30 * time.Second
	askAgain     = time.Minute // where no server answers
	minLease     = time.Minute // whatever the server says
)

// A lease is what a DHCP server lets an interface have.
type lease struct {
	address netip.Prefix
	router  netip.Addr // may be missing
	servers []netip.Addr
	lasts   time.Duration
	renew   func(context.Context) (lease, error)
}

// network keeps the interfaces in addresses. What it does with the kernel and
// with servers is in its functions.
type network struct {
	say     func(format string, args ...any)
	up      func(name string) error
	down    func(name string) error
	request func(ctx context.Context, name string) (lease, error)
	apply   func(name string, l lease) error
	drop    func(name string) error
	exists  func(name string) bool

	offFile string // the interfaces that are off, a line each; empty: not kept

	mu     sync.Mutex
	begun  map[string]bool          // interfaces that have a goroutine
	off    map[string]bool          // those that are switched off
	turned map[string]chan struct{} // wakes the goroutine of one that was turned on or off
}

func newNetwork(say func(string, ...any), host string) *network {
	urand.Reader = numbers{} // before any client asks
	return &network{
		say: say, up: linkUp, down: linkDown, apply: applyLease, drop: dropAddress, exists: isEthernet,
		request: func(ctx context.Context, name string) (lease, error) { return requestLease(ctx, name, host) },
		begun:   map[string]bool{},
		off:     map[string]bool{},
		turned:  map[string]chan struct{}{},
		offFile: stateDir + "/network-off",
	}
}

// start brings the network up as it is now.
func (n *network) start() {
	if err := n.up("lo"); err != nil {
		n.say("%v", err)
	}
	n.recall()
	entries, _ := os.ReadDir("/sys/class/net")
	for _, e := range entries {
		n.begin(e.Name())
	}
}

// begin takes on an interface, which may have come later, and keeps it in
// addresses until it is gone.
func (n *network) begin(name string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.begun[name] || !n.exists(name) {
		return
	}
	n.begun[name] = true
	n.turned[name] = make(chan struct{}, 1)
	go func() {
		n.keep(name)
		n.mu.Lock()
		delete(n.begun, name)
		n.mu.Unlock()
	}()
}

// keep is the life of an interface: ask, hold, ask again; and while it is
// switched off, wait.
func (n *network) keep(name string) {
	said := ""
	for fresh := true; n.exists(name); {
		if n.isOff(name) {
			n.sleep(name, askAgain)
			fresh = true
			continue
		}
		if fresh {
			if err := n.up(name); err != nil { // some need a cable for that
				said = n.sayOnce(said, err)
				n.sleep(name, askAgain)
				continue
			}
			fresh = false
		}
		l, err := n.exchange(name, func(ctx context.Context) (lease, error) { return n.request(ctx, name) })
		if n.isOff(name) { // meanwhile
			n.still(name)
			continue
		}
		if err == nil {
			said = ""
			n.hold(name, l)
			continue
		}
		said = n.sayOnce(said, fmt.Errorf("%s: no address: %w", name, err))
		n.sleep(name, askAgain)
	}
}

// sayOnce says what went wrong, unless that was said last.
func (n *network) sayOnce(said string, err error) string {
	if err.Error() != said {
		n.say("%v", err)
	}
	return err.Error()
}

// sleep ends early when the interface is turned on or off.
func (n *network) sleep(name string, d time.Duration) {
	n.mu.Lock()
	turned := n.turned[name]
	n.mu.Unlock()
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-turned:
	}
}

func (n *network) isOff(name string) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.off[name]
}

// turn switches an interface on or off, and keeps that over a restart.
func (n *network) turn(name string, on bool) error {
	if !n.exists(name) {
		return fmt.Errorf("initd: there is no network interface %q", name)
	}
	n.mu.Lock()
	n.off[name] = !on
	n.note()
	select {
	case n.turned[name] <- struct{}{}:
	default:
	}
	n.mu.Unlock()
	if on {
		return nil // its goroutine does the rest
	}
	return n.still(name)
}

// still takes an interface's address and then itself down.
func (n *network) still(name string) error { return errors.Join(n.drop(name), n.down(name)) }

// note keeps which are off; it is called with the lock held. What cannot be kept
// holds all the same.
func (n *network) note() {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(n.off)) {
		if n.off[name] {
			fmt.Fprintln(&b, name)
		}
	}
	if n.offFile == "" {
		return
	}
	if err := os.WriteFile(n.offFile, []byte(b.String()), 0o644); err != nil {
		n.say("%v", err)
	}
}

// recall reads which are off.
func (n *network) recall() {
	text, err := os.ReadFile(n.offFile)
	if err != nil {
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, name := range strings.Fields(string(text)) {
		n.off[name] = true
	}
}

// exchange talks to a server and, if it gives a lease, makes it so.
func (n *network) exchange(name string, ask func(context.Context) (lease, error)) (lease, error) {
	ctx, cancel := context.WithTimeout(context.Background(), exchangeTime)
	defer cancel()
	l, err := ask(ctx)
	if err == nil {
		err = n.apply(name, l)
	}
	l.lasts = max(l.lasts, minLease)
	return l, err
}

// errRefused is a server's no to a lease that it gave before.
var errRefused = errors.New("initd: the lease is not renewed")

// hold renews a lease until that does not work any more: for the first time
// when half of it is over, then, as long as nobody answers, at half of what is
// left, but not more often than once a minute (RFC 2131, 4.4.5). A server
// that refuses ends it at once.
func (n *network) hold(name string, l lease) {
	n.say("%s: %v, router %v, for %v", name, l.address, l.router, l.lasts)
	ends := time.Now().Add(l.lasts)
	for left := l.lasts; left > 0 && n.exists(name); left = time.Until(ends) {
		n.sleep(name, min(left, max(left/2, askAgain)))
		if n.isOff(name) {
			return
		}
		if !time.Now().Before(ends) {
			break
		}
		renewed, err := n.exchange(name, l.renew)
		if n.isOff(name) { // meanwhile
			n.still(name)
			return
		}
		if errors.Is(err, errRefused) {
			break
		}
		if err == nil {
			l, ends = renewed, time.Now().Add(renewed.lasts)
		}
	}
	if n.exists(name) {
		n.say("%s: the lease is over", name)
		if err := n.drop(name); err != nil {
			n.say("%v", err)
		}
	}
}

// isEthernet says whether there is an interface that DHCP may be spoken on.
func isEthernet(name string) bool {
	const arphrdEther = "1"
	kind, err := os.ReadFile("/sys/class/net/" + name + "/type")
	return err == nil && strings.TrimSpace(string(kind)) == arphrdEther
}

// resolvConf is what Go's resolver reads.
func resolvConf(servers []netip.Addr) string {
	var b strings.Builder
	for _, s := range servers {
		fmt.Fprintf(&b, "nameserver %v\n", s)
	}
	return b.String()
}
