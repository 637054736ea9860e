#!/bin/sh
# clang-tidy over the sources of the program, on all processors. Usage: tidy.sh ROOT BUILD
set -eu
cd "${1:?usage: tidy.sh ROOT BUILD}"
build=${2:?usage: tidy.sh ROOT BUILD}
command -v clang-tidy >/dev/null || { echo "clang-tidy is not installed"; exit 77; }
find sim -name '*.c' -print0 |
    xargs -0 -n 4 -P "$(nproc)" clang-tidy --quiet -p "$build" --extra-arg=-Wno-unknown-warning-option 2>&1 |
    grep -v 'warnings\? generated\|^Suppressed\|^Use -header-filter' >"$build/tidy.log" || true
cat "$build/tidy.log"
[ ! -s "$build/tidy.log" ]
