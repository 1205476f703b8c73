// Package runlevel reads the coefficients of 8x8 blocks that MPEG video and
// JPEG have in common: codes for a run of zeros and the level behind it,
// inversely quantised as they come.
//
// A Scan is a block on its way. It knows the short codes, those of up to nine
// bits with the sign; the others, and escapes, are read by who owns the Scan,
// one at a time, and handed to Put. Most coefficients have short codes, and for
// these Read is one loop, on ARM a kernel, that keeps the stream's and the
// block's state in registers.
//
// The order in which coefficients come and what each is multiplied by are one
// table, Steps. A Ladder has one for each quantiser, made when it is first
// asked for.
package runlevel

//go:generate go run ./internal/gen
