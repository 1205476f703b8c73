//go:build oto

package ao

import (
	"fmt"

	"linnet/player/ao/oto"
)

var openOto = func(arg string) (OpenFunc, error) {
	if arg != "" {
		return nil, fmt.Errorf("ao: oto plays on the default device, and cannot take %q", arg)
	}
	return adapt(oto.Open), nil
}
