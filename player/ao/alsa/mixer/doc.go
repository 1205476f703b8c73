// Package mixer is the volume of a sound card: one control of ALSA's mixer, by
// ioctl on the card's control device.
//
// A control is found by the name that people know it by ("Master"), as
// "Master Playback Volume", with its switch, "Master Playback Switch", where
// there is one. Where the driver tells what a control's steps are in decibels
// (TLV), the volume from 0 to 100 is half a decibel a step, as the player's own
// is, up to 0 dB or what the control has less; what amplifies is not used. A
// control whose steps are not told is used evenly, as most hardware counts in
// decibels itself. Volume 0 is silence: the switch is off, or the control at
// its lowest.
//
// Files by stage: layout.go has the kernel's structures, kernel.go the calls,
// scale.go what steps mean, mixer.go the control.
package mixer
