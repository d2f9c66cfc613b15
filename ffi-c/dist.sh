#!/bin/sh
# Packs the C libraries for those who have no Rust: dist/c/statefulset-VERSION-TARGET.tar.gz, and .zip for Windows.
#
# dist.sh [TARGET…]. Without a target they are for this machine. Zig links them, so that they run on every Linux from glibc
# 2.17 on. The same sources give the same archive: it has no times, users or paths of the machine that packed it.
set -eu
cd "$(dirname "$0")"

complain() {
    echo "ffi-c/dist.sh: $*" >&2
    exit 1
}
command -v rustc >/dev/null || complain "rustc (the Rust toolchain) is needed and not installed"
[ $# -gt 0 ] || set -- "$(rustc -vV | sed -n 's/^host: //p')"
version=$(${CARGO:-cargo} pkgid --locked --package statefulset-c | sed 's/.*[#@]//')
dist=$PWD/../dist/c
staged=$PWD/../target/libraries/staged
mkdir -p "$dist"
for target; do
    name=statefulset-$version-$target
    rm -rf "${staged:?}/$name"
    PREFIX=$staged/$name TARGET=$target ./install.sh
    cp ../LICENSE "$staged/$name/"
    # Links to the repository lead nowhere in an archive.
    sed -E 's/\[([^]]*)\]\((\.\.[^)]*|tests[^)]*|go|abi\.txt)\)/\1/g' README.md >"$staged/$name/README.md"
    find "$staged/$name" -exec touch -h -d "@${SOURCE_DATE_EPOCH:-315532800}" {} +
    case $target in
    *-windows-*)
        command -v zip >/dev/null || complain "zip (of Debian's zip) is needed and not installed"
        rm -f "$dist/$name.zip"
        (cd "$staged" && find "$name" | LC_ALL=C sort | TZ=UTC zip -q -X "$dist/$name.zip" -@)
        echo "$dist/$name.zip"
        ;;
    *)
        (cd "$staged" && find "$name" ! -type d | LC_ALL=C sort | tar -c --owner=0 --group=0 --numeric-owner -T -) |
            gzip -n9 >"$dist/$name.tar.gz"
        echo "$dist/$name.tar.gz"
        ;;
    esac
done
