# onhold plot.
load helpers

@test "charts, data and scripts of a result" {
    command -v gnuplot >/dev/null || skip "gnuplot is not installed"
    "$ONHOLD" run desk.yaml --output result.json
    run_onhold 0 plot result.json --output charts
    [[ ${#lines[@]} -ge 2 ]]
    local chart
    for chart in "${lines[@]}"; do [[ -s $chart ]]; done
    compgen -G 'charts/*.png'
    compgen -G 'charts/*.svg'
    compgen -G 'charts/*.dat'
    compgen -G 'charts/*.gp'
    is_clean charts
    run_onhold 0 plot result.json --output quiet --quiet
    [[ -z $output ]]
}

@test "without gnuplot the data are written, and exit code 4 says what is missing" {
    "$ONHOLD" run desk.yaml --output result.json
    run --separate-stderr -4 env PATH=/nonexistent "$ONHOLD" plot result.json --output charts
    contains "$stderr" "gnuplot"
    compgen -G 'charts/*.dat'
    compgen -G 'charts/*.gp'
}

@test "what is no result is exit code 3 with a reason" {
    for text in '' '{' '[]' '{"format": "other/1"}' 'name: a desk'; do
        printf '%s' "$text" >bad.json
        run_onhold 3 plot bad.json
        contains "$stderr" "bad.json"
    done
    run_onhold 3 plot missing.json
    contains "$stderr" "missing.json"
}

@test "an unknown kind is refused with the known ones" {
    run_onhold 2 plot result.json --kind pie
    contains "$stderr" "--kind takes "
}

@test "no result, and two, are usage" {
    run_onhold 2 plot
    run_onhold 2 plot a.json b.json
}

@test "the charts that the help names exist" {
    run_onhold 0 plot --help
    local kinds kind
    kinds=$(grep -o -- '--kind [a-z]*' <<<"$output" | cut -d' ' -f2)
    [[ -n $kinds ]]
    "$ONHOLD" run desk.yaml --output result.json
    for kind in $kinds; do
        "$ONHOLD" plot result.json --kind "$kind" --output charts 2>refused || true
        lacks "$(cat refused)" "--kind takes"
    done
}

# Who is cut off queued, too: the bars of the chart are shares of all of them.
@test "the chart of waits shows shares of all who queued" {
    sed -i 's/talk: .*/talk: exponential(9min)\n    queue: {max_wait: 1min}/' desk.yaml
    "$ONHOLD" run desk.yaml --output result.json
    jq -e '.total.cut_off.value > 10' result.json
    PATH=/nonexistent "$ONHOLD" plot result.json --kind wait --output charts 2>/dev/null || true
    local due drawn
    due=$(jq '.total as $t | def n($id): $t[$id].value // 0; def sum($id): .distributions[] |
            select(.type == "total" and .metric == $id) | .share | add;
        (n("answered") + n("abandoned") + n("cut_off") + n("message") + n("dropped")) as $queued |
        100 * (n("answered") * sum("wait_answered") + n("abandoned") * sum("wait_abandoned") - ($queued - n("delayed"))) /
            $queued' result.json)
    # The last line of the block only ends the last bar.
    drawn=$(awk -F '\t' '/^$/ { blank++; next } { block += blank >= 2; blank = 0 }
        block == 1 { if (seen++) sum += last; last = $2 + $3 } END { print sum }' charts/result-wait.dat)
    jq -en --argjson due "$due" --argjson drawn "$drawn" '($due - $drawn | fabs) < 0.01'
}

@test "a comparison has a chart of its own, with the differences that it holds" {
    command -v gnuplot >/dev/null || skip "gnuplot is not installed"
    "$ONHOLD" compare desk.yaml --variants --format json --output both.json
    run_onhold 0 plot both.json --output charts
    [[ ${lines[0]} == ./charts/both-compare.png && ${lines[1]} == ./charts/both-compare.svg && ${#lines[@]} == 2 ]]
    [[ -s charts/both-compare.png ]]
    xmllint --noout charts/both-compare.svg
    # The figures of a row are those of the pair, in points.
    awk -F'\t' '$7 == "\"reached a person\"" { print $3, $4, $5, $6 }' charts/both-compare.dat >drawn
    jq -r '.pairs[] | select(.metric == "total.reached") | [.difference, .low, .high] | map(. * 100) | @tsv' both.json >held
    paste drawn held | awk '{ exit !(NF == 7 && $4 == 1 && ($1 - $5)^2 + ($2 - $6)^2 + ($3 - $7)^2 < 1e-8) }'
    lacks "$(cat charts/both-compare.dat)" "time to reach"
    grep -q 'more against desk' charts/both-compare.svg
}

@test "a comparison of one scenario has nothing to draw, and kinds belong to their results" {
    "$ONHOLD" compare desk.yaml --with-theory --format json --output alone.json
    run_onhold 3 plot alone.json --kind compare
    contains "$stderr" "there is nothing to draw as 'compare': no two scenarios"
    run_onhold 3 plot alone.json --kind day
    contains "$stderr" "drawn from a result of 'onhold run'"
    "$ONHOLD" run desk.yaml --output result.json
    run_onhold 3 plot result.json --kind compare
    contains "$stderr" "drawn from a result of 'onhold compare'"
    echo '{"format": "onhold-compare/1", "run": {}, "pairs": []}' >cut.json
    run_onhold 3 plot cut.json
    contains "$stderr" "'scenarios' is missing"
}
