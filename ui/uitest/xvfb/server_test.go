//go:build linux

package xvfb

import (
	"image"
	"strings"
	"testing"
)

func TestServer(t *testing.T) {
	s := Start(t)
	m := s.Screenshot()
	if m.Rect.Size() != Size {
		t.Errorf("the screen is %v, want %v", m.Rect, Size)
	}
	if env := strings.Join(s.Env(), "\n"); !strings.Contains(env, "DISPLAY="+s.Display+"\n") {
		t.Errorf("the environment does not name %s", s.Display)
	}
	before := s.Screenshot()
	s.Move(image.Pt(400, 300)) // the pointer is not part of the picture
	if after := s.Screenshot(); string(after.Pix) != string(before.Pix) {
		t.Error("moving the pointer changed the screen")
	}
}
