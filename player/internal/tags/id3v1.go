package tags

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"linnet/player/internal/charset"
)

// readID3v1 reads the 128 bytes of ID3v1 or 1.1 at pos.
func readID3v1(r io.ReaderAt, pos int64, info *Info) {
	b := readAt(r, pos, id3v1Size)
	if len(b) < id3v1Size {
		return
	}
	t := &info.Tags
	t.Title, t.Artist, t.Album = field(b[3:33]), field(b[33:63]), field(b[63:93])
	t.Date, t.Comment = field(b[93:97]), field(b[97:127])
	if b[125] == 0 && b[126] != 0 { // ID3v1.1
		t.Comment, t.Track = field(b[97:125]), int(b[126])
	}
	t.Genre = genreName(int(b[127]))
	for _, f := range [...]struct{ name, text string }{
		{"title", t.Title}, {"artist", t.Artist}, {"album", t.Album}, {"year", t.Date}, {"comment", t.Comment}, {"genre", t.Genre},
	} {
		info.note("ID3v1", f.name, f.text)
	}
	if t.Track > 0 {
		info.note("ID3v1", "track", strconv.Itoa(t.Track))
	}
}

// field takes a field of fixed size. A text that did not fit was cut anywhere,
// so half a character may stand at its end.
func field(b []byte) string {
	s, _, short := bytes.Cut(b, []byte{0})
	if n := len(s) - 1; !short && n > 0 && s[n] >= utf8.RuneSelf {
		whole, cut := charset.Guess([][]byte{s}), charset.Guess([][]byte{s[:n]})
		if cut.Texts > 0 && cut.Bits < whole.Bits && cut.Charset.Wide() && !whole.Charset.Wide() {
			s = s[:n]
		}
	}
	return clean(undecided(s))
}

// genre resolves ID3v2's references to ID3v1's list: "17", "(17)" and
// "(17)Rock", and several of them, as "(51)(39)" and, joined from the strings of
// version 2.4, "51; 39".
func genre(s string) string {
	parts := strings.Split(s, "; ")
	for i, p := range parts {
		parts[i] = oneGenre(p)
	}
	return strings.Join(parts, "; ")
}

func oneGenre(s string) string {
	var names []string
	rest := s
	for {
		ref, behind, ok := strings.Cut(strings.TrimPrefix(rest, "("), ")")
		name, known := referredGenre(ref)
		if !strings.HasPrefix(rest, "(") || !ok || !known {
			break
		}
		if name != "" {
			names = append(names, name)
		}
		rest = strings.TrimSpace(behind)
	}
	if name, _ := referredGenre(rest); name != "" && len(names) == 0 {
		return name
	}
	if rest = strings.Replace(rest, "((", "(", 1); rest != "" { // it says more
		return rest
	}
	if len(names) == 0 {
		return s
	}
	return strings.Join(names, "; ")
}

// referredGenre is what a reference is to; known says that it is one.
func referredGenre(s string) (name string, known bool) {
	switch s {
	case "RX":
		return "Remix", true
	case "CR":
		return "Cover", true
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return "", false
	}
	return genreName(n), true
}

// genreName is the n-th of genres, or "".
func genreName(n int) string {
	for name := range strings.SplitSeq(genres, "|") {
		if n == 0 {
			return name
		}
		n--
	}
	return ""
}

// genres is ID3v1's list with Winamp's additions, in order.
const genres = "Blues|Classic Rock|Country|Dance|Disco|Funk|Grunge|Hip-Hop|Jazz|Metal|New Age|Oldies|" +
	"Other|Pop|R&B|Rap|Reggae|Rock|Techno|Industrial|Alternative|Ska|Death Metal|Pranks|Soundtrack|Euro-Techno|" +
	"Ambient|Trip-Hop|Vocal|Jazz+Funk|Fusion|Trance|Classical|Instrumental|Acid|House|Game|Sound Clip|Gospel|Noise|" +
	"AlternRock|Bass|Soul|Punk|Space|Meditative|Instrumental Pop|Instrumental Rock|Ethnic|Gothic|Darkwave|" +
	"Techno-Industrial|Electronic|Pop-Folk|Eurodance|Dream|Southern Rock|Comedy|Cult|Gangsta|Top 40|Christian Rap|" +
	"Pop/Funk|Jungle|Native American|Cabaret|New Wave|Psychedelic|Rave|Showtunes|Trailer|Lo-Fi|Tribal|Acid Punk|" +
	"Acid Jazz|Polka|Retro|Musical|Rock & Roll|Hard Rock|Folk|Folk-Rock|National Folk|Swing|Fast Fusion|Bebop|Latin|" +
	"Revival|Celtic|Bluegrass|Avantgarde|Gothic Rock|Progressive Rock|Psychedelic Rock|Symphonic Rock|Slow Rock|" +
	"Big Band|Chorus|Easy Listening|Acoustic|Humour|Speech|Chanson|Opera|Chamber Music|Sonata|Symphony|Booty Bass|" +
	"Primus|Porn Groove|Satire|Slow Jam|Club|Tango|Samba|Folklore|Ballad|Power Ballad|Rhythmic Soul|Freestyle|Duet|" +
	"Punk Rock|Drum Solo|A Cappella|Euro-House|Dance Hall|Goa|Drum & Bass|Club-House|Hardcore|Terror|Indie|BritPop|" +
	"Worldbeat|Polsk Punk|Beat|Christian Gangsta Rap|Heavy Metal|Black Metal|Crossover|Contemporary Christian|" +
	"Christian Rock|Merengue|Salsa|Thrash Metal|Anime|JPop|Synthpop|Abstract|Art Rock|Baroque|Bhangra|Big Beat|" +
	"Breakbeat|Chillout|Downtempo|Dub|EBM|Eclectic|Electro|Electroclash|Emo|Experimental|Garage|Global|IDM|Illbient|" +
	"Industro-Goth|Jam Band|Krautrock|Leftfield|Lounge|Math Rock|New Romantic|Nu-Breakz|Post-Punk|Post-Rock|Psytrance|" +
	"Shoegaze|Space Rock|Trop Rock|World Music|Neoclassical|Audiobook|Audio Theatre|Neue Deutsche Welle|Podcast|" +
	"Indie Rock|G-Funk|Dubstep|Garage Rock|Psybient"
