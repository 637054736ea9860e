#!/bin/sh
# Checks that the generated parts of scenarios/README.md are current; with --update, writes them anew.
#
# A part stands between a line `<!-- generated: onhold explain --markdown KIND -->` and a line `<!-- end -->`.
# Usage: reference.sh ROOT ONHOLD [--update]
set -eu
root=${1:?usage: reference.sh ROOT ONHOLD [--update]}
onhold=${2:?usage: reference.sh ROOT ONHOLD [--update]}
readme=$root/scenarios/README.md
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

awk -v onhold="$onhold" '
/^<!-- generated: onhold explain --markdown [a-z]+ -->$/ {
    print; n++; skip = 1
    command = "\"" onhold "\" explain --markdown " $6
    print ""
    while ((command | getline line) > 0) print line
    if (close(command) != 0) exit 2
    print ""
}
/^<!-- end -->$/ { skip = 0 }
!skip
END { if (n == 0) { print "no generated part found" > "/dev/stderr"; exit 2 } }
' "$readme" >"$work/README.md"

if [ "${3:-}" = --update ]; then
    cp "$work/README.md" "$readme"
elif ! diff -u "$readme" "$work/README.md"; then
    echo "scenarios/README.md is not current: run tests/lint/reference.sh ROOT ONHOLD --update" >&2
    exit 1
fi
