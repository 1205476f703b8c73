package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// module is this module's path; the rules name packages without it.
const module = "linnet"

// A rule says what of this module the packages that match of may import; where
// of ends in "/...", also what lies below themselves. A pattern is a path,
// "a/..." for a and all below it, ".../b" for all that end so, or "..." for all.
type rule struct {
	of  string
	may []string
}

// rules are tried in this order; the first that matches a package holds.
var rules = []rule{
	// Programs that write what is committed are no part of what runs.
	{".../internal/gen", []string{"..."}},
	{"ui/font/gen", nil},

	{"cmd/linnet", []string{"player/...", "ui/...", "board/...", "rootfs/..."}},
	{"cmd/...", []string{"..."}},

	// The vocabulary is a leaf, and the seams know nothing behind them.
	{"player/media", nil},
	{"player", []string{"player/media", "player/pcm", "player/stretch"}},
	{"player/stretch", []string{"player/media"}},
	{"player/pcm/...", []string{"player/media", "player/internal/..."}},
	{"player/resume", []string{"player/internal/durable"}},
	{"player/settings", []string{"player", "player/pcm", "player/internal/durable"}},
	{"player/external", []string{"player", "player/media", "player/internal/..."}},
	{"player/cue", []string{"player", "player/media", "player/playlist", "player/tag", "player/internal/tags"}},
	{"player/prepare", []string{"player", "player/media", "player/internal/..."}},
	{"player/poster", []string{"player", "player/media"}},
	{"player/spectrum/...", []string{"player/media", "player/internal/..."}},
	{"player/internal/...", []string{"player/media", "player/internal/..."}},

	// Codecs, demuxers and drivers stand behind the seams, side by side.
	{"player/ad/opus/internal/...", []string{"player/ad/opus/internal/..."}},
	{"player/ad/...", []string{"player/media", "player/internal/..."}},
	{"player/vd/...", []string{"player/media", "player/internal/..."}},
	{"player/demux/...", []string{"player/media", "player/internal/..."}},
	{"player/cover", []string{"player/media", "player/internal/..."}},
	{"player/tag/...", []string{"player/media", "player/internal/..."}},
	{"player/library/...", []string{"player/media", "player/tag/...", "player/internal/..."}},
	{"player/mpd/...", []string{"player", "player/media", "player/pcm", "player/library", "player/playlist", "player/tag/..."}},
	{"player/playlist/...", []string{"player/internal/..."}},
	{"player/lyrics/...", []string{"player/internal/..."}},
	{"player/mpris/...", []string{"player", "player/media"}},
	{"player/ao/...", []string{"player/media", "player/pcm", "player/ao/..."}},
	{"player/subtitle", []string{"player/media", "player/internal/..."}},
	{"player/vo/...", []string{"player/media", "player/internal/..."}},

	// One table knows them all.
	{"player/formats", []string{"player", "player/media", "player/ad/...", "player/vd/...", "player/demux/...", "player/tag/...", "player/internal/..."}},

	// Contracts, conformance and the demo album drive the player from outside.
	{"player/playertest", []string{"player", "player/media", "player/pcm"}},
	{"player/conform/...", []string{"player/..."}},
	{"player/demo/...", []string{"player/..."}},

	// The interface declares the player that it drives; boards are handed to it.
	{"ui/...", []string{"ui/..."}},

	// Boards are data. What makes images may know what is in them; nothing
	// that runs on the device knows what made the image.
	{"board", nil},
	{"board/gpio", []string{"board"}},
	{"rootfs/...", []string{"board", "rootfs/..."}},
	// The plain loop of a trial decodes with the player's decoders.
	{"deploy/prove/load", []string{"player/..."}},
	{"deploy/bench/firstframe", []string{"player/..."}}, // it is the player's parts that are measured
	{"deploy/bench/collection", []string{"player/library", "deploy/bench/meter/lap"}},
	{"deploy/bench/screens", []string{"ui/...", "player/spectrum", "deploy/bench/meter/lap"}},
	{"deploy/...", []string{"board", "rootfs/...", "deploy/..."}},
}

// edges are the modules of others that only one place may know.
var edges = []rule{
	{"github.com/gen2brain/malgo", []string{"player/ao/malgo"}},
	{"github.com/ebitengine/oto/...", []string{"player/ao/oto"}},
	{"github.com/veandco/go-sdl2/...", []string{"ui/gal/sdl"}},
	{"github.com/alecthomas/kong", []string{"cmd/..."}},
	{"github.com/u-root/u-root/...", []string{"deploy/image"}},
	{"github.com/insomniacslk/dhcp/...", []string{"rootfs/initd"}},
	{"github.com/u-root/uio/rand", []string{"rootfs/initd"}}, // it is given numbers for the former
	{"github.com/godbus/dbus/...", []string{"player/mpris"}},
	{"go.etcd.io/bbolt/...", []string{"player/library"}},
	{"github.com/fsnotify/fsnotify", []string{"player/library"}},
	{"periph.io/x/...", []string{"board/gpio"}},
}

// A source is a package as it lies on disk: all its files but tests, whatever
// their build constraints.
type source struct {
	path    string // without the module
	imports []string
	inits   []string // where init functions are declared
}

func match(pattern, path string) bool {
	if pattern == "..." {
		return true
	}
	if tail, ok := strings.CutPrefix(pattern, ".../"); ok {
		return path == tail || strings.HasSuffix(path, "/"+tail)
	}
	if head, ok := strings.CutSuffix(pattern, "/..."); ok {
		return path == head || strings.HasPrefix(path, head+"/")
	}
	return path == pattern
}

func matchAny(patterns []string, path string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return match(p, path) })
}

// violations says what is wrong with a package.
func violations(p source) []string {
	i := slices.IndexFunc(rules, func(r rule) bool { return match(r.of, p.path) })
	if i < 0 {
		return []string{p.path + ": no rule says what it may import; add one"}
	}
	var bad []string
	for _, imp := range p.imports {
		if !mayImport(rules[i], p.path, imp) {
			bad = append(bad, fmt.Sprintf("%s imports %s", p.path, imp))
		}
	}
	if !match(".../internal/gen", p.path) {
		for _, at := range p.inits {
			bad = append(bad, at+": an init function: registration is an explicit table")
		}
	}
	return bad
}

func mayImport(r rule, path, imp string) bool {
	if own, ok := strings.CutPrefix(imp, module+"/"); ok {
		return matchAny(r.may, own) || strings.HasSuffix(r.of, "/...") && strings.HasPrefix(own, path+"/")
	}
	for _, e := range edges {
		if match(e.of, imp) {
			return matchAny(e.may, path)
		}
	}
	return true
}

// TestImports holds every package of the module against the rules.
func TestImports(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range sources(t) {
		seen[p.path] = true
		for _, bad := range violations(p) {
			t.Error(bad)
		}
	}
	for _, p := range []string{"player", "player/media", "ui/gal", "board"} {
		if !seen[p] {
			t.Errorf("%s was not seen", p)
		}
	}
}

// TestDevice looks at all that is linked into the program for the board.
func TestDevice(t *testing.T) {
	if _, err := os.Stat("main.go"); err != nil {
		t.Fatal("this is not the folder of the program: ", err)
	}
	deps := list(t, boardEnv, "-deps", module+"/cmd/linnet")
	for _, p := range deps {
		if why := unfitForDevice(p.ImportPath); why != "" {
			t.Errorf("the board's program links %s: %s", p.ImportPath, why)
		}
	}
	if !slices.ContainsFunc(deps, func(p listed) bool { return p.ImportPath == module+"/player/media" }) {
		t.Error("linnet/player/media is not linked: this is not the player")
	}
}

func unfitForDevice(path string) string {
	own, _ := strings.CutPrefix(path, module+"/")
	switch {
	case match("deploy/...", own) && own != path:
		return "it makes images, on another machine"
	case own == "player/internal/tablegen":
		return "it makes tables, on another machine"
	case path == "testing", match(".../playertest", own), match(".../aotest", own), match(".../lab", own), match(".../flactest", own),
		match(".../jpegtest", own), match(".../mtdtest", own), match("ui/uitest/...", own):
		return "it is for tests"
	case path == "runtime/cgo":
		return "there is no C on the board"
	}
	return ""
}

// TestRules has the checker look at packages made up to be wrong, and right.
func TestRules(t *testing.T) {
	for _, c := range []struct {
		path, imp string
		ok        bool
	}{
		{"player", "linnet/player/media", true},
		{"player", "linnet/player/pcm", true},
		{"player", "linnet/player/ad/mp3", false},
		{"player", "linnet/player/ao", false},
		{"player", "linnet/player/formats", false},
		{"player", "linnet/ui", false},
		{"player/media", "time", true},
		{"player/media", "linnet/player/internal/input", false},
		{"player/ad/mp3", "linnet/player/internal/mpa", true},
		{"player/ad/mp3", "linnet/player/ad/mp3/tables", true},
		{"player/ad/mp3", "linnet/player/ad/pcm", false},
		{"player/ad/mp3", "linnet/player", false},
		{"player/ad/mp3/internal/gen", "linnet/player/ad/mp3", true},
		{"player/demux/wav", "linnet/player/ad/pcm", false},
		{"player/demux/wav", "linnet/player/demux/aiff", false},
		{"player/formats", "linnet/player/demux/wav", true},
		{"player/formats", "linnet/player/ao", false},
		{"player/ao/alsa", "linnet/player/pcm", true},
		{"player/ao/alsa", "linnet/player", false},
		{"player/ao/malgo", "github.com/gen2brain/malgo", true},
		{"player/ao/alsa", "github.com/gen2brain/malgo", false},
		{"player/pcm", "linnet/player/ao", false},
		{"player/playertest", "linnet/player", true},
		{"player/conform", "linnet/player/formats", true},
		{"player/conform", "linnet/ui", false},
		{"ui/app", "linnet/ui/font", true},
		{"ui/app", "linnet/player", false},
		{"ui/app", "linnet/player/media", false},
		{"ui/app", "linnet/board", false},
		{"ui/app", "github.com/veandco/go-sdl2/sdl", false},
		{"ui/gal/sdl", "github.com/veandco/go-sdl2/sdl", true},
		{"player", "github.com/alecthomas/kong", false},
		{"board", "linnet/ui/gal", false},
		{"board", "linnet/board/gpio", false},
		{"board/gpio", "linnet/board", true},
		{"board/gpio", "periph.io/x/conn/v3/gpio", true},
		{"cmd/linnet", "periph.io/x/conn/v3/gpio", false},
		{"player/resume", "linnet/player", false},
		{"rootfs", "linnet/deploy", false},
		{"rootfs/initd", "linnet/board", true},
		{"rootfs/initd", "linnet/player", false},
		{"rootfs/initd", "github.com/alecthomas/kong", false},
		{"player", "github.com/insomniacslk/dhcp/dhcpv4", false},
		{"cmd/linnet", "linnet/player/ao", true},
		{"cmd/linnet", "linnet/deploy/flash", false},
		{"cmd/linnet-image", "linnet/deploy/flash", true},
		{"somewhere/else", "fmt", false},
	} {
		bad := violations(source{path: c.path, imports: []string{c.imp}})
		if ok := len(bad) == 0; ok != c.ok {
			t.Errorf("%s imports %s: allowed %v, want %v", c.path, c.imp, ok, c.ok)
		}
	}
	if bad := violations(source{path: "player/ao", inits: []string{"ao.go:3"}}); len(bad) != 1 {
		t.Errorf("an init function: %q", bad)
	}
	for path, unfit := range map[string]bool{
		"linnet/deploy/flash": true, "linnet/player/internal/tablegen": true, "linnet/ui/uitest/xvfb": true, "testing": true, "runtime/cgo": true,
		"linnet/player": false, "deploy": false,
	} {
		if got := unfitForDevice(path) != ""; got != unfit {
			t.Errorf("%s unfit for the device: %v, want %v", path, got, unfit)
		}
	}
}

// sources reads every package of the module.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	for _, p := range list(t, nil, module+"/...") {
		s := source{path: strings.TrimPrefix(p.ImportPath, module+"/")}
		for _, f := range slices.Concat(p.GoFiles, p.CgoFiles, p.IgnoredGoFiles) {
			if !strings.HasSuffix(f, "_test.go") {
				s.add(t, filepath.Join(p.Dir, f))
			}
		}
		all = append(all, s)
	}
	return all
}

// add reads a file's imports and init functions.
func (s *source) add(t *testing.T, file string) {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, file, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range f.Imports {
		path, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		s.imports = append(s.imports, path)
	}
	for _, d := range f.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
			s.inits = append(s.inits, fset.Position(fn.Pos()).String())
		}
	}
}

// listed is what go list says of a package.
type listed struct {
	ImportPath, Dir, Export           string
	GoFiles, CgoFiles, IgnoredGoFiles []string
}

// boardEnv is what the program for the board is built with.
var boardEnv = []string{"CGO_ENABLED=0", "GOOS=linux", "GOARCH=arm", "GOARM=5"}

func list(t *testing.T, env []string, args ...string) []listed {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-json=ImportPath,Dir,Export,GoFiles,CgoFiles,IgnoredGoFiles"}, args...)...)
	cmd.Env = append(os.Environ(), env...)
	var errs strings.Builder
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list %s: %v\n%s", strings.Join(args, " "), err, errs.String())
	}
	var all []listed
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		switch err := d.Decode(&p); err {
		case nil:
			all = append(all, p)
		case io.EOF:
			return all
		default:
			t.Fatal(err)
		}
	}
}
