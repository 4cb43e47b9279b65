#!/bin/sh
# Make sure some tests have the programs of the system that they use. Installs them only in CI or when the person agrees:
# elsewhere those tests are skipped and say so; in CI their absence is a failure.
#
# programs.sh MODULE NEED NAMES SIZE PACKAGE...
#   MODULE: run with Python, says what is missing and how to install it (exit 1), or nothing
#   NEED, NAMES, SIZE: French, for the person who is asked; PACKAGE: names for apt-get
set -eu
cd "$(dirname "$0")/.."
module=$1 need=$2 names=$3 size=$4
shift 4

.venv/bin/python -m "$module" >/dev/null 2>&1 && exit 0

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
    answer=$(.venv/bin/python -m "$module") && exit 0
    printf '%s\n' "$answer" >&2
    [ "${CI:-}" = true ] && exit 1
    echo "Sans eux, ces essais sont passés et le disent ; les autres se font." >&2
    exit 0
}

if [ "${CI:-}" != true ]; then
    [ -t 0 ] && [ -t 1 ] || explain
    printf '%s %s (environ %s). Les installer maintenant ? [o/N] ' "$need" "$names" "$size"
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

from_distribution() {
    [ "$can_be_root" = yes ] && command -v apt-get >/dev/null 2>&1 || return 1
    run $root apt-get -o DPkg::Lock::Timeout=300 update -qq || return 1
    echo "Installation $names par les paquets du système…"
    run $root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends "$@"
}

from_distribution "$@" || true
explain
