package image

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// mediaFile is a file or folder to put onto the media partition.
type mediaFile struct {
	path   string // below the folder, with slashes
	folder bool
	size   int64
}

// scan lists what is in a folder, sorted, each folder before what is in it.
// Links are followed to files; what is neither file nor folder, and what is
// hidden, is left out.
func scan(media string) ([]mediaFile, error) {
	var all []mediaFile
	seen := map[string]string{}
	err := filepath.WalkDir(media, func(name string, d fs.DirEntry, err error) error {
		if err != nil || name == media {
			return err
		}
		if strings.HasPrefix(d.Name(), ".") {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		info, err := os.Stat(name)
		if err != nil {
			return err
		}
		below, err := filepath.Rel(media, name)
		if err != nil || !info.Mode().IsRegular() && !d.IsDir() {
			return err
		}
		f := mediaFile{path: filepath.ToSlash(below), folder: d.IsDir()}
		if !f.folder {
			f.size = info.Size()
		}
		if err := fits(f, seen); err != nil {
			return err
		}
		all = append(all, f)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("image: media: %w", err)
	}
	slices.SortFunc(all, func(a, b mediaFile) int { return strings.Compare(a.path, b.path) })
	return all, nil
}

// fits checks a name against FAT: what letters there are, and that names that
// differ in capitals only are one.
func fits(f mediaFile, seen map[string]string) error {
	name := path.Base(f.path)
	if i := strings.IndexFunc(name, func(r rune) bool { return r < ' ' || strings.ContainsRune(`"*:<>?\|`, r) || r == '�' }); i >= 0 {
		return fmt.Errorf("%q: FAT has no %q in names", f.path, name[i])
	}
	if strings.HasSuffix(name, ".") || strings.HasSuffix(name, " ") {
		return fmt.Errorf("%q: FAT has no names with a dot or space at the end", f.path)
	}
	if f.size > 1<<32-1 {
		return fmt.Errorf("%q: FAT has no files of 4 GB or more", f.path)
	}
	fold := strings.ToLower(f.path)
	if other, twice := seen[fold]; twice {
		return fmt.Errorf("%q and %q are one name in FAT", other, f.path)
	}
	seen[fold] = f.path
	return nil
}

// mediaSize is how large the partition has to be: the files in clusters of at
// most 32 KB, and some room.
func mediaSize(files []mediaFile) int64 {
	const cluster = 32 << 10
	need := int64(0)
	for _, f := range files {
		need += f.size/cluster*cluster + 2*cluster
	}
	need += need/64 + 8*mega
	return max((need+mega-1)/mega*mega, 32*mega)
}

// formatMedia makes the file system and copies the files, a folder at a time
// and in order, because their order on the disk is that of copying.
func formatMedia(ctx context.Context, disk string, size int64, media string, files []mediaFile) error {
	err := tool(ctx, nil, "mkfs.vfat", "--invariant", "-i", mediaID, "-n", "LINNET",
		"--offset="+strconv.Itoa(mediaOffset/sector), disk, strconv.FormatInt(size/1024, 10))
	if err != nil {
		return err
	}
	// An absolute path can't be taken for a drive's letter or an option.
	if media, err = filepath.Abs(media); err != nil {
		return fmt.Errorf("image: media: %w", err)
	}
	at := disk + "@@" + strconv.Itoa(mediaOffset)
	inside := map[string][]string{}
	folders := []string{"."}
	for _, f := range files {
		dir := path.Dir(f.path)
		if !f.folder {
			inside[dir] = append(inside[dir], filepath.Join(media, filepath.FromSlash(f.path)))
			continue
		}
		folders = append(folders, f.path)
		if err := tool(ctx, nil, "mmd", "-i", at, "::/"+f.path); err != nil {
			return err
		}
	}
	for _, dir := range folders {
		for chunk := range slices.Chunk(inside[dir], 100) {
			args := append([]string{"-i", at}, chunk...)
			if err := tool(ctx, nil, "mcopy", append(args, path.Join("::", "/", dir))...); err != nil {
				return err
			}
		}
	}
	return nil
}
