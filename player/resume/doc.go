// Package resume remembers what a player plays, so that a program that was
// killed, or a board whose power was cut, goes on at the place.
//
// There are two folders: one in memory, written every second, which outlives
// the program, and one on flash, which outlives the power and wears. Flash is
// written when the user did something or the track changed, three seconds after a
// turn of the volume, else every thirty seconds at most, and no more than a megabyte an hour whatever happens.
//
// Each folder has two files, JSON both. queue.json is the list of files, which
// may be long and seldom changes; place.json is the rest: where in the list,
// where in the track, how loud. A place names its queue by a sum, so that one
// is never used with the list of another. Files are written beside their place,
// flushed to the medium and renamed, so that each is the old or the new one,
// whenever the power goes. Places are numbered, and of all that are valid the
// one with the highest number is the latest: a board's clock may stand still
// while it is off.
package resume
