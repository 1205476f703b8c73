package player

import "slices"

// Arrange moves and removes tracks of the queue: it becomes the tracks whose
// places in the present one order lists, in that order. A place that is not in
// the queue is left out, and so is one that is listed again. What is heard goes
// on, without a gap; where it was removed, what came next is played
// from its beginning, and where nothing did, it stops.
func (p *Player) Arrange(order []int) {
	order = slices.Clone(order)
	p.post(func() {
		p.edit(func(list []Entry) []Entry {
			var picked []Entry
			for _, i := range order {
				if i >= 0 && i < len(list) && list[i].ID != 0 {
					picked = append(picked, list[i])
					list[i].ID = 0
				}
			}
			return picked
		})
	})
}

// Remove takes a track out of the queue.
func (p *Player) Remove(index int) {
	p.post(func() {
		p.edit(func(list []Entry) []Entry {
			if index < 0 || index >= len(list) {
				return list
			}
			return slices.Delete(list, index, index+1)
		})
	})
}

// Move puts a track to another place; those between give way.
func (p *Player) Move(from, to int) {
	p.post(func() {
		p.edit(func(list []Entry) []Entry {
			if from < 0 || from >= len(list) || to < 0 || to >= len(list) {
				return list
			}
			moved := list[from]
			return slices.Insert(slices.Delete(list, from, from+1), to, moved)
		})
	})
}
