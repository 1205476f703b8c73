package mpegvideo

// An Order finds out at which place a picture is shown. Pictures come in the
// order in which they are decoded; temporal_reference counts them in that of
// display, from the group's first one (13818-2, 6.3.9).
//
// Places count fields, of which a picture has two, or more where its first one
// is repeated: of film for television every other one has three. How many are
// repeated before a picture is known only when all of those were read; within a
// group it is taken from the mean, which is right within a field.
type Order struct {
	// Progressive says that the sequence has no fields: then a picture is
	// repeated whole.
	Progressive bool
	Second      bool // the last unit was the second field of a frame

	base    int64 // the place of the group's temporal_reference 0
	frames  int64 // frames of the group so far
	extra   int64 // fields of those that are repeated
	before  [2]int64
	last    int   // the last temporal_reference
	wrapped int64 // what it lost by its ten bits
	field   bool  // the last unit was a first field
	index   int64
}

// Index returns the unit's place in the order of display, counted in fields
// from the first group's first one. Units are given in their order.
func (o *Order) Index(u *AccessUnit) int64 {
	p := &u.Picture
	if o.field && !u.Group && p.Structure != Frame && p.TemporalReference == o.last {
		o.field, o.Second = false, true
		return o.index
	}
	o.field, o.Second = p.Structure != Frame, false
	if u.Group {
		o.base += 2*o.frames + o.extra
		o.before = [2]int64{o.frames, o.extra}
		o.frames, o.extra, o.wrapped, o.last = 0, 0, 0, p.TemporalReference
	}
	if p.TemporalReference < o.last-512 {
		o.wrapped += 1024
	}
	if p.TemporalReference <= o.last+512 {
		o.last = p.TemporalReference
	}
	o.frames++
	o.extra += o.repeated(p)
	n := o.wrapped + int64(p.TemporalReference)
	if p.TemporalReference > o.last+512 && n >= 1024 { // it is shown before its count began anew
		n -= 1024
	}
	o.index = o.base + 2*n + n*(o.extra+o.before[1])/(o.frames+o.before[0])
	return o.index
}

// repeated is how many fields a picture has beyond two (6.3.10).
func (o *Order) repeated(p *Picture) int64 {
	switch {
	case !p.Repeat:
		return 0
	case !o.Progressive:
		return 1
	case p.TopFirst:
		return 4
	}
	return 2
}
