package cover

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"testing"
)

// BenchmarkDecode makes thumbnails of covers of a usual size, 1000 by 1000 pixels.
func BenchmarkDecode(b *testing.B) {
	m := scene(1000, 1000)
	var sequential, rows bytes.Buffer
	if err := jpeg.Encode(&sequential, m, &jpeg.Options{Quality: 85}); err != nil {
		b.Fatal(err)
	}
	if err := png.Encode(&rows, m); err != nil {
		b.Fatal(err)
	}
	for _, f := range []struct {
		name string
		file []byte
	}{{"JPEG", sequential.Bytes()}, {"PNG", rows.Bytes()}} {
		for _, side := range []int{32, 128} {
			b.Run(fmt.Sprint(f.name, side), func(b *testing.B) {
				for b.Loop() {
					if _, err := Decode(f.file, image.Pt(side, side)); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
