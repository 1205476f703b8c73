package main

import (
	"reflect"
	"slices"
	"testing"
)

// Only the command that the first argument names is looked at; where it names
// none, all are.
func TestModel(t *testing.T) {
	all := []string{"Window", "Play", "Decode", "Probe", "Serve", "Tags", "Scan", "Prepare", "Appliance", "Version"}
	for _, c := range []struct {
		args, want []string
	}{
		{nil, all}, {[]string{"song.mp3"}, all}, {[]string{"--help"}, all}, {[]string{"--ao=null", "play"}, all}, {[]string{"version"}, all}, {[]string{"Decode"}, all},
		{[]string{"decode"}, []string{"Decode", "Version"}}, {[]string{"play", "decode"}, []string{"Play", "Version"}}, {[]string{"appliance", "--help"}, []string{"Appliance", "Version"}},
	} {
		var got []string
		v := reflect.TypeOf(model(c.args)).Elem()
		for i := range v.NumField() {
			got = append(got, v.Field(i).Name)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q: %v, want %v", c.args, got, c.want)
		}
	}
}
