#!/bin/sh
# Runs every command that a console block of a page shows and compares what it prints with what the page shows.
#
#     ```console
#     $ onhold explain triangular
#     ...
#     ```
#
# A line of three dots stands for any lines. Standard error is shown too. Commands run in a copy of scenarios/, one
# after the other, so that one may use a file that an earlier one wrote.
# Usage: readme.sh ROOT ONHOLD PAGE...
set -eu
root=${1:?usage: readme.sh ROOT ONHOLD PAGE...}
onhold=${2:?usage: readme.sh ROOT ONHOLD PAGE...}
shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin"
ln -s "$onhold" "$work/bin/onhold"
cp -r "$root/scenarios" "$work/scenarios"
export PATH="$work/bin:$PATH" LC_ALL=C.UTF-8 NO_COLOR=1

# Each command becomes NUMBER.sh, what the page shows NUMBER.shown.
split_page() {
    awk -v work="$work" '
    /^```console/ { on = 1; next }
    /^```/ { on = 0; next }
    on && /^\$ / { n++; file = sprintf("%s/%03d", work, n); print substr($0, 3) >(file ".sh"); printf "" >(file ".shown"); next }
    on && n { print >(file ".shown") }
    END { print n + 0 }' "$1"
}

# Whether the lines of $2 are those of $1, in which a line of dots matches any.
matches() {
    awk '
    NR == FNR { shown[++n] = $0; next }
    { real[++m] = $0 }
    function fits(i, j) {
        if (i > n) return j > m
        if (shown[i] == "...") { for (; j <= m + 1; j++) if (fits(i + 1, j)) return 1; return 0 }
        return j <= m && shown[i] == real[j] && fits(i + 1, j + 1)
    }
    END { exit !fits(1, 1) }' "$1" "$2"
}

bad=0
for page in "$@"; do
    rm -f "$work"/*.sh "$work"/*.shown
    n=$(split_page "$root/$page")
    [ "$n" -gt 0 ] || { echo "$page: no commands found"; bad=1; }
    for command in "$work"/*.sh; do
        shown=${command%.sh}.shown
        (cd "$work" && sh "$command") >"$work/real" 2>&1 || true
        if ! matches "$shown" "$work/real"; then
            printf '%s: $ %s\n' "$page" "$(cat "$command")"
            diff -u --label "shown" --label "printed" "$shown" "$work/real" || true
            bad=1
        fi
    done
    echo "$page: $n commands"
done
exit $bad
