package vorbis

import "math/bits"

// Setup is the setup header, clause 4.2.4.
type Setup struct {
	Books    []Codebook
	Floors   []Floor
	Residues []Residue
	Mappings []Mapping
	Modes    []Mode
}

// Mode says how a packet's block is coded.
type Mode struct {
	Long    bool
	Mapping uint8
}

// Mapping says which floor and residue each channel of a block has.
type Mapping struct {
	Coupling []Coupling
	Mux      []uint8 // the submap of each channel
	Submaps  []Submap
}

// Coupling is two channels, one coded as the angle to the other's magnitude.
type Coupling struct{ Magnitude, Angle uint8 }

// Submap is a floor and a residue.
type Submap struct{ Floor, Residue uint8 }

// None is what stands for a codebook where there is none.
const None = -1

// A parser reads the setup header. The first thing that is wrong stays in
// err, and every reading after it gives zeros.
type parser struct {
	Bits
	Setup
	channels int
	entries  int // of all codebooks so far
	values   int // of all vectors so far
	err      error
}

func (p *parser) fail(msg string) {
	if p.err == nil {
		p.err = broken(msg)
	}
}

func (p *parser) refuse(msg string) {
	if p.err == nil {
		p.err = refused(msg)
	}
}

// bits reads n bits, 0 to 24; 0 once something is wrong.
func (p *parser) bits(n int) int {
	v := int(p.Read(n))
	if p.Over() {
		p.fail("the setup header is cut off")
	}
	if p.err != nil {
		return 0
	}
	return v
}

// below reads a number of n bits that has to be below limit.
func (p *parser) below(n, limit int, what string) int {
	v := p.bits(n)
	if v >= limit && p.err == nil {
		p.fail("there is no such " + what)
		return 0
	}
	return v
}

// ParseSetup reads the setup header of a stream. What it allocates is limited
// by what the header has bits for, or by a bound that no encoder comes near.
func ParseSetup(id Identification, packet []byte) (*Setup, error) {
	if !isHeader(packet, typeSetup) {
		return nil, broken("no setup header")
	}
	p := &parser{channels: id.Channels}
	p.Reset(packet[HeaderSize:])
	for n := p.bits(8) + 1; n > 0 && p.err == nil; n-- {
		p.Books = append(p.Books, p.codebook())
	}
	for n := p.bits(6) + 1; n > 0 && p.err == nil; n-- {
		if p.bits(16) != 0 { // clause 4.2.4: transforms in the time domain
			p.fail("a time domain transform")
		}
	}
	for n := p.bits(6) + 1; n > 0 && p.err == nil; n-- {
		p.Floors = append(p.Floors, p.floor())
	}
	for n := p.bits(6) + 1; n > 0 && p.err == nil; n-- {
		p.Residues = append(p.Residues, p.residue())
	}
	for n := p.bits(6) + 1; n > 0 && p.err == nil; n-- {
		p.Mappings = append(p.Mappings, p.mapping())
	}
	for n := p.bits(6) + 1; n > 0 && p.err == nil; n-- {
		p.Modes = append(p.Modes, p.mode())
	}
	if p.bits(1) == 0 {
		p.fail("the setup header has no end")
	}
	if p.err != nil {
		return nil, p.err
	}
	return &p.Setup, nil
}

// book reads the number of a codebook.
func (p *parser) book() int16 { return int16(p.below(8, len(p.Books), "codebook")) }

// valueBook reads the number of a codebook that has vectors.
func (p *parser) valueBook() int16 {
	b := p.book()
	if p.err == nil && p.Books[b].Lookup == 0 {
		p.fail("a codebook without vectors where they are needed")
	}
	return b
}

func (p *parser) mapping() Mapping {
	var m Mapping
	if p.bits(16) != 0 {
		p.fail("a mapping of unknown type")
	}
	submaps := 1
	if p.bits(1) != 0 {
		submaps = p.bits(4) + 1
	}
	if p.bits(1) != 0 {
		p.coupling(&m, p.bits(8)+1)
	}
	if p.bits(2) != 0 {
		p.fail("reserved bits of a mapping are set")
	}
	m.Mux = make([]uint8, p.channels)
	for c := 0; submaps > 1 && c < p.channels; c++ {
		m.Mux[c] = uint8(p.below(4, submaps, "submap"))
	}
	for range submaps {
		p.bits(8)
		floor := p.below(8, len(p.Floors), "floor")
		m.Submaps = append(m.Submaps, Submap{uint8(floor), uint8(p.below(8, len(p.Residues), "residue"))})
	}
	return m
}

func (p *parser) coupling(m *Mapping, steps int) {
	width := bits.Len(uint(p.channels - 1))
	for ; steps > 0 && p.err == nil; steps-- {
		c := Coupling{Magnitude: uint8(p.below(width, p.channels, "channel")), Angle: uint8(p.below(width, p.channels, "channel"))}
		if c.Magnitude == c.Angle {
			p.fail("a channel is coupled with itself")
		}
		m.Coupling = append(m.Coupling, c)
	}
}

func (p *parser) mode() Mode {
	m := Mode{Long: p.bits(1) != 0}
	window, transform := p.bits(16), p.bits(16)
	if window != 0 || transform != 0 {
		p.fail("a window or a transform of unknown type")
	}
	m.Mapping = uint8(p.below(8, len(p.Mappings), "mapping"))
	return m
}
