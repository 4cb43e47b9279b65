#!/bin/sh
# Make sure the document tests have poppler and LibreOffice. Installs them only in CI or when the person agrees:
# elsewhere those tests are skipped and say so; in CI their absence is a failure.
set -eu
cd "$(dirname "$0")/.."

found() { .venv/bin/python -m tests.documents.office >/dev/null 2>&1; }
found && exit 0

# As root, or through sudo; in CI sudo must not ask for a password.
if [ "$(id -u)" = 0 ]; then
    root=""
    can_be_root=yes
elif ! command -v sudo >/dev/null 2>&1; then
    can_be_root=no
elif [ "${CI:-}" = true ]; then
    root="sudo -n"
    if sudo -n true 2>/dev/null; then can_be_root=yes; else can_be_root=no; fi
else
    root=sudo
    can_be_root=yes
fi

# Say what is missing, if anything still is: an error in CI, a notice elsewhere.
explain() {
    answer=$(.venv/bin/python -m tests.documents.office) && exit 0
    printf '%s\n' "$answer" >&2
    [ "${CI:-}" = true ] && exit 1
    echo "Sans eux, ces essais sont passés et le disent ; les autres se font." >&2
    exit 0
}

if [ "${CI:-}" != true ]; then
    [ -t 0 ] && [ -t 1 ] || explain
    printf 'Les essais de documents ont besoin de poppler et de LibreOffice (environ 400 Mo). Les installer maintenant ? [o/N] '
    read -r answer
    case $answer in
    o | O | oui | Oui | OUI) ;;
    *) explain ;;
    esac
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT

# Quiet when it works; everything when it does not.
run() {
    if "$@" >>"$log" 2>&1 </dev/null; then return 0; fi
    cat "$log" >&2
    return 1
}

# The same names in Debian 12 and in Ubuntu 24.04. Without a screen, Java nor fonts we bring ourselves.
from_distribution() {
    [ "$can_be_root" = yes ] && command -v apt-get >/dev/null 2>&1 || return 1
    run $root apt-get -o DPkg::Lock::Timeout=300 update -qq || return 1
    echo "Installation de poppler et de LibreOffice par les paquets du système…"
    run $root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends \
        poppler-utils libreoffice-writer-nogui libreoffice-calc-nogui
}

from_distribution || true
explain
