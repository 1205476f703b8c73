package player

import "slices"

// Arrange moves and removes tracks of the queue: it becomes the tracks whose
// places in the present one order lists, in that order. A place that is not in
// the queue is left out, and so is one that is listed again. What is heard goes
// on, at the very next frame; where it was removed, what came next is played
// from its beginning, and where nothing did, it stops.
func (p *Player) Arrange(order []int) {
	order = slices.Clone(order)
	p.post(func() { p.arrange(order) })
}

// Remove takes a track out of the queue.
func (p *Player) Remove(index int) {
	p.post(func() {
		var order []int
		for i := range p.count() {
			if i != index {
				order = append(order, i)
			}
		}
		p.arrange(order)
	})
}

// Move puts a track to another place; those between give way.
func (p *Player) Move(from, to int) {
	p.post(func() {
		n := p.count()
		if from < 0 || from >= n || to < 0 || to >= n {
			return
		}
		order := make([]int, 0, n)
		for i := range n {
			if i != from {
				order = append(order, i)
			}
		}
		p.arrange(slices.Insert(order, to, from))
	})
}

func (p *Player) arrange(order []int) {
	if p.feed != nil {
		p.out.pause() // so that the place stands still
	}
	s := p.Status()
	p.mu.Lock()
	paths, places := p.queue.pick(order)
	index, same := survivor(places, s.Index, len(p.queue.paths))
	p.queue.set(paths, index)
	p.failed = make(map[int]struct{})
	p.next = max(index, 0)
	if same && len(p.marks) > 0 {
		m, _ := p.markAt(p.out.now())
		m.index = index
		p.marks = append(p.marks[:0], m)
	}
	p.mu.Unlock()
	p.send(Event{Type: QueueChanged})
	switch {
	case p.feed == nil:
	case index < 0:
		p.stop()
		p.send(Event{Type: Finished})
	case same:
		p.begin(index, s.Position)
	default:
		p.begin(index, 0)
	}
	if p.feed != nil && s.State == Playing {
		p.out.resume(true)
	}
}

// pick is the paths at the places that order lists, and the new place of each
// old one, -1 where it is gone.
func (q *queue) pick(order []int) (paths []string, places []int) {
	places = make([]int, len(q.paths))
	for i := range places {
		places[i] = -1
	}
	for _, i := range order {
		if i < 0 || i >= len(places) || places[i] >= 0 {
			continue
		}
		places[i] = len(paths)
		paths = append(paths, q.paths[i])
	}
	return paths, places
}

// survivor is the new place of the current track, or of the first one behind
// it that is still there, or -1.
func survivor(places []int, current, n int) (index int, same bool) {
	for i := max(current, 0); i < n; i++ {
		if places[i] >= 0 {
			return places[i], i == current
		}
	}
	return -1, false
}
