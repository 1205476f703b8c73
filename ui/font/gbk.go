//go:build !commonhan

package font

import _ "embed"

var (
	//go:embed data/small-gbk.lfn
	smallGBKFile file
	//go:embed data/body-gbk.lfn
	bodyGBKFile file
)
