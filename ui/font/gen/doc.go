//go:build fontgen

// Command gen prepares the fonts of package font: it draws every glyph once
// with FreeType and packs the coverage into data/*.lfn. It needs a C
// compiler, FreeType's headers, Inter and Noto Sans CJK (Debian:
// libfreetype-dev fonts-inter fonts-noto-cjk fonts-noto-cjk-extra), so it
// stands behind the build tag fontgen and its result is committed.
//
// The same FreeType and the same fonts give the same bytes; data/SOURCES
// names the ones that were used.
package main
