# Linnet. `make` alone lists what there is.
#
# ARGS=...      what `make run` gives to linnet instead of the demo clip and album
# BOARD=...     what `make image` and `make qemu` are for
# MEDIA=...     the folder of music that goes into the image, instead of the demo's
# TAGS=...      build tags (sdl: the window; oto: one more sound output)
# TRIALS=...    which trials of `make qemu-test`: play, video, touch, use, stick, clock, screens, kill, load,
#               sx1; all these without; and mips, filmmips, the slowest board for each coding
# CUTS=...      how often `make flash-test` cuts the power, 200
# SEED=...      another choice of when, 1
# CHIPS=...     on how many chips at a time, one for each processor
# FLASH=...     which of its trials: flash, faults, card, rtc, twice, update, cuts
# MINUTES=...   how long the trial under load plays
# ALONE=1       leaves out the players that it compares with
# FUZZTIME=...  how long `make fuzz` works on each target
# PREFIX=...    where `make install` puts it, /usr/local; below DESTDIR=..., if given
# HOURS=...     how long `make soak` plays
# EVENTS=...    how much the monkey does on each page, 100000
# WORKS=...     what `make bench` measures, such as mp3-128 or screens; all without
# TOP=...       lists so many of Linnet's functions instead, for the board

TAGS     ?= sdl
ARGS     ?= player/demo/clip player/demo/album
BOARD    ?= qemu-versatile
FUZZTIME ?= 60s
PREFIX   ?= /usr/local
HOURS    ?= 1000
EVENTS   ?= 100000
CUTS     ?= 200
SEED     ?= 1
FLASH    ?= flash faults card rtc twice update cuts
TOP      ?= 0

# Go where its installer puts it, if it is not on PATH, and a home for its
# caches where there is none that can be written.
export PATH := $(PATH):/usr/local/go/bin
ifneq ($(shell test -n "$$HOME" && test -w "$$HOME" && echo yes),yes)
export HOME := $(CURDIR)/.cache
endif
export TAGS

version := $(shell git describe --tags --always --dirty 2>/dev/null)
# The commit's: the same commit makes the same program.
buildtime := $(shell git log -1 --format=%ct 2>/dev/null)
# Without -trimpath, so that the tests find the parts in C compiled, which take
# minutes; what goes onto the board has it.
build    = go build -buildvcs=false -ldflags '-s -w -X main.version=$(version) -X main.buildTime=$(buildtime)'

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run build install uninstall arm image qemu qemu-test qemu-s3c2410 flash-test test conform conform-arm readme check race staticcheck bench fuzz soak monkey generate golden fonts demo cleanroom clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "make %-15s %s\n", $$1, $$2 }' Makefile

run: ## open the window and play the demo clip and album, or ARGS
	@deploy/setup run
	@CGO_ENABLED=1 $(build) -tags '$(TAGS)' -o bin/linnet ./cmd/linnet
	@bin/linnet $(ARGS)

build: ## make bin/linnet for this machine
	@deploy/setup build
	CGO_ENABLED=1 $(build) -tags '$(TAGS)' -o bin/linnet ./cmd/linnet

install: build ## put linnet, its entry for a desktop's menus and its icon below PREFIX
	@DESTDIR='$(DESTDIR)' PREFIX='$(PREFIX)' deploy/desktop/install bin/linnet

uninstall: ## take them away again
	@DESTDIR='$(DESTDIR)' PREFIX='$(PREFIX)' deploy/desktop/install -r

arm: ## make bin/linnet-arm, static, for ARM without an FPU, ARMv4T and later
	@deploy/setup arm
	CGO_ENABLED=0 GOOS=linux GOARCH=arm GOARM=5 $(build) -trimpath -o bin/linnet-arm ./cmd/linnet
	@go run ./cmd/linnet-image armv4t bin/linnet-arm bin/linnet-arm
	@ls -l bin/linnet-arm | awk '{ printf "%s: %.1f MB\n", $$NF, $$5 / 1e6 }'

image: ## make what BOARD boots, in build/BOARD; the first time it compiles a kernel
	@deploy/setup image
	@$(build) -o bin/linnet-image ./cmd/linnet-image
	@bin/linnet-image build --board '$(BOARD)' $(if $(MEDIA),--media '$(MEDIA)')

qemu: ## make it and run it, in a window with sound where there are both
	@deploy/setup image qemu
	@$(build) -o bin/linnet-image ./cmd/linnet-image
	@bin/linnet-image build --board '$(BOARD)' $(if $(MEDIA),--media '$(MEDIA)')
	@bin/linnet-image run --board '$(BOARD)'

qemu-test: ## boot it without a window and prove what it does; the table is in build/qemu-test
	@deploy/setup image prove
	@go run ./deploy/prove -o build/qemu-test $(if $(MINUTES),-minutes $(MINUTES)) $(if $(ALONE),-alone) $(TRIALS)

qemu-s3c2410: ## build QEMU with an emulated SMDK2410; the first time that takes minutes
	@deploy/setup qemu-s3c2410
	@go run ./deploy/qemu/build

flash-test: ## boot the image for flash on an emulated S3C2410, play, cut the power; at first it builds both
	@deploy/setup image prove qemu-s3c2410
	@go run ./deploy/qemu/build
	@go run ./deploy/prove -o build/flash-test -cuts $(CUTS) $(if $(CHIPS),-chips $(CHIPS)) -seed $(SEED) $(FLASH)

test: ## run every test, here and as ARM programs; a few minutes
	@deploy/setup test
	@deploy/test

conform: ## decode the reference streams and print the table
	@deploy/setup test
	@go run ./player/conform

conform-arm: ## the same by ARM programs on an ARMv4T CPU, with and without assembly
	@deploy/setup test
	@deploy/test conform-arm

readme: ## write the tables of conformance, of sound faults and of proofs that were run into the READMEs
	@deploy/setup test
	@deploy/readme

check: ## what is asked of a change: format, vet, staticcheck, tests, race detector
	@deploy/setup test
	@bad=$$(gofmt -l cmd player ui board rootfs deploy) && test -z "$$bad" || { echo "gofmt: $$bad"; exit 1; }
	@$(MAKE) --no-print-directory staticcheck
	@deploy/test vet unit int32 race arm arm64 same fuzz conform

race: ## run every test with the race detector
	@deploy/setup test
	@deploy/test race

staticcheck: ## run staticcheck, at the version that deploy/tools pins
	@deploy/setup build
	@go build -C deploy/tools -o $(CURDIR)/bin/staticcheck honnef.co/go/tools/cmd/staticcheck
	@bin/staticcheck -tags '$(TAGS)' ./...

bench: ## measure what decoding costs, beside other players; the tables are in player/BENCHMARKS.md
	@deploy/setup bench
	@go run ./deploy/bench -o player/BENCHMARKS.md -top $(TOP) $(WORKS)

soak: ## HOURS of virtual playback on cards that misbehave, 1000; some minutes
	@deploy/setup build
	@mkdir -p out
	@go test ./player/ao/aotest/lab -run '^TestSoak$$' -timeout 0 -hours $(HOURS) -summary '$(CURDIR)/out/soak.txt'
	@cat out/soak.txt

monkey: ## let a monkey at each page of the interface for EVENTS events; nothing hangs, panics or leaks
	@deploy/setup build
	@go test ./ui/app -run '^TestMonkeyOnEachPage$$' -timeout 0 -events $(EVENTS) -v

fuzz: ## fuzz each target for FUZZTIME
	@deploy/setup test
	@FUZZTIME=$(FUZZTIME) deploy/test fuzz

generate: ## make the generated tables anew (not the fonts)
	go generate -skip fontgen ./...

golden: ## keep what the interface draws now as golden pictures, and make the contact sheet; look at it
	@deploy/setup test
	go test ./ui/app ./ui/widget ./ui/font ./ui/theme ./cmd/linnet -short -run 'Golden|Picture|Tour|FilesScreen|MusicScreen' -update
	go run ./ui/uitest/sheet -o ui/contact-sheet.png -columns 8 ui/app/testdata/golden/*-en-dark.png ui/app/testdata/golden/*-zh-light.png

fonts: ## draw the fonts anew
	@deploy/setup fonts
	go generate -run fontgen ./ui/font

demo: ## make the demo clip and album anew
	@deploy/setup test
	go run ./player/demo/gen -o player/demo/album

cleanroom: ## run and test the last commit in a fresh Debian 12 (needs root)
	@deploy/cleanroom

clean: ## remove what was built; compiled kernels stay in the user's cache
	rm -rf bin out build
