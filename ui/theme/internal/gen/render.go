package main

// samples is how many points a pixel is tried at along each axis; blending
// knows 33 levels.
const samples = 8

// render draws shapes that are given on a square of grid units into one of
// size pixels, as coverages of 0 to 255. Strokes do not get thinner than a
// pixel and a half, which small sizes need to be seen.
func render(shapes []shape, grid float64, size int) []uint8 {
	scale := grid / float64(size)
	scaled := make([]shape, len(shapes))
	for i, s := range shapes {
		scaled[i] = s
		if s.op == 's' {
			scaled[i].width = max(s.width, 1.5*scale)
		}
	}
	mask := make([]uint8, size*size)
	for i := range mask {
		hits := 0
		for j := range samples * samples {
			x := float64(i%size) + (float64(j%samples)+0.5)/samples
			y := float64(i/size) + (float64(j/samples)+0.5)/samples
			if painted(scaled, point{x * scale, y * scale}) {
				hits++
			}
		}
		mask[i] = uint8((hits*255 + samples*samples/2) / (samples * samples))
	}
	return mask
}

// painted applies the operations to one point.
func painted(shapes []shape, p point) (on bool) {
	for i := range shapes {
		s := &shapes[i]
		switch s.op {
		case 's', 't':
			on = on || s.near(p)
		case 'v':
			on = on && !s.near(p)
		case 'f':
			on = on || s.holds(p)
		case 'x':
			on = on && !s.holds(p)
		case 'k':
			on = on && s.holds(p)
		}
	}
	return on
}

// near says whether p is covered by the stroke: half its width from a line.
func (s *shape) near(p point) bool {
	limit := s.width * s.width / 4
	for _, line := range s.lines {
		for i := range line {
			if distance2(p, line[max(i-1, 0)], line[i]) <= limit {
				return true
			}
		}
	}
	return false
}

// distance2 is the square of the distance between p and the segment ab. The
// conversions keep products from being fused with sums, which some machines
// do and others do not.
func distance2(p, a, b point) float64 {
	abx, aby, apx, apy := b.x-a.x, b.y-a.y, p.x-a.x, p.y-a.y
	if length := float64(abx*abx) + float64(aby*aby); length > 0 {
		t := min(max((float64(apx*abx)+float64(apy*aby))/length, 0), 1)
		apx -= float64(t * abx)
		apy -= float64(t * aby)
	}
	return float64(apx*apx) + float64(apy*apy)
}

// holds says whether p lies inside, by the even-odd rule.
func (s *shape) holds(p point) (in bool) {
	for _, line := range s.lines {
		for i := range line {
			a, b := line[(i+len(line)-1)%len(line)], line[i]
			if (a.y > p.y) != (b.y > p.y) && p.x < a.x+float64((b.x-a.x)*(p.y-a.y))/(b.y-a.y) {
				in = !in
			}
		}
	}
	return in
}
