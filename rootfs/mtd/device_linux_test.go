package mtd

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"linnet/deploy/ctype"

	"golang.org/x/sys/unix"
)

// TestABI compares what the kernel is given with its headers.
func TestABI(t *testing.T) {
	ctype.Check(t, ctype.Spec{
		File: "kernel_linux.go", Headers: []string{"mtd/mtd-user.h", "mtd/ubi-user.h"},
		Structs: []ctype.Struct{
			{Go: "mtdInfo", C: "struct mtd_info_user", Fields: []string{"kind type", "flags flags", "size size", "eraseSize erasesize", "writeSize writesize", "spareSize oobsize", "padding padding"}},
			{Go: "eraseInfo", C: "struct erase_info_user", Fields: []string{"start start", "length length"}},
		},
		Numbers: map[string]uint64{
			"UBI_IOCVOLUP": ubiIOCVOLUP, "MEMERASE": unix.MEMERASE, "MEMGETINFO": unix.MEMGETINFO,
			"MEMGETBADBLOCK": unix.MEMGETBADBLOCK, "MEMSETBADBLOCK": unix.MEMSETBADBLOCK,
		},
	})
}

// class makes a folder as /sys has one for devices.
func class(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text+"\n"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestNamed(t *testing.T) {
	dir := class(t, map[string]string{"mtd0/name": "boot", "mtd1/name": "params", "mtd1ro/name": "params", "mtd10/name": "kernel_a"})
	for name, want := range map[string]string{"params": "mtd1", "kernel_a": "mtd10"} {
		if got, err := named(dir, "mtd[0-9]*", name); got != want || err != nil {
			t.Errorf("%s is %q, %v", name, got, err)
		}
	}
	if _, err := open(dir, dir, "param"); !errors.Is(err, ErrNone) {
		t.Errorf("a part of a name: %v", err)
	}
	// A file is no flash.
	if err := os.WriteFile(filepath.Join(dir, "dev"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	os.Mkdir(filepath.Join(dir, "nodes"), 0o777)
	os.WriteFile(filepath.Join(dir, "nodes", "mtd1"), nil, 0o666)
	if _, err := open(dir, filepath.Join(dir, "nodes"), "params"); !errors.Is(err, unix.ENOTTY) {
		t.Errorf("a file: %v", err)
	}
	if _, err := open(dir, filepath.Join(dir, "none"), "params"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("without a device: %v", err)
	}
}

func TestGeometryOf(t *testing.T) {
	good := mtdInfo{size: 256 << 10, eraseSize: 16 << 10, writeSize: 512}
	if g, err := good.geometry(); err != nil || g != (Geometry{Blocks: 16, BlockSize: 16 << 10, PageSize: 512}) || g.Pages() != 32 {
		t.Errorf("%+v, %v", g, err)
	}
	for _, bad := range []mtdInfo{{}, {size: 100, eraseSize: 64, writeSize: 16}, {size: 128, eraseSize: 64, writeSize: 48}} {
		if _, err := bad.geometry(); err == nil {
			t.Errorf("%+v is taken", bad)
		}
	}
}

func TestOpenVolume(t *testing.T) {
	dir := class(t, map[string]string{
		"ubi0/mtd_num": "4", "ubi0_0/name": "root_a", "ubi0_1/name": "root_b", "ubi0_1/reserved_ebs": "600", "ubi0_1/usable_eb_size": "15360",
		"ubi1_0/name": "state", "ubi1_0/reserved_ebs": "x",
	})
	v, err := openVolume(dir, "/dev/x", "root_b")
	if err != nil || v.Size() != 600*15360 || v.BlockSize() != 15360 || v.path != "/dev/x/ubi0_1" {
		t.Errorf("%+v, %v", v, err)
	}
	for _, name := range []string{"root_a", "state", "media"} {
		if _, err := openVolume(dir, dir, name); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// A file is no volume.
	os.WriteFile(filepath.Join(dir, "ubi0_1.x"), nil, 0o666)
	u := &UBI{path: filepath.Join(dir, "ubi0_1.x")}
	if _, err := u.Update(5); !errors.Is(err, unix.ENOTTY) {
		t.Errorf("a file: %v", err)
	}
	if _, err := (&UBI{path: dir + "/none"}).ReadAt(nil, 0); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("none: %v", err)
	}
}

// TestUpdating: what was not written as a whole has not succeeded.
func TestUpdating(t *testing.T) {
	for n, want := range map[int]error{4: io.ErrShortWrite, 5: nil} {
		f, err := os.Create(filepath.Join(t.TempDir(), "volume"))
		if err != nil {
			t.Fatal(err)
		}
		u := &updating{f, 5}
		for range n {
			if _, err := u.Write([]byte{1}); err != nil {
				t.Fatal(err)
			}
		}
		if err := u.Close(); err != want {
			t.Errorf("%d bytes of 5: %v", n, err)
		}
	}
}
