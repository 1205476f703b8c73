// Command demands asks of the runtime what a program may ask, one thing by name,
// and prints what does not depend on the machine.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"hash/fnv"
	"math"
	"math/big"
	"math/bits"
	"os"
	"os/signal"
	"runtime"
	"runtime/pprof"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

var demands = map[string]func(){
	"hello":      func() { fmt.Println("hello") },
	"divide":     divide,
	"float":      float,
	"bits":       leadingZeros,
	"maps":       hashMaps,
	"gc":         garbage,
	"goroutines": goroutines,
	"preempt":    preempt,
	"recover":    recovers,
	"panic":      panics,
	"nil":        nilPointer,
	"signal":     signals,
	"profile":    profile,
	"timers":     timers,
	"atomics":    atomics,
	"big":        bigNumbers,
	"reflect":    func() { fmt.Printf("%v %+v\n", []any{1, "x", nil}, struct{ A, B any }{1, 2.5}) },
}

func main() { demands[os.Args[1]]() }

// rng is a generator that all of them share.
type rng uint64

func (r *rng) next() uint64 {
	*r ^= *r << 13
	*r ^= *r >> 7
	*r ^= *r << 17
	return uint64(*r)
}

func divide() {
	h := fnv.New64a()
	r := rng(1)
	for range 5000 {
		a, b := r.next()>>(r.next()%64), r.next()>>(r.next()%64)|1
		x, y := uint32(a), uint32(b)|1
		q, m := a/b, a%b
		if q*b+m != a || m >= b || x/y*y+x%y != x || x%y >= y {
			fmt.Println("wrong:", a, b, x, y)
		}
		if i, j := int32(x), int32(y); i/j*j+i%j != i {
			fmt.Println("wrong:", i, j)
		}
		fmt.Fprint(h, q, m, x/y, x%y, int32(x)/int32(y), int32(x)%int32(y), int64(a)/int64(b))
	}
	fmt.Printf("%x\n", h.Sum64())
}

func float() {
	h := fnv.New64a()
	for i := range 500 {
		f := float64(i)/7 - 100
		g := float32(f)
		fmt.Fprint(h, math.Sqrt(math.Abs(f)), math.Sin(f), g*g/3, int64(f), uint32(math.Abs(f)), math.FMA(f, f, 1))
	}
	fmt.Printf("%x\n", h.Sum64())
}

func leadingZeros() {
	h := fnv.New64a()
	r := rng(2)
	for range 4000 {
		v := r.next() >> (r.next() % 65)
		n := 0
		for w := v; w != 0; w >>= 1 {
			n++
		}
		if bits.Len64(v) != n {
			fmt.Println("wrong:", v)
		}
		fmt.Fprint(h, bits.Len32(uint32(v)), bits.TrailingZeros64(v), bits.LeadingZeros16(uint16(v)), bits.OnesCount64(v))
	}
	fmt.Printf("%x\n", h.Sum64())
}

func hashMaps() {
	m, s := map[uint64]string{}, map[string]int{}
	r := rng(3)
	for i := range 5000 {
		k := r.next() % 1500
		m[k] = fmt.Sprint(i)
		s[m[k]] += i
		if i%3 == 0 {
			delete(m, r.next()%1500)
		}
	}
	fmt.Println(len(m), len(s), s["4999"])
}

type tree struct{ left, right *tree }

func grow(n int) *tree {
	if n == 0 {
		return &tree{}
	}
	return &tree{grow(n - 1), grow(n - 1)}
}

func (t *tree) count() int {
	if t.left == nil {
		return 1
	}
	return 1 + t.left.count() + t.right.count()
}

func garbage() {
	keep := grow(11)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 5 {
				if grow(10).count() != 1<<11-1 {
					fmt.Println("wrong tree")
				}
			}
		})
	}
	wg.Wait()
	runtime.GC()
	var ms runtime.MemStats
	runtime.ReadMemStats(&ms)
	fmt.Println(keep.count(), ms.NumGC > 0)
}

func goroutines() {
	in, out := make(chan int), make(chan int)
	var wg sync.WaitGroup
	for range 200 {
		wg.Go(func() {
			for v := range in {
				out <- v * v
			}
		})
	}
	go func() {
		for i := range 1000 {
			in <- i
		}
		close(in)
		wg.Wait()
		close(out)
	}()
	sum := 0
	for v := range out {
		sum += v
	}
	fmt.Println(sum, deep(3000))
}

// deep makes a stack grow and be copied.
func deep(n int) int {
	if n == 0 {
		return 0
	}
	var pad [8]int
	pad[n%8] = 1
	return deep(n-1) + pad[n%8]
}

// preempt has loops that only a signal can stop, full of what is lowered.
func preempt() {
	runtime.GOMAXPROCS(1)
	var stop, turns atomic.Uint32
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			n := uint32(i + 1)
			for stop.Load() == 0 {
				for range 20000 {
					n = n*1664525 + 1013904223
					n ^= uint32(bits.LeadingZeros32(n)) + n/(n>>20|1)
				}
				turns.Add(1)
			}
		})
	}
	for range 3 {
		time.Sleep(time.Millisecond)
		runtime.GC() // stops the world, so each loop
	}
	stop.Store(1)
	wg.Wait()
	fmt.Println(turns.Load() > 0)
}

func recovers() {
	n := 0
	for i := range 1000 {
		func() {
			defer func() {
				if e := recover(); e != nil {
					n++
				}
			}()
			a := make([]int, i%3)
			_ = a[i%4]
		}()
	}
	err := func() (err error) {
		defer func() { err = errors.Join(err, fmt.Errorf("then %v", recover())) }()
		defer func() { panic(fmt.Sprint("second, after ", recover())) }()
		panic("first")
	}()
	fmt.Println(n, err)
}

//go:noinline
func panics() {
	f := func(x any) { panic(x) }
	f(errors.New("on purpose"))
}

//go:noinline
func nilPointer() {
	var t *tree
	fmt.Println(t.left)
}

func signals() {
	c := make(chan os.Signal, 8)
	signal.Notify(c, syscall.SIGUSR1, syscall.SIGHUP)
	for _, s := range []syscall.Signal{syscall.SIGUSR1, syscall.SIGHUP} {
		syscall.Kill(syscall.Getpid(), s)
		fmt.Println(<-c)
	}
}

// profile takes samples of a loop that is mostly thunks.
func profile() {
	runtime.SetCPUProfileRate(500)
	var b bytes.Buffer
	if err := pprof.StartCPUProfile(&b); err != nil {
		fmt.Println(err)
	}
	n, sum := uint32(1), int64(0)
	var total atomic.Int64 // whose operations are locks, which samples must not hang on
	for until := time.Now().Add(700 * time.Millisecond); time.Now().Before(until); {
		for range 10000 {
			n = n*1664525 + 1013904223
			sum += int64(bits.LeadingZeros32(n)) + int64(n)/int64(n>>20|1)
			total.Add(sum)
		}
	}
	pprof.StopCPUProfile()
	fmt.Println(b.Len() > 100, total.Load() != 0)
}

func timers() {
	start := time.Now()
	inOrder := false
	// Those that are due while the machine has stopped this program end in any
	// order: then they try again, farther apart.
	for apart := 30 * time.Millisecond; !inOrder && apart < 5*time.Second; apart *= 2 {
		inOrder = slices.IsSortedFunc(timed(apart), func(a, b int) int { return b - a })
	}
	t := time.NewTicker(10 * time.Millisecond)
	for range 5 {
		<-t.C
	}
	fmt.Println(inOrder, time.Since(start) > 190*time.Millisecond)
}

// timed has five timers, the last of which is due first, and returns which ended when.
func timed(apart time.Duration) (order []int) {
	c := make(chan int)
	for i := range 5 {
		time.AfterFunc(time.Duration(5-i)*apart, func() { c <- i })
	}
	for range 5 {
		order = append(order, <-c)
	}
	return order
}

func atomics() {
	var a atomic.Uint64
	var b atomic.Int32
	var mu sync.Mutex
	var wg sync.WaitGroup
	m := 0
	for range 8 {
		wg.Go(func() {
			for range 500 {
				a.Add(1 << 31)
				b.Add(1)
				mu.Lock()
				m++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	fmt.Println(a.Load(), b.Load(), m)
}

func bigNumbers() {
	f := big.NewInt(1)
	for i := range int64(300) {
		f.Mul(f, big.NewInt(i+1))
	}
	q, r := new(big.Int).QuoRem(f, new(big.Int).Exp(big.NewInt(7), big.NewInt(301), nil), new(big.Int))
	fmt.Println(strings.Count(f.String(), "0"), q.BitLen(), r)
}
