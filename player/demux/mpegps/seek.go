package mpegps

import (
	"fmt"
	"time"

	"linnet/player/internal/mpegvideo"
)

const (
	// early is how long before the time that is sought reading begins, in
	// ticks: the sound of a time may lie that far behind its picture.
	early = 1 * ticks
	// near is the distance, in bytes, from which on it is read through.
	near = 64 << 10
)

// Seek moves to the last picture at or before t with which decoding may begin,
// and in front of the sound that belongs to t.
func (d *Demuxer) Seek(t time.Duration) error {
	target := int64(t/time.Microsecond) * ticks / 1e6
	for back := int64(early); ; back *= 4 {
		pos := d.bisect(target - back)
		d.enter(pos)
		if d.film == nil || pos == 0 && target <= -d.ahead {
			return d.failed()
		}
		key, ok := d.findKey(target)
		if err := d.failed(); err != nil {
			return err
		}
		if ok || pos == 0 {
			d.enter(pos)
			d.film.until = key
			return nil
		}
	}
}

func (d *Demuxer) failed() error {
	if d.r.err != nil {
		return fmt.Errorf("%s: %w", stage, d.r.err)
	}
	return nil
}

// bisect finds a place of the file before which all times are at target, in
// ticks behind the file's beginning, or before.
func (d *Demuxer) bisect(target int64) int64 {
	if target <= 0 || d.size < 0 {
		return 0
	}
	low, high := int64(0), d.size
	for high-low > near {
		mid := (low + high) / 2
		pts, at := d.timeFrom(mid, high)
		if pts == noTime || pts-d.begin > target {
			high = mid
			continue
		}
		low = at
	}
	return low
}

// timeFrom is the first time told behind a place, and where the packet with
// it ends.
func (d *Demuxer) timeFrom(pos, end int64) (pts, at int64) {
	d.r.enter(pos)
	for {
		p, _, ok := d.r.next()
		if !ok || p.pos >= min(end, pos+maxProbe) {
			return noTime, end
		}
		d.r.in.Skip(int64(p.size))
		if d.known(p.id) && p.pts != noTime {
			return p.pts + d.shiftAt(d.r.in.Pos()), d.r.in.Pos()
		}
	}
}

// findKey reads from where the file is on to the target, and returns the place
// of the last unit with which decoding may begin and that is shown before.
func (d *Demuxer) findKey(target int64) (pos int64, ok bool) {
	f := d.film
	for !d.ended {
		p, _, more := d.next()
		if !more {
			d.ended = true
		} else if err := d.take(&p); err != nil {
			return pos, ok
		}
		for {
			u, whole := f.cutter.Next(d.ended)
			if !whole {
				break
			}
			if u.Pictures == 0 {
				continue
			}
			at := f.stamp(&u, d.begin)
			if !f.anchored {
				continue
			}
			if u.Picture.Type == mpegvideo.I && !f.order.Second {
				if at > target {
					return pos, ok
				}
				pos, ok = u.Pos, true
			}
			if at > target+ticks {
				return pos, ok
			}
		}
	}
	return pos, ok
}
