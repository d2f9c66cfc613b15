#!/bin/sh
# Fuzzes targets for so many seconds in all: run.sh SECONDS TARGET…
#
# It needs no nightly compiler: the passes that count what was reached are a part of every one. What is found lies in
# artifacts/, what has led to something new in corpus/, and both are looked at first by the next run. `cargo +nightly fuzz run
# TARGET` works, too, and adds sanitizers.
set -eu
cd "$(dirname "$0")"
complain() {
    echo "core/fuzz/run.sh: $*" >&2
    exit 1
}
[ $# -gt 1 ] || complain "expected the number of seconds and the names of targets: $(ls targets | sed 's/\.rs$//' | paste -s -d ' ' -)"
seconds=$(($1 / ($# - 1)))
[ "$seconds" -gt 0 ] || complain "$1 seconds are too few for $(($# - 1)) targets"
shift
cargo=${CARGO:-cargo}
command -v "$cargo" >/dev/null || complain "cargo (the Rust toolchain) is needed and not installed"
command -v c++ >/dev/null || complain "c++ (a C++ compiler, for libFuzzer) is needed and not installed: apt-get install g++"
host=$(rustc -vV | sed -n 's/^host: //p')
target=${CARGO_TARGET_DIR:-target}

features=
case " $* " in *" story "*) features=story ;; esac
for name; do
    [ -f "targets/$name.rs" ] || complain "there is no target $name"
    set -- "$@" --bin "$name"
    shift
done
# With --target the flags are not for build scripts. Counters and compared values are what libFuzzer learns from.
RUSTFLAGS="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares" \
    "$cargo" build --quiet --locked --release --no-default-features --features "$features" --target "$host" "$@"

found=0
for name; do
    [ "$name" != --bin ] || continue
    mkdir -p "corpus/$name" "artifacts/$name"
    printed=$(mktemp)
    result="nothing found"
    # Memory is bounded, and so is the time of one input: what takes seconds is a finding.
    if ! "$target/$host/release/$name" "corpus/$name" $([ -d "seeds/$name" ] && echo "seeds/$name") -dict=words.dict \
        -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=65536 -print_final_stats=1 \
        -artifact_prefix="artifacts/$name/" >"$printed" 2>&1; then
        tail -n 40 "$printed" >&2
        result="the input above fails; to see it again: $target/$host/release/$name artifacts/$name/FILE"
        found=1
    fi
    # Of the last line that has it, and of the numbers at the end.
    reached=$(sed -n 's/.* cov: \([0-9]*\).*/\1/p' "$printed" | tail -n 1)
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$printed")
    new=$(sed -n 's/^stat::new_units_added: *//p' "$printed")
    printf '%-9s %9s inputs in %s s, %6s branches reached, %5s inputs kept: %s\n' \
        "$name" "$runs" "$seconds" "$reached" "$new" "$result"
    rm -f "$printed"
done
exit $found
