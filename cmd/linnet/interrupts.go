package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// interrupts is done when someone wants the program to end, but for the
// signals that it was started to ignore, as by nohup.
func interrupts() (context.Context, context.CancelFunc) {
	var wanted []os.Signal
	for _, sig := range []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP} {
		if !signal.Ignored(sig) {
			wanted = append(wanted, sig)
		}
	}
	if len(wanted) == 0 {
		return context.WithCancel(context.Background())
	}
	return signal.NotifyContext(context.Background(), wanted...)
}
