#!/bin/sh
# Takes archives of dist.sh as their users would: unpacks each into an empty folder, without Rust, and builds and runs the
# programs of its README there, with the shared library and with the static one, and the C programs of tests/.
#
# test-dist.sh ARCHIVE…. Zig compiles for other systems; qemu-aarch64 and wine run what this machine cannot. What is for
# macOS is linked, and not run. CASES is the file that `make cases` writes.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
zig=${ZIG:-zig}
cases=${CASES:-}
complain() {
    echo "ffi-c/test-dist.sh: $*" >&2
    exit 1
}
need() {
    command -v "$1" >/dev/null || complain "$1 ($2) is needed and not installed"
}

host=$(uname -m)-unknown-linux-gnu
# Users of the archives have no Rust.
without_rust() {
    for folder in $(printf %s "$PATH" | tr ':' ' '); do
        [ -e "$folder/cargo" ] || [ -e "$folder/rustc" ] || printf ':%s' "$folder"
    done
}
PATH=$(without_rust)
PATH=${PATH#:}
export PATH
! command -v cargo >/dev/null && ! command -v rustc >/dev/null || complain "Rust cannot be hidden from PATH"

empty=$(mktemp -d)
trap 'rm -rf "$empty"' EXIT
work=$empty/work
checked=0

# The N-th block of a language in the archive's README.
block() {
    awk -v open="\`\`\`$1" -v wanted="$2" '
        $0 == open { count++; inside = count == wanted; next }
        /^```/ { inside = 0 }
        inside' "$tree/README.md"
}

same() { # same WHAT WANTED FOUND
    tr -d '\r' <"$3" | cmp -s - "$2" || {
        tr -d '\r' <"$3" | diff "$2" - | head -n 5 >&2
        complain "$target: $1 printed something else"
    }
    checked=$((checked + 1))
}

compile() { # compile PROGRAM SOURCE OPTION…
    program=$1 source=$2
    shift 2
    # The words of the variables are options.
    # shellcheck disable=SC2086
    $cc -std=c99 -O1 -I "$tree/include" -o "$program" "$source" "$@" || complain "$target: $source does not compile"
}

# Runs a program with what it prints in a file.
run() { # run PROGRAM PRINTED
    # shellcheck disable=SC2086
    $runner "$1" >"$2" 2>"$work/errors" </dev/null || {
        cat "$work/errors" >&2
        complain "$target: $1 failed"
    }
}

# All programs, linked with the options.
programs() { # programs WAY OPTION…
    way=$1
    shift
    for number in 1 2; do
        block c $number >"$work/readme-$number.c"
        block text $number >"$work/readme-$number.txt"
        [ -s "$work/readme-$number.c" ] || complain "the README has no program $number"
        compile "$work/readme$exe" "$work/readme-$number.c" "$@"
        if [ -n "$runs" ]; then
            run "$work/readme$exe" "$work/printed"
            same "program $number of the README, $way" "$work/readme-$number.txt" "$work/printed"
        fi
    done
    for name in plan cluster earlier; do
        compile "$work/$name$exe" "$here/tests/$name.c" "$@"
        if [ -n "$runs" ]; then
            run "$work/$name$exe" "$work/printed"
            same "tests/$name.c, $way" /dev/null "$work/printed"
        fi
    done
    if [ -n "$cases" ] && [ -n "$runs" ]; then
        compile "$work/cases$exe" "$here/tests/cases.c" "$@"
        # shellcheck disable=SC2086
        $runner "$work/cases$exe" <"$cases" >"$work/printed" || complain "$target: tests/cases.c failed"
        same "tests/cases.c, $way" "$cases" "$work/printed"
    fi
}

facts() { # facts WAY OPTION…
    way=$1
    shift
    block c 1 >"$work/readme-1.c"
    block text 1 >"$work/readme-1.txt"
    compile "$work/facts$exe" "$work/readme-1.c" -DSTATEFULSET_FACTS_ONLY "$@"
    if [ -n "$runs" ]; then
        run "$work/facts$exe" "$work/printed"
        same "the facts tier alone, $way" "$work/readme-1.txt" "$work/printed"
    fi
}

# What a library of Linux shows of itself.
elf() {
    version=$(sed -n 's/^Version: //p' "$tree/lib/pkgconfig/statefulset.pc")
    for name in statefulset statefulset-facts; do
        library=$tree/lib/lib$name.so.$version
        readelf -W --dyn-syms "$library" | awk '$7 != "UND" && $8 ~ /@@/ { print $8 }' | LC_ALL=C sort >"$work/symbols"
        ! grep -v '^sts_[a-z_]*@@STATEFULSET_[0-9]*$' "$work/symbols" || complain "$library exports more than sts_*"
        [ -s "$work/symbols" ] || complain "$library exports nothing"
        newest=$(readelf -W -V "$library" | sed -n 's/.*Name: GLIBC_\([0-9.]*\).*/\1/p' | sort -V | tail -n 1)
        [ "$(printf '%s\n2.17\n' "$newest" | sort -V | tail -n 1)" = 2.17 ] || complain "$library needs glibc $newest"
        readelf -W -s "$tree/lib/lib$name.a" | awk '$5 ~ /GLOBAL|WEAK/ && $7 != "UND" && $8 != "" { print $8 }' >"$work/shown"
        ! grep -v '^sts_' "$work/shown" || complain "lib$name.a shows more than sts_*"
        most=$([ $name = statefulset ] && echo "3000000 12000000" || echo "300000 1000000")
        # shellcheck disable=SC2086
        fits "$library" ${most% *}
        # shellcheck disable=SC2086
        fits "$tree/lib/lib$name.a" ${most#* }
        checked=$((checked + 1))
    done
}

fits() { # fits FILE BYTES
    [ "$(wc -c <"$1")" -le "$2" ] || complain "$1 has $(wc -c <"$1") bytes, which is more than $2"
}

# The ways of the README, with the tools of this machine.
as_the_readme_says() {
    need pkg-config "which finds libraries"
    need cmake "which builds C"
    mkdir "$work/empty"
    block c 1 >"$work/empty/first.c"
    block text 1 >"$work/readme-1.txt"
    block sh 1 >"$work/empty/commands"
    [ -s "$work/empty/commands" ] || complain "the README has no commands"
    # Each paragraph is a way.
    (cd "$work/empty" && awk -v RS= '{ print > "way-" NR; close("way-" NR) }' commands)
    for way in "$work"/empty/way-*; do
        (cd "$work/empty" && rm -f first && PREFIX=$tree sh -eu "$way") >"$work/printed" 2>"$work/errors" || {
            cat "$way" "$work/errors" >&2
            complain "the commands of the README failed"
        }
        same "$(cat "$way")" "$work/readme-1.txt" "$work/printed"
    done
    block cmake 1 >"$work/empty/CMakeLists.txt"
    for library in statefulset statefulset_static facts facts_static; do
        sed -i "s/statefulset::[a-z_]*/statefulset::$library/" "$work/empty/CMakeLists.txt"
        rm -rf "$work/empty/build"
        (cd "$work/empty" && cmake -B build -DCMAKE_PREFIX_PATH="$tree" && cmake --build build) >"$work/log" 2>&1 || {
            tail -n 20 "$work/log" >&2
            complain "CMake and statefulset::$library failed"
        }
        "$work/empty/build/first" >"$work/printed"
        same "CMake with statefulset::$library" "$work/readme-1.txt" "$work/printed"
    done
}

[ $# -gt 0 ] || complain "which archives?"
for archive; do
    [ -f "$archive" ] || complain "there is no $archive: ffi-c/dist.sh makes it"
    archive=$(cd "$(dirname "$archive")" && pwd)/$(basename "$archive")
    rm -rf "$work"
    mkdir -p "$work/unpacked"
    case $archive in
    *.zip) (cd "$work/unpacked" && need unzip "of Debian's unzip" && unzip -q "$archive") ;;
    *) tar -xzf "$archive" -C "$work/unpacked" ;;
    esac
    # The tree works wherever it lies.
    tree=$work/tree
    mv "$work"/unpacked/statefulset-* "$tree"
    target=$(basename "$archive" | sed -e 's/^statefulset-[0-9.]*-//' -e 's/\.tar\.gz$//' -e 's/\.zip$//')
    checked=0 runs=yes exe= runner=
    case $target in
    "$host") cc=cc ;;
    *) cc="$zig cc -target $(echo "$target" | sed -e 's/-unknown-linux-gnu$/-linux-gnu.2.17/' \
        -e 's/-unknown-linux-musl/-linux-musl/' -e 's/-apple-darwin/-macos/' -e 's/-pc-windows-gnu/-windows-gnu/')" ;;
    esac
    case $target in
    aarch64-unknown-linux-gnu)
        need qemu-aarch64 "of Debian's qemu-user"
        [ -d /usr/aarch64-linux-gnu ] || complain "the C library for aarch64 is needed: apt-get install libc6-arm64-cross"
        runner="qemu-aarch64 -L /usr/aarch64-linux-gnu -E LD_LIBRARY_PATH=$tree/lib"
        ;;
    aarch64-unknown-linux-musl)
        need qemu-aarch64 "of Debian's qemu-user"
        runner=qemu-aarch64
        ;;
    x86_64-unknown-linux-musl)
        [ -e /lib/ld-musl-x86_64.so.1 ] || complain "musl is needed: apt-get install musl"
        ;;
    *-windows-*)
        need wine "of Debian's wine64"
        exe=.exe runner=wine
        export WINEDEBUG=-all WINEPATH="$tree/bin"
        # shellcheck disable=SC2086
        $cc -shared -O1 -o "$work/bcryptprimitives.dll" "$here/tests/bcryptprimitives.c" -ladvapi32 ||
            complain "$target: tests/bcryptprimitives.c does not compile"
        ;;
    *-apple-*) runs= ;;
    esac
    # Zig leaves out what other C compilers add by themselves.
    unwind=-lunwind
    [ "$cc" != cc ] || unwind=
    needed="$(sed -n 's/^Libs.private: *//p' "$tree/lib/pkgconfig/statefulset.pc") $unwind"
    # The words of the variables are options.
    # shellcheck disable=SC2086
    programs "with the archive" "$tree/lib/libstatefulset.a" $needed
    facts "with the archive" "$tree/lib/libstatefulset-facts.a"
    case $target in
    aarch64-unknown-linux-musl) ;; # There is no dynamic linker of musl for aarch64 here.
    *)
        library() { # library NAME: the options that link it
            case $target in
            *-windows-*) echo "$tree/lib/lib$1.dll.a" ;;
            *-musl) echo "-dynamic -L$tree/lib -l$1 -Wl,-rpath,$tree/lib" ;;
            *) echo "-L$tree/lib -l$1 -Wl,-rpath,$tree/lib" ;;
            esac
        }
        # shellcheck disable=SC2046
        programs "with the shared library" $(library statefulset)
        # shellcheck disable=SC2046
        facts "with the shared library" $(library statefulset-facts)
        ;;
    esac
    case $target in *-linux-*) elf ;; esac
    [ "$target" != "$host" ] || as_the_readme_says
    [ -n "$runs" ] && how="$checked checks" || how="linked, and not run"
    echo "$target: $how"
done
