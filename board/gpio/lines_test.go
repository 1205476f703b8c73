package gpio

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"periph.io/x/conn/v3/gpio"
	"periph.io/x/conn/v3/gpio/gpiotest"

	"linnet/board"
)

// chip is fake lines by name.
type chip map[string]*gpiotest.Pin

func (c chip) find(name string) (gpio.PinOut, error) {
	if c[name] == nil {
		return nil, fmt.Errorf("no %s", name)
	}
	return c[name], nil
}

func TestLines(t *testing.T) {
	c := chip{"A/1": {N: "A/1", L: gpio.High}, "A/2": {N: "A/2"}}
	l, err := open([]board.Line{
		{Name: "A/1", Meaning: "led-power"}, {Name: "A/2", Meaning: "amplifier-mute", ActiveLow: true}, {Name: "A/3", Meaning: "led-activity"},
	}, c.find)
	if err == nil || !strings.Contains(err.Error(), "led-activity: no A/3") {
		t.Errorf("a line that is not there: %v", err)
	}
	if c["A/1"].L != gpio.Low || c["A/2"].L != gpio.High {
		t.Errorf("opened as %v, %v; both are to be off", c["A/1"].L, c["A/2"].L)
	}
	for _, on := range []bool{true, true, false, true} {
		for _, m := range []string{"led-power", "amplifier-mute", "led-activity", "unheard-of"} {
			if err := l.Set(m, on); err != nil {
				t.Error(err)
			}
		}
		if c["A/1"].L != gpio.Level(on) || c["A/2"].L != gpio.Level(!on) {
			t.Errorf("on %v: %v, %v", on, c["A/1"].L, c["A/2"].L)
		}
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
	if err := l.Set("led-power", false); err != nil || c["A/1"].L != gpio.High {
		t.Errorf("after Close: %v, %v", c["A/1"].L, err)
	}
}

// counting counts what is written.
type counting struct {
	gpiotest.Pin
	n   int
	err error
}

func (p *counting) Out(l gpio.Level) error {
	p.n++
	return errors.Join(p.err, p.Pin.Out(l))
}

func TestOnlyChangesAreWritten(t *testing.T) {
	p := &counting{}
	l, err := open([]board.Line{{Name: "x", Meaning: "m"}}, func(string) (gpio.PinOut, error) { return p, nil })
	for range 3 {
		err = errors.Join(err, l.Set("m", true))
	}
	if err != nil || p.n != 2 { // off at Open, on
		t.Errorf("written %d times, %v", p.n, err)
	}
	p.err = errors.New("taken")
	if err := l.Set("m", false); !errors.Is(err, p.err) {
		t.Errorf("%v", err)
	}
	p.err = nil
	if l.Set("m", true); p.n != 3 {
		t.Errorf("what is still so was written")
	}
}

// TestNoLines: without lines nothing is touched and everything works.
func TestNoLines(t *testing.T) {
	l, err := Open(nil)
	if l != nil || err != nil {
		t.Fatal(l, err)
	}
	if l.Set("led-power", true) != nil || l.Close() != nil {
		t.Error("no lines are an error")
	}
}

func TestFind(t *testing.T) {
	for name, says := range map[string]string{"NOSUCH/3": "no chip", "GPIOF/x": "no line", "NOSUCH": "no chip"} {
		if _, err := find(name); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
