// Package ctype compares Go structures and numbers with those of the kernel's
// C headers, for tests of drivers: a C compiler says what the header means, on
// the desktop and on the board.
package ctype

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Spec says what to compare.
type Spec struct {
	File    string   // declares the structures, and imports nothing but unsafe
	Headers []string // as <linux/fb.h>, without the brackets
	Structs []Struct
	Numbers map[string]uint64 // by expressions of C
}

// Struct is a structure by its names in Go and C; Fields are pairs of field
// names, "goName cName".
type Struct struct {
	Go, C  string
	Fields []string
}

// target is a machine to compare for.
type target struct{ arch, cc, run string }

// Check compares, each target as a subtest. Where a compiler is missing the
// subtest says so and is skipped.
func Check(t *testing.T, s Spec) {
	for _, m := range []target{{"amd64", "gcc", ""}, {"arm", "arm-linux-gnueabi-gcc", "qemu-arm"}} {
		t.Run(m.arch, func(t *testing.T) {
			theirs := m.compile(t, s.program())
			ours := s.lines(t, m.arch)
			if theirs != ours {
				t.Errorf("the header says\n%s\nand %s\n%s", theirs, s.File, ours)
			}
		})
	}
}

// program is a C program that prints what lines returns.
func (s *Spec) program() string {
	var b strings.Builder
	for _, h := range append([]string{"stdio.h", "stddef.h", "sys/ioctl.h"}, s.Headers...) {
		fmt.Fprintf(&b, "#include <%s>\n", h)
	}
	b.WriteString("int main(void) {\n")
	for _, t := range s.Structs {
		fmt.Fprintf(&b, "printf(\"%s %%zu\\n\", sizeof(%s));\n", t.Go, t.C)
		for _, f := range t.Fields {
			ours, theirs, _ := strings.Cut(f, " ")
			fmt.Fprintf(&b, "printf(\"%s.%s %%zu\\n\", offsetof(%s, %s));\n", t.Go, ours, t.C, theirs)
		}
	}
	for _, n := range slices.Sorted(maps.Keys(s.Numbers)) {
		fmt.Fprintf(&b, "printf(\"%s %%llu\\n\", (unsigned long long)(%s));\n", n, n)
	}
	return b.String() + "return 0;\n}\n"
}

// lines is the same of File.
func (s *Spec) lines(t *testing.T, arch string) string {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, s.File, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	conf := types.Config{Sizes: types.SizesFor("gc", arch), Importer: importer.Default()}
	pkg, err := conf.Check("layout", fset, []*ast.File{file}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, c := range s.Structs {
		o := pkg.Scope().Lookup(c.Go)
		if o == nil {
			t.Fatalf("%s declares no %s", s.File, c.Go)
		}
		is := o.Type().Underlying().(*types.Struct)
		fmt.Fprintf(&b, "%s %d\n", c.Go, conf.Sizes.Sizeof(is))
		for _, f := range c.Fields {
			name, _, _ := strings.Cut(f, " ")
			fmt.Fprintf(&b, "%s.%s %d\n", c.Go, name, offset(t, conf.Sizes, is, name))
		}
	}
	for _, n := range slices.Sorted(maps.Keys(s.Numbers)) {
		fmt.Fprintf(&b, "%s %d\n", n, s.Numbers[n])
	}
	return b.String()
}

func offset(t *testing.T, sizes types.Sizes, s *types.Struct, name string) int64 {
	var fields []*types.Var
	for i := range s.NumFields() {
		fields = append(fields, s.Field(i))
		if s.Field(i).Name() == name {
			return sizes.Offsetsof(fields)[i]
		}
	}
	t.Fatalf("there is no field %s", name)
	return 0
}

// compile compiles and runs a program, or skips the test where that cannot be.
func (m target) compile(t *testing.T, program string) string {
	for _, tool := range []string{m.cc, m.run} {
		if _, err := exec.LookPath(tool); tool != "" && err != nil {
			t.Skipf("%s is not installed; make test installs it", tool)
		}
	}
	src := filepath.Join(t.TempDir(), "layout.c")
	if err := os.WriteFile(src, []byte(program), 0o644); err != nil {
		t.Fatal(err)
	}
	bin := strings.TrimSuffix(src, ".c")
	if out, err := exec.Command(m.cc, "-static", "-o", bin, src).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", m.cc, err, out)
	}
	argv := strings.Fields(m.run + " " + bin)
	out, err := exec.Command(argv[0], argv[1:]...).Output()
	if err != nil {
		t.Fatalf("%q: %v", argv, err)
	}
	return string(out)
}
