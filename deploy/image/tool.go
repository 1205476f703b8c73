package image

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// Epoch is the time of everything that needs one. FAT has none before 1980, and
// mksquashfs keeps times that are earlier than it.
var Epoch = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)

// tool runs a program that makes (a part of) an image. Its environment says
// what time it is, in which zone and what letters are.
func tool(ctx context.Context, stdin io.Reader, name string, args ...string) error {
	epoch := strconv.FormatInt(Epoch.Unix(), 10)
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "TZ=UTC", "SOURCE_DATE_EPOCH="+epoch, "E2FSPROGS_FAKE_TIME="+epoch,
		"MTOOLSRC="+os.DevNull, "MTOOLS_SKIP_CHECK=1", "PATH="+os.Getenv("PATH")+":/usr/sbin:/sbin")
	var said bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = stdin, &said, &said
	if path, err := lookPath(name); err == nil {
		cmd.Path, cmd.Err = path, nil
	}
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("image: %s: %w: %s", name, err, start(said.String()))
	}
	return nil
}

// lookPath finds a program also where Debian has those for root.
func lookPath(name string) (string, error) {
	path, err := exec.LookPath(name)
	for _, dir := range []string{"/usr/sbin/", "/sbin/"} {
		if err != nil {
			path, err = exec.LookPath(dir + name)
		}
	}
	return path, err
}

// start is the start of what a program said, on one line: some print all that
// they can do when they can't do something.
func start(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > 300 {
		text = text[:300] + "..."
	}
	return text
}
