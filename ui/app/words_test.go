package app

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"linnet/ui/font"
)

// A fit says that words are set in a style and have so much room. Words that
// are formats are filled in with what is long and usual.
type fit struct {
	style font.Style
	room  int
	lines int // 0 is one, without breaking
	names string
}

// fits is where the interface's own words stand, by the field's name. What
// comes from files may be shortened; these may not.
var fits = []fit{
	{font.BodyBold, 264, 0, "files video queue playlists settings lyrics sound display language storage output about touch presets listName time setClock zone network"},
	{font.BodyBold, 140, 0, "equaliser"},
	// The library: headers, rows, menus, messages.
	{font.BodyBold, 150, 0, "music artists albums allTracks genres folders library addTo"},
	{font.Body, 92, 0, "music"},
	{font.Small, 80, 0, "album albumsN"},
	{font.Large, 296, 0, "badPlace emptyPlace"},
	{font.Small, 296, 0, "placeHint searchHint nothingFound"},
	{font.SmallBold, 268, 0, "away enqueued pulledOut queueEmpty"},
	{font.Small, 268, 0, "awayHint pulledHint queueHint"},
	{font.Small, 226, 0, "awayShort upToDate troubleOne troublesN allWellSub counting scanOf"},
	{font.Small, 100, 0, "notIn scanLeft"},
	{font.Body, 190, 0, "enqueue rating noStars addTo takeOut"},
	{font.BodyBold, 200, 0, "newOne"},
	{font.Body, 84, 0, "search"},
	{font.Body, 240, 0, "allWell"},
	{font.BodyBold, 208, 0, "forgetAsk"},
	{font.Small, 240, 3, "forgetTell"},
	{font.BodyBold, 107, 0, "forget"},
	{font.Body, 100, 0, "ownName"},
	{font.Body, 92, 0, "files video queue playlists settings"}, // on Home
	{font.Small, 120, 2, "homeHint"},
	{font.Small, 296, 0, "emptyHint dirHint gone forbidden queueHint listsHint"},
	{font.Large, 296, 0, "emptyRoot emptyDir badDir queueEmpty listsEmpty videoEmpty"},
	{font.BodyBold, 200, 0, "again openFiles"},
	{font.Small, 140, 0, "place"},
	{font.SmallBold, 268, 0, "themeLine clockIsSet clockFailed noSound unkept goesOn notSaved notDeleted touchDone ejectFailed ejected saved"},
	{font.Small, 268, 0, "full readOnly notAllowed inUse noSoundHint unkeptHint goesOnHint skippedOnly lost ejectedHint"},
	{font.BodyBold, 208, 0, "clearAsk deleteAsk ejectAsk"},
	{font.Small, 240, 3, "clearTell deleteTell ejectTell"},
	{font.Body, 107, 0, "cancel"},
	{font.BodyBold, 107, 0, "clear delete ejectDo"},
	{font.Body, 80, 0, "presets reset"},
	{font.Body, 44, 0, "eqOn"},
	{font.BodyBold, 80, 0, "queue playlists"}, // tabs
	{font.Body, 160, 0, "saveQueue shuffle clearQueue moveUp moveDown remove play delete queue lyrics equaliser files spectrum meter fileFormat"},
	{font.BodyBold, 104, 0, "speed frame subtitles textDelay soundTrack"},
	{font.Small, 110, 0, "space"},
	{font.Body, 80, 0, "save"},
	{font.Small, 304, 0, "askTouch askTheme askMusic"},
	{font.BodyBold, 228, 0, "calibrate skip dark light openFiles later"},
	{font.Body, 232, 0, "touchMark touchAgain reading"},
	{font.Body, 296, 0, "noLyrics"},
	{font.Small, 232, 0, "touchBack"},
	// Rows: the name beside the longest value that it has.
	{font.Body, 128, 0, "outFormat outBuffer outDelay outXruns outStarved outLate outLost outClock outCost board system memory uptime licence fonts"},
	{font.Body, 150, 0, "replayGain crossfade mono theme brightness blank"},
	{font.Small, 226, 0, "soundSub touchSub storageSub outputSub"},
	{font.Small, 170, 0, "displaySub replayGainSub crossfadeSub monoSub blankSub"},
	{font.Body, 80, 0, "dark light off never custom seconds minutes"},
	{font.Small, 226, 0, "free timeSub networkSub noCable noAddress"},
	{font.Body, 100, 0, "setClock zone setIt removing"},
	// Updates: the page, its rows, what is asked and told.
	{font.BodyBold, 264, 0, "update"},
	{font.Body, 240, 0, "noUpdate forgetAll"},
	{font.Small, 226, 0, "updateSub noUpdateHint forgetAllSub"},
	{font.Small, 60, 0, "runs"},
	{font.BodyBold, 208, 0, "updateRefused installAsk installFailed newFailed otherBroken forgetAllAsk"},
	{font.Small, 240, 3, "installTell newFailedTell otherBrokenTell forgetAllTell"},
	{font.BodyBold, 107, 0, "installDo understood forgetAllDo"},
	{font.BodyBold, 150, 0, "installing"},
	{font.Small, 296, 0, "installHint installBegins installChecks restarts"},
	{font.SmallBold, 268, 0, "installStopped"},
	{font.Small, 268, 0, "installStoppedHint"},
	{font.Body, 96, 0, "stereo channels"}, // behind the rate
	{font.Small, 120, 0, "closed unknown item items track tracks"},
}

// TestWordsFit measures every text of the interface against its box, in both
// languages.
func TestWordsFit(t *testing.T) {
	for lang, w := range map[string]*words{"en": &english, "zh": &chinese} {
		v := reflect.ValueOf(*w)
		seen := map[string]bool{}
		for _, f := range fits {
			for _, name := range strings.Fields(f.names) {
				field := v.FieldByName(name)
				if !field.IsValid() {
					t.Fatalf("there are no words %s", name)
				}
				seen[name] = true
				measure(t, lang+": "+name, filled(field.String()), f)
			}
		}
		for _, field := range reflect.VisibleFields(v.Type()) {
			name := field.Name
			if field.Type.Kind() == reflect.String && !seen[name] && !measuredElsewhere[name] {
				t.Errorf("nobody measures the words %s", name)
			}
		}
		for f := UpdateNone; f < updateFaults; f++ {
			measure(t, lang+": a row's "+w.updateFault(f), w.updateFault(f), fit{style: font.Small, room: 200})
			measure(t, lang+": "+w.updateTrouble(f), w.updateTrouble(f), fit{style: font.Small, room: 240, lines: 3})
		}
		for _, text := range w.themeFaults {
			measure(t, lang+": "+text, filled(text), fit{style: font.Small, room: 268})
		}
		for _, text := range w.clockParts {
			measure(t, lang+": "+text, text, fit{style: font.Small, room: 52})
		}
		for _, name := range append(w.gains[:], w.presetNames[:]...) {
			measure(t, lang+": "+name, name, fit{style: font.Body, room: 110})
		}
	}
}

// measuredElsewhere are words that are a line with what comes from a file,
// which is shortened, or that are chosen by a list of their own.
var measuredElsewhere = map[string]bool{
	"failed": true, "notDone": true, "damaged": true, "unplayable": true, "skipped": true, "noTrack": true, "newList": true, "chooseLang": true,
}

func measure(t *testing.T, what, text string, f fit) {
	t.Helper()
	if f.lines > 0 {
		lines := font.Wrap(f.style, text, f.room, f.lines)
		if n := len(lines); strings.HasSuffix(lines[n-1], "…") {
			t.Errorf("%s does not fit %d lines of %d pixels: %q", what, f.lines, f.room, lines)
		}
		return
	}
	if n := font.Width(f.style, text); n > f.room {
		t.Errorf("%s is %d pixels wide and has %d: %q", what, n, f.room, text)
	}
}

// filled puts usual values into a format.
func filled(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var values []any
	for i := 0; i+1 < len(s); i++ {
		if s[i] != '%' {
			continue
		}
		switch s[i+1] {
		case 'd':
			values = append(values, 128)
		case 's':
			values = append(values, "FIELD 1")
		}
		i++
	}
	return fmt.Sprintf(s, values...)
}
