package initd

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"unicode"
	"unicode/utf16"
)

// A volume is a file system that was found on a device.
type volume struct {
	kind  string // as mount(2) names it; empty: none that is known
	label string // may be empty
}

// probe finds out what a device has on it. Errors of reading are "none".
func probe(r io.ReaderAt) volume {
	for _, try := range []func(io.ReaderAt) volume{probeExFAT, probeFAT, probeExt, probeISO} {
		if v := try(r); v.kind != "" {
			v.label = tidy(v.label)
			return v
		}
	}
	return volume{}
}

func at(r io.ReaderAt, offset int64, size int) []byte {
	b := make([]byte, size)
	if n, _ := r.ReadAt(b, offset); n < size {
		return nil
	}
	return b
}

// probeFAT knows FAT by its BIOS parameter block (Microsoft's FAT
// specification, 3.1 to 3.3): a boot sector without a file system ends in the
// same two bytes.
func probeFAT(r io.ReaderAt) volume {
	b := at(r, 0, 512)
	if b == nil || b[510] != 0x55 || b[511] != 0xaa || b[0] != 0xeb && b[0] != 0xe9 {
		return volume{}
	}
	sector := int64(binary.LittleEndian.Uint16(b[11:]))
	cluster, fats := int64(b[13]), int64(b[16])
	if sector < 512 || sector > 4096 || sector&(sector-1) != 0 || cluster == 0 || cluster&(cluster-1) != 0 || fats == 0 || fats > 2 {
		return volume{}
	}
	reserved := int64(binary.LittleEndian.Uint16(b[14:]))
	size, label, root := int64(binary.LittleEndian.Uint16(b[22:])), b[43:54], int64(0) // FAT12 and FAT16
	if size == 0 {                                                                     // FAT32
		size, label = int64(binary.LittleEndian.Uint32(b[36:])), b[71:82]
		root = max(0, int64(binary.LittleEndian.Uint32(b[44:]))-2) * cluster
	}
	if l := labelFAT(r, (reserved+fats*size+root)*sector); l != "" {
		return volume{"vfat", l}
	}
	if string(label) == "NO NAME    " {
		label = nil
	}
	return volume{"vfat", string(label)}
}

// labelFAT looks for the label in the beginning of the root directory (6.1),
// where it is kept up to date; what the boot sector says may be older.
func labelFAT(r io.ReaderAt, root int64) string {
	const volumeID, longName = 0x08, 0x0f
	for dir := at(r, root, 512); len(dir) >= 32 && dir[0] != 0; dir = dir[32:] {
		if dir[0] != 0xe5 && dir[11]&longName == volumeID {
			return string(dir[:11])
		}
	}
	return ""
}

// probeExFAT knows exFAT (Microsoft's specification, 3.1); its label is an
// entry, type 83, of the root directory (7.3).
func probeExFAT(r io.ReaderAt) volume {
	b := at(r, 0, 512)
	if b == nil || string(b[3:11]) != "EXFAT   " {
		return volume{}
	}
	v := volume{kind: "exfat"}
	sectorShift, clusterShift := b[108], b[109]
	heap := int64(binary.LittleEndian.Uint32(b[88:]))
	root := int64(binary.LittleEndian.Uint32(b[96:]))
	if sectorShift < 9 || sectorShift > 12 || clusterShift > 25-sectorShift || root < 2 {
		return v
	}
	dir := at(r, (heap+(root-2)<<clusterShift)<<sectorShift, 512)
	for len(dir) >= 32 && dir[0] != 0 {
		if n := int(dir[1]); dir[0] == 0x83 && n <= 11 {
			v.label = utf16le(dir[2 : 2+2*n])
		}
		dir = dir[32:]
	}
	return v
}

func utf16le(b []byte) string {
	u := make([]uint16, len(b)/2)
	for i := range u {
		u[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return string(utf16.Decode(u))
}

// probeExt knows ext2, 3 and 4 by the superblock (fs/ext4/ext4.h of Linux);
// the driver of ext4 mounts them all.
func probeExt(r io.ReaderAt) volume {
	b := at(r, 1024, 264)
	if b == nil || binary.LittleEndian.Uint16(b[56:]) != 0xef53 {
		return volume{}
	}
	return volume{"ext4", string(b[120:136])}
}

// probeISO knows ISO 9660 by its primary volume descriptor (ECMA-119, 8.4).
func probeISO(r io.ReaderAt) volume {
	b := at(r, 16*2048, 72)
	if b == nil || string(b[:6]) != "\x01CD001" {
		return volume{}
	}
	return volume{"iso9660", string(b[40:72])}
}

// tidy makes a label a name for a folder: printable, no slash, not hidden.
func tidy(label string) string {
	if i := strings.IndexByte(label, 0); i >= 0 {
		label = label[:i]
	}
	label = strings.Map(func(c rune) rune {
		switch {
		case c == '/' || c == '\\' || c == unicode.ReplacementChar || !unicode.IsPrint(c):
			return '_'
		}
		return c
	}, string(bytes.ToValidUTF8([]byte(label), []byte("_"))))
	return strings.TrimLeft(strings.TrimSpace(label), ".")
}
