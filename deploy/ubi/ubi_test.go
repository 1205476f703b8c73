package ubi

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

var small = Geometry{Page: 512, Block: 16384}

func content(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i*7 ^ i>>8)
	}
	return b
}

// TestReference compares with what ubinize of mtd-utils makes, block by block;
// it leaves out the empty blocks behind.
func TestReference(t *testing.T) {
	ubinize, err := exec.LookPath("ubinize")
	if err != nil {
		if ubinize, err = exec.LookPath("/usr/sbin/ubinize"); err != nil {
			t.Skip("there is no ubinize (mtd-utils) to compare with")
		}
	}
	dir := t.TempDir()
	volumes := []Volume{
		{Name: "root_a", Blocks: 10, Content: content(3*small.LEB() + 5)},
		{Name: "root_b", Blocks: 10, Content: content(small.LEB())},
		{Name: "state", Blocks: 4, Content: content(1), Grow: true},
	}
	var ini bytes.Buffer
	for i, v := range volumes {
		file := filepath.Join(dir, v.Name)
		if err := os.WriteFile(file, v.Content, 0o666); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&ini, "[%s]\nmode=ubi\nimage=%s\nvol_id=%d\nvol_size=%d\nvol_type=dynamic\nvol_name=%s\n", v.Name, file, i, v.Blocks*small.LEB(), v.Name)
		if v.Grow {
			ini.WriteString("vol_flags=autoresize\n")
		}
	}
	config, out := filepath.Join(dir, "ini"), filepath.Join(dir, "out")
	if err := os.WriteFile(config, ini.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	if said, err := exec.Command(ubinize, "-p", "16KiB", "-m", "512", "-s", "512", "-Q", "77", "-o", out, config).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	want, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Blocks(small, volumes, 100, 4, 77)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(want) / small.Block; n != 8 || len(want)%small.Block != 0 {
		t.Fatalf("ubinize makes %d bytes", len(want))
	}
	for i := range len(want) / small.Block {
		w, g := want[i*small.Block:(i+1)*small.Block], bytes.Clone(got[i])
		// What ubinize says of time is nothing, and of the content of the last
		// block of a volume, that it ends where the image does.
		binary.BigEndian.PutUint64(g[small.Page+40:], 0)
		binary.BigEndian.PutUint32(g[small.Page+60:], sum(g[small.Page:small.Page+60]))
		if !bytes.Equal(w, g) {
			for at := range w {
				if w[at] != g[at] {
					t.Errorf("block %d differs from byte %d on: %x, ubinize has %x", i, at, g[at], w[at])
					break
				}
			}
		}
	}
	for i, b := range got[8:] {
		if !bytes.Equal(b[:64], small.header(77)) || bytes.Count(b[64:], []byte{0xff}) != small.Block-64 {
			t.Errorf("block %d is not empty", 8+i)
		}
	}
}

func TestRefused(t *testing.T) {
	ok := Volume{Name: "a", Blocks: 2}
	for name, c := range map[string]struct {
		volumes []Volume
		count   int
	}{
		"none":          {nil, 100},
		"no name":       {[]Volume{{Blocks: 1}}, 100},
		"no blocks":     {[]Volume{{Name: "a"}}, 100},
		"too long":      {[]Volume{{Name: "a", Blocks: 1, Content: content(small.LEB() + 1)}}, 100},
		"too many":      {[]Volume{ok, ok}, 2 + reserved},
		"two that grow": {[]Volume{{Name: "a", Blocks: 1, Grow: true}, {Name: "b", Blocks: 1, Grow: true}}, 100},
	} {
		if _, err := Blocks(small, c.volumes, c.count, 0, 1); err == nil {
			t.Errorf("%s: it is made", name)
		}
	}
	if got, err := Blocks(small, []Volume{ok}, 2+reserved, 0, 1); err != nil || len(got) != 2+reserved {
		t.Errorf("what just fits: %d, %v", len(got), err)
	}
}
