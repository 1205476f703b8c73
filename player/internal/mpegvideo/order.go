package mpegvideo

// An Order finds out at which place a picture is shown. Pictures come in the
// order in which they are decoded; temporal_reference counts them in that of
// display, from the group's first one (13818-2, 6.3.9).
type Order struct {
	base    int64 // the index of the group's temporal_reference 0
	frames  int64 // frames of the group so far
	last    int   // the last temporal_reference
	wrapped int64 // what it lost by its ten bits
	field   bool  // the last unit was a first field
	index   int64
}

// Index returns the unit's place in the order of display, counted in frames
// from the first group's first one. Units are given in their order.
func (o *Order) Index(u *AccessUnit) int64 {
	p := &u.Picture
	if o.field && !u.Group && p.Structure != Frame && p.TemporalReference == o.last {
		o.field = false
		return o.index
	}
	o.field = p.Structure != Frame
	if u.Group {
		o.base += o.frames
		o.frames, o.wrapped, o.last = 0, 0, p.TemporalReference
	}
	if p.TemporalReference < o.last-512 {
		o.wrapped += 1024
	}
	if p.TemporalReference <= o.last+512 {
		o.last = p.TemporalReference
	}
	o.frames++
	o.index = o.base + o.wrapped + int64(p.TemporalReference)
	return o.index
}
