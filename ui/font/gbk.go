//go:build !commonhan

package font

import _ "embed"

var (
	//go:embed data/small-gbk.lfn
	smallGBK file
	//go:embed data/body-gbk.lfn
	bodyGBK file
)
