#!/bin/sh
# Installs the C libraries: header, static and shared libraries, and what pkg-config and CMake need to find them.
#
# PREFIX (/usr/local) is where they will be used; DESTDIR is put before that while they are copied. Everything that is
# installed finds the rest by its own place, so the tree may be moved. TARGET is as for build.sh.
set -eu
cd "$(dirname "$0")"

cargo=${CARGO:-cargo}
prefix=${PREFIX:-/usr/local}
root=${DESTDIR:-}$prefix
complain() {
    echo "install: $*" >&2
    exit 1
}
case $root in
/*) ;;
*) complain "PREFIX must begin with /, this is $root" ;;
esac
# Now, and not after minutes of building.
mkdir -p "$root/lib" "$root/include" 2>/dev/null && [ -w "$root/lib" ] && [ -w "$root/include" ] ||
    complain "cannot write to $root; take a folder of your own: PREFIX=\$HOME/.local"
command -v "$cargo" >/dev/null || complain "$cargo (the Rust toolchain) is needed and not installed"
version=$($cargo pkgid --locked --package statefulset-c | sed 's/.*[#@]//')
abi=$(sed -n 's/^#define STS_ABI_VERSION //p' include/statefulset.h)
targets=$($cargo metadata --locked --no-deps --format-version 1 | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')

built=$targets/libraries/${TARGET:-here}/tree
./build.sh "$built"

# Where a shared library lies, and what a program is linked with.
if [ -d "$built/bin" ]; then
    shared="bin/@name@-$abi.dll" linked="lib/lib@name@.dll.a"
elif [ -e "$built/lib/libstatefulset.dylib" ]; then
    shared="lib/lib@name@.$abi.dylib" linked=$shared
else
    shared="lib/lib@name@.so.$version" linked=$shared
fi

# fill FILE FOLDER: fills in a file of install/ and puts it into a folder of the tree.
fill() {
    mkdir -p "$root/$2"
    sed -e "s|@shared@|$shared|" -e "s|@linked@|$linked|" -e "s|@version@|$version|" -e "s|@abi@|$abi|" \
        -e "s|@needed@|$(cat "$built/statefulset.needed")|" "install/$1.in" >"$root/$2/$1"
}

install -m 644 include/statefulset.h "$root/include/"
for file in "$built"/lib/*; do
    # A link stays a link.
    cp -Pf "$file" "$root/lib/"
done
if [ -d "$built/bin" ]; then
    mkdir -p "$root/bin"
    cp "$built"/bin/* "$root/bin/"
fi
fill statefulset.pc lib/pkgconfig
fill statefulset-facts.pc lib/pkgconfig
fill statefulset-config.cmake lib/cmake/statefulset
fill statefulset-config-version.cmake lib/cmake/statefulset
