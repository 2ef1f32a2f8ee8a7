#!/bin/sh
# Rewrites the locks from pyproject.toml: every version exact, every file with its hash,
# one file for Linux, macOS and Windows. Needs `uv` on the PATH. Usage: sh tools/lock.sh [--upgrade]
#
# --upgrade takes the newest versions of what we only need indirectly; direct pins change by hand
# in pyproject.toml and environment.yml. No address of a registry is written: the machine's own
# settings decide where packages come from.
set -eu

cd "$(dirname "$0")/.."
compile() {
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
        --no-annotate --no-emit-index-url --no-emit-find-links "$@" >/dev/null
}
compile pyproject.toml --output-file requirements.lock "$@"
compile pyproject.toml --extra dev --constraint requirements.lock --output-file requirements-dev.lock "$@"
compile pyproject.toml --no-deps --extra nobrowser --output-file .all.lock
sed -n 's/^\([^ #].*\) \\$/\1/p' requirements.lock > constraints.txt
awk '/^[^ ]/ {keep = /^kaleido==/} keep' .all.lock > requirements-renderer.lock
rm .all.lock
