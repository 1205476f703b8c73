//go:build linux

package initd

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"linnet/board"
	"linnet/rootfs/mtd"

	"golang.org/x/sys/unix"
)

// Config is what the program says of itself.
type Config struct {
	Version string
	Built   time.Time // no clock that is right shows an earlier time
}

// The player has the processor for itself while it starts: its first picture
// is what the boot is judged by.
const (
	storageAfter = 1500 * time.Millisecond
	networkAfter = 1500 * time.Millisecond // behind storage
)

// machine is what runs, once it does.
type machine struct {
	Config
	sys     system
	journal *journal
	reaper  *reaper
	board   board.Board
	params  params
	player  *supervisor // nil where linnet.run runs
	storage *storage
	network *network
	asked   chan action   // how the machine is to end
	ending  chan struct{} // closed when it begins to

	openRecord func() (mtd.Flash, func() error, error)
	openVolume func(name string) (flashVolume, error)
	inMemory   func(path string) bool
	stateAt    string // stateDir, and in tests another folder
	recording  sync.Mutex
	confirmed  sync.Once
	runs       chan struct{} // closed when the system was confirmed
	fell       chan struct{} // the player fell over
	forgetting atomic.Bool   // what was kept, at the end
	starts     startCounter  // nil where the loader does not count
	stuck      atomic.Bool   // the player does not come to run
}

func newMachine(c Config, s system) *machine {
	return &machine{
		Config: c, sys: s, reaper: newReaper(), asked: make(chan action, 1), ending: make(chan struct{}),
		openRecord: openParams, openVolume: openVolume, inMemory: inMemory, stateAt: stateDir, runs: make(chan struct{}), fell: make(chan struct{}, trialFalls),
	}
}

// Main is process 1. It does not return.
func Main(c Config) {
	m := newMachine(c, kernel{})
	m.boot("/proc/cmdline", openKmsg)
	showFrom(6)
	m.journal.check(m.live())
	m.journal.say("system halted")
	select {}
}

// live is all from the player's start to the machine's end, where it does not
// return unless the kernel refuses.
func (m *machine) live() error {
	go m.reaper.run(nil)
	go m.journal.forward()
	m.service("signals", m.signals)
	if m.params.run != nil {
		go m.runOnce()
	} else {
		m.supervise()
		go m.services()
	}
	return m.end(<-m.asked)
}

// boot does what the player needs.
func (m *machine) boot(cmdline string, log func() io.Writer) {
	first := kernelMounts()
	err := mountAll(m.sys, first[:2]) // the command line and devices
	text, _ := os.ReadFile(cmdline)
	var bad []error
	name, _ := os.ReadFile("/etc/board")
	m.params, m.board, bad = identify(string(text), strings.TrimSpace(string(name)))
	bad = append(bad, err, enterRoot(m.sys, m.board.System.Root), mountAll(m.sys, first[2:]))
	m.journal, err = newJournal(log())
	if err != nil {
		panic(err) // no pipe at all: the kernel says it and starts again
	}
	if a := m.board.System.Starts; a != 0 && m.params.slot != "" {
		m.starts = register(a)
	}
	m.journal.say("linnet %s on %s", m.Version, m.board.Title)
	if m.params.slot != "" {
		m.journal.say("system %s", m.params.slot)
	}
	if why := fallbackReason(m.params); why != "" {
		m.journal.say("%s", why)
	}
	for _, err := range bad {
		m.journal.check(err)
	}
	m.journal.check(m.mountVolumes())
	if resetHeld(m.board, pressedKeys) {
		m.journal.say("%s and %s are held: forgetting what was kept", resetKey1, resetKey2)
		m.journal.check(m.forgetHeld())
	}
	m.journal.check(goOnForgetting(stateDir))
	m.journal.check(m.setClock())
	m.journal.check(m.sys.sethostname(m.hostname()))
}

// identify reads the command line and finds the board: the one that it names,
// else the one that the image is for. What goes wrong with either is told and
// does not stop the boot: a board nobody knows is one that has nothing.
func identify(cmdline, image string) (params, board.Board, []error) {
	p, err := parseCmdline(cmdline)
	bad := []error{err}
	name := cmp.Or(p.board, image)
	if name == "" {
		bad = append(bad, fmt.Errorf("initd: neither linnet.board=NAME on the kernel's command line nor /etc/board names a board; there are %s", strings.Join(board.List(), ", ")))
		return p, board.Board{Title: "a board without a name"}, bad
	}
	b, err := board.Find(name)
	if err != nil {
		b = board.Board{Name: name, Title: "an unknown board"}
	}
	return p, b, append(bad, err)
}

// fallbackReason tells why the system that runs is not the one that was to.
func fallbackReason(p params) string {
	other := map[string]string{"a": "b", "b": "a"}[p.slot]
	switch p.fallback {
	case "checksum":
		return "system " + other + " is damaged: this is the other one"
	case "unconfirmed":
		return "system " + other + " did not start as it should: this is the other one"
	case "starts":
		return "system " + other + " was started several times and did not come to run: this is the other one"
	}
	return ""
}

func (m *machine) hostname() string { return cmp.Or(m.params.host, "linnet") }

// supervise starts the player and keeps it running.
func (m *machine) supervise() {
	m.player = newSupervisor(m.spawn, m.sys.kill, m.journal.say)
	m.player.fell = func() {
		select {
		case m.fell <- struct{}{}:
		default:
		}
	}
	m.storage = newStorage(m.sys, m.journal.say, m.board.System)
	m.network = newNetwork(m.journal.say, m.hostname())
	go func() {
		if a := m.player.run(); a != nothing {
			m.ask(a)
		}
	}()
}

// services begin behind the player, one after the other.
func (m *machine) services() {
	m.service("control", func() { m.journal.check(m.serve(Socket)) })
	m.service("watchdog", m.feedWatchdog)
	m.service("trial", m.watchTrial)
	m.service("start", m.watchStart)
	time.Sleep(storageAfter)
	m.service("hot plug", m.hotplug)
	m.service("clock", m.saveTimes)
	m.service("console", m.console)
	time.Sleep(networkAfter)
	m.service("network", m.network.start)
}

// service runs a part of process 1 beside the others: if it fails, it alone
// does, for the kernel does not survive process 1.
func (m *machine) service(name string, run func()) {
	go func() {
		defer func() {
			if e := recover(); e != nil {
				m.journal.check(fmt.Errorf("initd: %s: %v\n%s", name, e, debug.Stack()))
			}
		}()
		run()
	}()
}

// ask is how a part asks for the end of the machine; the first one counts.
func (m *machine) ask(a action) {
	select {
	case m.asked <- a:
	default:
	}
}

// signals hears what the kernel (SIGINT: Ctrl-Alt-Del) and people send. The
// others are taken so that they don't end the process; to ignore them would
// have the player ignore them, too.
func (m *machine) signals() {
	m.journal.check(m.sys.reboot(unix.LINUX_REBOOT_CMD_CAD_OFF))
	got := make(chan os.Signal, 1)
	signal.Notify(got, unix.SIGINT, unix.SIGTERM, unix.SIGPWR, unix.SIGUSR2, unix.SIGHUP, unix.SIGPIPE, unix.SIGQUIT, unix.SIGUSR1)
	for s := range got {
		switch s {
		case unix.SIGINT, unix.SIGTERM:
			m.ask(restart)
		case unix.SIGPWR, unix.SIGUSR2:
			m.ask(powerOff)
		}
	}
}

// end stops the player, and the machine.
func (m *machine) end(a action) error {
	close(m.ending)
	m.startsAreOver()
	if m.player != nil {
		m.player.stop()
		keeps := true
		if m.forgetting.Load() {
			m.journal.say("forgetting what was kept")
			away, err := m.forgetState()
			m.journal.check(err)
			keeps = !away
		}
		if keeps {
			m.journal.check(saveTime(clockFile))
		}
	}
	m.journal.finish()
	return end(m.sys, m.journal, a, deviceMounts(mountTable()))
}

// spawn starts the player as the appliance.
func (m *machine) spawn() (*process, error) {
	args := []string{"appliance"}
	if m.board.Name != "" {
		args = append(args, "--board", m.board.Name)
	}
	if m.params.trial {
		args = append(args, "--trial")
	}
	if m.params.fallback != "" {
		args = append(args, "--fallback="+m.params.fallback)
	}
	return m.linnet(append(args, m.params.args...))
}

// runOnce runs linnet with the arguments of linnet.run and then ends the
// machine.
func (m *machine) runOnce() {
	started := time.Now()
	p, err := m.linnet(m.params.run)
	if err != nil {
		m.journal.check(err)
	} else {
		s := <-p.done
		ran := time.Since(started)
		m.journal.finish()
		m.journal.say("linnet ended with %v after %.3f s", s, ran.Seconds())
	}
	if m.params.again {
		m.ask(restart)
	} else {
		m.ask(powerOff)
	}
}

// linnet starts the program itself once more.
func (m *machine) linnet(args []string) (*process, error) {
	path := "/bin/linnet"
	if _, err := os.Stat(path); err != nil {
		path = "/proc/self/exe"
	}
	env := []string{"HOME=" + stateDir, "PATH=/bin", "TMPDIR=/tmp", "LANG=C.UTF-8"}
	return m.reaper.start(path, append([]string{"linnet"}, args...), env, m.journal.out)
}
