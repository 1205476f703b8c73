package app

import (
	"image"

	"linnet/ui/gal/rgb565"
)

// covers keeps the current track's picture in the two sizes that are shown.
// One picture is decoded at a time; while it is, the one before stays.
type covers struct {
	app  *App
	path string // wanted
	have string // shown
	busy bool
	big  *rgb565.Image // what is shown, nil where there is no picture
	mini *rgb565.Image
}

// want has the track's picture shown.
func (c *covers) want(path string) {
	c.path = path
	if c.busy || c.have == path {
		return
	}
	if path == "" {
		c.have = ""
		c.set(nil, nil)
		return
	}
	c.busy = true
	player, desk := c.app.opt.Player, c.app.desk
	go func() {
		big, small := load(player, path)
		desk.Post(func() {
			c.busy, c.have = false, path
			if path == c.path {
				c.set(big, small)
			}
			c.want(c.path)
		})
	}()
}

func (c *covers) set(big, small *rgb565.Image) {
	c.big, c.mini = big, small
	c.app.page(c.app.top()).show(&c.app.state)
}

// load decodes a picture and scales its middle square. A picture that cannot
// be read is none.
func load(player Player, path string) (big, small *rgb565.Image) {
	img, err := player.Cover(path, coverRect.Size())
	if err != nil || img == nil || img.Bounds().Empty() {
		return nil, nil
	}
	return scaled(img, coverRect), scaled(img, miniCoverRect)
}

// scaled fits a picture's middle square into r. The surface keeps r's place
// on the screen, and with it the phase of the dither.
func scaled(img image.Image, r image.Rectangle) *rgb565.Image {
	b := img.Bounds()
	side := min(b.Dx(), b.Dy())
	at := b.Min.Add(image.Pt((b.Dx()-side)/2, (b.Dy()-side)/2))
	m := rgb565.New(r)
	m.Scale(r, img, image.Rectangle{Min: at, Max: at.Add(image.Pt(side, side))})
	return m
}
