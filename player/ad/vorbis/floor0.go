package vorbis

import "linnet/player/internal/vorbis"

type floor0 struct{}
type filter struct{}

func newFloor0(f *vorbis.Floor0, s *vorbis.Setup, sizes [2]int) *floor0 { return &floor0{} }
func (f *floor0) read(p *filter, d *Decoder) bool                       { return false }
func (f *floor0) apply(p *filter, x []int32, shift int)                 {}
