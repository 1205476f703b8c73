package main

// Blocks of few coefficients, which need no passes.

// level writes a column of one coefficient.
func (o *out) level(add bool) {
	o.line("MOVW (R1), R5")
	if add {
		o.line("MOVBU (R0), R6")
	}
	o.line("ADD $32, R5, R5")
	o.line("RSB R5<<14, R5, R5")
	if !add {
		o.line("MOVBU R5->20(R3), R4")
		o.line("ADD $32, R1, R1")
		for range 8 {
			o.line("MOVB.P R4, R2<<0(R0)")
		}
		return
	}
	o.line("ADD R5->20, R3, R5") // the middle of clips for this column
	for i := range 8 {
		t, other := "R6", "R7"
		if i&1 != 0 {
			t, other = other, t
		}
		o.line("MOVBU %s<<0(R5), %s", t, t)
		if i < 7 {
			o.line("MOVBU R2<<0(R0), %s", other)
		} else {
			o.line("ADD $32, R1, R1")
		}
		o.line("MOVB.P %s, R2<<0(R0)", t)
	}
}

// upright writes the function for blocks with coefficients in the first column
// only: each line's samples are alike.
func (o *out) upright(add bool) {
	o.begin(title("Upright", add), frame)
	o.sums(8, all, func(k int, r string) {
		o.line("MOVH %d(R1), %s", 16*k, r)
	})
	even := o.halves(8, 4)
	o.line("MOVW $0, R4")
	for k := range 8 {
		o.line("MOVH R4, %d(R1)", 16*k)
	}
	o.line("MOVW $%s, R1", turned)
	for i, e := range even {
		o.line("ADD R%d, %s, R4", 6+i, e)
		o.line("SUB R%d, %s, R0", 6+i, e)
		o.line("MOVW R4<<3, R4")
		o.line("MOVW R0<<3, R0")
		o.line("MOVW R4, %d(R1)", 4*i)
		o.line("MOVW R0, %d(R1)", 4*(7-i))
	}
	o.line("MOVW dst_base+0(FP), R0")
	o.line("MOVW stride+12(FP), R2")
	o.line("MOVW $·clips+%d(SB), R3", below)
	o.line("ADD $32, R1, R6")
	o.label("line")
	o.line("MOVW.P 4(R1), R4")
	if add {
		o.line("MOVBU (R0), R7")
		o.line("ADD R4->20, R3, R5")
		o.addLine()
	} else {
		o.line("CMP R6, R1")
		o.line("MOVBU R4->20(R3), R4")
		o.line("ADD R2, R0, R5")
		o.line("ORR R4<<8, R4, R4")
		o.line("ORR R4<<16, R4, R4")
		o.line("MOVW R4, 4(R0)")
		o.line("MOVW R4, (R0)")
		o.line("MOVW R5, R0")
	}
	if add {
		o.line("CMP R6, R1")
	}
	o.line("BNE line")
	o.line("RET")
}

// addLine adds to a line, of which R7 is the first sample; R5 is the middle of
// clips for it. It moves on to the next line.
func (o *out) addLine() {
	for i := range 8 {
		t, other := "R7", "R8"
		if i&1 != 0 {
			t, other = other, t
		}
		o.line("MOVBU %s<<0(R5), %s", t, t)
		if i < 7 {
			o.line("MOVBU %d(R0), %s", i+1, other)
			o.line("MOVB %s, %d(R0)", t, i)
		} else {
			o.line("ADD R2, R0, R9")
			o.line("MOVB %s, %d(R0)", t, i)
			o.line("MOVW R9, R0")
		}
	}
}

// flat writes the functions for blocks of one coefficient, which is one value.
func (o *out) flat() {
	o.begin("putFlat", 0)
	o.dc()
	o.line("CMP $255, R3")
	o.line("MVN.HI R3->31, R3")
	o.line("AND $255, R3, R3")
	o.line("ORR R3<<8, R3, R3")
	o.line("ORR R3<<16, R3, R3")
	o.line("MOVW R3, R4")
	for range 8 {
		o.line("MOVM.IA [R3-R4], (R0)")
		o.line("ADD R2, R0, R0")
	}
	o.line("RET")
	o.begin("addFlat", 0)
	o.dc()
	o.line("CMP $0, R3")
	o.line("BEQ nothing")
	o.line("MOVW $·clips+%d(SB), R5", below)
	o.line("ADD R3, R5, R5")
	o.line("MOVW $8, R6")
	o.label("line")
	o.line("MOVBU (R0), R7")
	o.line("SUB.S $1, R6, R6")
	o.addLine()
	o.line("BNE line")
	o.label("nothing")
	o.line("RET")
}

// dc takes the coefficient, makes the value in R3 as rows and columns would,
// and loads dst and stride.
func (o *out) dc() {
	o.line("MOVH (R1), R3")
	o.line("MOVW $0, R4")
	o.line("MOVW dst_base+0(FP), R0")
	o.line("MOVH R4, (R1)")
	o.line("MOVW stride+12(FP), R2")
	o.line("MOVW R3<<3, R3")
	o.line("ADD $32, R3, R3")
	o.line("RSB R3<<14, R3, R3")
	o.line("MOVW R3->20, R3")
}
