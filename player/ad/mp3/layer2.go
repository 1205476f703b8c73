package mp3

import "linnet/player/internal/mpa"

// allocation is one of Layer II's tables of bit allocation, ISO/IEC 11172-3
// table B.2 and ISO/IEC 13818-3 table B.1: for each subband the bits of its
// code and the row of quantisers.
type allocation struct {
	bands int
	rows  []allocationRow
}

type allocationRow struct {
	upTo int // the first subband that is not of this row
	bits int
	row  *[16]uint8
}

// Quantisers by allocation code, plus 1.
var (
	rowLow     = [16]uint8{0, 1, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17}
	rowMiddle  = [16]uint8{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 17}
	rowUpper   = [16]uint8{0, 1, 2, 3, 4, 5, 6, 17}
	rowTop     = [16]uint8{0, 1, 2, 17}
	rowScarce  = [16]uint8{0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}
	rowHalfLow = [16]uint8{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}
)

var (
	rowsFull   = []allocationRow{{3, 4, &rowLow}, {11, 4, &rowMiddle}, {23, 3, &rowUpper}, {30, 2, &rowTop}}
	rowsScarce = []allocationRow{{2, 4, &rowScarce}, {12, 3, &rowScarce}}
	rowsHalf   = []allocationRow{{4, 4, &rowHalfLow}, {11, 3, &rowScarce}, {30, 2, &rowScarce}}
)

// allocationOf chooses the table by sampling rate and bit rate per channel;
// in free format it is that of high rates.
func allocationOf(h *mpa.Header) allocation {
	if h.Version != mpa.MPEG1 {
		return allocation{30, rowsHalf}
	}
	switch rate := h.BitRate / h.Channels(); {
	case rate != 0 && rate < 56000:
		if h.Rate == 32000 {
			return allocation{12, rowsScarce}
		}
		return allocation{8, rowsScarce}
	case rate != 0 && rate < 96000 || h.Rate == 48000:
		return allocation{27, rowsFull}
	}
	return allocation{30, rowsFull}
}

// readLayer2 reads the allocation and the scale factor selection of a Layer
// II frame, ISO/IEC 11172-3 2.4.1.6.
func (l *layer12) readLayer2(r *bitReader, h *mpa.Header) {
	a := allocationOf(h)
	l.bands = a.bands
	rows := a.rows
	for sb := range l.bands {
		if sb == rows[0].upTo {
			rows = rows[1:]
		}
		for ch := range l.coded(h, sb) {
			l.quant[ch][sb] = rows[0].row[r.bits(rows[0].bits)]
		}
		l.share(h, sb)
	}
	for sb := range l.bands {
		for ch := range h.Channels() {
			if l.quant[ch][sb] != 0 {
				l.scfsi[ch][sb] = uint8(r.bits(2))
			}
		}
	}
}
