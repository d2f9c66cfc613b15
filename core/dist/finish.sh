#!/bin/sh
# Puts the page that says what is what, and the checksums, beside what is in dist.
set -eu
cd "$(dirname "$0")/../.."

version=$(${CARGO:-cargo} pkgid --locked --package statefulset | sed 's/.*[#@]//')
sed "s/@version@/$version/g" core/dist/page.md >dist/README.md
cp LICENSE CHANGELOG.md dist/
cd dist
find . -type f ! -name SHA256SUMS | sed 's|^\./||' | LC_ALL=C sort | xargs -d '\n' sha256sum >SHA256SUMS
sha256sum --quiet -c SHA256SUMS
wc -l <SHA256SUMS | xargs printf 'dist: %s files, with their checksums in dist/SHA256SUMS\n'
