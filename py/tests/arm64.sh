#!/bin/sh
# arm64.sh FOLDER: a Python for arm64 in the folder, out of Debian's packages, as FOLDER/python, which runs it in emulation.
# It installs nothing: apt keeps its lists in the folder.
set -eu
mkdir -p "$1/lists/partial" "$1/cache/archives/partial" "$1/packages" "$1/root"
folder=$(cd "$1" && pwd)

need() {
  command -v "$1" >/dev/null || { echo "arm64.sh: $1 is missing: apt-get install $2" >&2; exit 1; }
}
need qemu-aarch64 qemu-user
need dpkg-deb dpkg
test -e "$folder/python" && exit

: >"$folder/status"
apt() {
  apt-get -qq -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o APT::Sandbox::User=root \
    -o Dir::State="$folder" -o Dir::State::status="$folder/status" -o Dir::Cache="$folder/cache" "$@"
}
apt update
(cd "$folder/packages" && apt download python3.11-minimal libpython3.11-minimal libpython3.11-stdlib libc6 libgcc-s1 zlib1g libexpat1)
for package in "$folder"/packages/*.deb; do
  dpkg-deb -x "$package" "$folder/root"
done
printf '#!/bin/sh\nexec qemu-aarch64 -L %s/root %s/root/usr/bin/python3.11 "$@"\n' "$folder" "$folder" >"$folder/python"
chmod +x "$folder/python"
