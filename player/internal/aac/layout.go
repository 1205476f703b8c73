package aac

import (
	"slices"

	"linnet/player/internal/bits"
	"linnet/player/media"
)

// MaxChannels is how many channels a stream may have.
const MaxChannels = 8

// Kind is a syntactic element's id_syn_ele, ISO/IEC 14496-3 table 4.85.
type Kind uint8

// The elements.
const (
	SCE Kind = iota // single channel
	CPE             // channel pair
	CCE             // coupling channel
	LFE             // low frequency channel
	DSE             // data
	PCE             // program config
	FIL             // fill
	END
)

// An Element is one that carries one or two channels of the sound.
type Element struct {
	Kind Kind
	Tag  int    // element_instance_tag
	Out  [2]int // where its channels stand in a frame
}

// A Layout says where the channels of a stream's elements go: in the order of
// WAVE files, which is that of the bits of a channel mask.
type Layout struct {
	Channels int          // in a frame; 0: not known
	Speakers media.Layout // for media.AudioFormat
	Elements []Element
	Tagged   bool // elements are known by their tags; if not, by their order
}

// speaker is a place in the order of WAVE files.
type speaker uint8

const (
	frontLeft speaker = iota
	frontRight
	frontCentre
	lowFrequency
	backLeft
	backRight
	innerLeft
	innerRight
	backCentre
	sideLeft
	sideRight
	beyond // and every one from here on is another
)

// A part is one element and where its sound comes from.
type part struct {
	kind   Kind
	tag    int
	places [2]speaker
}

var (
	centre   = part{kind: SCE, places: [2]speaker{frontCentre}}
	front    = part{kind: CPE, places: [2]speaker{frontLeft, frontRight}}
	side     = part{kind: CPE, places: [2]speaker{sideLeft, sideRight}}
	back     = part{kind: CPE, places: [2]speaker{backLeft, backRight}}
	single   = part{kind: SCE, places: [2]speaker{backCentre}}
	low      = part{kind: LFE, places: [2]speaker{lowFrequency}}
	overhead = part{kind: CPE, places: [2]speaker{beyond, beyond + 1}}
)

// channelLayout is that of a channelConfiguration, table 1.19. By the table 7
// has three pairs in front and none at the back; what encoders write under it
// has one in front, one at the sides and one behind, so that is how it is
// taken.
func channelLayout(config int) (Layout, bool) {
	switch config {
	case 1:
		return arrange(centre), true
	case 2:
		return arrange(front), true
	case 3:
		return arrange(centre, front), true
	case 4:
		return arrange(centre, front, single), true
	case 5:
		return arrange(centre, front, back), true
	case 6:
		return arrange(centre, front, back, low), true
	case 7, 12:
		return arrange(centre, front, side, back, low), true
	case 11:
		return arrange(centre, front, side, single, low), true
	case 14:
		return arrange(centre, front, back, low, overhead), true
	}
	return Layout{}, false
}

// arrange gives each channel its place in a frame.
func arrange(parts ...part) Layout {
	var order []speaker
	for _, p := range parts {
		order = append(order, p.places[0])
		if p.kind == CPE {
			order = append(order, p.places[1])
		}
	}
	slices.Sort(order)
	mask := uint32(0)
	for _, s := range order {
		mask |= 1 << s
	}
	l := Layout{Channels: len(order)}
	if len(order) > 0 && order[len(order)-1] < beyond {
		l.Speakers = media.NewLayout(mask, l.Channels)
	}
	for _, p := range parts {
		e := Element{Kind: p.kind, Tag: p.tag}
		for i, s := range p.places {
			e.Out[i] = max(slices.Index(order, s), 0)
		}
		l.Elements = append(l.Elements, e)
	}
	return l
}

// A Program is a program config element: the elements of the sound by where
// it comes from.
type Program struct {
	parts [3][]Element // front, side, back
	low   []Element
}

// ParseProgram reads a program config element behind its id, ISO/IEC 14496-3
// table 4.2. ok is false where it is cut off.
func ParseProgram(r *bits.Reader) (p Program, ok bool) {
	r.Skip(4 + 2 + 4) // tag, object type, sampling rate: said elsewhere
	var n [3]int
	for i := range n {
		n[i] = int(r.Bits(4))
	}
	lfe, data, coupling := int(r.Bits(2)), int(r.Bits(3)), int(r.Bits(4))
	for _, size := range [3]int{4, 4, 3} { // the mix-downs to mono, stereo, and for surround
		if r.Flag() {
			r.Skip(size)
		}
	}
	for i := range n {
		for range n[i] {
			e := Element{Kind: SCE}
			if r.Flag() {
				e.Kind = CPE
			}
			e.Tag = int(r.Bits(4))
			p.parts[i] = append(p.parts[i], e)
		}
	}
	for range lfe {
		p.low = append(p.low, Element{Kind: LFE, Tag: int(r.Bits(4))})
	}
	r.Skip(4*data + 5*coupling)
	r.Align()
	r.Skip(8 * int(r.Bits(8))) // the comment
	return p, !r.Over()
}

// layout says which channel goes where. In front the single channel is the
// centre, or with none beside it all there is, and the outermost pair is left
// and right; channels that have no place of their own come last. ok is false
// for no channels, and too many.
func (p *Program) layout() (l Layout, ok bool) {
	var parts []part
	free := beyond
	add := func(e Element, s speaker) {
		if s == beyond {
			s, free = free, free+2
		}
		parts = append(parts, part{e.Kind, e.Tag, [2]speaker{s, s + 1}})
	}
	pairs := [3][]speaker{{frontLeft, innerLeft}, {sideLeft}, {backLeft}}
	ones := [3][]speaker{{frontCentre}, nil, {backCentre}}
	for i, es := range p.parts {
		if i == 0 {
			es = slices.Clone(es)
			slices.Reverse(es) // from the outermost in
		}
		for _, e := range es {
			from := &ones[i]
			if e.Kind == CPE {
				from = &pairs[i]
			}
			add(e, next(from))
		}
	}
	lows := []speaker{lowFrequency}
	for _, e := range p.low {
		add(e, next(&lows))
	}
	l = arrange(parts...)
	l.Tagged = true
	return l, l.Channels > 0 && l.Channels <= MaxChannels
}

// next takes the first place off a list.
func next(from *[]speaker) speaker {
	if len(*from) == 0 {
		return beyond
	}
	s := (*from)[0]
	*from = (*from)[1:]
	return s
}
