package player

import "slices"

// Entries is a copy of the queue, with the names that it has for its entries.
func (p *Player) Entries() []Entry {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.queue.entries()
}

// Edit makes the queue what change gives for it, which runs between other
// commands and may change and return the list that it is given: entries may be
// moved, left out, and put in (with ID 0). What is heard goes on without a gap
// wherever it is moved; where it is left out, what followed it is played, if it
// played. Edit returns when the queue is the new one.
func (p *Player) Edit(change func([]Entry) []Entry) {
	done := make(chan struct{})
	p.post(func() {
		defer close(done)
		p.edit(change)
	})
	select {
	case <-done:
	case <-p.done:
	}
}

func (p *Player) edit(change func([]Entry) []Entry) {
	current := p.Status()
	p.mu.Lock()
	was := p.queue.entries()
	followers := p.queue.followers(current.Index)
	p.mu.Unlock()
	list := change(slices.Clone(was))
	if slices.Equal(was, list) {
		return
	}
	at := slices.IndexFunc(list, func(e Entry) bool { return e.ID == current.ID && e.ID != 0 })
	p.mu.Lock()
	p.queue.replace(list, at)
	next, more := at, at >= 0
	for _, id := range followers {
		if more {
			break
		}
		if i := p.queue.index(id); i >= 0 {
			next, more = i, true
		}
	}
	p.next = max(next, 0)
	p.mu.Unlock()
	switch {
	case p.feed == nil || at >= 0:
		p.reorderAhead()
		return
	case more:
		p.begin(next, 0)
	default:
		p.stop()
		p.send(Event{Type: QueueChanged})
		p.send(Event{Type: Finished})
		return
	}
	p.send(Event{Type: QueueChanged})
}

// followers are the IDs behind an index in playing order.
func (q *queue) followers(index int) []int {
	at := slices.Index(q.order, index)
	if at < 0 {
		return nil
	}
	var ids []int
	for _, i := range q.order[at+1:] {
		ids = append(ids, q.ids[i])
	}
	return ids
}

// SetSingle has playing stop behind the current track, unless that repeats.
func (p *Player) SetSingle(on bool) {
	p.post(func() {
		p.mu.Lock()
		p.queue.single = on
		p.mu.Unlock()
		p.reorderAhead()
	})
}

// nextID is the ID of what follows an index by itself, 0 for nothing.
func (q *queue) nextID(index int) int {
	if i, ok := q.after(index); ok {
		return q.id(i)
	}
	return 0
}

// Sync returns when all commands that were given before have been carried out;
// what they are about may be heard later.
func (p *Player) Sync() {
	done := make(chan struct{})
	p.post(func() { close(done) })
	select {
	case <-done:
	case <-p.done:
	}
}
