package main

import (
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"linnet/player/mpd"
)

// byKong is what kong makes of the arguments of the appliance.
func byKong(args []string) (*applianceCmd, error) {
	var c struct {
		Appliance applianceCmd `cmd:""`
	}
	parser, err := kong.New(&c, kong.Writers(io.Discard, io.Discard), kong.KindMapper(reflect.String, kong.MapperFunc(rawString)),
		kong.Vars{"aos": "", "presets": "", "boards": ""})
	if err != nil {
		return nil, err
	}
	_, err = parser.Parse(append([]string{"appliance"}, args...))
	return &c.Appliance, err
}

// TestFlagsAreKongs: both ways to read a command line say the same of it.
func TestFlagsAreKongs(t *testing.T) {
	for _, line := range []string{
		"--board=smdk2410", "--board smdk2410 --realtime", "--board=a --volume=100 /media/music", "--board=a --volume 7 --nice=-10",
		"--board=a --nice=19 x y", "--board=a --theme=dark -- --lang z", "--board=a --crossfade=2.5s --crossfade-albums --no-mono", "--board=a --mono --bass=-3.5",
		"--board=a --mpd=:6600 --mpd-password=x@read,add --mpd-password=y@admin --mpd-default= --mpd-clients=3", "--board=a --realtime=false",
		"--board=a --replaygain=album --replaygain-preamp=3 --no-replaygain-clip --eq=rock --balance=-20 --treble=1 --resample=economy",
		"--board=a --fill --no-subtitles --subtitle-delay=-1.5s --gal=mem --ial=none --ao=null --music=m --media=n --state= --run=r --socket=s --buffer=3s",
		"--board=a --board=b",
		// And what neither takes.
		"", "x", "--realtime", "--board", "--board=a --volume=loud", "--board=a --volume", "--board=a --theme=blue", "--board=a --nothing", "--board=a --no-realtime",
		"--board=a --volume=101", "--board=a --nice=20", "--board=a --buffer=0s", "--board=a --crossfade=1", "--board=a --eq=1,2", "--board=a --mono=maybe",
	} {
		args := strings.Fields(line)
		want, wantErr := byKong(args)
		got, err := newAppliance(args)
		if (err != nil) != (wantErr != nil) {
			t.Errorf("%q: %v, kong says %v", line, err, wantErr)
		} else if err == nil && !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %+v\nkong says %+v", line, got, want)
		}
	}
}

// TestPasswords: a password may be for several permissions, whoever reads the flags.
func TestPasswords(t *testing.T) {
	args := strings.Fields("--board=a --mpd-password=x@read,add --mpd-password=y@z@admin")
	for name, read := range map[string]func([]string) (*applianceCmd, error){"kong": byKong, "the program for flash": newAppliance} {
		c, err := read(args)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got, err := passwords(c.Password)
		if want := map[string]mpd.Permissions{"x": mpd.Read | mpd.Add, "y@z": mpd.Admin}; err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v, %v, want %v", name, got, err, want)
		}
	}
	for _, s := range []string{"secret", "@read", "x@everything"} {
		if got, err := passwords([]string{s}); err == nil {
			t.Errorf("%q is taken: %v", s, got)
		}
	}
}

func TestFlagName(t *testing.T) {
	for field, want := range map[string]string{"Board": "board", "NoSubtitles": "no-subtitles", "SubtitleDelay": "subtitle-delay"} {
		if got := flagName(field); got != want {
			t.Errorf("%s: %s, want %s", field, got, want)
		}
	}
}

// TestFlagKinds: a field that no flag can go into is an error, not a panic.
func TestFlagKinds(t *testing.T) {
	var c struct {
		X map[string]int `default:"1"`
	}
	if _, err := parseFlags(&c, nil); err == nil {
		t.Error("a map is taken for a flag")
	}
	var list struct {
		X []string `default:"a,b"`
	}
	for line, want := range map[string]string{"": "a b", "--x=c": "c", "--x=c --x d,e": "c d e"} {
		if _, err := parseFlags(&list, strings.Fields(line)); err != nil || strings.Join(list.X, " ") != want {
			t.Errorf("%q: %q, %v", line, list.X, err)
		}
		list.X = nil
	}
	var none struct{ X int }
	if _, err := parseFlags(&none, []string{"more"}); err == nil {
		t.Error("an argument is taken where none can be")
	}
}

// TestFlashProgram: the program for flash is without what calls methods by
// their names, or is for desktops.
func TestFlashProgram(t *testing.T) {
	deps := list(t, boardEnv, "-deps", "-tags", "appliance", module+"/cmd/linnet")
	for _, p := range []string{"github.com/alecthomas/kong", "github.com/godbus/dbus/v5", "text/template", "net/http", module + "/player/mpris", module + "/player/prepare"} {
		if slices.ContainsFunc(deps, func(d listed) bool { return d.ImportPath == p }) {
			t.Errorf("it links %s", p)
		}
	}
	if !slices.ContainsFunc(deps, func(d listed) bool { return d.ImportPath == module+"/ui/app" }) {
		t.Error("it has no interface")
	}
}
