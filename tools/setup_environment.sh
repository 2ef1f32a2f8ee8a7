#!/bin/sh
# Makes .venv with exactly the packages of the lock, and this project in it.
# Usage: sh tools/setup_environment.sh [report|test]      "test" adds the developers' packages.
#
# A second run costs nothing: the stamp in .venv holds a checksum of the locks and of the place.
# PYTHON=/path/to/python chooses the interpreter; a folder wheels/ replaces the package registry.
set -eu

cd "$(dirname "$0")/.."
kind="${1:-report}"
lock=requirements.lock
[ "$kind" = test ] && lock=requirements-dev.lock

checksum=$({ cat requirements.lock requirements-dev.lock pyproject.toml; pwd; } | cksum)
for stamp in .venv/.sedp-test ".venv/.sedp-$kind"; do
    if [ -x .venv/bin/sedp ] && [ "$(cat "$stamp" 2>/dev/null || :)" = "$checksum" ]; then exit 0; fi
done

say() { echo "setup: $*" >&2; }
is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
has_venv() { "$1" -c 'import ensurepip, venv' 2>/dev/null; }

find_python() {
    if [ -n "${PYTHON:-}" ]; then set -- "$PYTHON"
    else set -- python3 python3.14 python3.13 python3.12 python3.11 python; fi
    for candidate in "$@"; do
        if is_new_enough "$candidate"; then echo "$candidate"; return; fi
    done
    say "Python 3.11 or newer is needed; found: $("$1" --version 2>&1 || :)"
    say "Install it, or name it: make report PYTHON=/path/to/python3.12"
    exit 1
}

install_venv_module() {
    if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
        say "this Python lacks the module venv: installing the package python3-venv"
        DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2 || :
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >&2 || :
    fi
    if ! has_venv "$1"; then
        say "the module venv of $1 is missing. On Debian or Ubuntu: sudo apt-get install python3-venv"
        exit 1
    fi
}

if ! is_new_enough .venv/bin/python || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    python=$(find_python)
    has_venv "$python" || install_venv_module "$python"
    say "making .venv with $("$python" --version)"
    "$python" -m venv --clear .venv
fi

source_of_packages=""
[ -d wheels ] && source_of_packages="--no-index --find-links wheels"
pip() { .venv/bin/python -m pip --disable-pip-version-check --no-input -qq "$@"; }

say "installing $(grep -c '==' "$lock") packages of $lock (once; a minute or two)"
# shellcheck disable=SC2086
pip install --no-deps --require-hashes --retries 5 $source_of_packages -r "$lock"
pip install --no-deps --no-build-isolation --no-index -e .
echo "$checksum" > ".venv/.sedp-$kind"
