//go:build !race

package app

// usualEvents is what the monkey does on each page.
const usualEvents = 100_000
