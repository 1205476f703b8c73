package font

// Curve maps a coverage in fifteenths to an opacity of 0 to 255. Light text
// on a dark ground looks thinner than dark on light at the same coverage; the
// curves even that out.
type Curve *[16]uint8

// The curves, a to the power 0.85 and 1.05.
var (
	DarkCurve  Curve = &darkCurve  // for light text on dark
	LightCurve Curve = &lightCurve // for dark text on light
)
