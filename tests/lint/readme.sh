#!/bin/sh
# Runs every command that a console block of a page shows and compares what it prints with what the page shows.
#
#     ```console
#     $ onhold explain triangular
#     ...
#     ```
#
# A line of three dots stands for any lines. Standard error is shown too. Commands run in a copy of scenarios/, one
# after the other, so that one may use a file that an earlier one wrote. With --update the page is written anew, with as
# many lines before and behind the dots as it has.
# Usage: readme.sh [--update] ROOT ONHOLD PAGE...
set -eu
usage='usage: readme.sh [--update] ROOT ONHOLD PAGE...'
update=0
[ "${1:-}" != --update ] || { update=1; shift; }
root=$(realpath "${1:?$usage}")
onhold=$(realpath "${2:?$usage}")
shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/place"
ln -s "$onhold" "$work/bin/onhold"
cp -r "$root/scenarios" "$work/place/scenarios"
export PATH="$work/bin:$PATH" LC_ALL=C.UTF-8 NO_COLOR=1

# Each command becomes NUMBER.sh, what the page shows NUMBER.shown; prints how many there are.
split_page() {
    awk -v work="$work" '
    /^```console/ { on = 1; next }
    /^```/ { on = 0 }
    !on { next }
    /^\$ / { file = sprintf("%s/%03d", work, ++n); print substr($0, 3) >(file ".sh"); printf "" >(file ".shown"); next }
    n { print >(file ".shown") }
    END { print n + 0 }' "$1"
}

# What the page should show: what was printed ($2), cut as the page cuts it ($1).
cut_alike() {
    awk '
    NR == FNR { if ($0 == "...") dots = 1; else if (dots) behind++; else before++; next }
    { line[++n] = $0 }
    END {
        if (!dots || before + behind >= n) { for (i = 1; i <= n; i++) print line[i]; exit }
        for (i = 1; i <= before; i++) print line[i]
        print "..."
        for (i = n - behind + 1; i <= n; i++) print line[i]
    }' "$1" "$2"
}

# The page with the outputs NUMBER.due in their places.
rewrite_page() {
    awk -v work="$work" '
    /^```console/ { on = 1; print; next }
    /^```/ { on = 0 }
    !on { print; next }
    /^\$ / { print; file = sprintf("%s/%03d.due", work, ++n); while ((getline due <file) > 0) print due }' "$1"
}

bad=0
for page in "$@"; do
    rm -f "$work"/*.sh "$work"/*.shown "$work"/*.due
    n=$(split_page "$root/$page")
    [ "$n" -gt 0 ] || { echo "$page: no commands found"; exit 1; }
    for command in "$work"/*.sh; do
        shown=${command%.sh}.shown due=${command%.sh}.due
        (cd "$work/place" && sh "$command") >"$work/printed" 2>&1 || true
        cut_alike "$shown" "$work/printed" >"$due"
        if [ "$update" = 0 ] && ! diff -u --label shown --label printed "$shown" "$due"; then
            printf '%s: that was: $ %s\n' "$page" "$(cat "$command")"
            bad=1
        fi
    done
    if [ "$update" = 1 ]; then
        rewrite_page "$root/$page" >"$work/page"
        cat "$work/page" >"$root/$page"
    fi
    echo "$page: $n commands"
done
exit $bad
