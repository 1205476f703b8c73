// Package mdct is the inverse modified discrete cosine transform that Vorbis
// (Vorbis I 4.3.7) and AAC (ISO/IEC 14496-3 4.6.11.3) share, in integer
// arithmetic.
//
// With N for the length of a window, a block of N/2 coefficients X stands
// for N values of sound,
//
//	y[i] = sum over k < N/2 of X[k]*cos(2*pi/N*(i+1/2+N/4)*(k+1/2)),
//
// of which one half repeats the other: the first quarter is the second one
// backwards with its sign changed, and the last is the third backwards. So
// only the two quarters in the middle are computed, a quarter of their size:
//
//	dst[i] = y[N/4+i]/4, i < N/2
//
// Overlap makes sound of the right half of one block and the left half of
// the next.
//
// The way through a transform is the usual one (three kernels, which are
// assembly on ARM): the middle of y is a cosine transform of type IV,
// which is a complex Fourier transform of N/4 points between two rotations.
// The Fourier transform is split-radix with conjugate pairs (Kamar and
// Elcherif, 1989): two quarters share the factor that turns each of them,
// and the factors lie in one quadrant. It goes through its data as a recursion
// would, so that all but the last passes find them in the cache; its plan is
// that recursion written out. Its leaves are of 4 and 8 points.
//
// # Precision
//
// Factors have 31 bits of fraction. Products are summed in 64 bits and cut to
// the upper half, which halves them; the butterflies double that again, while
// the two rotations leave it: hence the division by 4 above. What cutting off
// loses has the same sign everywhere, and the transform would make a pulse of
// it. So the first rotation adds what it cuts off to the product that comes
// next, and butterflies, where two products are added, put in the one that is
// lost there on average: a carry that an ARM adds at no cost. Only the last
// rotation and the overlap just lose half of the last place.
//
// The caller chooses where the point stands. The error is 0.12*sqrt(N) units
// of the output's last place (root mean square; TestError measures it): with
// full scale at 2^26, 142 dB below it for N = 2048. Where nearly all
// coefficients are zero there is no cutting off to make good, and a few values
// are wrong by up to 50 units for N = 2048, 122 dB below full scale. Silence
// is silence.
//
// Nothing saturates on the way. Nothing overflows either as long as the
// magnitudes of X add up to less than 2^31; in practice the values on the
// way are as large as the sound itself or less, so a decoder allows for a few
// times its full scale. What lies beyond, in damaged or mad streams, wraps
// around.
package mdct

//go:generate go run ./internal/gen
