package app

var english = words{
	files:       "Files",
	place:       "%d of %d",
	item:        "1 item",
	items:       "%d items",
	reading:     "Reading…",
	noTrack:     "Nothing is playing",
	emptyRoot:   "No music yet",
	emptyHint:   "Put in a USB stick, or copy files over the network.",
	emptyDir:    "Nothing to play",
	dirHint:     "There is no music in this folder.",
	badDir:      "This folder cannot be read",
	again:       "Look again",
	damaged:     "%s is damaged",
	lost:        "Skipped %s s at %s and played on.",
	unplayable:  "%s cannot be played",
	skipped:     "Skipped: %s",
	skippedOnly: "Skipped, and played on.",
	noSound:     "No sound output",
	noSoundHint: "Playing goes on when there is one.",
}
