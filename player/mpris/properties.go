package mpris

import (
	"maps"
	"reflect"
	"slices"

	"github.com/godbus/dbus/v5"
	"github.com/godbus/dbus/v5/prop"

	"linnet/player"
)

// loops are the interface's words for what follows the last track.
var loops = map[string]player.Repeat{"None": player.RepeatOff, "Playlist": player.RepeatAll, "Track": player.RepeatOne}

// state is the properties that change, as of now. Position is asked for, and not
// told.
func (s *Service) state() map[string]any {
	st := s.p.Status()
	loop := "None"
	for word, r := range loops {
		if r == st.Repeat {
			loop = word
		}
	}
	return map[string]any{
		"PlaybackStatus": map[player.State]string{player.Stopped: "Stopped", player.Playing: "Playing", player.Paused: "Paused"}[st.State],
		"LoopStatus":     loop,
		"Shuffle":        st.Shuffle,
		"Metadata":       s.metadata(&st),
		"Volume":         volume(st.Volume),
		"CanGoNext":      st.Count > 0,
		"CanGoPrevious":  st.Count > 0,
		"CanPlay":        st.Count > 0,
		"CanPause":       st.Count > 0,
		"CanSeek":        st.State != player.Stopped,
		"Position":       st.Position.Microseconds(),
	}
}

func (s *Service) properties() prop.Map {
	fixed := func(v any) *prop.Prop { return &prop.Prop{Value: v, Emit: prop.EmitConst} }
	own := map[string]*prop.Prop{}
	for key, v := range s.state() {
		own[key] = &prop.Prop{Value: v, Emit: prop.EmitTrue}
	}
	own["Position"].Emit = prop.EmitFalse
	own["Rate"], own["MinimumRate"], own["MaximumRate"], own["CanControl"] = fixed(one), fixed(one), fixed(one), fixed(true)
	set := func(key string, f func(v any) bool) {
		own[key].Writable = true
		own[key].Callback = func(c *prop.Change) *dbus.Error {
			if !f(c.Value) {
				return prop.ErrInvalidArg
			}
			return nil
		}
	}
	set("LoopStatus", func(v any) bool {
		r, ok := loops[v.(string)]
		if ok {
			s.p.SetRepeat(r)
		}
		return ok
	})
	set("Shuffle", func(v any) bool {
		s.p.SetShuffle(v.(bool))
		return true
	})
	set("Volume", func(v any) bool {
		s.p.SetVolume(percent(v))
		return true
	})
	return prop.Map{
		root: {
			"CanQuit": fixed(s.o.Quit != nil), "CanRaise": fixed(s.o.Raise != nil), "HasTrackList": fixed(false), "Identity": fixed("Linnet"),
			"DesktopEntry": fixed("linnet"), "SupportedUriSchemes": fixed([]string{"file"}),
			"SupportedMimeTypes": fixed([]string{"audio/mpeg", "audio/flac", "audio/ogg", "audio/mp4", "audio/x-wav", "audio/aac"}),
		},
		playing: own,
	}
}

// follow tells the bus what is new, until the player's events end.
func (s *Service) follow(events <-chan player.Event) {
	defer close(s.done)
	last := s.state()
	for e := range events {
		now := s.state()
		if e.Type == player.PositionChanged {
			s.props.SetMust(playing, "Position", now["Position"])
			continue
		}
		for _, key := range slices.Sorted(maps.Keys(now)) {
			if !reflect.DeepEqual(now[key], last[key]) {
				s.props.SetMust(playing, key, now[key])
			}
		}
		last = now
	}
}
