// Package font draws text on surfaces of package rgb565 with bitmap fonts
// that are compiled in: Inter for Latin, Greek, Cyrillic and punctuation, and
// Noto Sans CJK SC for the two-byte set of GB18030, kana and CJK punctuation.
// What that set has beyond GB2312, some 14,000 characters that names and old
// books need, is there in two sizes.
//
// Every glyph was drawn once, at build time, with FreeType's light hinting
// (whole rows, never columns), 16 levels of coverage and an advance of whole
// pixels; gen does that, and format.go says how it is stored. At run time a
// glyph is found through two look-ups in read-only data, decoded when it is drawn
// first (coded.go) and blended with integer arithmetic: nothing is prepared at
// start-up, and neither Width nor Draw allocates.
//
// Text runs left to right. A line box is Height pixels high and its baseline
// lies Ascent pixels below its top. What is drawn without being typed:
//
//   - between Han and a Latin letter or digit, a gap of a sixth of an em;
//   - punctuation that Han and Latin share (quotes, dash, ellipsis) in the
//     form that its neighbours call for;
//   - a combining mark, centred over the character before it;
//   - for a character that the fonts lack, a box, and for what is invisible
//     by definition (joiners, variation selectors), nothing.
//
// The bold styles hold only the Han that the interface itself says
// (gen/interface.txt). A text with any other Han in it is set with the
// regular Han of its size throughout, so that no line mixes weights.
package font

//go:generate go run -tags fontgen ./gen -o data -curves curve_table.go
