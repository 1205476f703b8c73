package flactest

import (
	"math"
	"slices"
)

// subframe writes one channel of samples with so many bits.
func subframe(w *bitWriter, s []int64, width int, p Plan) {
	for p.Wasted > 0 && !divisible(s, p.Wasted) {
		p.Wasted--
	}
	if p.Wasted > 0 {
		short := make([]int64, len(s))
		for i, v := range s {
			short[i] = v >> p.Wasted
		}
		s, width = short, width-p.Wasted
	}
	residual, ok := predict(s, &p)
	if !ok || p.Kind == Constant && !constant(s) {
		p.Kind = Verbatim
	}
	kind := p.Kind
	switch kind {
	case Fixed:
		kind += p.Order
	case LPC:
		kind += p.Order - 1
	}
	w.bits(int64(kind), 7)
	if p.Wasted > 0 {
		w.bits(1, 1)
		w.unary(int64(p.Wasted - 1))
	} else {
		w.bits(0, 1)
	}
	switch p.Kind {
	case Constant:
		w.bits(s[0], width)
	case Verbatim:
		p.Order = len(s)
		warmUp(w, s, width, &p)
	default:
		warmUp(w, s, width, &p)
		writeResidual(w, residual, len(s), &p)
	}
}

// divisible says whether the lowest n bits of all samples are zeros.
func divisible(s []int64, n int) bool {
	return !slices.ContainsFunc(s, func(v int64) bool { return v>>n<<n != v })
}

func constant(s []int64) bool {
	return !slices.ContainsFunc(s, func(v int64) bool { return v != s[0] })
}

func warmUp(w *bitWriter, s []int64, width int, p *Plan) {
	for _, v := range s[:p.Order] {
		w.bits(v, width)
	}
	if p.Kind != LPC {
		return
	}
	w.bits(int64(p.Precision-1), 4)
	w.bits(int64(p.Shift), 5)
	for _, c := range p.Coefs {
		w.bits(c, p.Precision)
	}
}

// predict is what a predictor leaves over, RFC 9639 clauses 9.2.5 and 9.2.6;
// ok is false when that can't be coded.
func predict(s []int64, p *Plan) (residual []int64, ok bool) {
	coefs, shift := p.Coefs, p.Shift
	if p.Kind == Fixed {
		coefs, shift = [][]int64{{}, {1}, {2, -1}, {3, -3, 1}, {4, -6, 4, -1}}[p.Order], 0
	}
	if p.Kind != Fixed && p.Kind != LPC {
		return nil, true
	}
	for i := p.Order; i < len(s); i++ {
		var sum int64
		for k, c := range coefs {
			sum += c * s[i-1-k]
		}
		r := s[i] - sum>>shift
		if r <= math.MinInt32 || r > math.MaxInt32 {
			return nil, false
		}
		residual = append(residual, r)
	}
	return residual, true
}

// writeResidual is RFC 9639 clause 9.2.7.
func writeResidual(w *bitWriter, r []int64, block int, p *Plan) {
	method, paramBits := 0, 4
	if p.Wide {
		method, paramBits = 1, 5
	}
	w.bits(int64(method), 2)
	w.bits(int64(p.Partition), 4)
	size := block >> p.Partition
	k := 0
	for i := range 1 << p.Partition {
		n := size
		if i == 0 {
			n -= p.Order
		}
		if i < len(p.Params) {
			k = p.Params[i]
		}
		writePartition(w, r[:n], k, paramBits)
		r = r[n:]
	}
}

func writePartition(w *bitWriter, r []int64, k, paramBits int) {
	most := longest(r)
	if k != Escape {
		// A run of zeros is no longer than a test can bear.
		for k < 1<<paramBits-2 && most>>k > 1<<6 {
			k++
		}
		w.bits(int64(k), paramBits)
		for _, v := range r {
			w.rice(v, k)
		}
		return
	}
	width := 0
	for most>>width != 0 {
		width++
	}
	if width > 31 {
		writePartition(w, r, 14, paramBits)
		return
	}
	w.bits(-1, paramBits)
	w.bits(int64(width), 5)
	for _, v := range r {
		w.bits(v, width)
	}
}

// longest is the largest of the numbers with their signs folded, which have as
// many bits as in two's complement.
func longest(r []int64) (most int64) {
	for _, v := range r {
		u := v << 1
		if v < 0 {
			u = -v<<1 - 1
		}
		most = max(most, u)
	}
	return most
}
