//go:build commonhan

package font

// Where memory is short there are the characters of GB2312 only: 2.0 MB less.
var smallGBK, bodyGBK file
