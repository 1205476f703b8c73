package main

// The second pass: columns, and what they are put or added to.

import "fmt"

// block writes the function for blocks of which used says where their
// coefficients are.
func (o *out) block(add bool) {
	o.begin(title("Any", add), frame)
	o.line("MOVW R1, R0")
	o.note("rows 0, 0 and 1, 0 to 3, or all of them")
	o.line("MOVW $1<<24, R14")
	o.line("CMP $32, R4")
	o.line("MOVW.LT $1<<28, R14")
	o.line("CMP $16, R4")
	o.line("MOVW.LT $1<<30, R14")
	o.line("CMP $8, R4")
	o.line("MOVW.LT $1<<31, R14")
	o.line("MOVW R0, %s", next)
	o.line("MOVW R14, %s", left)
	o.rows()
	o.clear()
	o.line("MOVW $%s, R1", turned)
	o.line("MOVW dst_base+0(FP), R0")
	o.line("MOVW stride+12(FP), R2")
	o.line("MOVW $·clips+%d(SB), R3", below)
	o.line("CMP $8, R14")
	o.line("BLT columns1")
	o.line("CMP $16, R14")
	o.line("BLT columns2")
	o.line("CMP $32, R14")
	o.line("BLT columns4")
	sizes := []int{8, 4, 2, 1}
	if add {
		o.sparse()
		sizes = sizes[1:]
	}
	for _, n := range sizes {
		o.label("columns%d", n)
		o.columns(add, n, all, fmt.Sprintf("columns%d", n))
	}
	o.rowEnds()
}

// all are the rows of any column.
const all = 255

// columns writes the loop over the columns, of which only n coefficients can be
// other than 0, and of these those that rows has.
func (o *out) columns(add bool, n, rows int, label string) {
	if n == 1 {
		o.level(add)
	} else {
		o.sums(n, rows, func(k int, r string) { o.line("MOVW %d(R1), %s", 4*k, r) })
		o.samples(add, o.halves(n, 32))
		o.line("ADD $32, R1, R1")
	}
	o.line("SUB R2<<3, R0, R0")
	o.line("ADD $1, R0, R0")
	o.line("TST $7, R0")
	o.line("BNE %s", label)
	o.line("RET")
}

// sparse writes the loops for columns of eight: one for each of the ways in which
// rows 5, 6 and 7 can be zero.
func (o *out) sparse() {
	o.line("MOVW %s, R4", left)
	var branch func(name string, rows, k int)
	branch = func(name string, rows, k int) {
		if k > 7 {
			label := name + "Next"
			o.label(label)
			o.columns(true, 8, rows, label)
			return
		}
		o.line("TST $%d, R4", 256>>k)
		o.line("BEQ %sno%d", name, k)
		branch(name+fmt.Sprintf("with%d", k), rows, k+1)
		o.label("%sno%d", name, k)
		branch(name+fmt.Sprintf("no%d", k), rows&^(1<<k), k+1)
	}
	branch("rows", all, 5)
}

// sums makes the sums of a column of n coefficients: the odd half's in R6 to R9;
// w2*c2 + w6*c6 in R12, w6*c2 - w2*c6 in R4; c0 in R5 and c4 in R11. load loads the
// k-th of them.
func (o *out) sums(n, rows int, load func(k int, r string)) {
	c, ahead := "R4", "R14"
	load(1, c)
	for k := 1; k < n; k += 2 {
		if rows>>k&1 == 0 {
			continue
		}
		following := k + 2
		for following < n && rows>>following&1 == 0 {
			following += 2
		}
		switch {
		case following < n:
			load(following, ahead)
		case n > 2:
			load(2, ahead)
		default:
			load(0, ahead)
		}
		o.odd(k, c, "R5", "R11", "R12")
		c, ahead = ahead, c
	}
	if n == 2 {
		o.line("MOVW %s, R5", c)
		return
	}
	if c != "R4" {
		o.line("MOVW %s, R4", c)
	}
	switch {
	case n == 4:
		load(0, "R5")
		o.even2("R4", "R12", "R14", "R11")
	case rows>>6&1 == 0:
		load(0, "R5")
		o.even2("R4", "R12", "R14", "R11")
		load(4, "R11")
	default:
		load(6, "R14")
		o.even2("R4", "R12", "R5", "R11")
		o.even6("R14", "R12", "R4", "R5", "R11")
		load(0, "R5")
		load(4, "R11")
	}
}

// halves adds round, which rounds, and makes the even half of a column of n
// coefficients out of what sums left. It returns where.
func (o *out) halves(n, round int) [4]string {
	o.line("ADD $%d, R5, R5", round)
	switch n {
	case 2:
		o.line("RSB R5<<14, R5, R5")
		return [4]string{"R5", "R5", "R5", "R5"}
	case 4:
		o.line("RSB R5<<14, R5, R5")
		o.line("ADD R12, R5, R14")
		o.line("SUB R4, R5, R11")
		o.line("SUB R12, R5, R12")
		o.line("ADD R4, R5, R5")
		return [4]string{"R14", "R5", "R11", "R12"}
	}
	o.line("ADD R11, R5, R14")
	o.line("SUB R11, R5, R11")
	o.line("RSB R14<<14, R14, R5")
	o.line("RSB R11<<14, R11, R11")
	o.line("ADD R12, R5, R14")
	o.line("SUB R12, R5, R5")
	o.line("ADD R4, R11, R12")
	o.line("SUB R4, R11, R11")
	return [4]string{"R14", "R12", "R11", "R5"}
}

// samples writes a column, downwards from R0, which ends up behind it. even is the
// even half, the odd half is in R6 to R9, R3 is the middle of clips. No load is
// followed at once by what needs it.
func (o *out) samples(add bool, even [4]string) {
	if add {
		o.addSamples(even)
		return
	}
	for i, e := range even {
		o.line("ADD R%d, %s, R4", 6+i, e)
		o.line("MOVBU R4->20(R3), R4")
		o.line("SUB R%d, %s, R%d", 6+i, e, 6+i)
		o.line("MOVB.P R4, R2<<0(R0)")
	}
	o.line("MOVBU R9->20(R3), R4")
	o.line("MOVBU R8->20(R3), R14")
	o.line("MOVB.P R4, R2<<0(R0)")
	o.line("MOVBU R7->20(R3), R4")
	o.line("MOVB.P R14, R2<<0(R0)")
	o.line("MOVBU R6->20(R3), R14")
	o.line("MOVB.P R4, R2<<0(R0)")
	o.line("MOVB.P R14, R2<<0(R0)")
}

// addSamples adds a column to what is there. R1 and R14 take turns: while one is
// limited and written, the other has the next line's sample.
func (o *out) addSamples(even [4]string) {
	o.line("MOVW R1, %s", column)
	o.line("MOVBU (R0), R1")
	for i := range 8 {
		t, other := "R1", "R14"
		if i&1 != 0 {
			t, other = other, t
		}
		if i < 4 {
			o.line("ADD R%d, %s, R4", 6+i, even[i])
			o.line("SUB R%d, %s, R%d", 6+i, even[i], 6+i)
			o.line("ADD R4->20, %s, %s", t, t)
		} else {
			o.line("ADD R%d->20, %s, %s", 13-i, t, t)
		}
		if i > 0 {
			o.line("MOVB.P %s, R2<<0(R0)", other)
		}
		if i < 7 {
			o.line("MOVBU R2<<0(R0), %s", other)
		}
		o.line("MOVBU %s<<0(R3), %s", t, t)
	}
	o.line("MOVW %s, R1", column)
	o.line("MOVB.P R14, R2<<0(R0)")
}
