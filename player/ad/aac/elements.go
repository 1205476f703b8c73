package aac

import (
	syntax "linnet/player/internal/aac"
	"linnet/player/internal/bits"
)

// elements decodes the syntactic elements of a raw data block, table 4.3, into
// frames of the stream's channels. It returns what is wrong.
func (d *Decoder) elements(out []int32, r *bits.Reader) (msg string) {
	d.heard = [syntax.MaxChannels]bool{}
	for !r.Over() {
		kind := syntax.Kind(r.Bits(3))
		switch kind {
		case syntax.SCE, syntax.LFE, syntax.CPE:
			msg = d.sound(out, r, kind, int(r.Bits(4)))
		case syntax.CCE:
			r.Skip(4)
			msg = d.coupling(r)
		case syntax.DSE:
			syntax.SkipData(r)
		case syntax.PCE:
			if _, ok := syntax.ParseProgram(r); !ok {
				msg = "the program config element is broken"
			}
		case syntax.FIL:
			syntax.SkipFill(r)
		case syntax.END:
			return d.missing()
		}
		if msg != "" {
			return msg
		}
	}
	return cutOff
}

// missing says whether a channel was not there.
func (d *Decoder) missing() (msg string) {
	for i := range d.channels {
		if !d.heard[i] {
			return "a channel is missing"
		}
	}
	return ""
}

// find is the element of the layout that a frame's element of this kind is,
// and its first channel: the one with its tag, or the next one of its kind.
func (d *Decoder) find(kind syntax.Kind, tag int) (e *syntax.Element, first int) {
	for i := range d.layout.Elements {
		e := &d.layout.Elements[i]
		if e.Kind == kind && !d.heard[first] && (!d.layout.Tagged || e.Tag == tag) {
			return e, first
		}
		first += width(e)
	}
	return nil, 0
}

// sound decodes an element of one channel or two.
func (d *Decoder) sound(out []int32, r *bits.Reader, kind syntax.Kind, tag int) (msg string) {
	e, i := d.find(kind, tag)
	if e == nil {
		return "an element that the stream does not have"
	}
	if kind == syntax.CPE {
		msg = d.pair(r, &d.channels[i], &d.channels[i+1])
	} else {
		msg = d.single(r, &d.channels[i])
	}
	if msg != "" {
		return msg
	}
	d.play(out, e, i)
	return ""
}

// play makes the sound of an element's channels.
func (d *Decoder) play(out []int32, e *syntax.Element, first int) {
	for k := range width(e) {
		d.bank.synthesize(out[e.Out[k]:], d.layout.Channels, &d.channels[first+k])
		d.heard[first+k] = true
	}
}

// fade plays the channels that were not heard: nothing new comes to what
// overlaps from before.
func (d *Decoder) fade(out []int32) {
	i := 0
	for k := range d.layout.Elements {
		e := &d.layout.Elements[k]
		if !d.heard[i] {
			for c := range width(e) {
				clear(d.channels[i+c].spectrum[:])
				d.channels[i+c].sequence = onlyLong
			}
			d.play(out, e, i)
		}
		i += width(e)
	}
}

// single reads a single_channel_element, table 4.4, behind its tag.
func (d *Decoder) single(r *bits.Reader, c *channel) (msg string) {
	if msg := d.readChannel(r, c, false); msg != "" {
		return msg
	}
	d.addNoise(c, nil, nil)
	c.shape()
	return ""
}

// pair reads a channel_pair_element, table 4.5, behind its tag.
func (d *Decoder) pair(r *bits.Reader, left, right *channel) (msg string) {
	common := r.Flag()
	if common {
		if msg := d.readWindows(r, &left.windows); msg != "" {
			return msg
		}
		right.windows = left.windows
		if msg := d.mid.read(r, &left.windows); msg != "" {
			return msg
		}
	}
	if msg := d.readChannel(r, left, common); msg != "" {
		return msg
	}
	if msg := d.readChannel(r, right, common); msg != "" {
		return msg
	}
	d.addNoise(left, nil, nil)
	if common {
		d.addNoise(right, left, &d.mid)
		joinStereo(left, right, &d.mid)
	} else {
		d.addNoise(right, nil, nil)
	}
	left.shape()
	right.shape()
	return ""
}

// coupling reads a coupling_channel_element, table 4.8, behind its tag. What
// it would add to other channels is not heard.
func (d *Decoder) coupling(r *bits.Reader) (msg string) {
	independent := r.Flag()
	targets := int(r.Bits(3)) + 1
	lists := 0
	for range targets {
		lists++
		pair := r.Flag()
		r.Skip(4)
		if pair && r.Bits(2) == 3 {
			lists++
		}
	}
	r.Skip(1 + 1 + 2) // before or behind TNS, sign, scale
	c := d.spare
	if msg := d.readChannel(r, c, false); msg != "" {
		return msg
	}
	for range lists - 1 {
		if independent || r.Flag() {
			skipDifference(r)
			continue
		}
		for i := range c.groups * c.maxBand {
			if c.book[i] != bookZero {
				skipDifference(r)
			}
		}
	}
	return ""
}
