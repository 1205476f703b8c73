package main

import (
	"bufio"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// What process 1 says of the network and of the slot.
var (
	hasAddress  = regexp.MustCompile(`initd: eth\d+: (\S+), router`)
	cardMounted = regexp.MustCompile(`initd: mmcblk0 \(vfat\) is on /media/(\w+)`)
)

// The card's name, and that of the music on it, which the flash has not.
const (
	cardLabel = "CARD"
	cardSong  = "song.mp3"
	mpdPort   = 6600 // on the board
)

// carding has the board ask for an address, and plays a file of a card that is put
// into the slot, as a client on the network says.
func (p *proof) carding() error {
	card, err := p.card("card", flashFile)
	if err != nil {
		return err
	}
	port, err := freePort()
	if err != nil {
		return err
	}
	t, err := p.begin("card", setup{
		image: p.images["flash"], shift: slowest,
		net:    fmt.Sprintf("user,hostfwd=tcp:127.0.0.1:%d-:%d", port, mpdPort),
		append: fmt.Sprintf(`linnet.args="--volume=100 --mpd=0.0.0.0:%d"`, mpdPort),
	})
	if err != nil {
		return err
	}
	defer t.end()
	line, err := t.wait(hasAddress)
	if err != nil {
		return err
	}
	p.see("the network chip, with a cable", hasAddress.FindStringSubmatch(line.Text)[1]+" from a DHCP server", "an address", true)
	if err := t.PutCard(t.ctx, card); err != nil {
		return err
	}
	if line, err = t.wait(cardMounted); err != nil {
		return err
	}
	p.see("a card, put into the slot", "is on /media/"+cardMounted.FindStringSubmatch(line.Text)[1], "that it is mounted", true)
	xruns, err := p.playByNetwork(t, port)
	if err != nil {
		return err
	}
	if err := t.end(); err != nil {
		return err
	}
	e := encodingOf(flashFile)
	r, err := p.hearAt(t, e, flashRate)
	if err != nil {
		return err
	}
	p.see(fmt.Sprintf("%d s of %s from the card, started over the network", e.seconds, e.name), fmt.Sprintf("%v, %s xruns, at %s", r, xruns, mips(slowest)),
		"every sample in one piece", r.Perfect() && xruns == "0")
	return nil
}

// card makes a card with a file of music on it.
func (p *proof) card(name, file string) (string, error) {
	path := filepath.Join(p.dir, name+".img")
	os.Remove(path)
	const size = 64 << 10 // kB, a power of 2 as cards have it
	if err := p.tool("", "mkfs.vfat", "-C", "--invariant", "-n", cardLabel, path, fmt.Sprint(size)); err != nil {
		return "", err
	}
	return path, p.tool("", "mcopy", "-i", path, filepath.Join(p.music, file), "::/"+cardSong)
}

// freePort is one that nobody listened on a moment ago.
func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

// playByNetwork plays the card's file as MPD's clients do, and says how many xruns
// the player has counted.
func (p *proof) playByNetwork(t *trial, port int) (xruns string, err error) {
	conn, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		return "", err
	}
	defer conn.Close()
	c := &mpdClient{conn, bufio.NewReader(conn)}
	if _, err := c.answer(); err != nil {
		return "", fmt.Errorf("its greeting: %w", err)
	}
	song := cardLabel + "/" + cardSong
	if err := c.waitFor(t, song); err != nil {
		return "", err
	}
	for _, command := range []string{"clear", `add "` + song + `"`, "play"} {
		if _, err := c.do(command); err != nil {
			return "", err
		}
	}
	ended, err := t.wait(audioEnded)
	if err != nil {
		return "", err
	}
	t.soundsOut()
	return audioEnded.FindStringSubmatch(ended.Text)[1], nil
}

// mpdClient is a client of MPD's protocol.
type mpdClient struct {
	net.Conn
	lines *bufio.Reader
}

// do says something, and returns what is answered.
func (c *mpdClient) do(command string) ([]string, error) {
	if _, err := fmt.Fprintln(c, command); err != nil {
		return nil, err
	}
	lines, err := c.answer()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", command, err)
	}
	return lines, nil
}

// answer is the lines up to the one that ends an answer.
func (c *mpdClient) answer() (lines []string, err error) {
	for {
		c.SetReadDeadline(time.Now().Add(2 * time.Minute))
		line, err := c.lines.ReadString('\n')
		if err != nil {
			return nil, err
		}
		line = strings.TrimSpace(line)
		switch {
		case line == "OK" || strings.HasPrefix(line, "OK MPD "):
			return lines, nil
		case strings.HasPrefix(line, "ACK "):
			return nil, fmt.Errorf("it answers %q", line)
		}
		lines = append(lines, line)
	}
}

// waitFor waits until the library knows a file.
func (c *mpdClient) waitFor(t *trial, song string) error {
	for {
		// Until then there is no such folder.
		lines, err := c.do(`listall "` + filepath.Dir(song) + `"`)
		for _, l := range lines {
			if l == "file: "+song {
				return nil
			}
		}
		if err != nil && !strings.Contains(err.Error(), "ACK") {
			return err
		}
		select {
		case <-t.ctx.Done():
			return t.ctx.Err()
		case <-time.After(200 * time.Millisecond):
		}
	}
}
