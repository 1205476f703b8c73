package app

import (
	"image"
	"slices"

	"linnet/ui/gal/rgb565"
)

// thumbs are small pictures of tracks. They are read one at a time, the latest
// that was asked for first, and those that were seen longest ago are dropped.
type thumbs struct {
	app   *App
	size  image.Point
	most  int // that are kept
	found func(path string)

	have  map[string]*rgb565.Image // nil: there is none, or it is asked for
	order []string                 // of have, what was seen last at the end
	asked []string
	busy  bool
}

// maxThumbsAsked bounds the pictures that wait: those that were in sight last.
const maxThumbsAsked = 12

// of is a track's picture, nil while it is not known. It is called where rows
// are painted.
func (t *thumbs) of(path string) *rgb565.Image {
	if path == "" {
		return nil
	}
	m, ok := t.have[path]
	if ok {
		if n := len(t.order); t.order[n-1] != path {
			i := slices.Index(t.order, path)
			copy(t.order[i:], t.order[i+1:])
			t.order[n-1] = path
		}
		return m
	}
	if t.have == nil {
		t.have = map[string]*rgb565.Image{}
	}
	if len(t.order) == t.most {
		t.drop(t.order[0])
	}
	t.have[path], t.order = nil, append(t.order, path)
	if len(t.asked) == maxThumbsAsked {
		t.drop(t.asked[0])
		t.asked = slices.Delete(t.asked, 0, 1)
	}
	t.asked = append(t.asked, path)
	if !t.busy {
		t.busy = true
		t.app.desk.Post(t.next)
	}
	return nil
}

// drop forgets a picture.
func (t *thumbs) drop(path string) {
	if i := slices.Index(t.order, path); i >= 0 {
		t.order = slices.Delete(t.order, i, i+1)
		delete(t.have, path)
	}
}

// next reads the picture that was asked for last.
func (t *thumbs) next() {
	n := len(t.asked)
	if n == 0 {
		t.busy = false
		return
	}
	path := t.asked[n-1]
	t.asked = t.asked[:n-1]
	player, desk, size := t.app.opt.Player, t.app.desk, t.size
	go func() {
		var m *rgb565.Image
		if img, err := player.Cover(path, size); err == nil && img != nil && !img.Bounds().Empty() {
			m = fill(img, image.Rectangle{Max: size})
		}
		desk.Post(func() {
			if _, wanted := t.have[path]; wanted && m != nil {
				t.have[path] = m
				t.found(path)
			}
			t.next()
		})
	}()
}
