#!/bin/sh
# Builds the C libraries into a folder: `statefulset`, with both tiers, and `statefulset-facts`, which is small.
#
# build.sh FOLDER. TARGET is the Rust target to build for. Without it the tools of this machine link for this machine
# (CC, LD, OBJCOPY, AR). With it Zig links, which knows the C libraries of other systems (ZIG).
#
# The Rust compiler gives an archive with all of its own runtime. Of that one object file is made that has what is used and
# shows the names of the header alone, so that two such archives can be in one program. The shared library is linked from
# the same object file.
set -eu
out=$1
cd "$(dirname "$0")"

cargo=${CARGO:-cargo}
profile=${PROFILE:-c-library}
complain() {
    echo "ffi-c/build.sh: $*" >&2
    exit 1
}
need() {
    command -v "$1" >/dev/null || complain "$1 ($2) is needed and not installed"
}

need "$cargo" "the Rust toolchain"
need rustc "the Rust toolchain"
host=$(rustc -vV | sed -n 's/^host: //p')
target=${TARGET:-$host}
case $target in
*-linux-gnu) form=elf zig=${target%%-*}-linux-gnu.2.17 ;;
*-linux-musl) form=elf zig=${target%%-*}-linux-musl ;;
*-apple-darwin) form=macho zig=${target%%-*}-macos ;;
x86_64-pc-windows-gnu) form=coff zig=x86_64-windows-gnu ;;
*) complain "no libraries are made for $target; they are for Linux (gnu, musl), macOS (apple-darwin) and x86_64-pc-windows-gnu" ;;
esac
[ -d "$(rustc --print target-libdir --target "$target")" ] ||
    complain "the Rust target $target is not installed: rustup target add $target"

# In some toolchains its library lies where only rustc looks for it.
sysroot=$(rustc --print sysroot)
rust_objcopy="env LD_LIBRARY_PATH=$sysroot/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH} $sysroot/lib/rustlib/$host/bin/rust-objcopy"
if [ -z "${TARGET:-}" ]; then
    cc=${CC:-cc} ld=${LD:-ld} objcopy=${OBJCOPY:-objcopy} ar=${AR:-ar}
    # What unwinding takes is a part of every C compiler.
    unwind=-lgcc_s
    need "$cc" "a C compiler, which links"
    need "$ld" "of binutils"
    need "$ar" "of binutils"
else
    zig_is=${ZIG:-zig}
    # The words of ZIG are a command.
    $zig_is version >/dev/null 2>&1 ||
        complain "Zig is needed to link for $target: pip install ziglang, and ZIG=\"python3 -m ziglang\""
    cc="$zig_is cc -target $zig" ld="$zig_is ld.lld" ar="$zig_is ar"
    objcopy=$rust_objcopy
    unwind=-lunwind
fi
case $form in
coff)
    objcopy=x86_64-w64-mingw32-objcopy
    need $objcopy "of Debian's binutils-mingw-w64-x86-64"
    ;;
macho) objcopy=$rust_objcopy ;;
*) need "${objcopy##* }" "of binutils" ;;
esac
# What is compiled for this machine is compiled once, whoever links it.
if [ "$target" = "$host" ]; then
    folder=
    set --
else
    folder=/$target
    set -- --target "$target"
fi

version=$($cargo pkgid --locked --package statefulset-c | sed 's/.*[#@]//')
abi=$(sed -n 's/^#define STS_ABI_VERSION //p' include/statefulset.h)
targets=$($cargo metadata --locked --no-deps --format-version 1 | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')

# The functions that the header declares on standard input.
functions() {
    sed -n 's|^[a-z].*[ *]\(sts_[a-z_]*\)(.*|\1|p'
}

# library NAME PROFILE [OPTION…]: the options are cargo's, and the names of the functions are on standard input.
library() {
    name=$1 built=$2
    shift 2
    work=$targets/libraries/$target/$name
    rm -rf "$work"
    mkdir -p "$work"
    cat >"$work/names"
    # Functions are copied into their callers less often. That makes the library a quarter smaller. A plan for three pods
    # takes a tenth of a microsecond longer, and one for a thousand pods 6 % longer. Of the small library, a twelfth.
    case $built in
    c-library) flags="-C llvm-args=-inline-threshold=20 -C llvm-args=-inlinehint-threshold=100" ;;
    c-facts) flags="-C llvm-args=-inline-threshold=100" ;;
    *) flags= ;;
    esac
    # Rust puts musl itself into an archive, unless it is told that the program links it.
    case $target in *-musl) flags="$flags -C target-feature=-crt-static" ;; esac
    [ -z "$flags" ] || export RUSTFLAGS="${RUSTFLAGS:-} $flags"
    if ! log=$($cargo rustc --locked --profile "$built" --package statefulset-c --lib \
        --crate-type staticlib "$@" -- --print native-static-libs 2>&1); then
        printf '%s\n' "$log" >&2
        exit 1
    fi
    # What a program needs besides the archive, as the Rust compiler knows it, without what C compilers add themselves.
    needed=$(printf '%s\n' "$log" | sed -n 's/.*native-static-libs: *//p' | tail -n 1 | tr ' ' '\n' |
        grep -vx -e -lgcc_s -e -lgcc_eh -e -lgcc -e -lunwind -e -lc -e -lSystem -e '' | awk '!seen[$0]++' |
        paste -s -d ' ' - || true)
    [ "$built" = dev ] && built=debug
    archive=$targets$folder/$built/libstatefulset_c.a
    echo "$needed" >"$out/$name.needed"
    one_object
    "shared_$form"
}

# Makes the archive of what the Rust compiler gave, and $work/$name.o, its only object of this library.
one_object() {
    case $form in
    elf)
        # The words of this list are options.
        # shellcheck disable=SC2046
        $ld -r --gc-sections --force-group-allocation $(sed 's/^/-u /' "$work/names") -o "$work/whole" "$archive"
        $objcopy --keep-global-symbols="$work/names" --strip-unneeded \
            --remove-section=.llvmbc --remove-section=.llvmcmd "$work/whole" "$work/$name.o"
        $ar rcs "$out/lib/lib$name.a" "$work/$name.o"
        ;;
    *)
        # With link-time optimisation the library is one object already. The others are the compiler's: arithmetic that a
        # processor lacks, and what is imported from the system.
        # They refer to the last name here, so that on these systems it stays one that others see.
        { cat "$work/names" && echo rust_eh_personality; } >"$work/shown"
        [ $form = coff ] || sed -i.bak 's/^/_/' "$work/shown"
        (cd "$work" && $ar x "$archive")
        object=$(cd "$work" && ls statefulset_c-*.o)
        $objcopy --keep-global-symbols="$work/shown" --strip-debug "$work/$object" "$work/$name.o"
        cp "$archive" "$out/lib/lib$name.a"
        $ar d "$out/lib/lib$name.a" "$object"
        $ar rs "$out/lib/lib$name.a" "$work/$name.o" 2>/dev/null
        ;;
    esac
}

shared_elf() {
    # The version of every symbol says which binary interface a program was linked with.
    { echo "STATEFULSET_$abi {" && echo "global:" && sed 's/$/;/' "$work/names" && echo "local: *;" && echo "};"; } >"$work/versions"
    file=lib$name.so.$version
    # The words of the variables are options.
    # shellcheck disable=SC2086
    $cc -shared -o "$out/lib/$file" "$work/$name.o" -Wl,-soname,"lib$name.so.$abi" -Wl,--version-script="$work/versions" \
        -Wl,--gc-sections -Wl,--no-undefined -Wl,--as-needed -Wl,-z,relro -Wl,-z,now -s $needed $unwind
    ln -sf "$file" "$out/lib/lib$name.so.$abi"
    ln -sf "lib$name.so.$abi" "$out/lib/lib$name.so"
}

shared_macho() {
    sed 's/^/_/' "$work/names" >"$work/exported"
    # shellcheck disable=SC2086
    $cc -dynamiclib -o "$out/lib/lib$name.$abi.dylib" "$work/$name.o" -Wl,-install_name,"@rpath/lib$name.$abi.dylib" \
        "$out/lib/lib$name.a" -Wl,-exported_symbols_list,"$work/exported" -Wl,-dead_strip -Wl,-x $needed
    ln -sf "lib$name.$abi.dylib" "$out/lib/lib$name.dylib"
}

shared_coff() {
    { echo "LIBRARY $name-$abi.dll" && echo EXPORTS && cat "$work/names"; } >"$out/lib/$name.def"
    # shellcheck disable=SC2086
    $cc -shared -o "$out/bin/$name-$abi.dll" "$work/$name.o" "$out/lib/lib$name.a" "$out/lib/$name.def" \
        -Wl,--out-implib,"$out/lib/lib$name.dll.a" -s $needed $unwind
}

rm -rf "$out"
mkdir -p "$out/lib"
[ $form = coff ] && mkdir -p "$out/bin"
functions <include/statefulset.h | library statefulset "$profile" "$@"
sed '/^#ifndef STATEFULSET_FACTS_ONLY/,$d' include/statefulset.h | functions |
    library statefulset-facts c-facts --no-default-features "$@"
