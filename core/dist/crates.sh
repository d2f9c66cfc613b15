#!/bin/sh
# Packs the crates into dist/rust, each as cargo would publish it. try-crates.sh builds what was packed.
set -eu
cd "$(dirname "$0")/../.."

cargo=${CARGO:-cargo}
target=${CARGO_TARGET_DIR:-$PWD/target}
crates="statefulset statefulset-simulate kubectl-sts"

rm -rf dist/rust
mkdir -p dist/rust
# What is not committed is packed, too: the test of a change comes before its commit.
$cargo package --quiet --locked --allow-dirty --no-verify $(printf -- '--package %s ' $crates)
version=$($cargo pkgid --locked --package statefulset | sed 's/.*[#@]//')
for crate in $crates; do
    cp "$target/package/$crate-$version.crate" dist/rust/
done
ls -l dist/rust
