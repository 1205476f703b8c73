// Package blocks cuts a run of equal blocks in a file into packets: the
// frames of PCM and the blocks of ADPCM, which is all that the bodies of WAV
// and AIFF files are. As the blocks are equal, seeking is arithmetic and
// exact to the block.
package blocks
