//go:build !(linux && (386 || amd64 || arm || arm64 || loong64 || riscv64))

package ao

// openALSA is nil: ALSA is Linux.
var openALSA func(device string) (OpenFunc, error)
