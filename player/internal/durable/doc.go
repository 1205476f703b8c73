// Package durable writes small files that outlive a power cut, to a medium that
// wears: each is the old or the new one whenever the power goes, and a Budget
// bounds how much is written an hour.
package durable
