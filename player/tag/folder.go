package tag

import (
	"bufio"
	"os"
	"path/filepath"
)

// CharsetFile is the name of a file that says the charset of the texts of a folder, and
// of those in it, that do not say theirs: one line, as "Big5".
const CharsetFile = ".charset"

// FolderCharset is the charset that such a file says in a folder, or else in the nearest
// one above it, up to root; with root "" up to the top.
func FolderCharset(dir, root string) (Charset, bool) {
	if root != "" {
		root = filepath.Clean(root)
	}
	for dir = filepath.Clean(dir); ; {
		if c, ok := readCharset(filepath.Join(dir, CharsetFile)); ok {
			return c, true
		}
		above := filepath.Dir(dir)
		if dir == root || above == dir {
			return "", false
		}
		dir = above
	}
}

func readCharset(path string) (Charset, bool) {
	// Asked before it is opened: opening a pipe waits for who writes to it.
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return "", false
	}
	f, err := os.Open(path)
	if err != nil {
		return "", false
	}
	defer f.Close()
	line, _, _ := bufio.NewReaderSize(f, 64).ReadLine()
	c, err := ParseCharset(string(line))
	return c, err == nil
}
