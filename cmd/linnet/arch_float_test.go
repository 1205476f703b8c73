package main

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The board has no FPU: a floating-point addition there is a call of some
// sixty instructions. So nothing between the file and the loudspeaker, and
// nothing that draws, may compute with one.

// floats are the places that are free to, and why.
var floats = []struct{ path, why string }{
	{".../internal/gen", "runs when the tables are made"},
	{"cmd/...", "flags, and seconds in JSON"},
	{"deploy/...", "runs on another machine"},
	{"player/ao/aotest", "judges what was recorded"},
	{"player/conform/...", "measures errors in decibels"},
	{"player/demo/...", "synthesises the demo album, once"},
	{"player/internal/flac/flactest", "makes streams for tests"},
	{"player/internal/tablegen", "runs when the tables are made"},
	{"player/playertest", "judges what was decoded"},
	{"player/internal/opusquality", "judges what was decoded"},
	{"ui/font/gen", "draws the fonts, once"},
	{"ui/uitest/...", "compares pictures"},
}

// TestNoFloats type-checks the packages of the player and the interface as
// they are built for the board and looks for expressions of floating-point or
// complex type whose value is not a constant.
func TestNoFloats(t *testing.T) {
	all := list(t, boardEnv, "-export", "-deps", module+"/player/...", module+"/ui/...", module+"/board")
	exports := map[string]string{}
	for _, p := range all {
		exports[p.ImportPath] = p.Export
	}
	checked := 0
	for _, p := range all {
		own, ours := strings.CutPrefix(p.ImportPath, module+"/")
		if !ours || floatsAllowed(own) {
			continue
		}
		fset := token.NewFileSet()
		var files []*ast.File
		for _, name := range p.GoFiles {
			f, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, f)
		}
		bad, err := floatExprs(fset, p.ImportPath, files, exports)
		if err != nil {
			t.Errorf("%s: %v", p.ImportPath, err)
		}
		for _, b := range bad {
			t.Error(b)
		}
		checked++
	}
	if checked < 4 {
		t.Errorf("only %d packages were looked at", checked)
	}
}

func floatsAllowed(path string) bool {
	for _, f := range floats {
		if match(f.path, path) {
			return true
		}
	}
	return false
}

// floatExprs type-checks a package, with the export data of what it imports,
// and says where it computes with floats. A line is named once.
func floatExprs(fset *token.FileSet, path string, files []*ast.File, exports map[string]string) ([]string, error) {
	open := func(path string) (io.ReadCloser, error) {
		if exports[path] == "" {
			return nil, fmt.Errorf("no export data for %s", path)
		}
		return os.Open(exports[path])
	}
	conf := types.Config{
		Importer: importer.ForCompiler(fset, "gc", open),
		Sizes:    types.SizesFor("gc", "arm"),
	}
	info := types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	if _, err := conf.Check(path, fset, files, &info); err != nil {
		return nil, err
	}
	var bad []string
	last := ""
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			e, ok := n.(ast.Expr)
			if !ok || !isFloat(info.Types[e]) {
				return true
			}
			if at := fset.Position(e.Pos()); fmt.Sprint(at.Filename, at.Line) != last {
				last = fmt.Sprint(at.Filename, at.Line)
				bad = append(bad, fmt.Sprintf("%s:%d: computes with %s", at.Filename, at.Line, info.Types[e].Type))
			}
			return true
		})
	}
	return bad, nil
}

func isFloat(v types.TypeAndValue) bool {
	if v.Type == nil || v.Value != nil || !v.IsValue() {
		return false
	}
	b, ok := v.Type.Underlying().(*types.Basic)
	return ok && b.Info()&(types.IsFloat|types.IsComplex) != 0
}

// TestFloatExprs has the search look at pieces made up for it.
func TestFloatExprs(t *testing.T) {
	exports := map[string]string{}
	for _, p := range list(t, boardEnv, "-export", "-deps", "math", "time") {
		exports[p.ImportPath] = p.Export
	}
	for _, c := range []struct {
		body string
		want int
	}{
		{"var X = int32(0.5 * (1 << 30))", 0},
		{"const half = 0.5\nvar X = int32(half * 8)", 0},
		{"import \"math\"\nvar X = math.MaxInt32", 0},
		{"type T struct{ f float64 }", 0},
		{"import \"math\"\nfunc F(x uint32) bool { return x == math.MaxUint32 }", 0},
		{"func F(x int32) int32 { return int32(float64(x) * 0.5) }", 1},
		{"func F(x float32) float32 {\nreturn x }", 1},
		{"type gain float32\nfunc F(g gain) bool {\nreturn g > 1 }", 1},
		{"import \"time\"\nfunc F(d time.Duration) int { return int(d.Seconds()) }", 1},
		{"import \"math\"\nfunc F(x uint32) int32 { return int32(math.Float32frombits(x)) }", 1},
		{"var X complex128\nvar Y = X", 1},
	} {
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, "x.go", "package x\n"+c.body, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		bad, err := floatExprs(fset, "x", []*ast.File{f}, exports)
		if err != nil || len(bad) < c.want || (c.want == 0) != (len(bad) == 0) {
			t.Errorf("%s:\n%q, %v; want %d", c.body, bad, err, c.want)
		}
	}
	if !floatsAllowed("player/ad/mp3/internal/gen") || floatsAllowed("player/ad/mp3") {
		t.Error("the generator of a codec's tables may use floats, and the codec may not")
	}
}
