package library

import "golang.org/x/sys/unix"

// beIdle gives the calling thread the lowest priority, of processor and of disk.
// Both may be refused, and then the scan is only less polite.
func beIdle() {
	const lowest = 19
	unix.Setpriority(unix.PRIO_PROCESS, unix.Gettid(), lowest)
	// linux/ioprio.h: the class stands above 13 bits of priority.
	const whoThread, classIdle = 1, 3 << 13
	unix.Syscall(unix.SYS_IOPRIO_SET, whoThread, 0, classIdle)
}
