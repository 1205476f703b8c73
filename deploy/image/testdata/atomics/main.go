// Command atomics has some threads do what is atomic on 64 bits at once, and says
// whether that was so.
package main

import (
	"fmt"
	"os"
	"sync"
	"sync/atomic"
)

const (
	workers = 4
	times   = 5000
	both    = 1<<32 + 1 // in each half of a value
)

func main() {
	var sum, twin atomic.Uint64 // the halves of twin are equal at all times
	var swapped, torn atomic.Uint64
	var wg sync.WaitGroup
	for w := range uint64(workers) {
		wg.Go(func() {
			for i := range uint64(times) {
				sum.Add(both)
				for v := sum.Load(); !sum.CompareAndSwap(v, v+both); v = sum.Load() {
				}
				twin.Store((i*workers + w) * both)
				if v := twin.Load(); v>>32 != v&(1<<32-1) {
					torn.Add(1)
				}
				if v := twin.Swap(w * both); v>>32 != v&(1<<32-1) {
					torn.Add(1)
				}
				swapped.Add(1)
			}
		})
	}
	wg.Wait()
	if s := sum.Load(); s != 2*workers*times*both || torn.Load() != 0 || swapped.Load() != workers*times {
		fmt.Printf("the sum is %x, %d values were torn\n", s, torn.Load())
		os.Exit(1)
	}
	fmt.Println("atomic")
}
