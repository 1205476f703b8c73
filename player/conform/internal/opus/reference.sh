#!/bin/sh
# Usage: reference.sh FOLDER
#
# Fetches the source package of libopus from the Debian that this machine's
# package lists name, builds it for fixed point, without instructions of special
# processors, and leaves its test program as FOLDER/opus_demo.
set -eu

die() {
	echo "$1" >&2
	exit 1
}

folder=$1
for tool in apt-get cc make tar; do
	command -v $tool >/dev/null || die "there is no $tool"
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Lists of their own, since the machine's seldom have sources.
mkdir -p "$work/lists/partial" "$work/archives/partial" "$work/sources"
for f in /etc/apt/sources.list /etc/apt/sources.list.d/*; do
	[ -f "$f" ] && grep -q debian "$f" || continue
	sed 's/^deb /deb-src /; s/^Types: deb$/Types: deb-src/' "$f" >"$work/sources/${f##*/}"
done
apt() {
	apt-get -qq -o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts="$work/sources" -o Dir::State::Lists="$work/lists" \
		-o Dir::Cache="$work" -o Dir::Cache::archives="$work/archives" -o APT::Sandbox::User="$(id -un)" -o Debug::NoLocking=1 "$@"
}
cd "$work"
apt update >log 2>&1 || die "no lists of source packages: $(tail -n 1 log)"
apt source --download-only opus >log 2>&1 || die "no source package opus: $(tail -n 1 log)"

mkdir build
tar -xf opus_*.orig.tar.* -C build --strip-components=1
cd build
[ -x configure ] || die "the source package has no configure"
./configure --enable-fixed-point --disable-shared --disable-intrinsics --disable-rtcd --disable-asm --disable-doc >log 2>&1 ||
	die "configure: $(tail -n 1 log)"
make -j2 opus_demo >log 2>&1 || die "make: $(tail -n 1 log)"
mkdir -p "$folder"
cp opus_demo "$folder/opus_demo.$$"
mv "$folder/opus_demo.$$" "$folder/opus_demo"
