#!/bin/sh
# Make .venv match a hashed lock: `environment.sh site` or `environment.sh test`.
# Does nothing when it already matches, so that every make target may call it.
set -eu
cd "$(dirname "$0")/.."

profile=${1:?usage: environment.sh site|test}
python=${PYTHON:-python3}
case $profile in
site) lock=requirements.txt ;;
test) lock=requirements-dev.txt ;; # a superset of requirements.txt, same versions
*) echo "usage: environment.sh site|test" >&2 && exit 2 ;;
esac

stop() {
    printf '%s\n' "$@" >&2
    exit 1
}

command -v "$python" >/dev/null 2>&1 || stop \
    "Python est introuvable (commande « $python »)." \
    "Installez-le, puis relancez : sudo apt-get install python3 python3-venv"

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || stop \
    "Il faut Python 3.11 ou plus récent ; « $python » est en version $("$python" -c 'import platform; print(platform.python_version())')." \
    "Installez une version récente, puis indiquez-la, par exemple : make site PYTHON=python3.12"

# A virtual environment holds absolute paths: it is made again when the folder moved or Python changed.
identity="$("$python" -c 'import sys; print(sys.version)') $(pwd -P)"
if [ "$(cat .venv/.identity 2>/dev/null || true)" != "$identity" ]; then
    "$python" -c 'import ensurepip, venv' 2>/dev/null || stop \
        "Le module venv de Python est incomplet : il manque le paquet python3-venv." \
        "Installez-le, puis relancez : sudo apt-get install python3-venv"
    echo "Création de l’environnement Python dans .venv…"
    rm -rf .venv
    "$python" -m venv .venv || stop "L’environnement .venv n’a pas pu être créé (voir ci-dessus)."
    printf '%s\n' "$identity" >.venv/.identity
fi

fingerprint() { cat "$@" | cksum; }

# -qq: errors only.
pip() {
    .venv/bin/python -m pip --disable-pip-version-check --no-input -qq "$@" || stop \
        "L’installation s’est arrêtée (voir ci-dessus : réseau, miroir de paquets ou place sur le disque)." \
        "Relancez la même commande : ce qui est déjà installé est gardé."
}

# Only ready-made packages: building one would fetch tools that the lock does not know.
wanted=$(fingerprint "$lock")
if [ "$(cat ".venv/.lock-$profile" 2>/dev/null || true)" != "$wanted" ]; then
    echo "Installation des paquets de $lock (environ une minute la première fois)…"
    pip install --only-binary :all: --require-hashes -r "$lock"
    # Another lock may have put another version in place: it is checked again at its next use.
    rm -f .venv/.lock-*
    printf '%s\n' "$wanted" >".venv/.lock-$profile"
    if [ "$profile" = test ]; then fingerprint requirements.txt >.venv/.lock-site; fi
fi

# --no-build-isolation: the build tools come from the lock as well.
wanted=$(fingerprint pyproject.toml)
if [ "$(cat .venv/.project 2>/dev/null || true)" != "$wanted" ]; then
    pip install --no-deps --no-build-isolation -e .
    printf '%s\n' "$wanted" >.venv/.project
fi
