package debian

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Apt is an apt-get with a configuration of its own.
type Apt struct {
	folder       string
	architecture string
	far          func(string)
}

// Open prepares an apt-get for an architecture in a folder, which has to be an
// absolute path, and fetches the lists of packages. far is told how far a fetch
// is.
func Open(ctx context.Context, folder, architecture string, far func(string)) (*Apt, error) {
	sources, err := systemSources("/etc/apt")
	if err != nil {
		return nil, err
	}
	if len(sources) == 0 {
		return nil, errors.New("debian: apt here knows no archive of Debian (/etc/apt)")
	}
	for _, d := range []string{"sources", "lists/partial", "archives/partial"} {
		if err := os.MkdirAll(filepath.Join(folder, d), 0o755); err != nil {
			return nil, err
		}
	}
	for name, text := range sources {
		if err := os.WriteFile(filepath.Join(folder, "sources", name), []byte(text), 0o644); err != nil {
			return nil, err
		}
	}
	network, err := exec.CommandContext(ctx, "apt-config", "dump", "Acquire").Output()
	if err != nil {
		return nil, fmt.Errorf("debian: apt-config: %w", err)
	}
	a := &Apt{folder, architecture, far}
	if err := os.WriteFile(a.config(), []byte(configuration(folder, architecture, string(network))), 0o644); err != nil {
		return nil, err
	}
	if err := a.pretend(nil); err != nil {
		return nil, err
	}
	far("lists of packages")
	return a, a.get(ctx, folder, "update")
}

func (a *Apt) config() string { return filepath.Join(a.folder, "apt.conf") }

// configuration keeps all within a folder. Of the machine's own settings only
// those about the network hold, and not those about what else to fetch.
func configuration(folder, architecture, network string) string {
	lines := []string{
		`APT::Architecture "` + architecture + `";`,
		`APT::Architectures { "` + architecture + `"; };`,
		`APT::Install-Recommends "0";`,
		`APT::Sandbox::User "root";`, // or the folder would have to be _apt's
		`Debug::NoLocking "1";`,
		`Acquire::Languages "none";`,
		`Dir::Etc::Parts "/dev/null";`,
		`Dir::Etc::Main "/dev/null";`,
		`Dir::Etc::SourceList "/dev/null";`,
		`Dir::Etc::SourceParts "` + folder + `/sources";`,
		`Dir::State "` + folder + `";`,
		`Dir::State::Status "` + folder + `/status";`,
		`Dir::State::Lists "` + folder + `/lists";`,
		`Dir::Cache "` + folder + `";`,
		`Dir::Cache::Archives "` + folder + `/archives";`,
	}
	for line := range strings.Lines(network) {
		if !strings.Contains(line, "::IndexTargets") && !strings.HasPrefix(line, "Acquire::Languages") {
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

// pretend writes a list of installed packages.
func (a *Apt) pretend(packages []string) error {
	var b strings.Builder
	for _, p := range packages {
		fmt.Fprintf(&b, "Package: %s\nStatus: install ok installed\nArchitecture: %s\nMulti-Arch: same\nVersion: 99:99\nMaintainer: nobody\nDescription: not wanted\n\n", p, a.architecture)
	}
	return os.WriteFile(filepath.Join(a.folder, "status"), []byte(b.String()), 0o644)
}

// get runs apt-get in a folder.
func (a *Apt) get(ctx context.Context, folder string, args ...string) error {
	cmd := exec.CommandContext(ctx, "apt-get", append([]string{"-q", "-y"}, args...)...)
	cmd.Dir = folder
	cmd.Env = append(slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "LANGUAGE=") }),
		"APT_CONFIG="+a.config(), "LC_ALL=C.UTF-8")
	said := &listener{far: a.far}
	cmd.Stdout, cmd.Stderr = said, said
	cmd.WaitDelay = 5 * time.Second
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("debian: apt-get %s: %w: %s", strings.Join(args, " "), err, said.errors())
	}
	return nil
}

// A listener hears what apt-get says.
type listener struct {
	far   func(string)
	all   bytes.Buffer
	begun int    // files
	of    string // how much
}

func (l *listener) Write(p []byte) (int, error) {
	l.all.Write(p)
	for line := range bytes.Lines(p) {
		if bytes.HasPrefix(line, []byte("Get:")) {
			l.begun++
			l.far(strings.TrimSpace(fmt.Sprintf("%d files %s", l.begun, l.of)))
		}
		if rest, ok := bytes.CutPrefix(line, []byte("Need to get ")); ok { // "94.1 MB of archives."
			size, _, _ := bytes.Cut(rest, []byte(" of "))
			l.of = "of " + string(size)
		}
	}
	return len(p), nil
}

// errors are the lines in which apt-get says what went wrong.
func (l *listener) errors() string {
	var bad []string
	for line := range bytes.Lines(l.all.Bytes()) {
		if bytes.HasPrefix(line, []byte("E:")) {
			bad = append(bad, string(bytes.TrimSpace(line)))
		}
	}
	return strings.Join(bad, " ")
}
