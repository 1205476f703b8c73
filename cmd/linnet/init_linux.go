package main

import (
	"os"
	"path/filepath"
	"strconv"
	"time"

	"linnet/rootfs/initd"
)

// buildTime is when, in seconds since 1970; set by the build.
var buildTime = ""

// beInit is the appliance's first process, if this is it; then it does not
// return. Nothing of the program is set up before. The name counts, too: as
// the only process of a container linnet is itself.
func beInit() {
	if os.Getpid() != 1 || filepath.Base(os.Args[0]) != "init" {
		return
	}
	seconds, _ := strconv.ParseInt(buildTime, 10, 64)
	initd.Main(initd.Config{Version: versionText(), Built: time.Unix(seconds, 0)})
}
