package main

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"linnet/board"
	"linnet/deploy/image"
)

// keyFlag is whose updates a system takes, or who signs one.
type keyFlag struct {
	Key string `placeholder:"FILE" help:"The key of updates; without it, this user's own for development, which is made when it is first needed."`
}

// path is the key's file. Without a flag it is a key for development.
func (k keyFlag) path(out io.Writer) (string, error) {
	if k.Key != "" {
		return k.Key, nil
	}
	path, err := image.DevelopmentKey()
	if err != nil {
		return "", fmt.Errorf("%w; name one with --key", err)
	}
	err = image.NewKey(path)
	if errors.Is(err, fs.ErrExist) {
		return path, nil
	}
	if err == nil {
		fmt.Fprintf(out, "linnet-image: made a key for development, %s: whoever has it can sign updates for what is built with it\n", path)
	}
	return path, err
}

// public is the key that goes into a system of a board; one that takes no
// updates has none.
func (k keyFlag) public(b board.Board, out io.Writer) (ed25519.PublicKey, error) {
	if b.Flash.Size == 0 {
		return nil, nil
	}
	path, err := k.path(out)
	if err != nil {
		return nil, err
	}
	return image.PublicKey(path)
}

type keygenCmd struct {
	File string `arg:"" help:"Where to put it, such as release.key; the public one is put beside it as release.pub."`
}

// Help is kong's longer text.
func (keygenCmd) Help() string {
	return `The private key (PEM, PKCS 8, for its owner alone to read) signs updates: keep it off the network and have a copy, for without it no board in the field takes an update ever again. The
public one goes into the images that are built with --key; it may be given to anybody.`
}

// Run makes a key.
func (c *keygenCmd) Run(s *streams) error {
	if err := image.NewKey(c.File); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%s signs updates; %s goes into images.\n", c.File, image.PublicOf(c.File))
	return nil
}

type updateCmd struct {
	keyFlag
	Board string `default:"smdk2410" help:"A board that starts from flash: smdk2410."`
	Dir   string `short:"d" placeholder:"DIR" help:"Where the image is, by default build/BOARD."`
	To    string `short:"o" placeholder:"FILE" help:"The update; by default linnet-BOARD-VERSION.update beside the image."`
}

// Help is kong's longer text.
func (updateCmd) Help() string {
	return `Packs what linnet-image build has made, its kernel and its root file system, into one file and signs it. On the root of a USB stick or SD card a board finds it and offers it
under Settings, Update and reset. A board takes it if it was built with the public key to this private one, and does not run a later release.`
}

// Run makes an update.
func (c *updateCmd) Run(s *streams) error {
	set, err := inFlash(c.Board, &c.Dir)
	if err != nil {
		return err
	}
	path, err := c.path(s.out)
	if err != nil {
		return err
	}
	key, err := image.PrivateKey(path)
	if err != nil {
		return err
	}
	to, err := set.Update(key, c.To)
	if err != nil {
		return err
	}
	info, err := os.Stat(to)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%s: %.2f MB, signed with %s\n", to, float64(info.Size())/1e6, path)
	return nil
}
