//go:build !arm || purego

package alac

import "linnet/player/internal/bits"

func adapt(x []int32, coefs []int16, shift, width uint) { adaptGeneric(x, coefs, shift, width) }

// several reads no number: there is no kernel.
func (g *golomb) several(*bits.Reader, []int32) int { return 0 }
