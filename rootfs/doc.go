// Package rootfs says what is in the root file system of the appliance: one
// program, the folders that its first process mounts things on, and a text
// that says which version it is. It is data; deploy/image makes images of it.
package rootfs
