// Package desktop holds what a desktop knows Linnet by: the entry of its menus, the
// icon, and the script that installs them with the program, for `make install`.
package desktop
