//go:build linux

package fbdev

import (
	"testing"

	"linnet/deploy/ctype"
)

func TestLayoutIsTheHeaders(t *testing.T) {
	ctype.Check(t, ctype.Spec{
		File:    "layout.go",
		Headers: []string{"linux/fb.h", "linux/kd.h"},
		Structs: []ctype.Struct{
			{Go: "bitfield", C: "struct fb_bitfield", Fields: []string{"offset offset", "length length", "msbRight msb_right"}},
			{Go: "varInfo", C: "struct fb_var_screeninfo", Fields: []string{
				"xres xres", "yres yres", "xresVirtual xres_virtual", "yresVirtual yres_virtual", "xoffset xoffset", "yoffset yoffset",
				"bitsPerPixel bits_per_pixel", "grayscale grayscale", "red red", "green green", "blue blue", "transp transp",
				"nonstd nonstd", "activate activate"}},
			{Go: "fixInfo", C: "struct fb_fix_screeninfo", Fields: []string{
				"smemStart smem_start", "smemLen smem_len", "typ type", "visual visual", "ypanstep ypanstep", "lineLength line_length"}},
		},
		Numbers: map[string]uint64{
			"FB_TYPE_PACKED_PIXELS": typePackedPixels, "FB_VISUAL_TRUECOLOR": visualTrueColor, "FB_VISUAL_DIRECTCOLOR": visualDirectColor,
			"FB_ACTIVATE_NOW": activateNow, "FB_ACTIVATE_FORCE": activateForce, "FBIOGET_VSCREENINFO": ioctlGetVar, "FBIOPUT_VSCREENINFO": ioctlPutVar,
			"FBIOGET_FSCREENINFO": ioctlGetFix, "FBIOPAN_DISPLAY": ioctlPan, "FBIOBLANK": ioctlBlank,
			"FB_BLANK_UNBLANK": blankOff, "FB_BLANK_POWERDOWN": blankDown,
			"KDSETMODE": ioctlSetMode, "KD_TEXT": modeText, "KD_GRAPHICS": modeGraphics,
		},
	})
}
