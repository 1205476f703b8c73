// Package jpeg is what decoders of ISO/IEC 10918-1 (ITU-T T.81) share: its marker
// segments and its Huffman tables. Clauses in comments are T.81's.
package jpeg
