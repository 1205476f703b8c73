package mp3

import "linnet/player/internal/mpa"

// granule is the side information of one channel's half of a frame (all of
// it at the low sampling rates), ISO/IEC 11172-3 2.4.1.7.
type granule struct {
	part23Length     int // bits of scale factors and Huffman codes
	bigValues        int // pairs
	globalGain       int
	scalefacCompress int
	blockType        int // 0 normal, 1 start, 2 short, 3 stop
	mixed            bool
	tableSelect      [3]int
	subblockGain     [3]int
	region           [2]int // first lines of regions 1 and 2
	preflag          bool
	scalefacScale    bool
	count1Table      int
	small            int // from here on lines are below 16, as integers; set by spectrum
}

// short says whether the granule has short blocks, mixed or not.
func (g *granule) short() bool { return g.blockType == 2 }

// sideInfo is a frame's side information.
type sideInfo struct {
	mainDataBegin int
	scfsi         [2]int        // by channel, four bits
	granules      [2][2]granule // by granule, channel
}

// parse reads the side information; data starts with it and holds all of it.
func (s *sideInfo) parse(h *mpa.Header, data []byte) string {
	r := newBitReader(data, 0)
	channels := h.Channels()
	*s = sideInfo{}
	if h.Version == mpa.MPEG1 {
		s.mainDataBegin = r.bits(9)
		r.bits(7 - 2*channels) // private
		for ch := range channels {
			s.scfsi[ch] = r.bits(4)
		}
	} else {
		s.mainDataBegin = r.bits(8)
		r.bits(channels) // private
	}
	layout := &layouts[layoutIndex(h)]
	for gr := range granules(h) {
		for ch := range channels {
			if msg := s.granules[gr][ch].parse(h, &r, layout); msg != "" {
				return msg
			}
		}
	}
	return ""
}

// granules is how many granules a frame has.
func granules(h *mpa.Header) int {
	if h.Version == mpa.MPEG1 {
		return 2
	}
	return 1
}

// parse reads one granule's fields; it returns what is wrong with them.
func (g *granule) parse(h *mpa.Header, r *bitReader, layout *layout) string {
	g.part23Length = r.bits(12)
	g.bigValues = r.bits(9)
	g.globalGain = r.bits(8)
	if h.Version == mpa.MPEG1 {
		g.scalefacCompress = r.bits(4)
	} else {
		g.scalefacCompress = r.bits(9)
	}
	msg := ""
	if r.flag() {
		msg = g.parseSwitched(r, layout)
	} else {
		g.parseNormal(r, layout)
	}
	if h.Version == mpa.MPEG1 {
		g.preflag = r.flag()
	}
	g.scalefacScale = r.flag()
	g.count1Table = r.bits(1)
	if g.bigValues > 288 {
		return "more big values than lines"
	}
	return msg
}

func (g *granule) parseSwitched(r *bitReader, layout *layout) string {
	g.blockType = r.bits(2)
	g.mixed = r.flag()
	g.tableSelect = [3]int{r.bits(5), r.bits(5), 0}
	g.subblockGain = [3]int{r.bits(3), r.bits(3), r.bits(3)}
	// Region 0 ends after three short bands (or what they would be under a
	// mixed block) or eight long ones; region 1 takes the rest.
	g.region = [2]int{layout.long[8], 576}
	if g.short() {
		g.region[0] = 3 * layout.short[3]
	}
	if g.blockType == 0 {
		return "reserved block type"
	}
	return ""
}

func (g *granule) parseNormal(r *bitReader, layout *layout) {
	g.tableSelect = [3]int{r.bits(5), r.bits(5), r.bits(5)}
	r0 := r.bits(4) + 1
	r1 := r0 + r.bits(3) + 1
	g.region = [2]int{layout.long[min(r0, 22)], layout.long[min(r1, 22)]}
}
