//go:build linux

package initd

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/netip"
	"os"
	"time"
	"unsafe"

	"github.com/insomniacslk/dhcp/dhcpv4"
	"github.com/insomniacslk/dhcp/dhcpv4/nclient4"
	"golang.org/x/sys/unix"
)

// requestLease asks for an address on an interface. The client is open for an
// exchange only: while it is, every packet passes through it.
func requestLease(ctx context.Context, name, host string) (lease, error) {
	c, err := nclient4.New(name, nclient4.WithTimeout(4*time.Second), nclient4.WithRetry(4))
	if err != nil {
		return lease{}, fmt.Errorf("initd: DHCP on %s: %w", name, err)
	}
	defer c.Close()
	l, err := c.Request(ctx, dhcpv4.WithOption(dhcpv4.OptHostName(host)))
	if err != nil {
		return lease{}, fmt.Errorf("initd: DHCP on %s: %w", name, err)
	}
	return fromLease(name, l)
}

// numbers are the random ones by which a client knows the answers to its questions.
// Its own come from the kernel, which on a board without a source of them has none
// for some ten seconds, and which it asks for them all that time without a pause.
// These need not be secret.
type numbers struct{}

func (numbers) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = byte(rand.Uint32())
	}
	return len(b), nil
}

func (n numbers) ReadContext(_ context.Context, b []byte) (int, error) { return n.Read(b) }

// fromLease takes over what a server acknowledged.
func fromLease(name string, l *nclient4.Lease) (lease, error) {
	ip, ok := netip.AddrFromSlice(l.ACK.YourIPAddr.To4())
	if !ok || ip.IsUnspecified() {
		return lease{}, fmt.Errorf("initd: DHCP on %s: the server's answer has no address", name)
	}
	mask := l.ACK.SubnetMask()
	if mask == nil {
		mask = l.ACK.YourIPAddr.DefaultMask()
	}
	bits, _ := mask.Size()
	out := lease{address: netip.PrefixFrom(ip, bits), lasts: l.ACK.IPAddressLeaseTime(time.Hour)}
	if r := l.ACK.Router(); len(r) > 0 {
		out.router, _ = netip.AddrFromSlice(r[0].To4())
	}
	for _, s := range l.ACK.DNS() {
		if a, ok := netip.AddrFromSlice(s.To4()); ok {
			out.servers = append(out.servers, a)
		}
	}
	out.renew = func(ctx context.Context) (lease, error) { return renewLease(ctx, name, l) }
	return out, nil
}

func renewLease(ctx context.Context, name string, l *nclient4.Lease) (lease, error) {
	c, err := nclient4.New(name, nclient4.WithTimeout(4*time.Second), nclient4.WithRetry(4))
	if err != nil {
		return lease{}, fmt.Errorf("initd: DHCP on %s: %w", name, err)
	}
	defer c.Close()
	renewed, err := c.Renew(ctx, l)
	var nak *nclient4.ErrNak
	if errors.As(err, &nak) {
		return lease{}, errRefused
	}
	if err != nil {
		return lease{}, fmt.Errorf("initd: DHCP on %s: %w", name, err)
	}
	return fromLease(name, renewed)
}

// ifioctl does one request about an interface, as netdevice(7) has them.
func ifioctl(name string, what func(fd int, r *unix.Ifreq) error) error {
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return fmt.Errorf("initd: %s: %w", name, err)
	}
	defer unix.Close(fd)
	r, err := unix.NewIfreq(name)
	if err == nil {
		err = what(fd, r)
	}
	if err != nil {
		return fmt.Errorf("initd: %s: %w", name, err)
	}
	return nil
}

func linkUp(name string) error {
	return setFlags(name, func(flags uint16) uint16 { return flags | unix.IFF_UP })
}

func linkDown(name string) error {
	return setFlags(name, func(flags uint16) uint16 { return flags &^ unix.IFF_UP })
}

func setFlags(name string, change func(uint16) uint16) error {
	return ifioctl(name, func(fd int, r *unix.Ifreq) error {
		if err := unix.IoctlIfreq(fd, unix.SIOCGIFFLAGS, r); err != nil {
			return err
		}
		r.SetUint16(change(r.Uint16()))
		return unix.IoctlIfreq(fd, unix.SIOCSIFFLAGS, r)
	})
}

func setAddress(name string, address netip.Addr, mask net.IPMask) error {
	return ifioctl(name, func(fd int, r *unix.Ifreq) error {
		if err := r.SetInet4Addr(address.AsSlice()); err != nil {
			return err
		}
		if err := unix.IoctlIfreq(fd, unix.SIOCSIFADDR, r); err != nil || mask == nil {
			return err
		}
		if err := r.SetInet4Addr(mask); err != nil {
			return err
		}
		return unix.IoctlIfreq(fd, unix.SIOCSIFNETMASK, r)
	})
}

// dropAddress takes an interface's address away, and its routes with it.
func dropAddress(name string) error { return setAddress(name, netip.IPv4Unspecified(), nil) }

// applyLease gives an interface its address, and the system its route out and
// its name servers, for which /etc/resolv.conf has to be a link to /run.
func applyLease(name string, l lease) error {
	if err := setAddress(name, l.address.Addr(), net.CIDRMask(l.address.Bits(), 32)); err != nil {
		return err
	}
	if l.router.IsValid() {
		if err := addRoute(name, l.router); err != nil {
			return err
		}
	}
	os.MkdirAll("/etc", 0o755)
	os.Symlink("/run/resolv.conf", "/etc/resolv.conf")
	if err := os.WriteFile("/run/resolv.conf", []byte(resolvConf(l.servers)), 0o644); err != nil {
		return fmt.Errorf("initd: %w", err)
	}
	return nil
}

// rtentry is struct rtentry of linux/route.h.
type rtentry struct {
	_                     uintptr
	dst, gateway, genmask unix.RawSockaddrInet4
	flags                 uint16
	_                     int16
	_                     uintptr
	_                     uintptr
	metric                int16
	dev                   *byte
	_, _                  uintptr // mtu, window
	_                     uint16
}

// addRoute makes router the way to everywhere.
func addRoute(name string, router netip.Addr) error {
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return fmt.Errorf("initd: route by %v: %w", router, err)
	}
	defer unix.Close(fd)
	dev, err := unix.BytePtrFromString(name)
	if err != nil {
		return fmt.Errorf("initd: route by %v: %w", router, err)
	}
	r := rtentry{flags: unix.RTF_UP | unix.RTF_GATEWAY, dev: dev}
	r.dst.Family, r.gateway.Family, r.genmask.Family = unix.AF_INET, unix.AF_INET, unix.AF_INET
	r.gateway.Addr = router.As4()
	_, _, errno := unix.Syscall(unix.SYS_IOCTL, uintptr(fd), unix.SIOCADDRT, uintptr(unsafe.Pointer(&r)))
	if errno != 0 && errno != unix.EEXIST {
		return fmt.Errorf("initd: route by %v: %w", router, errno)
	}
	return nil
}
