#!/bin/sh
# Two builds of the program, by two compilers or with other options, must write the same bytes.
# Usage: compare-builds.sh BUILD-A BUILD-B [SCENARIO...]     (without scenarios: the one beside this script, the
# tutorial and the features, two replications each)
set -eu
[ $# -ge 2 ] || { sed -n '2,5s/^# //p' "$0" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
a=$1/sim/cli/onhold b=$2/sim/cli/onhold
shift 2
for program in "$a" "$b"; do
    [ -x "$program" ] || { echo "$program is not there: build first" >&2; exit 2; }
done
if [ $# -eq 0 ]; then
    set -- "$here/centre.yaml"
    for file in "$here"/../../scenarios/tutorial/*.yaml "$here"/../../scenarios/features/*.yaml; do
        if [ -e "$file" ]; then set -- "$@" "$file"; fi
    done
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# What a program writes about a scenario, and how it ends: an expectation that two replications miss is exit 1 for both.
write() {
    for format in json csv; do
        status=0
        "$1" run "$2" --replications 2 --threads 2 --format "$format" 2>/dev/null || status=$?
        echo "exit $status"
    done
    "$1" validate "$2" --print 2>/dev/null || echo "exit $?"
    "$1" run "$2" --replications 1 --trace "$3" --format json >/dev/null 2>&1 || :
}

different=0
for scenario in "$@"; do
    write "$a" "$scenario" "$work/trace-a" >"$work/a"
    write "$b" "$scenario" "$work/trace-b" >"$work/b"
    if [ -s "$work/a" ] && [ -s "$work/trace-a" ] && cmp "$work/a" "$work/b" && cmp "$work/trace-a" "$work/trace-b"; then
        echo "same: $scenario"
    else
        echo "DIFFERENT: $scenario"
        different=1
    fi
done
exit $different
