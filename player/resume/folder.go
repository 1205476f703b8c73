package resume

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"linnet/player/internal/durable"
)

// The names of the files.
const (
	placeName = "place.json"
	queueName = "queue.json"
)

// maxFile is more than any list has, and less than memory is.
const maxFile = 4 << 20

// found is what a folder has.
type found struct {
	place place
	queue []string
}

// readFolder reads both files of a folder. A folder without them gives
// fs.ErrNotExist.
func readFolder(dir string) (found, error) {
	var f found
	path := filepath.Join(dir, placeName)
	data, err := durable.Read(path, maxFile)
	if err != nil {
		return f, err
	}
	if f.place, err = decodePlace(data); err != nil {
		return f, fmt.Errorf("%s: %w", path, err)
	}
	path = filepath.Join(dir, queueName)
	if data, err = durable.Read(path, maxFile); err != nil {
		return f, err
	}
	if f.queue, err = decodeQueue(data); err != nil {
		return f, fmt.Errorf("%s: %w", path, err)
	}
	return f, nil
}

func missing(err error) bool { return errors.Is(err, fs.ErrNotExist) }
