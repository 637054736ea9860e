#!/bin/sh
# Compiles every header on its own, public ones with nothing but the public include path.
# A header without an include guard is a template, included with parameters, and is left out.
# Usage: headers.sh ROOT COMPILER...
set -eu
root=${1:?usage: headers.sh ROOT COMPILER...}
shift
cd "$root"
flags='-std=c17 -D_GNU_SOURCE -Wall -Wextra -Wpedantic -Wno-unused-parameter -Wno-unused-function -Werror -fsyntax-only -x c'
n=0 bad=0
for header in $(find include -name '*.h' | sort); do
    n=$((n + 1))
    # shellcheck disable=SC2086
    "$@" $flags -Iinclude "$header" || bad=$((bad + 1))
done
for header in $(find sim -name '*.h' -exec grep -l '^#ifndef OH_' {} + | sort); do
    n=$((n + 1))
    # shellcheck disable=SC2086
    "$@" $flags -Isim -Iinclude "$header" || bad=$((bad + 1))
done
echo "$n headers, $bad of them not complete"
[ "$bad" -eq 0 ] && [ "$n" -gt 20 ]
