#!/bin/sh
# cppcheck over the sources of the program. Usage: cppcheck.sh ROOT
set -eu
cd "${1:?usage: cppcheck.sh ROOT}"
command -v cppcheck >/dev/null || { echo "cppcheck is not installed"; exit 77; }
cppcheck --quiet --error-exitcode=1 --inline-suppr -j "$(nproc)" --std=c11 -D_GNU_SOURCE -D__x86_64__ -D__GNUC__=12 \
    -DOH_VERSION='"x"' --enable=warning,performance,portability \
    --suppress=uninitvar:sim/random/luck_lanes.inc --suppress=missingIncludeSystem --suppress=normalCheckLevelMaxBranches \
    -I sim -I include sim
