package silk

// comfort is the noise that lies under concealed frames, as loud and of such
// a color as pauses had.
type comfort struct {
	kHz        int
	frequency  [maxOrder]int16 // smoothed
	gain       int32           // smoothed, Q16
	excitation [maxFrame]int32 // of pauses
	state      [maxOrder]int32
	seed       int32
}

func (n *comfort) reset(order int) {
	step := int16(32767 / (order + 1))
	for i := range order {
		n.frequency[i] = int16(i+1) * step
	}
	n.gain, n.seed = 0, 3176576
}

// apply learns of a pause, and adds noise to a concealed frame.
func (n *comfort) apply(c *channel, w *core, out []int16) {
	if n.kHz != c.kHz {
		n.reset(c.order)
		n.kHz = c.kHz
	}
	if c.losses == 0 {
		if c.signal == inactive {
			n.learn(c, &w.control)
		}
		clear(n.state[:c.order])
		return
	}
	gain := n.level(&c.plc)
	state := w.filter[:maxOrder+len(out)]
	copy(state, n.state[:])
	mask := int32(255)
	for mask > int32(len(out)) {
		mask >>= 1
	}
	for i := range out {
		n.seed = random(n.seed)
		state[maxOrder+i] = n.excitation[n.seed>>24&mask]
	}
	var a [maxOrder]int16
	toFilter(&a, &n.frequency, c.order)
	filter(state, a[:c.order])
	for i, v := range state[maxOrder:] {
		out[i] = int16(sat16(int32(out[i]) + sat16(round(mulWW(v, gain>>6), 8))))
	}
	copy(n.state[:], state[len(out):])
}

// learn takes in a pause: its frequencies, and the loudest subframe.
func (n *comfort) learn(c *channel, p *control) {
	for i := range c.order {
		n.frequency[i] += int16(mulWB(int32(c.frequency[i])-int32(n.frequency[i]), 16348))
	}
	loudest := 0
	for k := range c.subframes {
		if k == 0 || p.gains[k] > p.gains[loudest] {
			loudest = k
		}
	}
	copy(n.excitation[c.sublength:c.length], n.excitation[:])
	copy(n.excitation[:c.sublength], c.excitation[loudest*c.sublength:])
	for _, g := range p.gains[:c.subframes] {
		n.gain += mulWB(g-n.gain, 4634)
	}
}

// level is the gain, Q16, that fills up what the concealment lacks.
func (n *comfort) level(p *plc) int32 {
	g := mulWW(p.noise, p.gains[1])
	if g >= 1<<21 || n.gain > 1<<23 {
		g >>= 16
		s := n.gain >> 16
		return root(s*s-g*g<<5) << 16
	}
	return root(mulWW(n.gain, n.gain)-mulWW(g, g)<<5) << 8
}
