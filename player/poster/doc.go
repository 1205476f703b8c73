// Package poster finds the picture that stands for a film in a list: the first
// of its key pictures, by places spread over the film, on which there is
// something to see. It runs beside playback, never in it.
package poster
