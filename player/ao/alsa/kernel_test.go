//go:build linux && (386 || amd64 || arm || arm64 || loong64 || riscv64)

package alsa

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestDevicePath(t *testing.T) {
	root := t.TempDir()
	if _, err := devicePath(root, ""); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "driver") {
		t.Errorf("no devices: %v", err)
	}
	dir := filepath.Join(root, "dev/snd")
	os.MkdirAll(dir, 0o755)
	os.MkdirAll(filepath.Join(root, "proc/asound"), 0o755)
	for _, f := range []string{"controlC0", "pcmC0D0c", "pcmC10D0p", "pcmC1D0p", "pcmC1D3p"} {
		os.WriteFile(filepath.Join(dir, f), nil, 0o644)
	}
	os.Symlink("card1", filepath.Join(root, "proc/asound/UDA1341"))
	for name, want := range map[string]string{
		"": "pcmC1D0p", "default": "pcmC1D0p", "hw:1": "pcmC1D0p", "hw:1,3": "pcmC1D3p", "hw:10,0": "pcmC10D0p",
		"hw:UDA1341": "pcmC1D0p", "hw:UDA1341,3": "pcmC1D3p",
	} {
		got, err := devicePath(root, name)
		if err != nil || got != filepath.Join(dir, want) {
			t.Errorf("%q: %s, %v", name, got, err)
		}
	}
	for _, name := range []string{"hw:0,0", "hw:", "hw:1,9", "plughw:1", "../../x", "hw:../../etc"} {
		if got, err := devicePath(root, name); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "pcmC1D3p") {
			t.Errorf("%q: %s, %v", name, got, err)
		}
	}
	if got, err := devicePath(root, "/dev/snd/pcmC7D7p"); err != nil || got != "/dev/snd/pcmC7D7p" {
		t.Errorf("path: %s, %v", got, err)
	}
}

func TestOpenSaysWhatIsWrong(t *testing.T) {
	if _, _, err := (Target{Device: "/dev/null"}).Open(cd); err == nil || !strings.Contains(err.Error(), "PCM protocol") {
		t.Errorf("no sound device: %v", err)
	}
	if _, _, err := (Target{Device: "/nowhere"}).Open(cd); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "alsa: open /nowhere") {
		t.Errorf("missing: %v", err)
	}
}
