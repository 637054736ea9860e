#!/bin/sh
# Whether every C file is formatted as .clang-format says. Usage: format.sh ROOT
set -eu
cd "${1:?usage: format.sh ROOT}"
command -v clang-format >/dev/null || { echo "clang-format is not installed"; exit 77; }
find sim include tests -name '*.[ch]' -print0 -o -path 'sim/*.inc' -print0 | xargs -0 clang-format --dry-run -Werror
