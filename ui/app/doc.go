// Package app is Linnet's screens: what plays now, and the files to play,
// with the bands for volume and messages that both share.
//
// It knows the player and the disk only as the interfaces [Player] and
// [Files]. Reading folders, describing files and decoding covers happens on
// goroutines of its own, so a slow disk never holds up the screen; everything
// else happens on the goroutine that called [App.Run].
//
// Everything can be done by pointer alone and by keys alone. On Now playing
// the keys up and down are the volume, left and right walk along the buttons
// and the seek bar, on the seek bar they seek, and enter or back leave it.
// Enter acts on the button that looks focused, and plays or pauses while none
// does.
// In Files the keys walk the list; above it are the header's buttons, below
// it the mini player. Back goes to the folder above, and from Now playing to
// Files.
package app
