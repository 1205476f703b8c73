package image

import (
	"context"
	"fmt"
	"os"
	"strconv"
)

// What tells the disk and its file systems from others; fixed, so that an
// image is the same each time.
const (
	diskID    = 0x4c4e4e54 // "LNNT"
	stateUUID = "6c696e6e-6574-4000-8000-000000000001"
	hashSeed  = "6c696e6e-6574-4000-8000-000000000002"
	mediaID   = "4C4E4E54"

	stateOffset = mega
	stateSize   = 16 * mega
	mediaOffset = stateOffset + stateSize
)

// Disk makes the data disk: partition 1, ext4, for the player's state, and
// partition 2, FAT, with the files of the folder media. FAT, because it is
// what people's other machines can write to.
func Disk(ctx context.Context, path, media string) error {
	files, err := scan(media)
	if err != nil {
		return err
	}
	size := mediaSize(files)
	table, err := mbr(diskID, []partition{{typeLinux, stateOffset, stateSize}, {typeFAT, mediaOffset, size}})
	if err != nil {
		return err
	}
	if err := blank(path, table, mediaOffset+size); err != nil {
		return fmt.Errorf("image: %w", err)
	}
	if err := formatState(ctx, path); err != nil {
		return err
	}
	return formatMedia(ctx, path, size, media, files)
}

// blank makes an empty disk, of which only the first sector takes room.
func blank(path string, first []byte, size int64) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.Write(first); err != nil {
		return err
	}
	if err := f.Truncate(size); err != nil {
		return err
	}
	return f.Close()
}

// formatState makes the file system for the state. It has a journal, for
// boards that are switched off by pulling the plug, and all its tables are
// written, so that the board has not to do that at its first start.
func formatState(ctx context.Context, path string) error {
	return tool(ctx, nil, "mke2fs", "-q", "-F", "-t", "ext4", "-b", "1024", "-m", "0", "-L", "state", "-U", stateUUID,
		"-O", "^resize_inode,^dir_nlink,^huge_file,metadata_csum",
		"-E", "offset="+strconv.Itoa(stateOffset)+",hash_seed="+hashSeed+",root_owner=0:0,lazy_itable_init=0,lazy_journal_init=0,nodiscard",
		path, strconv.Itoa(stateSize/1024))
}
