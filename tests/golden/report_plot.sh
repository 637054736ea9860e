#!/bin/sh
# Charts of samples: what is written, with gnuplot, without it, and when something fails.
#   report_plot.sh PROGRAM PLOTS GOLDEN    PROGRAM: test_report_dump; PLOTS: the scripts; GOLDEN: results that are none
# OH_BLESS=1 in the environment writes the expected messages anew.
set -eu
program=$(realpath "$1") scripts=$2 golden=$3
export ONHOLD_PLOTS="$scripts" LC_ALL=C.UTF-8
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

fail() {
    echo "FAILED: $*"
    failures=$((failures + 1))
}

expect_status() { # STATUS COMMAND...
    wanted=$1
    shift
    status=0
    "$@" >"$work/stdout" 2>"$work/stderr" || status=$?
    [ "$status" -eq "$wanted" ] || fail "status $status, not $wanted: $* ($(cat "$work/stderr"))"
}

for sample in overload three_types season erlang_c loss one_replication; do
    "$program" json $sample >"$work/$sample.json"
done

bad_results_are_refused_with_a_place() {
    for file in "$golden"/report/bad/*.json; do
        name=$(basename "$file" .json)
        cd "$golden/report/bad"
        expect_status 3 "$program" plot "$name.json" "$work/bad"
        cd - >/dev/null
        [ -z "${OH_BLESS:-}" ] || cp "$work/stderr" "$golden/report/bad/$name.txt"
        diff "$golden/report/bad/$name.txt" "$work/stderr" || fail "message on $name.json"
        [ ! -e "$work/bad" ] || fail "$name.json left a directory"
    done
    expect_status 3 "$program" plot "$work/no such file.json" "$work/bad"
}

without_gnuplot_data_and_scripts_are_there_all_the_same() {
    mkdir "$work/empty"
    expect_status 4 env PATH="$work/empty" "$program" plot "$work/overload.json" "$work/bare"
    grep -q 'gnuplot is not installed' "$work/stderr" || fail "gnuplot missing, and not said"
    for kind in wait day outcomes queue; do
        [ -s "$work/bare/overload-$kind.dat" ] || fail "no data of $kind"
        cmp -s "$work/bare/$kind.gp" "$scripts/$kind.gp" || fail "no script of $kind"
    done
    [ -s "$work/bare/style.gp" ] || fail "no style.gp"
    [ -z "$(find "$work/bare" -name '*.png' -o -name '*.svg' -o -name '.*.tmp')" ] || fail "something was drawn"
}

is_picture() { # FILE.png or FILE.svg
    case $1 in
    *.png) [ "$(head -c 4 "$1" | tail -c 3)" = PNG ] && [ "$(wc -c <"$1")" -gt 5000 ] ;;
    *.svg) xmllint --noout "$1" ;;
    esac
}

every_kind_is_drawn_as_png_and_svg() {
    for sample in overload three_types season erlang_c; do
        expect_status 0 "$program" plot "$work/$sample.json" "$work/charts"
        [ ! -s "$work/stderr" ] || fail "$sample: $(cat "$work/stderr")"
        [ "$(wc -l <"$work/stdout")" -eq 8 ] || fail "$sample: not eight charts listed"
        for kind in wait day outcomes queue; do
            for format in png svg; do
                is_picture "$work/charts/$sample-$kind.$format" || fail "$sample-$kind.$format is no picture"
            done
        done
    done
}

titles_are_text_and_nothing_else() {
    grep -q 'x_1^{2} &amp; &lt;é' "$work/charts/season-day.svg" || fail "the title was read as markup"
    grep -q 'a back\\slash' "$work/charts/season-day.svg" || fail "the backslash got lost"
    grep -q '"quotes"\|&quot;quotes&quot;' "$work/charts/season-day.svg" || fail "the quotes got lost"
}

what_there_is_nothing_of_is_left_out() {
    expect_status 0 "$program" plot "$work/loss.json" "$work/loss"
    grep -q "no chart 'wait': nobody waited" "$work/stderr" || fail "not said that nobody waited"
    [ -s "$work/loss/loss-outcomes.png" ] || fail "no outcomes of a centre without queue"
    expect_status 3 "$program" plot "$work/loss.json" "$work/loss" wait
    grep -q 'result-without-chart' "$work/stderr" || fail "an impossible chart was not refused"
    expect_status 0 "$program" plot "$work/one_replication.json" "$work/loss" wait
}

scripts_work_without_the_program() {
    cd "$work/charts"
    for kind in wait day outcomes queue; do
        expect_status 0 gnuplot -d -c "$scripts/$kind.gp" overload-$kind.dat own.png
        is_picture own.png || fail "$kind.gp alone drew nothing"
    done
    expect_status 2 gnuplot -d -c "$scripts/day.gp"
    cd - >/dev/null
}

odd_names_are_only_names() {
    cp "$work/overload.json" "$work/|touch touched;.json"
    cd "$work"
    expect_status 0 "$program" plot '|touch touched;.json' '<touch touched' outcomes
    [ ! -e touched ] || fail "a file name was run as a command"
    [ -s '<touch touched/|touch touched;-outcomes.png' ] || fail "odd names: no chart"
    cd - >/dev/null
}

several_scenarios_are_numbered() {
    "$program" json overload loss >"$work/both.json"
    expect_status 0 "$program" plot "$work/both.json" "$work/both" outcomes
    [ -s "$work/both/both-1-outcomes.png" ] && [ -s "$work/both/both-2-outcomes.svg" ] || fail "not both drawn"
}

a_failing_script_leaves_the_old_chart() {
    mkdir "$work/broken"
    cp "$scripts"/*.gp "$work/broken"
    echo 'plot no such thing' >>"$work/broken/style.gp"
    expect_status 0 "$program" plot "$work/overload.json" "$work/old" day
    before=$(cksum <"$work/old/overload-day.png")
    ONHOLD_PLOTS="$work/broken" expect_status 4 "$program" plot "$work/overload.json" "$work/old" day
    [ "$before" = "$(cksum <"$work/old/overload-day.png")" ] || fail "the old chart is gone"
    [ -z "$(find "$work/old" -name '.*.tmp')" ] || fail "a half file was left"
}

bad_results_are_refused_with_a_place
without_gnuplot_data_and_scripts_are_there_all_the_same
if command -v gnuplot >/dev/null; then
    every_kind_is_drawn_as_png_and_svg
    titles_are_text_and_nothing_else
    what_there_is_nothing_of_is_left_out
    scripts_work_without_the_program
    odd_names_are_only_names
    several_scenarios_are_numbered
    a_failing_script_leaves_the_old_chart
else
    echo "gnuplot is not installed: nothing drawn"
fi
[ "$failures" -eq 0 ]
