package main

// The first pass: rows.

import "fmt"

// odd adds the products of coefficient k, which is in register c, to the sums of
// the odd half, R6 to R9. c, v, s and u are lost.
//
// With 9, 11, 565, 821, 75 and 9589 times c at hand, the cosines are
//
//	w1 = 9589 + 821<<4    w3 = 9589<<1 + 11<<3
//	w5 = 9589 + 821<<2    w7 = 565<<3
func (o *out) odd(k int, c, v, s, u string) {
	o.line("ADD %s<<3, %s, %s", c, c, s)
	o.line("ADD %s<<1, %s, %s", c, s, v)
	o.line("RSB %s<<6, %s, %s", s, v, s)
	o.line("ADD %s<<8, %s, %s", c, s, u)
	o.line("ADD %s<<6, %s, %s", c, v, c)
	o.line("RSB %s<<7, %s, %s", c, v, c)
	// What each of the four sums takes: a cosine, and its sign.
	terms := map[int][4]int{1: {1, 3, 5, 7}, 3: {3, -7, -1, -5}, 5: {5, -1, 7, 3}, 7: {7, -5, 3, -1}}[k]
	for i, w := range terms {
		sum, op := fmt.Sprintf("R%d", 6+i), "ADD"
		if w < 0 {
			w, op = -w, "SUB"
		}
		part := map[int][2]string{1: {c, u + "<<4"}, 3: {c + "<<1", v + "<<3"}, 5: {c, u + "<<2"}, 7: {s + "<<3"}}[w]
		switch {
		case k != 1:
			o.line("%s %s, %s, %s", op, part[0], sum, sum)
			if part[1] != "" {
				o.line("%s %s, %s, %s", op, part[1], sum, sum)
			}
		case w == 3:
			o.line("MOVW %s, %s", part[1], sum)
			o.line("ADD %s, %s, %s", part[0], sum, sum)
		case w == 7:
			o.line("MOVW %s, %s", part[0], sum)
		default:
			o.line("ADD %s, %s, %s", part[1], part[0], sum)
		}
	}
}

// even2 makes the even half's products of coefficient 2, which is in c: a is
// w2*c, and c becomes w6*c. q and p are lost. With q, 31 times c, and p, 5023 times,
//
//	w2 = p + 1<<14    w6 = p + q<<7 - q<<2
func (o *out) even2(c, a, q, p string) {
	o.products(c, q, p)
	o.line("ADD %s<<14, %s, %s", c, p, a)
	o.line("ADD %s<<7, %s, %s", q, p, c)
	o.line("SUB %s<<2, %s, %s", q, c, c)
}

// even6 adds those of coefficient 6: w6*c to a, and -w2*c to b.
func (o *out) even6(c, a, b, q, p string) {
	o.products(c, q, p)
	o.line("ADD %s, %s, %s", p, a, a)
	o.line("ADD %s<<7, %s, %s", q, a, a)
	o.line("SUB %s<<2, %s, %s", q, a, a)
	o.line("SUB %s, %s, %s", p, b, b)
	o.line("SUB %s<<14, %s, %s", c, b, b)
}

// products makes 31 and 5023 times c in q and p.
func (o *out) products(c, q, p string) {
	o.line("RSB %s<<5, %s, %s", c, c, q)
	o.line("ADD %s<<3, %s, %s", c, q, p)
	o.line("ADD %s<<7, %s, %s", p, q, p)
}

// rows transforms the first n rows of the block, and leaves zeros there. n is
// what next and left say.
func (o *out) rows() {
	o.line("MOVW $%s, R1", turned)
	o.label("row")
	o.line("MOVW %s, R0", next)
	o.line("MOVM.IA.W (R0), [R2-R5]")
	o.line("MOVW R0, %s", next)
	o.line("ORR R5, R4, R11")
	o.line("ORR R3, R11, R11")
	o.line("ORR.S R2>>16, R11, R11")
	o.line("BEQ level")
	for k, word := range []string{"R2", "R3", "R4", "R5"} {
		o.line("MOVW.S %s->16, R11", word)
		if k == 0 {
			o.line("BEQ none")
		} else {
			o.line("BEQ without%d", 2*k+1)
		}
		o.odd(2*k+1, "R11", "R12", "R14", "R0")
		if k == 0 {
			o.label("begun")
		} else {
			o.label("without%d", 2*k+1)
		}
	}
	o.line("MOVW R3<<16, R3")
	o.line("MOVW R3->16, R3")
	o.even2("R3", "R14", "R0", "R12")
	o.line("MOVW R2<<16, R2")
	o.line("MOVW R2->16, R2")
	o.line("MOVW R4<<16, R4")
	o.line("ADD R4->16, R2, R11")
	o.line("SUB R4->16, R2, R2")
	o.line("MOVW.S R5<<16, R5")
	o.line("BEQ without6")
	o.line("MOVW R5->16, R5")
	o.even6("R5", "R14", "R3", "R0", "R4")
	o.label("without6")
	o.line("RSB R11<<14, R11, R11")
	o.line("ADD $1024, R11, R11")
	o.line("RSB R2<<14, R2, R2")
	o.line("ADD $1024, R2, R2")
	for i, e := range [4][3]string{{"ADD", "R14", "R11"}, {"ADD", "R3", "R2"}, {"SUB", "R3", "R2"}, {"SUB", "R14", "R11"}} {
		o.line("%s %s, %s, R4", e[0], e[1], e[2])
		o.line("ADD R%d, R4, R5", 6+i)
		o.line("MOVW R5->11, R5")
		o.line("MOVW R5, %d(R1)", 32*i)
		o.line("SUB R%d, R4, R5", 6+i)
		o.line("MOVW R5->11, R5")
		o.line("MOVW R5, %d(R1)", 32*(7-i))
	}
	o.label("done")
	o.line("MOVW %s, R14", left)
	o.line("ADD $1, R14, R14")
	o.label("end")
	o.line("ADD $4, R1, R1")
	o.line("ADD.S R14, R14, R14")
	o.line("MOVW R14, %s", left)
	o.line("BCC row")
}

// rowEnds are the rare ways through a row.
func (o *out) rowEnds() {
	o.label("none")
	for i := range 4 {
		o.line("MOVW $0, R%d", 6+i)
	}
	o.line("B begun")
	o.label("level")
	o.line("MOVW.S R2<<16, R2")
	o.line("MOVW R2->13, R2")
	for i := range 8 {
		o.line("MOVW R2, %d(R1)", 32*i)
	}
	o.line("BNE done")
	o.line("MOVW %s, R14", left)
	o.line("B end")
}

// clear leaves zeros in the rows that were used. R14 is used from here on.
func (o *out) clear() {
	o.line("MOVW b+16(FP), R0")
	o.line("MOVW used+20(FP), R14")
	for i := range 8 {
		o.line("MOVW $0, R%d", 2+i)
	}
	o.line("MOVM.IA.W [R2-R9], (R0)")
	o.line("CMP $16, R14")
	o.line("BLT cleared")
	o.line("MOVM.IA.W [R2-R9], (R0)")
	o.line("CMP $32, R14")
	o.line("BLT cleared")
	o.line("MOVM.IA.W [R2-R9], (R0)")
	o.line("MOVM.IA [R2-R9], (R0)")
	o.label("cleared")
}
