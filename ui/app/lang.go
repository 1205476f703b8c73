package app

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Lang is a language of the interface.
type Lang uint8

// The languages.
const (
	English Lang = iota
	Chinese
)

// words is every text of the interface in one language. Texts with %d or %s
// are formats.
type words struct {
	systemWords
	updateWords
	files       string
	place       string // place in the queue: number, count
	item, items string // what a folder holds: one, number
	reading     string
	noTrack     string
	emptyRoot   string // nothing to play at all
	emptyHint   string
	emptyDir    string // nothing to play in a folder
	dirHint     string
	badDir      string // a folder that cannot be read
	gone        string
	forbidden   string
	failed      string // reason
	again       string // button: look again
	goesOn      string // place
	goesOnHint  string
	notDone     string
	full        string
	readOnly    string
	notAllowed  string
	inUse       string
	damaged     string // file
	lost        string // seconds, place
	unplayable  string // file
	skipped     string // reason
	skippedOnly string
	noSound     string
	noSoundHint string
	unkept      string
	unkeptHint  string
	pulledOut   string // medium
	pulledHint  string

	video         string
	speed         string // of a film, and the others in its band
	frame         string
	subtitles     string
	textDelay     string
	soundTrack    string
	queue         string
	playlists     string
	settings      string
	homeHint      string
	lyrics        string
	equaliser     string
	spectrum      string
	meter         string // a VU meter
	fileFormat    string
	openFiles     string
	queueEmpty    string
	queueHint     string
	tracks        string
	track         string
	saveQueue     string
	shuffle       string
	clearQueue    string
	listName      string
	newList       string
	notSaved      string
	notDeleted    string
	saved         string
	clearAsk      string
	clearTell     string
	cancel        string
	clear         string
	moveUp        string
	moveDown      string
	remove        string
	listsEmpty    string
	listsHint     string
	play          string
	delete        string
	deleteAsk     string
	deleteTell    string
	videoEmpty    string
	noLyrics      string
	sound         string
	soundSub      string
	display       string
	displaySub    string
	language      string
	ownName       string
	touch         string
	touchSub      string
	storage       string
	storageSub    string
	output        string
	outputSub     string
	about         string
	dark          string
	light         string
	replayGain    string
	replayGainSub string
	crossfade     string
	crossfadeSub  string
	off           string
	seconds       string
	minutes       string
	mono          string
	stereo        string
	channels      string // %d of them
	monoSub       string
	theme         string
	brightness    string
	never         string
	blank         string
	blankSub      string
	free          string
	ejectAsk      string
	ejectTell     string
	ejectDo       string
	ejectFailed   string
	ejected       string
	ejectedHint   string
	closed        string
	unknown       string
	outFormat     string
	outBuffer     string
	outDelay      string
	outXruns      string
	outStarved    string
	outLate       string
	outLost       string
	outClock      string
	outCost       string
	board         string
	system        string
	memory        string
	uptime        string
	licence       string
	fonts         string
	presets       string
	reset         string
	eqOn          string
	custom        string
	chooseLang    string
	askTouch      string
	calibrate     string
	skip          string
	askTheme      string
	askMusic      string
	later         string
	touchMark     string
	touchAgain    string
	touchBack     string
	touchDone     string
	space         string
	save          string
	gains         [3]string
	presetNames   [14]string // as PresetKeys

	music        string
	artists      string
	albums       string
	allTracks    string
	genres       string
	folders      string
	library      string
	album        string
	albumsN      string
	badPlace     string
	emptyPlace   string
	placeHint    string
	away         string
	awayHint     string
	notIn        string
	awayShort    string
	enqueue      string
	enqueued     string
	rating       string
	noStars      string
	addTo        string
	takeOut      string
	newOne       string
	search       string
	searchHint   string
	nothingFound string
	counting     string
	scanOf       string
	scanLeft     string
	upToDate     string
	troubleOne   string
	troublesN    string
	allWell      string
	allWellSub   string
	forgetAsk    string
	forgetTell   string
	forget       string
	troubles     [6]string // as Trouble
}

func (l Lang) words() *words {
	if l == Chinese {
		return &chinese
	}
	return &english
}

// PresetKeys are the names that Options.Presets has for the presets whose names
// are translated.
var PresetKeys = [14]string{"flat", "rock", "pop", "jazz", "classical", "dance", "electronic", "vocal", "speech",
	"bass boost", "treble boost", "small speaker", "headphones", "night"}

// preset is a preset's name.
func (w *words) preset(name string) string {
	if i := slices.Index(PresetKeys[:], name); i >= 0 {
		return w.presetNames[i]
	}
	return name
}

func (w *words) trackCount(n int) string {
	if n == 1 {
		return w.track
	}
	return fmt.Sprintf(w.tracks, n)
}

func (w *words) itemCount(n int) string {
	if n == 1 {
		return w.item
	}
	return fmt.Sprintf(w.items, n)
}

// count is how many there are, in words for one and for more.
func (w *words) count(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return fmt.Sprintf(strings.Replace(many, "%d", "%s", 1), number(n))
}

// number is a number with its thousands parted.
func number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// scanned is how far a scan is.
func (w *words) scanned(m *MusicState) string {
	if m.Total == 0 {
		return w.counting
	}
	left := ""
	if m.Left > 0 {
		left = fmt.Sprintf(w.scanLeft, timeText(m.Left+time.Second))
	}
	return joined(fmt.Sprintf(w.scanOf, number(m.Done), number(m.Total)), left)
}

// sizeText is a file's size in the units that shops use.
func sizeText(n int64) string {
	switch {
	case n >= 1e9:
		return tenths(n/1e8) + " GB"
	case n >= 1e8:
		return fmt.Sprintf("%d MB", n/1e6)
	case n >= 1e6:
		return tenths(n/1e5) + " MB"
	case n >= 1e3:
		return fmt.Sprintf("%d KB", n/1e3)
	}
	return fmt.Sprintf("%d B", n)
}

func tenths(n int64) string { return fmt.Sprintf("%d.%d", n/10, n%10) }

// timeText is m:ss or h:mm:ss.
func timeText(d time.Duration) string {
	s := int64(d / time.Second)
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// joined puts the design's separator between what is there.
func joined(parts ...string) string {
	var there []string
	for _, p := range parts {
		if p != "" {
			there = append(there, p)
		}
	}
	return strings.Join(there, " · ")
}

// trouble says what is wrong with a file, and why where that is not said by it.
func (w *words) trouble(it *Item) string {
	if it.Trouble == TroubleChanging {
		return w.troubles[it.Trouble]
	}
	return joined(w.troubles[it.Trouble], it.Detail)
}

// message is a message's two lines.
func (w *words) message(m *Message) (first, second string) {
	switch m.Problem {
	case Damaged:
		lost := tenths(max(int64((m.Lost+50*time.Millisecond)/(100*time.Millisecond)), 1))
		return fmt.Sprintf(w.damaged, m.Name), fmt.Sprintf(w.lost, lost, timeText(m.At))
	case Unplayable:
		why := joined(w.troubles[m.Why], m.Detail)
		if why == "" {
			return fmt.Sprintf(w.unplayable, m.Name), w.skippedOnly
		}
		return fmt.Sprintf(w.unplayable, m.Name), fmt.Sprintf(w.skipped, why)
	case NoSound:
		return w.noSound, joined(w.noSoundHint, m.Detail)
	case Unkept:
		return w.unkept, w.unkeptHint
	case PulledOut:
		return fmt.Sprintf(w.pulledOut, m.Name), w.pulledHint
	case Nothing:
		return w.queueEmpty, w.queueHint
	case GoesOn:
		return fmt.Sprintf(w.goesOn, timeText(m.At)), w.goesOnHint
	}
	return m.Name, m.Detail
}

// reason says why a folder cannot be read, without the path, which the page
// shows anyway.
func (w *words) reason(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return w.gone
	case errors.Is(err, fs.ErrPermission):
		return w.forbidden
	}
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return fmt.Sprintf(w.failed, err)
}

// fault says why something that was to be done, and not only read, was not.
func (w *words) fault(err error) string {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return w.full
	case errors.Is(err, syscall.EROFS):
		return w.readOnly
	case errors.Is(err, fs.ErrNotExist):
		return w.gone
	case errors.Is(err, fs.ErrPermission):
		return w.notAllowed
	case errors.Is(err, ErrInUse):
		return w.inUse
	}
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return fmt.Sprintf(w.notDone, err)
}
