#!/bin/sh
# Packs the Go package into dist/go, which is a module proxy as a folder. try-dist.sh takes it from there.
set -eu
cd "$(dirname "$0")/tools"

root=$PWD/../../..
version=$(${CARGO:-cargo} pkgid --locked --package statefulset-c | sed 's/.*[#@]//')
rm -rf "$root/dist/go"
${GO:-go} run ./dist .. "$root/LICENSE" "v$version" "$root/dist/go"
ls -l "$root"/dist/go/*/*/@v/*
