package resume

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// The names of the files.
const (
	placeName = "place.json"
	queueName = "queue.json"
)

// maxFile is more than any list has, and less than memory is.
const maxFile = 4 << 20

// readFile reads a file that is not too large.
func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(data) > maxFile {
		err = fmt.Errorf("%s is too large", path)
	}
	return data, err
}

// writeFile replaces a file so that, whatever happens, the old or the new one
// is there as a whole.
func writeFile(path string, data []byte) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	temp := path + ".new"
	f, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(temp, path)
	}
	if err != nil {
		os.Remove(temp)
		return err
	}
	return syncDir(filepath.Dir(path))
}

// syncDir makes a renaming last. A file system that cannot is not at fault.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	d.Sync()
	return nil
}

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
	data, err := readFile(path)
	if err != nil {
		return f, err
	}
	if f.place, err = decodePlace(data); err != nil {
		return f, fmt.Errorf("%s: %w", path, err)
	}
	path = filepath.Join(dir, queueName)
	if data, err = readFile(path); err != nil {
		return f, err
	}
	if f.queue, err = decodeQueue(data); err != nil {
		return f, fmt.Errorf("%s: %w", path, err)
	}
	return f, nil
}

func missing(err error) bool { return errors.Is(err, fs.ErrNotExist) }
