package main

import (
	"image"

	"linnet/player/settings"
	"linnet/ui/app"
	"linnet/ui/ial"
	"linnet/ui/ial/evdev"
)

// touchSection is where a touch panel's calibration is kept.
const touchSection = "touch"

// touchSettings is what is kept of it.
type touchSettings struct {
	Calibration evdev.Calibration `json:"calibration"`
}

// calibrationOf is what was kept, or nil.
func calibrationOf(store *settings.Store) *evdev.Calibration {
	var kept touchSettings
	if !store.Get(touchSection, &kept) {
		return nil
	}
	return &kept.Calibration
}

// touchPanel is a source of input with a panel that can be calibrated.
type touchPanel interface {
	Panel() bool
	Uncalibrated(on bool)
	Calibrate(shown, touched []image.Point) (evdev.Calibration, error)
}

// toucher calibrates a panel for the screens, and keeps that.
type toucher struct {
	touchPanel
	store *settings.Store
}

// toucherOf is nil where there is nothing to calibrate.
func toucherOf(s ial.Source, store *settings.Store) app.Toucher {
	if p, ok := s.(touchPanel); ok && p.Panel() {
		return toucher{p, store}
	}
	return nil
}

// Calibrate is of app.Toucher.
func (t toucher) Calibrate(shown, touched []app.Point) error {
	c, err := t.touchPanel.Calibrate(imagePoints(shown), imagePoints(touched))
	if err == nil {
		t.store.Put(touchSection, touchSettings{c})
	}
	return err
}

func imagePoints(list []app.Point) (all []image.Point) {
	for _, p := range list {
		all = append(all, image.Pt(p.X, p.Y))
	}
	return all
}
