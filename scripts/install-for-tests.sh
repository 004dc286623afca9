#!/usr/bin/env bash
# Sees to it that a C compiler and a Chromium are there for the tests: installed with apt-get where that is
# possible, else named in one sentence. Where Chromium is installed, its headless shell comes with it if there is one: most browser
# tests do with that, and are faster.
set -eu

browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
compiler() { command -v gcc || command -v cc || command -v clang; }

wanted=()
compiler >/dev/null || wanted+=(gcc libc6-dev)
browser >/dev/null || wanted+=(chromium)
[ ${#wanted[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null || ! sudo -n true 2>/dev/null; then
    echo "The tests need ${wanted[*]}: install them with your package manager and run this again." >&2
    exit 1
  fi
  as_root=(sudo)
fi
if ! command -v apt-get >/dev/null; then
  echo "The tests need ${wanted[*]}: install them with your package manager and run this again." >&2
  exit 1
fi

echo "Installing for the tests: ${wanted[*]}"
"${as_root[@]}" apt-get update -qq
if [[ " ${wanted[*]} " == *" chromium "* ]] && apt-cache show chromium-headless-shell >/dev/null 2>&1; then
  wanted+=(chromium-headless-shell)
fi
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${wanted[@]}" >/dev/null
compiler >/dev/null && browser >/dev/null
