#!/bin/sh
# Builds the probe, and shows that it asks for nothing but the memory functions that every C compiler provides:
# by the symbols that stay undefined, and by a program without any library (on x86-64 Linux, where start.c knows how
# to end).
set -eu
cd "$(dirname "$0")"
complain() {
    echo "core/no_std/check.sh: $*" >&2
    exit 1
}
for tool in cargo cc ld readelf; do
    command -v "$tool" >/dev/null || complain "$tool is needed and not installed"
done

cargo build --quiet --locked --release
out=${CARGO_TARGET_DIR:-target}/release
ld -r --gc-sections -e probe -u probe -o "$out/probe.o" "$out/libstatefulset_no_std.a"
# Not nm: where it has a plugin for link-time optimisation, that one stumbles over newer compilers' objects.
readelf -sW "$out/probe.o" >"$out/symbols"
grep -qE ' GLOBAL +DEFAULT +[0-9]+ probe$' "$out/symbols" || complain "probe was not linked"
undefined=$(awk '$7 == "UND" && $8 != "" { print $8 }' "$out/symbols")
unexpected=$(echo "$undefined" | grep -vxE 'memcpy|memmove|memset|memcmp|bcmp|' || true)
[ -z "$unexpected" ] || complain "the facts tier needs more than memory functions:" $unexpected
echo "undefined:" $undefined

if [ "$(uname -sm)" = "Linux x86_64" ]; then
    # The last two options: or the compiler turns the loop of memcpy into a call of memcpy.
    cc -O1 -Wall -Wextra -Werror -ffreestanding -fno-stack-protector -fno-builtin -fno-tree-loop-distribute-patterns \
        -nostdlib -static -Wl,--gc-sections -o "$out/start" start.c "$out/libstatefulset_no_std.a"
    "$out/start" || complain "the program without a library planned wrongly"
    echo "planned without a library"
fi
