package resume

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"strconv"
	"time"
)

// State is what is remembered.
type State struct {
	Queue    []string      // paths
	Index    int           // of the current track in Queue
	Position time.Duration // in it
	Playing  bool
	Volume   int // 0 to 100
	Shuffle  bool
	Repeat   string // as the player's Repeat spells itself
}

// place is the file place.json.
type place struct {
	Version    int    `json:"version"`
	Number     uint64 `json:"number"` // the next one has the next number
	Queue      string `json:"queue"`  // sum of the list
	Index      int    `json:"index"`
	PositionMS int64  `json:"position_ms"`
	Playing    bool   `json:"playing"`
	Volume     int    `json:"volume"`
	Shuffle    bool   `json:"shuffle"`
	Repeat     string `json:"repeat"`
}

// list is the file queue.json. Paths are bytes, since JSON's text loses names
// that are not UTF-8.
type list struct {
	Version int      `json:"version"`
	Paths   [][]byte `json:"paths"`
}

// version is that of both files.
const version = 1

// sum tells queues apart.
func sum(queue []string) string {
	h := fnv.New64a()
	for _, p := range queue {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return strconv.FormatUint(h.Sum64(), 16)
}

func encodePlace(s *State, queue string, number uint64) []byte {
	data, _ := json.Marshal(place{ // of plain fields: it does not fail
		Version: version, Number: number, Queue: queue, Index: s.Index, PositionMS: s.Position.Milliseconds(),
		Playing: s.Playing, Volume: s.Volume, Shuffle: s.Shuffle, Repeat: s.Repeat,
	})
	return append(data, '\n')
}

func decodePlace(data []byte) (p place, err error) {
	if err := json.Unmarshal(data, &p); err != nil {
		return p, err
	}
	switch {
	case p.Version != version:
		return p, fmt.Errorf("version %d is not known", p.Version)
	case p.Index < 0 || p.PositionMS < 0 || p.PositionMS > int64(maxPosition/time.Millisecond) || p.Volume < 0 || p.Volume > 100:
		return p, errors.New("its numbers make no sense")
	}
	return p, nil
}

// maxPosition is longer than any track.
const maxPosition = 10000 * time.Hour

func encodeQueue(queue []string) []byte {
	l := list{Version: version, Paths: make([][]byte, len(queue))}
	for i, p := range queue {
		l.Paths[i] = []byte(p)
	}
	data, _ := json.Marshal(l)
	return append(data, '\n')
}

func decodeQueue(data []byte) (queue []string, err error) {
	var l list
	if err := json.Unmarshal(data, &l); err != nil {
		return nil, err
	}
	if l.Version != version {
		return nil, fmt.Errorf("version %d is not known", l.Version)
	}
	for _, p := range l.Paths {
		queue = append(queue, string(p))
	}
	return queue, nil
}

// errOther says that a place and a list are no pair.
var errOther = errors.New("it is about another queue")

// begin is the beginning of a list, with what does not depend on it of a place.
func (p *place) begin(queue []string) State {
	return State{Queue: queue, Playing: p.Playing, Volume: p.Volume, Shuffle: p.Shuffle, Repeat: p.Repeat}
}

// state puts both together.
func (p *place) state(queue []string) (State, error) {
	if sum(queue) != p.Queue {
		return State{}, errOther
	}
	if p.Index >= max(len(queue), 1) {
		return State{}, fmt.Errorf("track %d of %d", p.Index+1, len(queue))
	}
	return State{
		Queue: queue, Index: p.Index, Position: time.Duration(p.PositionMS) * time.Millisecond, Playing: p.Playing,
		Volume: p.Volume, Shuffle: p.Shuffle, Repeat: p.Repeat,
	}, nil
}
