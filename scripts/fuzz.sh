#!/usr/bin/env bash
# Runs every fuzz target of every package for a while, one after the other.
set -eu
time=${1:-20s}
cd "$(dirname "$0")/.."

found=0
for package in $(go list ./...); do
  for target in $(go test -list '^Fuzz' "$package" | grep '^Fuzz' || true); do
    echo "== $package $target"
    go test -run '^$' -fuzz "^$target\$" -fuzztime "$time" "$package"
    found=$((found + 1))
  done
done
echo "$found fuzz targets held for $time each"
