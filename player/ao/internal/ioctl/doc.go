// Package ioctl is the system call of that name, for the devices of sound.
package ioctl
