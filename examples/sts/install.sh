#!/bin/sh
# Installs the tool under both of its names, with completions for shells and man pages.
#
# PREFIX (/usr/local) is where it will be used; DESTDIR is put before that while it is copied.
set -eu
cd "$(dirname "$0")"

cargo=${CARGO:-cargo}
profile=${PROFILE:-release}
prefix=${PREFIX:-/usr/local}
case $prefix in
/*) ;;
*)
    echo "install: PREFIX=$prefix: expected an absolute path, such as $PWD/$prefix" >&2
    exit 1
    ;;
esac
root=${DESTDIR:-}$prefix
if ! mkdir -p "$root" 2>/dev/null || ! [ -w "$root" ]; then
    echo "install: $root cannot be written: name another PREFIX, such as \$HOME/.local" >&2
    exit 1
fi

$cargo build --locked --profile "$profile" --package kubectl-sts
[ "$profile" = dev ] && folder=debug || folder=$profile
built=$($cargo metadata --locked --no-deps --format-version 1 | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')/$folder

mkdir -p "$root/bin" "$root/share/man/man1"
install -m 755 "$built/sts" "$built/kubectl-sts" "$root/bin/"
for name in sts kubectl-sts; do
    "$built/$name" manual "$root/share/man/man1"
    # Where each shell looks, and under the name that it looks for.
    mkdir -p "$root/share/bash-completion/completions" "$root/share/zsh/site-functions" "$root/share/fish/vendor_completions.d"
    "$built/$name" completion bash >"$root/share/bash-completion/completions/$name"
    "$built/$name" completion zsh >"$root/share/zsh/site-functions/_$name"
    "$built/$name" completion fish >"$root/share/fish/vendor_completions.d/$name.fish"
done
