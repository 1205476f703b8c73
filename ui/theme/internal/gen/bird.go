package main

// The bird is drawn on 84 by 84 units; its feet stand at 80, rounded to whole
// rows, which is BirdFeet of package theme. The legs are drawn a little longer.
const birdGrid = 84

const (
	silhouette = "M 70.5 22.5 C 68.5 16 63.5 11.9 56.5 11.9 C 47.5 11.9 41 22 35.25 29.6 C 30 36.7 20 46 1.1 62.25 L 7.4 68.6 L 24.6 59.6 " +
		"C 30 66.5 37.5 70.1 46.5 70.1 C 61.5 70.1 73 57.5 73 42 L 73 33 L 82.75 28.4 Z"
	// breast is the part of the plane that the breast is cut from. The body
	// leaves out beyond, the same part moved outwards, so that the breast lies on
	// the body along their seam and alone along the outline: painted over
	// one another, both would shine through at the edge.
	breast = "M 73 35.25 C 62.5 41 57 53 54 69 L 54 84 L 84 84 L 84 35.25 Z"
	beyond = "M 78 37.25 C 67.5 43 62 55 59 71 L 59 84 L 84 84 L 84 37.25 Z"
	legs   = "f M 42.6 69 L 45.6 69 L 47.7 82 L 44.7 82 Z; f M 51.7 68 L 54.7 68 L 57.1 82 L 54.1 82 Z"
)

// The parts, in the order of painting: body, breast, wing, eye.
var bird = [4]string{
	"f " + silhouette + "; x " + beyond + "; " + legs,
	"f " + silhouette + "; k " + breast,
	"f M 19.9 50.5 C 30 46 37 36.3 47.1 34.25 C 47.5 47 41 56.5 24.25 55.75 Z",
	"f O 61 24 2.95",
}

// smallBird has no legs and no wing, which are specks at 22 pixels; its breast
// and eye are larger, to be seen.
var smallBird = [4]string{
	"f " + silhouette + "; x M 82 36 C 68 40 57 54 51 73 L 51 84 L 84 84 L 84 36 Z",
	"f " + silhouette + "; k M 74 32 C 60 37 49 51 43 71 L 43 84 L 84 84 L 84 32 Z",
	"",
	"f O 60.5 23 4.2",
}
