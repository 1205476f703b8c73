package main

import (
	"context"
	"image"
	"time"
)

// The list in the page of files, and how a finger pulls it.
var (
	listTop    = image.Pt(160, 60)
	listBottom = image.Pt(160, 180)
	list       = image.Rect(0, 36, 320, 196)
)

// scroll goes to the folder with the thousand files and pulls its list up and
// down until the context ends, once each half second of the board's.
func (t *trial) scroll(ctx context.Context, r *borne) error {
	for _, key := range []string{"esc", "ret", "down", "down", "ret"} {
		if err := t.Key(ctx, key); err != nil || !t.ticks(ctx, 2) {
			return ended(ctx, err)
		}
	}
	var last *image.RGBA
	for i := 0; t.ticks(ctx, 1); i++ {
		from, to := listBottom, listTop
		if i/8%2 == 1 {
			from, to = to, from
		}
		if err := t.pull(ctx, from, to); err != nil {
			return ended(ctx, err)
		}
		if i%4 != 0 {
			continue
		}
		m, err := t.shoot("scrolling.png")
		if err != nil {
			return ended(ctx, err)
		}
		if last != nil {
			r.looks++
			if differing(m, last, list) > 0 {
				r.moved++
			}
		}
		last = m
	}
	return nil
}

// ticks waits until the trial's program has told of so many half seconds, and
// says whether it has before the context ended.
func (t *trial) ticks(ctx context.Context, n int) bool {
	for seen := t.ticked(); t.ticked() < seen+n; {
		if pause(ctx, 20*time.Millisecond) != nil {
			return false
		}
	}
	return true
}

func (t *trial) ticked() (n int) {
	for _, l := range t.Lines() {
		if l.Text == "load: tick" {
			n++
		}
	}
	return n
}

// pull moves a finger from one point to the other, and lets the list run on.
func (t *trial) pull(ctx context.Context, from, to image.Point) error {
	const steps = 8
	for i := range steps + 1 {
		at := from.Add(to.Sub(from).Mul(i).Div(steps))
		if err := t.Press(ctx, at); err != nil {
			return err
		}
		if err := pause(ctx, 5*time.Millisecond); err != nil {
			return err
		}
	}
	return t.Release(ctx)
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// ended is an error, unless it comes from the end of the context.
func ended(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}
