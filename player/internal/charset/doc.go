// Package charset finds out how text is coded that does not say, or says wrongly,
// as in ID3 tags, where programs wrote whatever their system's code page was
// into fields that claim to be Latin-1.
//
// It weighs evidence. Each charset is a model of text that gives bytes a length
// in bits: what is common in its languages is short, what is rare is long, and
// what cannot be is impossible. The model that describes all texts in the fewest
// bits is the one. A short title alone may fit several; the texts of a whole
// album seldom do, so callers put in all that they have.
package charset
