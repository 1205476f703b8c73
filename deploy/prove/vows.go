package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"linnet/deploy/vm"
)

// What a power cut may cost.
const (
	settingAge  = 5 * time.Second
	positionAge = 30 * time.Second
)

// What is counted when it is lost.
var (
	lostSettings  = fmt.Sprintf("settings lost that were %d s old", int(settingAge.Seconds()))
	lostLists     = fmt.Sprintf("playlists lost that were %d s old", int(settingAge.Seconds()))
	lostSongs     = fmt.Sprintf("times that entries of the library were lost that were %d s old", int(settingAge.Seconds()))
	lostPositions = fmt.Sprintf("positions lost that were %d s old", int(positionAge.Seconds()))
)

// A vow is what the player said, at a time after power-on, that is so.
type vow struct {
	at       time.Duration
	position time.Duration
	settings map[string]string
	lists    []string // playlists
	songs    int      // in the library
}

// note asks the player for its state, after a while, and remembers it.
func (l *life) note(t *trial, after time.Duration) error {
	if err := t.rests(after); err != nil {
		return err
	}
	var s struct {
		status
		Volume  int    `json:"volume"`
		Shuffle bool   `json:"shuffle"`
		Repeat  string `json:"repeat"`
		Sound   struct {
			ReplayGain string `json:"replaygain"`
		} `json:"sound"`
	}
	if err := t.object("player status", jsonObject, &s); err != nil {
		return err
	}
	if s.State != "playing" {
		return nil
	}
	v := l.latest()
	v.at, v.position = t.lastSent(), time.Duration(s.PositionMS)*time.Millisecond
	v.settings = map[string]string{
		"volume": strconv.Itoa(s.Volume), "shuffle": strconv.FormatBool(s.Shuffle), "repeat": s.Repeat, "replaygain": s.Sound.ReplayGain,
	}
	l.seen = append(l.seen, v)
	return nil
}

// latest is what is known best.
func (l *life) latest() vow { return l.seen[len(l.seen)-1] }

// may are the states that can have been kept: the last one that was so old, and
// all later ones.
func (l *life) may(age time.Duration) []vow {
	first := 0
	for i, v := range l.seen {
		if v.at <= l.cutAt-age {
			first = i
		}
	}
	return l.seen[first:]
}

var (
	placeObject    = regexp.MustCompile(`\{"version":.*"position_ms".*\}`)
	settingsObject = regexp.MustCompile(`(?s)\{\s*"version":.*"sections".*\}`)
	listFile       = regexp.MustCompile(`^-rw.* (\S+)\.m3u$`)
)

// check compares what is on flash with what was said before the power failed.
func (l *life) check(t *trial, n int) error {
	kept, err := t.kept(l.may(settingAge)[0].lists)
	if err != nil {
		return offOr(t, err)
	}
	lost := false
	l.compare(kept, func(what, format string, args ...any) {
		lost = true
		l.lost[what]++
		l.say("start %d, after a cut while %s: %s: %s", n+1, l.during, what, fmt.Sprintf(format, args...))
	})
	l.count(kept)
	kept.at = 0
	l.seen, l.checked = []vow{kept}, true
	err = t.trouble()
	if lost {
		err = errors.Join(err, l.keep(t, n, "lost"))
	}
	return err
}

// count notes what was looked at.
func (l *life) count(kept vow) {
	n, had := l.tally(l.during), l.may(settingAge)[0]
	n.starts++
	n.settings += len(kept.settings)
	n.lists += len(had.lists)
	n.songs += had.songs
	n.positions++
}

// compare says what is missing.
func (l *life) compare(kept vow, missing func(what, format string, args ...any)) {
	may := l.may(settingAge)
	for name, was := range may[0].settings {
		value := kept.settings[name]
		same := func(v vow) bool { is, known := v.settings[name]; return !known || is == value }
		if !slices.ContainsFunc(may, same) {
			missing(lostSettings, "%s is %q, and was %s %v before the cut and since then never %q", name, value, was, settingAge, value)
		}
	}
	for _, list := range may[0].lists {
		if !slices.Contains(kept.lists, list) {
			missing(lostLists, "%s", list)
		}
	}
	if kept.songs < may[0].songs {
		missing(lostSongs, "%d songs, of %d", kept.songs, may[0].songs)
	}
	if oldest := l.may(positionAge)[0]; kept.position < oldest.position-time.Second {
		missing(lostPositions, "%v, and it was %v at %v; the power failed at %v", kept.position, oldest.position, oldest.at, l.cutAt)
	}
}

// kept reads what is on flash, as files; the library's is asked for, before
// anything new can have come to it. Some playlists are looked for more than once: a
// message of the kernel's can fall into a name.
func (t *trial) kept(lists []string) (v vow, err error) {
	var place struct {
		PositionMS int64  `json:"position_ms"`
		Volume     int    `json:"volume"`
		Shuffle    bool   `json:"shuffle"`
		Repeat     string `json:"repeat"`
	}
	if err := t.object("cat /state/place.json", placeObject, &place); err != nil {
		return v, err
	}
	v.position = time.Duration(place.PositionMS) * time.Millisecond
	v.settings = map[string]string{
		"volume": strconv.Itoa(place.Volume), "shuffle": strconv.FormatBool(place.Shuffle), "repeat": place.Repeat, "replaygain": noReplayGain,
	}
	var files []string
	for range 3 {
		if files, err = t.answer("ls /state /state/playlists"); err != nil {
			return v, err
		}
		for _, f := range files {
			if m := listFile.FindStringSubmatch(f); m != nil && !slices.Contains(v.lists, m[1]) {
				v.lists = append(v.lists, m[1])
			}
		}
		if !slices.ContainsFunc(lists, func(l string) bool { return !slices.Contains(v.lists, l) }) {
			break
		}
	}
	if slices.ContainsFunc(files, func(f string) bool { return strings.HasSuffix(f, " settings.json") }) {
		var file struct {
			Sections struct {
				Sound struct {
					ReplayGain string `json:"replaygain"`
				} `json:"sound"`
			} `json:"sections"`
		}
		if err := t.object("cat /state/settings.json", settingsObject, &file); err != nil {
			return v, err
		}
		v.settings["replaygain"] = cmp.Or(file.Sections.Sound.ReplayGain, noReplayGain)
	}
	v.songs, err = t.songs()
	return v, err
}

// noReplayGain is what it is where nobody has chosen, or nothing of it was kept.
const noReplayGain = "off"

// answer are the lines that a command prints. A message of the kernel's can fall
// into any of them, so the end is marked more than once.
func (t *trial) answer(command string) (lines []string, err error) {
	t.asked++
	end := fmt.Sprintf("sleep end-%d", t.asked)
	for _, line := range []string{command, end, end, end} {
		if err := t.command(line); err != nil {
			return nil, err
		}
	}
	complaint := fmt.Sprintf(`sleep: "end-%d" is no number of seconds`, t.asked)
	for {
		l, err := t.wait(anyLine)
		if err != nil {
			return nil, err
		}
		if strings.HasSuffix(l.Text, complaint) {
			return lines, nil
		}
		if l.Time < 0 {
			lines = append(lines, l.Text)
		}
	}
}

var anyLine = regexp.MustCompile(``)

// object reads the JSON document that a command prints. It asks again, a few
// times, where it is not whole.
func (t *trial) object(command string, re *regexp.Regexp, into any) error {
	for range 5 {
		lines, err := t.answer(command)
		if err != nil {
			return err
		}
		if text := re.FindString(strings.Join(lines, "\n")); text != "" && json.Unmarshal([]byte(text), into) == nil {
			return nil
		}
	}
	return fmt.Errorf("%s: it answers nothing that is whole", command)
}

// mpd says something to the player, as MPD's clients do, and returns what it
// answers.
func (t *trial) mpd(command string) (map[string]string, error) {
	lines, err := t.answer("mpd " + command)
	if err != nil {
		return nil, err
	}
	said := map[string]string{}
	for _, line := range lines {
		if line == "OK" {
			return said, nil
		}
		if name, value, ok := strings.Cut(line, ": "); ok {
			said[name] = value
		}
	}
	return nil, fmt.Errorf("mpd %s: %s", command, strings.Join(lines, "; "))
}

// songs is how many the library has. It opens when the screens are there.
func (t *trial) songs() (n int, err error) {
	for range 20 {
		var said map[string]string
		if said, err = t.mpd("stats"); err == nil {
			return strconv.Atoi(said["songs"])
		}
		if t.ctx.Err() != nil || errors.Is(err, vm.ErrEnded) {
			return 0, err
		}
		if err := t.command("sleep 0.3"); err != nil {
			return 0, err
		}
	}
	return 0, err
}
