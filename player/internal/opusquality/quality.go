// Package opusquality measures how near the sound of an Opus decoder is to that
// of the reference. Tests and player/conform use it.
package opusquality

import "math"

// The bands and the transform that sound is compared by.
const (
	size = 480
	step = 120
)

var bands = [...]int{0, 2, 4, 6, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 68, 80, 96, 120, 156, 200}

// Measure is that of RFC 6716 clause 6.1 for how near the sound of
// an Opus decoder is to that of the reference: 100 where they are the same, and
// below 0 where the decoder does not conform. Both have 16-bit samples of one
// or two channels at 48 kHz, at least 10 ms, and one length.
func Measure(want, got []int16, channels int) float64 {
	frames := (len(want)/channels-size)/step + 1
	if len(want) != len(got) || frames < 1 {
		return -100
	}
	x, y := spectra(want, channels, frames), spectra(got, channels, frames)
	mask(x, y, channels)
	sum := 0.0
	for f := range x {
		if f > 0 {
			// Each spectrum is smoothed with the one before.
			for i := range x[f].power {
				x[f].smooth[i], y[f].smooth[i] = x[f].power[i]+x[f-1].power[i], y[f].power[i]+y[f-1].power[i]
			}
		} else {
			copy(x[f].smooth, x[f].power)
			copy(y[f].smooth, y[f].power)
		}
		e := difference(x[f].smooth, y[f].smooth, channels)
		sum += e * e * e * e
	}
	return 100 * (1 - 0.5*math.Log(1+math.Pow(sum/float64(frames), 1.0/16))/math.Log(1.13))
}

// spectrum is one window of sound: the power of each frequency of each channel,
// and the mean of each band.
type spectrum struct{ power, smooth, band []float64 }

func spectra(pcm []int16, channels, frames int) []spectrum {
	const bins = 200
	var window, cos, sin [size]float64
	for i := range window {
		window[i] = 0.5 - 0.5*math.Cos(2*math.Pi/(size-1)*float64(i))
		sin[i], cos[i] = math.Sincos(2 * math.Pi / size * float64(i))
	}
	all := make([]spectrum, frames)
	var x [size]float64
	for f := range all {
		s := spectrum{make([]float64, bins*channels), make([]float64, bins*channels), make([]float64, (len(bands)-1)*channels)}
		for c := range channels {
			for i := range x {
				x[i] = window[i] * float64(pcm[(f*step+i)*channels+c])
			}
			for k := range bins {
				re, im, at := 0.0, 0.0, 0
				for _, v := range x {
					re += v * cos[at]
					im += v * sin[at]
					if at += k; at >= size {
						at -= size
					}
				}
				s.power[k*channels+c] = re*re + im*im + 100000
			}
			for b := range len(bands) - 1 {
				for k := bands[b]; k < bands[b+1]; k++ {
					s.band[b*channels+c] += s.power[k*channels+c] / float64(bands[b+1]-bands[b])
				}
			}
		}
		all[f] = s
	}
	return all
}

// mask adds to both what the ear does not hear below the wanted sound: that of
// neighbouring bands, of the time before and of the other channel.
func mask(x, y []spectrum, channels int) {
	count := len(bands) - 1
	for f := range x {
		m := x[f].band
		for i := channels; i < count*channels; i++ {
			m[i] += 0.1 * m[i-channels]
		}
		for i := (count-1)*channels - 1; i >= 0; i-- {
			m[i] += 0.03 * m[i+channels]
		}
		for i := range m {
			if f > 0 {
				m[i] += 0.5 * x[f-1].band[i]
			}
		}
		for b := 0; channels == 2 && b < len(m); b += 2 {
			l, r := m[b], m[b+1]
			m[b], m[b+1] = l+0.01*r, r+0.01*l
		}
		for b := range count {
			for i := bands[b] * channels; i < bands[b+1]*channels; i++ {
				x[f].power[i] += 0.1 * m[b*channels+i%channels]
				y[f].power[i] += 0.1 * m[b*channels+i%channels]
			}
		}
	}
}

// difference is that of two spectra. Frequencies around 8 kHz count less, where
// SILK ends and CELT begins.
func difference(x, y []float64, channels int) float64 {
	sum := 0.0
	for b := range len(bands) - 1 {
		e := 0.0
		for k := bands[b]; k < bands[b+1]; k++ {
			for c := range channels {
				r := y[k*channels+c] / x[k*channels+c]
				d := r - math.Log(r) - 1
				if k >= 79 && k <= 81 {
					d *= 0.1
				}
				if k == 80 {
					d *= 0.1
				}
				e += d
			}
		}
		e /= float64((bands[b+1] - bands[b]) * channels)
		sum += e * e
	}
	return sum / float64(len(bands)-1)
}
