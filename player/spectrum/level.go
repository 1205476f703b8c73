package spectrum

const (
	// sineFull is the mean power of a sine of full scale, 2^29, in 256ths of a
	// power of two.
	sineFull = 29 * 256
	// levelStep is 1.5 dB of power in 256ths of a power of two.
	levelStep = 256 * 1500 / 3010
)

// Level says how loud pcm is, samples of one channel, for a bar of so many
// steps: all of them for a sine of full scale, one less for each 1.5 dB below
// it, 0 for what is quieter than that.
func Level(pcm []int16, steps int) int {
	if len(pcm) == 0 {
		return 0
	}
	var sum uint64
	for _, v := range pcm {
		sum += uint64(uint32(int32(v) * int32(v)))
	}
	mean := int32(min(sum/uint64(len(pcm)), 1<<30))
	below := max(sineFull-log2(mean), 0)
	return max(steps-(below+levelStep/2)/levelStep, 0)
}
