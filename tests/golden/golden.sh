#!/bin/bash
# Invalid input and the exact message; valid input and its canonical form.
#   golden.sh [--update] ONHOLD FOLDER
# invalid/NNN-slug.yaml (or .make, which writes it), .args: further arguments of `onhold validate`, .err: what it says.
# valid/NAME.yaml, .args, .out: what `onhold validate --print` says.
set -u
update=0
[ "$1" = --update ] && { update=1; shift; }
onhold=$(realpath "$1") folder=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

complain() {
    echo "FAILED: $1"
    failed=1
}

arguments_of() {
    arguments=()
    [ -f "$1.args" ] && mapfile -t arguments < "$1.args"
}

# The kind of file to compare with, and what came out.
compare() {
    if [ "$update" = 1 ]; then
        cp "$2" "$1"
    elif ! diff -u "$1" "$2"; then
        complain "$1"
    fi
}

check_invalid() {
    local name=$1 code=3
    grep -q ': error: ' "$folder/invalid/$name.err" 2> /dev/null || code=0
    arguments_of "$name"
    timeout 20 "$onhold" validate "$name.yaml" "${arguments[@]}" > "$work/out" 2> "$work/err"
    local got=$?
    [ "$update" = 1 ] || [ "$got" = "$code" ] || complain "$name: exit code $got, not $code"
    compare "$folder/invalid/$name.err" "$work/err"
    local slug=${name#*-}
    while [ -n "$slug" ] && ! grep -qF "[$slug]" "$work/err"; do
        case $slug in *-*) slug=${slug%-*} ;; *) slug= ;; esac
    done
    [ -n "$slug" ] || complain "$name: does not say what its name promises"
}

check_valid() {
    local name=$1
    arguments_of "$name"
    "$onhold" validate --print "$name.yaml" "${arguments[@]}" > "$work/out" 2> "$work/err" ||
        complain "$name: is not valid: $(cat "$work/err")"
    compare "$folder/valid/$name.out" "$work/out"
    cp "$work/out" "$name.again.yaml"
    "$onhold" validate --print "$name.again.yaml" > "$work/again" 2> "$work/err"
    cmp -s "$work/out" "$work/again" || complain "$name: printed and read again it differs"
}

cp -r "$folder/invalid" "$folder/valid" "$work/"
cd "$work/invalid" || exit 1
for make in *.make; do
    sh "$make" "${make%.make}"
done
for yaml in [0-9]*.yaml; do
    check_invalid "${yaml%.yaml}"
done
cd "$work/valid" || exit 1
for yaml in $(ls *.yaml); do
    check_valid "${yaml%.yaml}"
done
# Every kind of message has a fixture: here, or with the tests of reports or of the program.
slugs=$(sed -n 's/^OH_MESSAGE([A-Z0-9_]*, "\([a-z0-9-]*\)".*/\1/p' "$folder/../../sim/base/messages.def")
for slug in $slugs; do
    grep -qF "[$slug]" "$folder"/invalid/*.err || grep -rqF "$slug" "$folder"/report* "$folder"/../cli ||
        complain "no fixture shows [$slug]"
done
exit $failed
