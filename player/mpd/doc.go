// Package mpd is a door for the clients of MPD, the Music Player Daemon: the
// server's side of its text protocol, version 0.23, over a player and a library.
// README.md lists every command of the protocol and what becomes of it; the table
// is that of commands.go, and a test compares the two.
//
// Each client has a goroutine that reads lines and one that answers; a command
// runs to its end before the next of the same client is looked at. The network is
// hostile: there are at most so many clients, lines and lists of commands have
// limits, answers go straight to the socket through a small buffer, and a client
// that does not take them for some seconds is dropped. What a client writes stays
// in the folder of playlists and in the library's database, within limits.
//
// Names of files are relative to the library's folder, as with MPD. Files that
// others put into the player's queue and that lie elsewhere have their whole path.
package mpd
