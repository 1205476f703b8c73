package theme

import (
	"bytes"
	"image"
	"image/png"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"linnet/ui/gal/rgb565"
)

// readIcons reads the pictures of the folder that a theme file names.
func (l *loader) readIcons() error {
	line := l.lines["icons"]
	entries, err := fs.ReadDir(l.fsys, l.icons)
	if err != nil {
		return &FileError{File: l.file, Line: line, Fault: FaultRead, Err: err}
	}
	l.theme.icons = map[iconSize]*rgb565.Mask{}
	for _, e := range entries {
		name, isPicture := strings.CutSuffix(e.Name(), ".png")
		if !isPicture || strings.HasPrefix(name, ".") {
			continue
		}
		file := path.Join(l.icons, e.Name())
		which, ok := iconNamed(name)
		if !ok {
			return &FileError{File: l.file, Line: line, Fault: FaultIcon, What: file}
		}
		m, err := readIcon(l.fsys, file, which.size)
		if err != nil {
			return &FileError{File: l.file, Line: line, Fault: FaultIcon, What: file, Err: err}
		}
		l.theme.icons[which] = m
	}
	return nil
}

// iconNamed finds the icon and the size of a name like repeat-one-24.
func iconNamed(name string) (iconSize, bool) {
	at := strings.LastIndexByte(name, '-')
	if at < 0 {
		return iconSize{}, false
	}
	i := slices.Index(iconNames[:], name[:at])
	size, err := strconv.Atoi(name[at+1:])
	if i < 0 || err != nil || Icon(i).Mask(size).Stride != size {
		return iconSize{}, false
	}
	return iconSize{Icon(i), size}, true
}

// readIcon reads a picture of so many pixels square; how opaque it is makes the
// icon. One that is opaque all over is none.
func readIcon(fsys fs.FS, file string, size int) (*rgb565.Mask, error) {
	b, err := readAll(fsys, file, maxIcon)
	if err != nil {
		return nil, err
	}
	c, err := png.DecodeConfig(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	if c.Width != size || c.Height != size {
		return nil, image.ErrFormat
	}
	p, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	m := &rgb565.Mask{Pix: make([]uint8, size*size), Stride: size, Rect: image.Rect(0, 0, size, size)}
	clear := false
	for i := range m.Pix {
		_, _, _, a := p.At(i%size, i/size).RGBA()
		m.Pix[i] = uint8(a >> 8)
		clear = clear || m.Pix[i] < 255
	}
	if !clear {
		return nil, image.ErrFormat
	}
	return m, nil
}
