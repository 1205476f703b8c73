// Package app is Linnet's screens, most of them a file each: Home, what plays now, the
// music, the queue, playlists, files, films, the settings and the questions of the
// first start, with the bands for volume and messages that all of them share.
//
// It knows the player, the disk and the machine only by what stands in [Options].
// What may be slow, as reading folders, describing files and decoding covers, happens
// on goroutines of its own, so a slow disk never holds up the screen; everything else
// happens on the goroutine that called [App.Run].
//
// Everything can be done by pointer alone and by keys alone. On Now playing
// the keys up and down are the volume, left and right walk along the buttons
// and the seek bar, on the seek bar they seek, and enter or back leave it.
// Enter acts on the button that looks focused, and plays or pauses while none
// does.
// In lists the keys walk the rows; above them are the header's buttons, below
// them the small player. Back goes to the page before, in Files first to the folder
// above, and home goes to Home.
package app
