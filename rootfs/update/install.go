package update

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"time"

	"linnet/rootfs/mtd"
)

// Running is the system that an update is to replace.
type Running struct {
	Board   string
	Release uint32
}

// Check says why a file is not for a system; the error is an *Error.
func (f *File) Check(r Running) error {
	switch {
	case f.Board != r.Board:
		return fault(OtherBoard, f.Board)
	case f.Release < r.Release:
		return fault(Older, fmt.Sprintf("release %d; %d runs", f.Release, r.Release))
	}
	return nil
}

// Target is where an update goes: the system that does not run.
type Target struct {
	Slot   int // 0 or 1
	Kernel mtd.Flash
	Root   mtd.Volume
	// Keep has the loader start the running system, Try the other one, once.
	Keep, Try func() error
}

// Progress is how far an installation is. Reading counts less than writing.
type Progress struct {
	Checking    bool // all is written, and is read again
	Done, Total int64
	Left        time.Duration // by the pace so far; 0: not known yet
}

// How long it takes to write and to read a byte, in proportion.
const (
	writeCost = 3
	readCost  = 1
)

// paceAfter is how long a pace has to be watched before it is told.
const paceAfter = 3 * time.Second

// chunk is how much is copied at a time, between looks at the context.
const chunk = 16 << 10

// Install writes the update into the target and has the loader try it; the next
// start of the machine does. Until that is said last, the running system is the
// one that starts; an installation that failed or was cancelled can be begun
// anew. It tells its progress after each chunk. An error is an *Error, or the context's.
func (f *File) Install(ctx context.Context, to Target, tell func(Progress)) error {
	j := &job{File: f, Target: to, ctx: ctx, tell: tell, began: time.Now()}
	j.total = writeCost*(f.Root.Size+f.Kernel.Size) + readCost*(f.Root.Size+f.Kernel.Size)
	for _, step := range []func() error{j.prepare, j.clear, j.writeRoot, j.writeKernel, j.verify} {
		if err := step(); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return flashFault(to.Try())
}

// job is an installation.
type job struct {
	*File
	Target
	ctx   context.Context
	tell  func(Progress)
	began time.Time
	head  []byte // of the kernel's slot

	done, total int64
	checking    bool
}

func flashFault(err error) error {
	if err == nil {
		return nil
	}
	return &Error{Fault: FlashFailed, Err: err}
}

// prepare finds out, before anything is changed, whether it all fits.
func (j *job) prepare() error {
	page := j.Target.Kernel.Geometry().PageSize
	if j.Heads.Size != int64(2*page) || j.Slot < 0 || j.Slot > 1 {
		return fault(NotUpdate, fmt.Sprintf("%d bytes before the kernel", j.Heads.Size))
	}
	heads := make([]byte, 2*page)
	if _, err := io.ReadFull(j.part(partHeads), heads); err != nil {
		return &Error{Fault: MediumFailed, Err: err}
	}
	if sha256.Sum256(heads) != j.Heads.Sum {
		return fault(Damaged, "the kernel's pages")
	}
	j.head = heads[j.Slot*page : (j.Slot+1)*page]
	room, err := mtd.Room(j.Target.Kernel)
	if err != nil {
		return flashFault(err)
	}
	if need := int64(page) + j.File.Kernel.Size; need > room {
		return fault(NoSpace, fmt.Sprintf("a kernel of %d bytes, and there is room for %d", need, room))
	}
	if j.File.Root.Size > j.Target.Root.Size() {
		return fault(NoSpace, fmt.Sprintf("a root of %d bytes, and there is room for %d", j.File.Root.Size, j.Target.Root.Size()))
	}
	return nil
}

// clear has the loader start the running system, and never this one.
func (j *job) clear() error {
	if err := j.Keep(); err != nil {
		return flashFault(err)
	}
	return flashFault(mtd.EraseFirst(j.Target.Kernel))
}

func (j *job) writeRoot() error {
	u, err := j.Target.Root.Update(j.File.Root.Size)
	if err != nil {
		return flashFault(err)
	}
	if err := j.copy(u, partRoot); err != nil {
		u.Close() // where something is missing, it stays marked as not whole; and no kernel asks for it
		return err
	}
	return flashFault(u.Close())
}

func (j *job) writeKernel() error {
	w := mtd.NewWriter(j.Target.Kernel)
	if _, err := w.Write(j.head); err != nil {
		return flashFault(err)
	}
	if err := j.copy(w, partKernel); err != nil {
		return err
	}
	return flashFault(w.Close())
}

// copy copies a part and compares its sum.
func (j *job) copy(to io.Writer, n int) error {
	sum, buf, from := sha256.New(), make([]byte, chunk), j.part(n)
	for {
		if err := j.ctx.Err(); err != nil {
			return err
		}
		got, err := from.Read(buf)
		if err != nil && err != io.EOF {
			return &Error{Fault: MediumFailed, Err: err}
		}
		if got == 0 {
			break
		}
		sum.Write(buf[:got])
		if _, err := to.Write(buf[:got]); err != nil {
			return flashFault(err)
		}
		j.count(writeCost * int64(got))
	}
	if [sumSize]byte(sum.Sum(nil)) != j.parts()[n].Sum {
		return fault(Damaged, fmt.Sprintf("part %d", n))
	}
	return nil
}

// verify reads what was written.
func (j *job) verify() error {
	j.checking = true
	root := io.NewSectionReader(j.Target.Root, 0, j.File.Root.Size)
	if err := j.compare(root, j.File.Root, "the root"); err != nil {
		return err
	}
	r := mtd.NewReader(j.Target.Kernel)
	head := make([]byte, len(j.head))
	if _, err := io.ReadFull(r, head); err != nil {
		return flashFault(err)
	}
	if string(head) != string(j.head) {
		return fault(FlashFailed, "the page before the kernel reads otherwise")
	}
	return j.compare(r, j.File.Kernel, "the kernel")
}

// compare reads as much as a part has and compares its sum.
func (j *job) compare(from io.Reader, p Part, name string) error {
	sum, buf := sha256.New(), make([]byte, chunk)
	for left := p.Size; left > 0; {
		if err := j.ctx.Err(); err != nil {
			return err
		}
		n, err := io.ReadFull(from, buf[:min(left, chunk)])
		if err != nil {
			return flashFault(err)
		}
		sum.Write(buf[:n])
		left -= int64(n)
		j.count(readCost * int64(n))
	}
	if [sumSize]byte(sum.Sum(nil)) != p.Sum {
		return fault(FlashFailed, name+" reads otherwise")
	}
	return nil
}

// count tells how far it is.
func (j *job) count(cost int64) {
	j.done += cost
	p := Progress{Checking: j.checking, Done: j.done, Total: j.total}
	if since := time.Since(j.began); since >= paceAfter {
		p.Left = time.Duration(since.Milliseconds()*(j.total-j.done)/j.done) * time.Millisecond
	}
	if j.tell != nil {
		j.tell(p)
	}
}
