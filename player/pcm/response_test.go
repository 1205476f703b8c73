package pcm

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
	"testing"
)

// level is the power of p, away from its ends, in decibels of a sine of half
// the full scale.
func level(p []int32) float64 {
	var power float64
	for _, v := range p[1000 : len(p)-1000] {
		power += float64(v) * float64(v)
	}
	return 10 * math.Log10(power/float64(len(p)-2000)/(1<<59))
}

// Each quality must be flat as far as it says and let nothing through from
// where the aliases of what it says begin.
func TestResponseOfTheFilters(t *testing.T) {
	for _, c := range []struct {
		q           Quality
		flat        float64 // Hz
		within      float64 // dB
		closed, by  float64 // Hz, dB
		from, to    int
		top, stride float64
	}{
		{Standard, 18000, 0.5, 26100, 90, 48000, 44100, 24000, 925},
		{Economy, 15000, 0.5, 26100, 58, 48000, 44100, 24000, 925},
		{Standard, 18000, 0.5, 26100, 90, 96000, 44100, 48000, 1825},
		{Standard, 18000, 0.5, 26100, 90, 44100, 48000, 22050, 925},
	} {
		ripple, leak := 0.0, -200.0
		for hz := 100.0; hz <= c.flat; hz += 1193.3 {
			got := convert(NewConverter(format(c.from, 1), format(c.to, 1), c.q), sine(c.from/8, hz, float64(c.from)), 1)
			ripple = max(ripple, math.Abs(level(got)))
		}
		for hz := c.closed; hz < c.top; hz += c.stride {
			got := convert(NewConverter(format(c.from, 1), format(c.to, 1), c.q), sine(c.from/8, hz, float64(c.from)), 1)
			leak = max(leak, level(got))
		}
		// Where the input has nothing above the limit, its images do: what
		// does not belong to the tone.
		for hz := float64(c.from) - c.closed; c.top < c.closed && hz > 10000; hz -= c.stride {
			got := convert(NewConverter(format(c.from, 1), format(c.to, 1), c.q), sine(c.from/8, hz, float64(c.from)), 1)
			leak = max(leak, rest(got, hz, float64(c.to)))
		}
		t.Logf("%d to %d: within %.2f dB to %.0f Hz, %.1f dB from %.0f Hz", c.from, c.to, ripple, c.flat, leak, c.closed)
		if ripple > c.within || leak > -c.by {
			t.Errorf("quality %d, %d to %d: off by %.2f dB up to %.0f Hz, %.1f dB from %.0f Hz", c.q, c.from, c.to, ripple, c.flat, leak, c.closed)
		}
	}
}

// rest is the level of what is left of p when the tone is taken away.
func rest(p []int32, hz, rate float64) float64 {
	p = p[1000 : len(p)-1000]
	var ss, sc, cc, ps, pc float64
	for i, v := range p {
		s, c := math.Sincos(2 * math.Pi * hz * float64(i) / rate)
		ss, sc, cc = ss+s*s, sc+s*c, cc+c*c
		ps, pc = ps+float64(v)*s, pc+float64(v)*c
	}
	d := ss*cc - sc*sc
	a, b := (ps*cc-pc*sc)/d, (pc*ss-ps*sc)/d
	var power float64
	for i, v := range p {
		s, c := math.Sincos(2 * math.Pi * hz * float64(i) / rate)
		e := float64(v) - a*s - b*c
		power += e * e
	}
	return 10 * math.Log10(power/float64(len(p))/(1<<59))
}

// The same bits come out on every machine, with and without assembly.
func TestResampledBits(t *testing.T) {
	for _, c := range []struct {
		from, to, channels int
		q                  Quality
		want               string
	}{
		{48000, 44100, 2, Standard, "bb3dda8e926741b5"},
		{48000, 44100, 2, Economy, "2b599e5ae732ed21"},
		{44100, 48000, 1, Standard, "8a2b3036e0af448d"},
		{44100, 47999, 3, Standard, "07ea75ddf0e8b59d"},
	} {
		got := convert(NewConverter(format(c.from, c.channels), format(c.to, c.channels), c.q), noise(30000), c.channels)
		if sum := digest(got); sum != c.want {
			t.Errorf("%d to %d, %d channels: %s, want %s", c.from, c.to, c.channels, sum, c.want)
		}
	}
}

func digest(p []int32) string {
	h := sha256.New()
	binary.Write(h, binary.LittleEndian, p)
	return hex.EncodeToString(h.Sum(nil)[:8])
}
