package qemu

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestLists: what the patch has compiled is there, and what is there it has
// compiled.
func TestLists(t *testing.T) {
	patch, err := fs.ReadFile(data, "smdk2410.patch")
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	folder := ""
	for line := range strings.Lines(string(patch)) {
		if m := regexp.MustCompile(`^\+\+\+ b/(.*)/meson.build`).FindStringSubmatch(line); m != nil {
			folder = m[1]
		}
		if m := regexp.MustCompile(`^\+.*files\('(.*)'\)`).FindStringSubmatch(line); m != nil {
			listed[path.Join(folder, m[1])] = true
		}
		if m := regexp.MustCompile(`^\+ .*'(.*-test)'[],]`).FindStringSubmatch(line); m != nil {
			listed[path.Join(folder, m[1]+".c")] = true
		}
	}
	for _, name := range tests {
		if !listed[path.Join(testFolder, name+".c")] {
			t.Errorf("%s is not compiled", name)
		}
	}
	err = eachSource(func(path string, _ []byte) error {
		if strings.HasSuffix(path, ".c") {
			if !listed[path] {
				t.Errorf("%s is not compiled", path)
			}
			delete(listed, path)
		}
		return nil
	})
	if err != nil || len(listed) > 0 {
		t.Errorf("not there are %v, %v", listed, err)
	}
}

// TestLicence: what is to be sent to QEMU says under which licence.
func TestLicence(t *testing.T) {
	err := eachSource(func(path string, text []byte) error {
		if !strings.Contains(string(text), "SPDX-License-Identifier: GPL-2.0-or-later") {
			t.Errorf("%s says nothing of its licence", path)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestPlace(t *testing.T) {
	src := t.TempDir()
	err := eachSource(func(path string, _ []byte) error {
		return os.MkdirAll(filepath.Dir(filepath.Join(src, target(path))), 0o755)
	})
	if err := errors.Join(err, os.MkdirAll(filepath.Join(src, "configs/devices/arm-softmmu"), 0o755), place(src)); err != nil {
		t.Fatal(err)
	}
	for _, f := range []string{"hw/arm/smdk2410.c", "include/hw/arm/s3c2410.h"} {
		if _, err := os.Stat(filepath.Join(src, f)); err != nil {
			t.Error(err)
		}
	}
}

func TestFind(t *testing.T) {
	t.Setenv("LINNET_CACHE", t.TempDir())
	if _, err := Find(); !errors.Is(err, ErrNotBuilt) {
		t.Errorf("in an empty cache: %v", err)
	}
	dir, err := folder()
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(dir, "qemu-system-arm")
	if err := errors.Join(os.MkdirAll(dir, 0o755), os.WriteFile(program, nil, 0o755)); err != nil {
		t.Fatal(err)
	}
	if got, err := Find(); err != nil || got != program {
		t.Errorf("%q, %v", got, err)
	}
}
