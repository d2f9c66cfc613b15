#!/bin/sh
# Installs the C library: header, static and shared library, and what pkg-config and CMake need to find them.
#
# PREFIX (/usr/local) is where it will be used; DESTDIR is put before that while it is copied. Everything that is
# installed finds the rest by its own place, so the tree may be moved.
set -eu
cd "$(dirname "$0")"

cargo=${CARGO:-cargo}
profile=${PROFILE:-release}
root=${DESTDIR:-}${PREFIX:-/usr/local}

if [ "$(uname -s)" != Linux ]; then
    echo "install: only Linux's shared libraries are known here, this is $(uname -s)" >&2
    exit 1
fi

version=$($cargo pkgid --locked --package statefulset-c | sed 's/.*[#@]//')
case $version in
0.*) abi=${version%.*} ;;
*) abi=${version%%.*} ;;
esac

# What a program needs besides the archive, as the Rust compiler knows it. The C compiler adds the last two itself.
if ! log=$($cargo rustc --locked --profile "$profile" --package statefulset-c --lib -- --print native-static-libs 2>&1); then
    printf '%s\n' "$log" >&2
    exit 1
fi
needed=$(printf '%s\n' "$log" | sed -n 's/.*native-static-libs: *//p' | tail -n 1 | tr ' ' '\n' |
    grep -vx -e -lgcc_s -e -lc | paste -s -d ' ' -)

[ "$profile" = dev ] && folder=debug || folder=$profile
built=$($cargo metadata --locked --no-deps --format-version 1 | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')/$folder

# Fills in a file of install/ and puts it into a folder of the tree.
fill() {
    mkdir -p "$root/$2"
    sed -e "s|@version@|$version|" -e "s|@abi@|$abi|" -e "s|@needed@|$needed|" "install/$1.in" >"$root/$2/$1"
}

mkdir -p "$root/include" "$root/lib"
install -m 644 include/statefulset.h "$root/include/"
install -m 644 "$built/libstatefulset_c.a" "$root/lib/libstatefulset.a"
install -m 755 "$built/libstatefulset_c.so" "$root/lib/libstatefulset.so.$version"
ln -sf "libstatefulset.so.$version" "$root/lib/libstatefulset.so.$abi"
ln -sf "libstatefulset.so.$abi" "$root/lib/libstatefulset.so"
fill statefulset.pc lib/pkgconfig
fill statefulset-config.cmake lib/cmake/statefulset
fill statefulset-config-version.cmake lib/cmake/statefulset
