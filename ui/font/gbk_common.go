//go:build commonhan

package font

// Where memory is short there are the characters of GB2312 only: 2.4 MB less.
var smallGBKFile, bodyGBKFile file
