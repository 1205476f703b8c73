// Package wav takes RIFF/WAVE files apart: Microsoft's and IBM's "Multimedia
// Programming Interface and Data Specifications 1.0" with Microsoft's later
// WAVE_FORMAT_EXTENSIBLE, the 64-bit variant RF64/BW64 of EBU Tech 3306 and
// ITU-R BS.2088, and RIFX, which has all numbers big-endian.
//
// It reads PCM of 8 to 32 bits in containers of whole bytes, IEEE float,
// A-law, mu-law, IMA ADPCM and Microsoft ADPCM, each in one stream with ID 0; and
// MPEG audio (Layers I, II and III), which whoever opens the file has cut into frames.
// Sizes are taken for what the file can hold: a data chunk of size zero or of
// all ones, as a recorder leaves that never finished, or one that is larger
// than the file, goes on to the end of the file.
//
// What RIFF calls a LIST of type INFO becomes tags, wherever it stands.
package wav
