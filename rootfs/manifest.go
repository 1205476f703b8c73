package rootfs

import (
	"io/fs"
	"slices"
	"strings"

	"linnet/board"
)

// Entry is a file, folder, symbolic link or device node. Everything belongs to
// root.
type Entry struct {
	Path   string      // without a leading slash
	Mode   fs.FileMode // type and permissions
	Data   []byte      // of a file; not to be changed
	Target string      // of a symbolic link

	Major, Minor uint32 // of a device node
}

// Manifest returns what is in the root file system of a board, in an order in
// which it can be created. The program is a static one for that board; as
// /init it is the first process.
func Manifest(b board.Board, program []byte, r Release) []Entry {
	all := []Entry{
		folder("bin", 0o755),
		{Path: "bin/linnet", Mode: 0o755, Data: program},
		{Path: "init", Mode: fs.ModeSymlink | 0o777, Target: "bin/linnet"},

		folder("etc", 0o755),
		{Path: "etc/board", Mode: 0o644, Data: []byte(b.Name + "\n")},
		{Path: "etc/os-release", Mode: 0o644, Data: r.Text(b)},

		// The kernel opens the console before it starts /init; the other
		// devices it makes itself.
		folder("dev", 0o755),
		{Path: "dev/console", Mode: fs.ModeDevice | fs.ModeCharDevice | 0o600, Major: 5, Minor: 1},
		{Path: "dev/null", Mode: fs.ModeDevice | fs.ModeCharDevice | 0o666, Major: 1, Minor: 3},
	}
	// Where the first process mounts what the kernel, memory and disks have.
	for _, path := range []string{"media", "proc", "run", "state", "sys"} {
		all = append(all, folder(path, 0o755))
	}
	all = append(all, folder("tmp", fs.ModeSticky|0o777))
	if r.Key != nil {
		all = append(all, Entry{Path: KeyFile[1:], Mode: 0o644, Data: r.Key})
	}
	slices.SortFunc(all, func(a, b Entry) int { return strings.Compare(a.Path, b.Path) })
	return all
}

func folder(path string, perm fs.FileMode) Entry { return Entry{Path: path, Mode: fs.ModeDir | perm} }
