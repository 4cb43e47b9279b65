#!/bin/sh
# Make sure the browser tests have a Chromium. Installs one only in CI or when the person agrees.
set -eu
cd "$(dirname "$0")/.."

found() { .venv/bin/python -m tests.browser.chromium >/dev/null 2>&1; }
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

# What to install, and exit 1; the path of the browser if there is one after all.
explain() {
    answer=$(.venv/bin/python -m tests.browser.chromium) || { printf '%s\n' "$answer" >&2; exit 1; }
}

if [ "${CI:-}" != true ]; then
    [ -t 0 ] && [ -t 1 ] || explain
    printf 'Les essais de pages ont besoin de Chromium, qui est absent ou ne démarre pas. L’installer maintenant ? [o/N] '
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

# Ubuntu has no such package, or one that only points to a snap, which tests cannot drive.
distribution_has_chromium() {
    command -v apt-cache >/dev/null 2>&1 || return 1
    candidate=$(LC_ALL=C apt-cache policy chromium 2>/dev/null | sed -n 's/^ *Candidate: //p')
    case $candidate in
    "" | "(none)" | *snap*) return 1 ;;
    *) return 0 ;;
    esac
}

apt_install() {
    run $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}

from_distribution() {
    [ "$can_be_root" = yes ] && command -v apt-get >/dev/null 2>&1 || return 1
    run $root apt-get update -qq || return 1
    # Playwright's program, which drives the browser and can also install one, needs it; minimal systems lack it.
    apt_install libatomic1 || return 1
    distribution_has_chromium || return 1
    echo "Installation de Chromium par les paquets du système…"
    apt_install chromium
}

from_playwright() {
    echo "Installation de Chromium par Playwright…"
    if [ "$can_be_root" = yes ]; then
        run .venv/bin/python -m playwright install --with-deps chromium
    else
        run .venv/bin/python -m playwright install chromium
    fi
}

from_distribution || found || from_playwright || true
explain
