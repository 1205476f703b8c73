package pcm

import "encoding/binary"

func unpackU8(dst []int32, src []byte) {
	src = src[:len(dst)]
	for i := range dst {
		dst[i] = int32(uint32(src[i]^0x80) << 24)
	}
}

func unpackS8(dst []int32, src []byte) {
	src = src[:len(dst)]
	for i := range dst {
		dst[i] = int32(uint32(src[i]) << 24)
	}
}

func unpackS16LEGeneric(dst []int32, src []byte) {
	for i := range dst {
		b := src[2*i : 2*i+2 : 2*i+2]
		dst[i] = int32(uint32(b[0])<<16 | uint32(b[1])<<24)
	}
}

func unpackS16BE(dst []int32, src []byte) {
	for i := range dst {
		b := src[2*i : 2*i+2 : 2*i+2]
		dst[i] = int32(uint32(b[1])<<16 | uint32(b[0])<<24)
	}
}

func unpackS24LEGeneric(dst []int32, src []byte) {
	for i := range dst {
		b := src[3*i : 3*i+3 : 3*i+3]
		dst[i] = int32(uint32(b[0])<<8 | uint32(b[1])<<16 | uint32(b[2])<<24)
	}
}

func unpackS24BE(dst []int32, src []byte) {
	for i := range dst {
		b := src[3*i : 3*i+3 : 3*i+3]
		dst[i] = int32(uint32(b[2])<<8 | uint32(b[1])<<16 | uint32(b[0])<<24)
	}
}

func unpackS32LE(dst []int32, src []byte) {
	for i := range dst {
		dst[i] = int32(binary.LittleEndian.Uint32(src[4*i:]))
	}
}

func unpackS32BE(dst []int32, src []byte) {
	for i := range dst {
		dst[i] = int32(binary.BigEndian.Uint32(src[4*i:]))
	}
}

func unpackALaw(dst []int32, src []byte) {
	src = src[:len(dst)]
	for i := range dst {
		dst[i] = int32(aLaw[src[i]]) << 16
	}
}

func unpackMuLaw(dst []int32, src []byte) {
	src = src[:len(dst)]
	for i := range dst {
		dst[i] = int32(muLaw[src[i]]) << 16
	}
}
