package mp3

import "linnet/player/internal/mpa"

// layer3 is what Layer III keeps from frame to frame.
type layer3 struct {
	main    reservoir
	side    sideInfo
	scale   [2]scaleFactors
	xr      [2][576]int32
	overlap [2][32][18]int32
	sub     [2]subbands // the granule's, by time
	tail    [2]int      // how many subbands of overlap are not zero
	filled  [2]int      // and of sub
	edges   [2][40]int
	started bool // a frame was decoded since reset
}

func (l *layer3) reset() {
	l.main.forget()
	l.started = false
	l.tail = [2]int{}
	l.overlap = [2][32][18]int32{}
}

// decodeLayer3 decodes a frame, of which data is what is behind the header and
// the check word; what it cannot decode it conceals.
func (d *Decoder) decodeLayer3(h *mpa.Header, header, data []byte) string {
	l := &d.l3
	size := h.SideInfoSize()
	if len(data) < size {
		d.concealLayer3(h, 0)
		return "the side information is cut off"
	}
	msg := l.side.parse(h, data[:size])
	if !d.crc.check(header, data, 8*size) {
		msg = wrongCRC
	}
	start := l.main.add(data[size:], l.side.mainDataBegin)
	if msg == "" && start < 0 {
		if !l.started {
			d.concealLayer3(h, 0)
			return ""
		}
		msg = "main data of a frame before is missing"
	}
	if msg != "" {
		d.concealLayer3(h, 0)
		return msg
	}
	l.started = true
	bits, pos := l.main.from(start), 0
	for gr := range granules(h) {
		end := pos
		for ch := range h.Channels() {
			end += l.side.granules[gr][ch].part23Length
		}
		if end > 8*len(bits) {
			d.concealLayer3(h, gr)
			return "the granules are longer than the main data"
		}
		if !d.granule(h, gr, bits, pos) {
			msg = "the Huffman codes are longer than their part"
		}
		pos = end
	}
	return msg
}

// granule decodes the granule whose main data start at bit pos of data. It
// returns false where one had to be concealed.
func (d *Decoder) granule(h *mpa.Header, gr int, data []byte, pos int) bool {
	l, channels := &d.l3, h.Channels()
	layout := &layouts[layoutIndex(h)]
	joint := 0
	if h.Mode == mpa.JointStereo {
		joint = h.ModeExt
	}
	var lines [2]int
	var edges [2][]int
	whole := true
	for ch := range channels {
		g := &l.side.granules[gr][ch]
		keep := 0
		if gr > 0 {
			keep = l.side.scfsi[ch]
		}
		r := newBitReader(data, pos)
		pos += g.part23Length
		l.scale[ch].read(&r, h, g, keep, ch == 1 && joint&1 != 0)
		var ok bool
		lines[ch], ok = r.spectrum(&l.xr[ch], g, pos)
		whole = whole && ok
		edges[ch] = bandEdges(g, layout, &l.edges[ch])
		requantize(&l.xr[ch], lines[ch], g, &l.scale[ch], edges[ch], longBands(g, layout), joint&2 != 0)
	}
	d.stereo(h, gr, joint, &lines, &edges)
	for ch := range channels {
		g := &l.side.granules[gr][ch]
		d.hybrid(ch, g, layout, edges[ch], lines[ch])
		d.synthesize(l.sub[ch][:], ch, 18*gr, 18)
	}
	return whole
}

// stereo undoes joint stereo and makes both channels' lines equal where it
// did.
func (d *Decoder) stereo(h *mpa.Header, gr, joint int, lines *[2]int, edges *[2][]int) {
	l := &d.l3
	n := max(lines[0], lines[1])
	switch {
	case joint&1 != 0:
		f := intensityFrame{
			header: h, right: &l.side.granules[gr][1], scale: &l.scale[1],
			edges: edges[1], rightLines: lines[1],
		}
		f.long = longBands(f.right, &layouts[layoutIndex(h)])
		n = f.apply(&l.xr, n)
	case joint&2 != 0:
		midSide(l.xr[0][:n], l.xr[1][:n])
	default:
		return
	}
	*lines = [2]int{n, n}
}

// hybrid turns a granule's lines into 18 samples of each subband, l3.sub.
func (d *Decoder) hybrid(ch int, g *granule, layout *layout, edges []int, lines int) {
	l := &d.l3
	xr := &l.xr[ch]
	long, boundaries := 32, 31
	if g.short() {
		long, boundaries = 0, 0
		first := longBands(g, layout)
		if g.mixed {
			long = layout.long[first] / 18
			boundaries = long - 1
		}
		lines = reorder(xr, edges[first:], lines)
	}
	used := min((lines+17)/18, 32)
	boundaries = min(boundaries, used)
	reduceAlias(xr, boundaries)
	if boundaries == used && used > 0 {
		used = min(used+1, 32)
	}
	d.blocks(ch, g, xr, used, long)
	l.drain(ch, used)
	l.tail[ch] = used
}

// blocks transforms the blocks of the used subbands, of which long are, or
// would be, long ones.
func (d *Decoder) blocks(ch int, g *granule, xr *[576]int32, used, long int) {
	overlap, sub := &d.l3.overlap[ch], &d.l3.sub[ch]
	long = min(long, used)
	normal := 0
	switch {
	case g.short():
		normal = long // of a mixed block
	case g.mixed:
		normal = min(2, long)
	}
	imdct36(xr, overlap, sub, &window36[0], 0, normal)
	imdct36(xr, overlap, sub, &window36[g.blockType], normal, long)
	for sb := long; sb < used; sb++ {
		imdctShort((*[18]int32)(xr[18*sb:]), &overlap[sb], (*column)(sub[sb:]), sb&1)
	}
}

// drain gives the overlap of subbands that have no lines, and zeros for the
// rest.
func (l *layer3) drain(ch, used int) {
	sub, tail := &l.sub[ch], l.tail[ch]
	for sb := used; sb < max(tail, l.filled[ch]); sb++ {
		out, overlap := (*column)(sub[sb:]), &l.overlap[ch][sb]
		for i, v := range overlap {
			out[hybridStride*i] = v
		}
		if sb < tail {
			*overlap = [18]int32{}
		}
	}
	l.filled[ch] = max(used, tail)
}
