package suite

import (
	"os"
	"path/filepath"
)

// Kept is what make makes or, where LINNET_KEPT names a folder that has it from
// another run, what is there. It is for sound that a machine without floating
// point is slow to make. The name is that of the file.
func Kept(name string, make func() []byte) []byte {
	folder := os.Getenv("LINNET_KEPT")
	if folder == "" {
		return make()
	}
	file := filepath.Join(folder, name)
	if b, err := os.ReadFile(file); err == nil {
		return b
	}
	b := make()
	part := file + ".part"
	if os.WriteFile(part, b, 0o644) == nil {
		os.Rename(part, file)
	}
	return b
}
