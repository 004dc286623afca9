#!/usr/bin/env bash
# Lists the Go files of the repository, whether they are in git already or not.
set -eu
cd "$(dirname "$0")/.."
find . \( -name node_modules -o -name .git -o -name dist \) -prune -o -name '*.go' -print
