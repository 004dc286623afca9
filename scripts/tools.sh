#!/usr/bin/env bash
# Says in one sentence each which of the tools that building needs is missing or too old.
set -u

missing=0
say() { echo "$1" >&2; missing=1; }

if ! command -v go >/dev/null; then
  say "Go 1.25 or newer is needed to build Plenum and was not found: get it from go.dev/dl or your package manager."
else
  version=$(go env GOVERSION 2>/dev/null | sed -E 's/^go//; s/[^0-9.].*$//')
  IFS=. read -r major minor _ <<<"${version:-0.0}"
  if [ "$major" -lt 1 ] || { [ "$major" -eq 1 ] && [ "${minor:-0}" -lt 25 ]; }; then
    say "Go 1.25 or newer is needed to build Plenum (found $version): get it from go.dev/dl."
  fi
fi

compiler=$(go env CC 2>/dev/null || true)
if ! command -v "${compiler:-cc}" >/dev/null && ! command -v cc >/dev/null; then
  say "A C compiler is needed for SQLite and was not found: install gcc (Debian: apt-get install gcc libc6-dev) or clang."
fi

node_needed="Node 20.19 or newer of the 20s, or 22.12 or newer, is needed to build the web UI"
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  say "$node_needed and was not found (node and npm): get it from nodejs.org or your package manager."
else
  version=$(node -p process.versions.node)
  IFS=. read -r major minor _ <<<"$version"
  if [ "$major" -lt 20 ] || [ "$major" -eq 21 ] \
    || { [ "$major" -eq 20 ] && [ "$minor" -lt 19 ]; } || { [ "$major" -eq 22 ] && [ "$minor" -lt 12 ]; }; then
    say "$node_needed (found $version)."
  fi
fi

exit $missing
