// Command gen writes the table of package ogg. It runs in that package's
// folder, by go generate.
package main

import (
	"bytes"
	"fmt"

	"linnet/player/internal/tablegen"
)

func main() { files.Write() }

// files says what each generated file holds.
var files = tablegen.Files{"tables.go": tables}

// tables is the checksum of each byte, polynomial 0x04c11db7 from the highest
// bit down: RFC 3533 clause 6.
func tables() []byte { return tablegen.Source("ogg", write) }

func write(b *bytes.Buffer) {
	b.WriteString("// crcTable is the checksum of each byte.\nvar crcTable = [256]uint32{")
	for i := range uint32(256) {
		if i%8 == 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(b, "%#08x, ", checksum(i<<24))
	}
	b.WriteString("\n}\n")
}

// checksum divides a byte at the top by the polynomial.
func checksum(crc uint32) uint32 {
	for range 8 {
		carry := crc >> 31
		crc = crc<<1 ^ carry*0x04c11db7
	}
	return crc
}
