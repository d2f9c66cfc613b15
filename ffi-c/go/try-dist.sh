#!/bin/sh
# Takes the Go package from dist/go as its users do: in an empty folder, with no toolchain but Go's, and runs the README's
# program. Then that program is built for other platforms. EMULATE=qemu-aarch64 runs it on arm64, too, which takes minutes:
# the emulator compiles the module.
set -eu
cd "$(dirname "$0")"

readme=$PWD/../README.md
dist=$(cd ../../dist/go && pwd)
module=$(sed -n 's/^module //p' go.mod)
version=$(tail -n 1 "$dist/$module/@v/list")
work=$(mktemp -d)
trap 'chmod -R u+w "$work" && rm -r "$work"' EXIT

# Nothing but Go and a few small tools can be found. What Go has fetched before need not be fetched again.
fetched=$(go env GOMODCACHE)/cache/download
GOPROXY=file://$dist,file://$fetched,$(go env GOPROXY)
go=$(go env GOROOT)/bin
mkdir "$work/bin" "$work/first"
[ -z "${EMULATE:-}" ] || ln -s "$(command -v "$EMULATE")" "$work/bin/$EMULATE"
for tool in awk cat chmod diff dirname env mkdir rm sed sh tail; do
    ln -s "$(command -v "$tool")" "$work/bin/$tool"
done
PATH=$work/bin:$go
for hidden in cargo rustc cc gcc clang pkg-config; do
    if command -v "$hidden" >/dev/null; then
        echo "$0: $hidden is not hidden" >&2
        exit 1
    fi
done
export PATH GOPROXY CGO_ENABLED=0 GOFLAGS=-modcacherw GONOSUMDB="$module" GOTOOLCHAIN=local
export GOCACHE="$(go env GOCACHE)" HOME="$work" GOMODCACHE="$work/modules"

# The README's program, and what it says that it prints.
awk '/^```go$/ { inside = 1; next } /^```$/ { inside = 0 } inside' "$readme" >"$work/first/main.go"
awk '/^```go$/ { go = 1 } go && /^prints$/ { prints = 1; next } prints && /^    / { print substr($0, 5); next }
     prints && printed { exit } prints && /./ { exit }' "$readme" >"$work/wanted"

cd "$work/first"
go mod init example.com/first 2>/dev/null
go get "$module@$version"
go test "$module"
go build -o ../first-here .
../first-here >"$work/printed"
diff "$work/wanted" "$work/printed"
echo "$module@$version: go get, and the README's program prints what the README says"

for platform in linux/arm64 darwin/arm64 windows/amd64; do
    GOOS=${platform%/*} GOARCH=${platform#*/} go build -o "../first-$(echo "$platform" | sed 's|/|-|')" .
    echo "$platform: built"
done
if [ -n "${EMULATE:-}" ]; then
    "$EMULATE" "$work/first-linux-arm64" >"$work/printed"
    diff "$work/wanted" "$work/printed"
    echo "linux/arm64: prints the same under $EMULATE"
fi
