package stretch

// search finds where a short piece of sound fits best. It looks at the sums of the
// channels, at first thinned.
type search struct {
	thin              int
	wanted, offered   []int32
	wantedT, offeredT []int32 // thinned
}

// newSearch is for pieces of so many frames at so many places.
func newSearch(frames, places, thin int) search {
	all := frames + places - 1
	return search{thin, make([]int32, frames), make([]int32, all), make([]int32, max(frames/thin, 1)), make([]int32, max(all/thin, 1))}
}

// want sets the piece that is looked for.
func (s *search) want(in []int16, channels int) {
	mix(s.wanted, in, channels)
	thinned(s.wantedT, s.wanted, s.thin)
}

// best is the place, counted from the start of in, where the piece fits best; there
// are so many, as many as newSearch was told at most.
func (s *search) best(in []int16, channels, places int) int {
	offered := s.offered[:len(s.wanted)+places-1]
	mix(offered, in, channels)
	rough := s.offeredT[:max(len(offered)/s.thin, len(s.wantedT))]
	thinned(rough, offered, s.thin)
	at := fit(s.wantedT, rough, 0, len(rough)-len(s.wantedT)+1) * s.thin
	return fit(s.wanted, offered, max(at-s.thin+1, 0), min(at+s.thin, places))
}

// fit is the place among those from first on, and before end, where the differences
// are least.
func fit(wanted, offered []int32, first, end int) (best int) {
	best = first
	least := int32(1<<31 - 1)
	for at := first; at < end; at++ {
		if d := difference(wanted, offered[at:], least); d < least {
			best, least = at, d
		}
	}
	return best
}

// difference is the sum of the magnitudes of the differences, or some number from
// limit on where it is not below that.
func difference(a, b []int32, limit int32) (sum int32) {
	const stride = 16
	for len(a) >= stride && sum < limit {
		x, y := (*[stride]int32)(a), (*[stride]int32)(b)
		for i := range x {
			d := x[i] - y[i]
			sum += (d ^ d>>31) - d>>31
		}
		a, b = a[stride:], b[stride:]
	}
	if sum < 0 || sum >= limit {
		return limit
	}
	for i, v := range a {
		d := v - b[i]
		sum += (d ^ d>>31) - d>>31
	}
	return sum
}

// mix sums the channels of frames, an eighth of each, so that no sum of differences
// goes beyond 32 bits.
func mix(dst []int32, in []int16, channels int) {
	if channels == 2 {
		in = in[:2*len(dst)]
		for i := range dst {
			dst[i] = (int32(in[2*i]) + int32(in[2*i+1])) >> 3
		}
		return
	}
	for i := range dst {
		sum := int32(0)
		for _, v := range in[i*channels : (i+1)*channels] {
			sum += int32(v)
		}
		dst[i] = sum >> 3
	}
}

// thinned sums each n of src.
func thinned(dst, src []int32, n int) {
	for i := range dst {
		sum := int32(0)
		for _, v := range src[min(i*n, len(src)):min((i+1)*n, len(src))] {
			sum += v
		}
		dst[i] = sum
	}
}
