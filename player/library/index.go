package library

import (
	"bytes"
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"linnet/player/internal/pinyin"
)

// An index is the texts of all tracks as a search compares them: folded, once, one
// after the other. What the tracks of an album share is there once.
//
// Of 10,000 tracks it is about half a megabyte, which a search for a word goes
// through from one end to the other, for its rarest byte.
type index struct {
	own    corpus   // of track i: title and file name
	shared corpus   // of what sharing names: artist, album, album's artist, composer
	sharer []uint32 // of track i: its text in shared
}

// A corpus is texts by number, each ended by a byte that no word has.
type corpus struct {
	text []byte
	ends []uint32 // text i is text[ends[i-1]:ends[i]]
}

const textEnd = '\n'

func newIndex(tracks []*Track) *index {
	x := &index{sharer: make([]uint32, len(tracks))}
	x.own.ends = make([]uint32, 0, len(tracks))
	known := map[[4]string]uint32{}
	for i, t := range tracks {
		g := &t.Tags
		name := t.Path[strings.LastIndexByte(t.Path, '/')+1:]
		if t.Of != "" {
			name = "" // no more than a number
		}
		x.own.add(name, g.Title)
		names := [4]string{g.Artist, g.Album, g.AlbumArtist, g.Composer}
		id, ok := known[names]
		if !ok {
			id = uint32(len(x.shared.ends))
			known[names] = id
			x.shared.add(names[:]...)
		}
		x.sharer[i] = id
	}
	x.own.text, x.shared.text = slices.Clip(x.own.text), slices.Clip(x.shared.text)
	return x
}

// add adds the next text, of several parts. A part that an earlier one holds, as
// most names of files hold the title, is left out.
func (c *corpus) add(parts ...string) {
	from := len(c.text)
	for _, s := range parts {
		at := len(c.text)
		c.text = fold(c.text, s)
		if bytes.Contains(c.text[from:at], c.text[at:]) {
			c.text = c.text[:at]
			continue
		}
		c.text = append(c.text, textEnd)
		c.text = initials(c.text, s)
	}
	c.ends = append(c.ends, uint32(len(c.text)))
}

// part is text i.
func (c *corpus) part(i int) []byte {
	from := uint32(0)
	if i > 0 {
		from = c.ends[i-1]
	}
	return c.text[from:c.ends[i]]
}

// fold appends s in small letters, without accents and ends of texts.
func fold(b []byte, s string) []byte {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			switch {
			case c >= 'A' && c <= 'Z':
				c += 'a' - 'A'
			case c == textEnd:
				c = ' '
			}
			b = append(b, c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		if r >= 0x2e80 { // no case from the radicals of Chinese on, but for wide letters
			if r >= 0xff21 && r <= 0xff5a {
				r = unicode.ToLower(r)
			}
			b = utf8.AppendRune(b, r)
			continue
		}
		b = utf8.AppendRune(b, plainLetter(unicode.ToLower(r)))
	}
	return b
}

// plainLetter is the letter of ASCII that r is a form of, or r.
func plainLetter(r rune) rune {
	if i := r - 0xdf; i >= 0 && int(i) < len(accents) {
		return rune(accents[i])
	}
	return r
}

// maxReadings bounds how many readings of characters are told apart in a text.
const maxReadings = 3

// initials appends the letters that the characters of s begin with, from the first
// Chinese one on, with Latin letters and digits between, once for each way to read
// it.
func initials(b []byte, s string) []byte {
	from := strings.IndexFunc(s, func(r rune) bool { return pinyin.Rank(r) > 0 })
	if from < 0 {
		return b
	}
	at := len(b)
	var others [maxReadings]struct {
		at     int
		letter byte
	}
	n := 0
	for _, r := range s[from:] {
		switch {
		case r < utf8.RuneSelf:
			if c := byte(r) | 0x20; c >= 'a' && c <= 'z' {
				b = append(b, c)
			} else if r >= '0' && r <= '9' {
				b = append(b, byte(r))
			}
		case pinyin.Rank(r) > 0:
			if other := pinyin.Other(r); other != 0 && n < maxReadings {
				others[n].at, others[n].letter = len(b)-at, other
				n++
			}
			if c := pinyin.Initial(r); c != 0 {
				b = append(b, c)
			}
		}
	}
	b = append(b, textEnd)
	size := len(b) - at
	for way := 1; way < 1<<n; way++ {
		b = append(b, b[at:at+size]...)
		last := b[len(b)-size:]
		for k := range n {
			if way>>k&1 != 0 {
				last[others[k].at] = others[k].letter
			}
		}
	}
	return b
}

// find are the tracks that have all words, in their order, without the first skip
// and up to limit, all with limit below 0.
func (x *index) find(tracks []*Track, words []string, skip, limit int) (found []*Track) {
	// What has the rarest byte, or is longest, is in the fewest tracks.
	slices.SortStableFunc(words, func(a, b string) int {
		_, x := rarest([]byte(a))
		_, y := rarest([]byte(b))
		return cmp.Or(y-x, len(b)-len(a))
	})
	first := x.tracks(words[0])
	var rest []bitSet // of the other words, where many tracks have the first
	if first.count() > len(tracks)/smallPart {
		for _, w := range words[1:] {
			rest = append(rest, x.tracks(w))
		}
	}
	for i := range tracks {
		if limit >= 0 && len(found) >= limit {
			break
		}
		if !first.has(i) || !x.hasRest(i, words[1:], rest) {
			continue
		}
		if skip--; skip < 0 {
			found = append(found, tracks[i])
		}
	}
	return found
}

// smallPart is the part of all tracks of which each is looked at by itself for another
// word, rather than all text gone through.
const smallPart = 8

// tracks are the tracks that have a word.
func (x *index) tracks(word string) bitSet {
	shared := x.shared.having([]byte(word), nil)
	return x.own.having([]byte(word), func(i int) bool { return shared.has(int(x.sharer[i])) })
}

// hasRest says whether track i has the words, whose tracks are sets, where those
// are known.
func (x *index) hasRest(i int, words []string, sets []bitSet) bool {
	for k, w := range words {
		switch {
		case sets != nil:
			if !sets[k].has(i) {
				return false
			}
		case !bytes.Contains(x.own.part(i), []byte(w)) && !bytes.Contains(x.shared.part(int(x.sharer[i])), []byte(w)):
			return false
		}
	}
	return true
}

// bitSet is numbers.
type bitSet []uint32

func (s bitSet) has(i int) bool { return s[i>>5]>>(i&31)&1 != 0 }
func (s bitSet) add(i int)      { s[i>>5] |= 1 << (i & 31) }

func (s bitSet) count() (n int) {
	for _, v := range s {
		n += bits.OnesCount32(v)
	}
	return n
}

// having are the texts that have a word, and those for which also, which may be
// nil, says so.
func (c *corpus) having(word []byte, also func(i int) bool) bitSet {
	set := make(bitSet, (len(c.ends)+31)/32)
	if also != nil {
		for i := range c.ends {
			if also(i) {
				set.add(i)
			}
		}
	}
	anchor, _ := rarest(word)
	at := 0 // where the word may begin
	text := 0
	for {
		i := bytes.IndexByte(c.text[min(at+anchor, len(c.text)):], word[anchor])
		if i < 0 {
			return set
		}
		at += i
		if at+len(word) > len(c.text) {
			return set
		}
		if !bytes.Equal(c.text[at:at+len(word)], word) {
			at++
			continue
		}
		n, _ := slices.BinarySearch(c.ends[text:], uint32(at+1))
		text += n
		set.add(text)
		at = int(c.ends[text]) // the rest of the text says nothing new
	}
}

// common are the bytes of texts, the most frequent first.
const common = "\n eaoinrtslhdumcg.ypfbkw3v0142-'jxz56789q"

// rarest is where in a word its rarest byte is, and how rare that is.
func rarest(word []byte) (best, rank int) {
	rank = -1
	for i, c := range word {
		r := strings.IndexByte(common, c)
		switch {
		case r < 0 && c >= 0xe0: // what most Chinese characters begin with
			r = 1
		case r < 0 && c >= utf8.RuneSelf:
			r = len(common) / 2
		case r < 0:
			r = len(common)
		}
		if r > rank {
			best, rank = i, r
		}
	}
	return best, rank
}
