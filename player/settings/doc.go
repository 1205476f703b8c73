// Package settings keeps what the user chose over a restart: how the sound is to
// be, and what others, as the screens, put beside it.
//
// There is one file in one folder, settings.json, with a section for each who
// puts something in. It is replaced as a whole: written beside its place, flushed
// to the medium and renamed. A slider that is dragged does not wear the flash: a
// change is written when nothing more changed for two seconds, or after four,
// and no more than a quarter of a megabyte goes there an hour, whatever happens;
// what waits is written by Close. A section that makes no sense is left aside, and the others hold;
// a file that makes none is kept beside the new one. Sections that this program
// does not know stay as they are.
//
//	store := settings.Open("/state", func(err error) { log.Print(err) })
//	defer store.Close()
//	var sound settings.Sound
//	if store.Get(settings.SoundSection, &sound) {
//		p.SetSound(sound.Player())
//	}
//	store.Put(settings.SoundSection, sound.With(p.Status().Sound)) // whenever it changed
package settings
