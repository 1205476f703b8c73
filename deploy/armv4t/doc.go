// Package armv4t makes Go programs run on ARMv4T: the ARM7TDMI, the ARM9TDMI and
// the ARM920T of the S3C2410.
//
// Go's oldest ARM is ARMv5. What go build makes with GOARM=5 is, on ARMv4T,
// stopped by the first call through a pointer. Lower passes over the linked
// program and replaces the instructions that ARMv4T lacks, each by a word
// that branches to where other instructions do its work. No other word of the
// program changes, so every address, table and symbol in it stays true. Verify
// decodes all that control can reach, in any program, and names what ARMv4T would
// refuse.
//
// # Telling code from data
//
// Literal pools lie in the midst of the code, and one of their words may look
// like any instruction. So nothing is replaced for its looks. The walk
// (walk.go) begins at every function that Go's function table knows, which
// stripped programs have, too, where functions go on after a recovered panic,
// and at the symbols, and follows control from there. What an instruction
// reads relative to the program counter is data, and stops the walk. It is done
// again with what is learnt until nothing changes, because a pool may follow a
// call that never returns. A word that is neither reached nor read is left
// alone; if it looks newer than ARMv4T in a function that computes addresses in
// ways that can't be followed, or outside of all functions, the program is
// refused. Go computes none.
//
// A branch through a register (BX, MOV PC, LDR PC from memory) is taken to leave
// the function, as it does in what Go compiles. Switches by jump table of C
// compilers are followed, and the mapping symbols that tell code from data in C
// are believed.
//
// # Replacing
//
// BLX Rm becomes BL to a pad with BX Rm: one pad a register serves the whole
// program. PLD and hints become NOP, BKPT becomes the word that Linux takes for
// a breakpoint. All others become B to a thunk of their own, which goes back by
// B. Conditions stay with the branch. README.md has the list. A thunk that is out
// of a branch's reach is entered by a hop near the code, LDR PC with the next
// word, and goes back by such a load. All of it stands in the padding after the code
// or in a segment of its own, and, where neither can be reached, in the padding after
// constants, whose segment becomes code, too.
//
// # Thunks and Go's runtime
//
// No function of Go's table covers a thunk. The runtime meets such program
// counters in two signal handlers, and is made for them, since C code has them,
// too. runtime.isAsyncSafePoint asks findfunc first and does not preempt there;
// the next signal will find another place. runtime.sigprof charges a sample
// to runtime._ExternalCode. Pads change nothing for tracebacks: a callee's return
// address is in the caller. Only a fatal signal from outside that arrives within
// a thunk prints "unknown pc" for that one goroutine.
//
// Thunks do not touch R10, where signal handlers take g from. Those that need
// registers push them first: signals have their own stack in Go, and in C they
// use what is below SP. The thunk of CLZ uses neither stack nor flags nor any
// register but the result's. That of SMLAWT, which stands in the runtime's
// division, pushes 8 bytes in code that may not grow the stack: the deepest
// chain of such calls that ends there took 196 of the 800 bytes that the linker
// allows (Go 1.26, go build -ldflags=-debugnosplit). Atomic
// operations on 64 bits are locks on ARMv4T, and sigprof must see from the
// program counter that it has interrupted one; so no function of
// internal/runtime/atomic may get a thunk, and a program where one would is
// refused. In the versions of Go that were tried, none does.
//
// # What is not kept
//
// The Q flag, which ARMv4T does not have; the alignment trap of LDRD; and
// interworking with Thumb by loads to PC, on ARMv4T a matter of BX alone.
// Programs with Thumb code are refused.
package armv4t
