#!/bin/sh
# Guards the cost of a call in instructions, which callgrind counts the same on a busy machine as on an idle one.
#
#   instructions.sh BENCH LIMITS.csv
#
# Each row of LIMITS.csv is MODEL,LIMIT. A model is run with N and with 2N calls; the difference, per call, is free of the
# cost of starting. Over its limit a model fails; more than a tenth below it, the limit is out of date: lower it.
set -eu
bench=$1 limits=$2
calls=60000
passed=0 failed=0
command -v valgrind >/dev/null || { echo "valgrind is not installed"; exit 77; }

instructions() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$bench" "$1" "$2" 2>&1 >/dev/null |
        sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}

while IFS=, read -r model limit; do
    case $model in '#'* | '') continue ;; esac
    one=$(instructions "$model" $calls)
    two=$(instructions "$model" $((2 * calls)))
    per_call=$(((two - one) / calls))
    if [ "$per_call" -gt "$limit" ]; then
        verdict='FAIL, over the limit' failed=$((failed + 1))
    elif [ $((per_call * 10)) -lt $((limit * 9)) ]; then
        verdict='FAIL, limit out of date' failed=$((failed + 1))
    else
        verdict=ok passed=$((passed + 1))
    fi
    printf '%-22s %6d instructions per call, limit %6d: %s\n' "$model" "$per_call" "$limit" "$verdict"
done <"$limits"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
