// Package initd is process 1 of the appliance: it makes a running system of a
// kernel that has just started, and keeps the player running on it. The system
// has no shell and no C library, so all of that is here.
//
// Boot does first only what the player needs: the kernel's file systems, the
// board's volumes, the clock, the name. Then the player starts, and everything
// else (hot plug of storage, control socket, watchdog, network) begins behind
// it, none of it in its way. Supervise starts the player again whenever it
// ends, at once the first time and ever later if it goes on ending. What the
// player says goes into a ring in memory that survives it, and from there to
// the kernel's log, a record a line.
//
// Files by stage: cmdline.go reads the kernel's command line, mount.go and
// root.go lay out the file systems, clock.go sets the time, process.go starts
// and reaps, supervise.go restarts, ring.go and journal.go keep what is said,
// uevent.go, probe.go and storage.go are hot plug, network.go and address.go
// bring up the network, watchdog.go feeds, control.go listens to the player,
// trial.go tells the boot loader which of two systems runs, forget.go is the factory
// reset, held.go the keys that ask for it, shutdown.go ends it all, and boot.go puts them in order. The serial console
// of a debug build (build tag debug) is in the files debug_*.go; without the
// tag none of it is linked.
//
// What changes the machine (mount, reboot, settimeofday and so on) goes
// through the interface system, so that tests see what would be done. Time
// comes from package time, which testing/synctest replaces.
//
// An image must have /dev/console and /dev/null as device nodes, unless the
// kernel mounts devtmpfs itself: Go's runtime does not start without the three
// standard files. /init and /bin/linnet are the same program.
package initd
