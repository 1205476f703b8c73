package suite

import (
	"os"
	"path/filepath"
)

// A Suite checks one format.
type Suite struct {
	// Name stands in the table's first column.
	Name string
	// Folder is where its vectors are below the folder of all vectors.
	Folder string
	// Check decodes what there is in dir, or makes streams where dir is
	// missing, and gives a row for each. Notes say what a reader of the
	// table must know: vectors that are missing, say, or what the rows were
	// compared with. The error is for what keeps it from checking at all.
	Check func(dir string) (rows []Row, notes []string, err error)
}

// Dir is the folder of a suite's vectors: in root if that is given, else in
// the folder that LINNET_VECTORS names, else in ../shared/vectors beside the
// module.
func Dir(root, folder string) string {
	if root == "" {
		root = os.Getenv("LINNET_VECTORS")
	}
	if root == "" {
		root = filepath.Join(moduleRoot(), "..", "shared", "vectors")
	}
	return filepath.Join(root, folder)
}

// moduleRoot is the folder of go.mod, or the current one.
func moduleRoot() string {
	dir, err := os.Getwd()
	for err == nil {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			break
		}
		dir = up
	}
	return "."
}
