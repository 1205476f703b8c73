// Package debian fetches packages from the Debian that this machine's apt
// knows, without installing anything and without root's rights: programs that
// Debian has compiled for another architecture, with all the libraries that they
// need, and sources.
//
// apt gets a configuration of its own, with package lists, a cache and an empty
// list of installed packages in a folder. From the machine's it takes over where
// the packages come from and how to reach that.
package debian
