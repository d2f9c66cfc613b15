#!/bin/sh
# Takes the crates of dist/rust as their users do: the programs of the READMEs in a package of one's own, and the tool by
# `cargo install`. What they print is compared with what the READMEs show.
set -eu
cd "$(dirname "$0")/../.."

cargo=${CARGO:-cargo}
target=${CARGO_TARGET_DIR:-$PWD/target}
# Outside of the repository, of which nothing may be used by mistake.
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

# Files out of an archive are as old as it says, and cargo takes what is old for built.
for crate in dist/rust/*.crate; do
    tar xzmf "$crate" -C "$place"
done

# The block of a README with this number, and the text that is shown behind it. Lines that only the compiler sees begin
# with a #.
block() { awk -v fence="$2" -v wanted="$3" '/^```/ { inside = !inside && $0 == "```" fence && ++seen == wanted; next } inside' "$1"; }
program() {
    text=$(block "$1" rust "$2" | sed 's/^# //')
    case $text in
    *'(())'*) printf 'fn main() {\nfn inner() -> Result<(), impl core::fmt::Debug> {\n%s\n}\ninner().unwrap()\n}\n' "$text" ;;
    *) printf 'fn main() {\n%s\n}\n' "$text" ;;
    esac
}

mkdir -p "$place/mine/src/bin"
cat >"$place/mine/Cargo.toml" <<END
[package]
name = "mine"
version = "0.0.0"
edition = "2024"
[features]
kubernetes = []
default = ["kubernetes"]
[dependencies]
statefulset = { version = "*", features = ["kubernetes"] }
statefulset-simulate = "*"
serde_json = "1"
[patch.crates-io]
$(for crate in statefulset statefulset-simulate; do echo "$crate = { path = \"$(echo "$place/$crate"-[0-9]*)\" }"; done)
END
# The versions that this repository is tested with.
cp Cargo.lock "$place/mine/"

count=0
compare() {
    program "$2" "$3" >"$place/mine/src/bin/$1.rs"
    block "$2" text "$4" >"$place/$1.expected"
    count=$((count + 1))
}
compare front README.md 1 2
compare records core/README.md 1 1
compare objects core/README.md 2 2
compare simulated core/simulate/README.md 1 1

cd "$place/mine"
CARGO_TARGET_DIR=$target/dist/mine $cargo build --quiet
for expected in "$place"/*.expected; do
    name=$(basename "$expected" .expected)
    "$target/dist/mine/debug/$name" >"$place/$name.printed"
    diff "$expected" "$place/$name.printed" || { echo "$name prints something else than its README shows" >&2; exit 1; }
done
echo "$count programs of the READMEs print what is shown"

# The tool finds the library and the simulator as its users do.
tool=$(echo "$place"/kubectl-sts-[0-9]*)
cp "$place/mine/Cargo.toml" "$place/patch.toml"
sed -n '/^\[patch/,$p' "$place/patch.toml" >>"$tool/Cargo.toml"
# A debug build takes a minute less, and what is tested is the package.
CARGO_TARGET_DIR=$target/dist/mine $cargo install --quiet --debug --path "$tool" --root "$place/installed"
cd "$place"
printf 'get no -o name\n' | PATH="$place/installed/bin:$PATH" sts simulate - >"$place/told"
printf '$ get no -o name\nnode/node-1\nnode/node-2\nnode/node-3\n' | diff - "$place/told"
"$place/installed/bin/kubectl-sts" --version
