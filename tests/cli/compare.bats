# onhold compare: scenarios on the same callers.
load helpers

# The pair of a metric in $output.
pair() { jq -c ".pairs[] | select(.metric == \"$1\" and .b == \"${2:-more}\")" <<<"$output"; }

@test "a scenario is compared with its variants, in words first" {
    run_onhold 0 compare desk.yaml --variants
    [[ ${lines[0]} =~ ^'with more '[0-9.]+' points more callers reach a person ('[0-9.]+' to '[0-9.]+')'$ ]]
    contains "$output" "more: desk.yaml, variant more"
    contains "$output" "4 replications on the same callers, seed 1, 95% intervals"
    contains "$output" "more against desk"
    contains "$output" "better"
    [[ -z $stderr ]]
}

@test "JSON has pairs with differences, limits and verdicts" {
    run_onhold 0 compare desk.yaml --variants --format json
    jq -e '.format == "onhold-compare/1" and (.pairs | length) > 50
        and all(.pairs[]; has("a") and has("b") and has("metric") and has("difference") and has("low")
            and has("high") and (.verdict | length) > 10)' <<<"$output"
    pair total.reached | jq -e '.a == "desk" and .b == "more" and .difference > 0.03
        and .low <= .difference and .difference <= .high and .low > 0 and .change == "more" and .better
        and .unit == "share" and .gain > 1 and (.verdict | startswith("with more "))
        and ((.value_b - .value_a - .difference) | fabs) < 1e-9'
    pair total.offered | jq -e '.difference == 0 and .low == 0 and .high == 0 and .change == "none"'
    jq -e '[.scenarios[].label] == ["desk", "more"] and .scenarios[1].variant == "more"' <<<"$output"
}

@test "--variant chooses the variants to compare with" {
    sed -i 's/^  more: .*/  more: {agents.desk.count: 6}\n  less: {agents.desk.count: 4}\n  most: {agents.desk.count: 9}/' desk.yaml
    run_onhold 0 compare desk.yaml --variant most --variant less --format json
    jq -e '[.scenarios[].label] == ["desk", "most", "less"]' <<<"$output"
    run_onhold 3 compare desk.yaml --variant mist
    contains "$stderr" "[unknown-variant]"
}

@test "values are those of 'run'" {
    run_onhold 0 compare desk.yaml --variants --format json
    local a b
    a=$(pair total.wait_answered.mean | jq .value_a)
    b=$(pair total.wait_answered.mean | jq .value_b)
    onhold run desk.yaml --format json | jq -e ".total[\"wait_answered.mean\"].value - $a | fabs < 1e-9"
    onhold run desk.yaml --variant more --format json |
        jq -e ".total[\"wait_answered.mean\"].value - $b | fabs < 1e-9"
}

@test "several files are compared with the first one, or each with each" {
    sed 's/count: 5/count: 7/' desk.yaml >seven.yaml
    sed 's/count: 5/count: 4/; s/replications: 4/replications: 9, seed: 5/' desk.yaml >four.yaml
    run_onhold 0 compare desk.yaml seven.yaml four.yaml --format json
    jq -e '[.pairs[] | .a + " " + .b] | unique == ["desk four", "desk seven"]' <<<"$output"
    jq -e '.run.comparisons == 2 and .run.seed == 1 and .run.replications == 4
        and .run.confidence == 0.95 and (.run.interval_confidence - 0.975 | fabs) < 1e-9' <<<"$output"
    pair total.reached four | jq -e '.better == false and (.verdict | contains("fewer callers reach"))'
    run_onhold 0 compare desk.yaml seven.yaml four.yaml --format json --all-pairs
    jq -e '[.pairs[] | .a + " " + .b] | unique == ["desk four", "desk seven", "seven four"]' <<<"$output"
}

@test "intervals are wider where there are more comparisons" {
    onhold compare desk.yaml --variants --format json >one.json
    sed 's/count: 5/count: 7/' desk.yaml >seven.yaml
    sed 's/count: 5/count: 6/' desk.yaml >more.yaml
    onhold compare desk.yaml more.yaml seven.yaml --format json >two.json
    width() { jq '.pairs[] | select(.metric == "total.reached" and .b == "more") | .high - .low' "$1"; }
    [[ $(jq -n "$(width two.json) > 1.1 * $(width one.json)") == true ]]
}

@test "scenarios with the same name are told apart" {
    mkdir new
    cp desk.yaml new/desk.yaml
    run_onhold 0 compare desk.yaml new/desk.yaml --format json
    jq -e '[.scenarios[].label] == ["desk.yaml", "new/desk.yaml"]' <<<"$output"
    run_onhold 0 compare desk.yaml desk.yaml --format json
    jq -e '[.scenarios[].label] == ["desk.yaml (1)", "desk.yaml (2)"]' <<<"$output"
}

@test "a scenario does not differ from itself" {
    run_onhold 0 compare desk.yaml desk.yaml
    contains "${lines[0]}" "no difference larger than 0."
    lacks "$output" "better"
    lacks "$output" "worse"
}

@test "the number of threads does not matter, in any format" {
    for threads in 1 2 8; do
        for format in text json csv; do
            onhold compare desk.yaml --variants --threads $threads --format $format >$threads.$format
        done
        onhold compare desk.yaml --variants --threads $threads --format json --best service_level \
            --indifference 0.1% >$threads.best
        onhold compare desk.yaml --variants --threads $threads --format json \
            --precision reached=±0.1% >$threads.precision
    done
    for what in text json csv best precision; do
        cmp 1.$what 2.$what
        cmp 1.$what 8.$what
    done
}

@test "--precision is of differences" {
    run_onhold 0 compare desk.yaml --variants --precision reached=±0.2% --format json
    jq -e '.precision[0] | .reached and .half_width <= 0.002 and .path == "total.reached"' <<<"$output"
    jq -e '.run.replications > 30' <<<"$output"
    run_onhold 0 compare desk.yaml --variants --precision reached=±0.2%
    contains "$output" "Precision of differences"
    run_onhold 0 compare desk.yaml --variants --precision reached=±0.001% --max-replications 30 --format json
    jq -e '.run.ended == "max_replications" and (.precision[0].reached | not)' <<<"$output"
    contains "$stderr" "precision not reached: total.reached"
}

@test "--best finds the best, and says how sure that is" {
    sed -i 's/^  more: .*/  more: {agents.desk.count: 6}\n  less: {agents.desk.count: 4}/' desk.yaml
    run_onhold 0 compare desk.yaml --variants --best wait_answered.mean --format json
    jq -e '.best | .best == "more" and .decided and .sense == "smallest" and .metric == "total.wait_answered.mean"
        and .confidence == 0.95 and (.scenarios | length) == 3
        and ([.scenarios[] | select(.dropped | not) | .scenario] == ["more"])' <<<"$output"
    run_onhold 0 compare desk.yaml --variants --best reached --indifference 0.5%
    contains "$output" "more is the best with 95% confidence, or less than 0.50 points from it."
    run_onhold 0 compare desk.yaml --variants --best reached --indifference 0.0001% --max-replications 30
    contains "$output" "Not decided: more leads."
}

@test "--best takes what is better in one direction" {
    run_onhold 3 compare desk.yaml --variants --best occupancy
    contains "$stderr" "neither more nor less of 'total.occupancy' is better"
    run_onhold 3 compare desk.yaml --variants --best reachd
    contains "$stderr" "did you mean 'total.reached'?"
    run_onhold 3 compare desk.yaml --variants --best reached --indifference 3s
    contains "$stderr" "[metric-unit]"
    run_onhold 3 compare desk.yaml --variants --best wait_answered.p90
    contains "$stderr" "percentiles are not compared"
    run_onhold 2 compare desk.yaml --variants --indifference 1%
}

@test "contact types that win and lose are told, and intervals" {
    cat >two.yaml <<'YAML'
time: {open: 08:00, close: 10:00, days: 2}
contacts:
  sales: {arrivals: {rate: 100/h}, patience: exponential(2min), talk: exponential(3min), priority: 1}
  service: {arrivals: {rate: 100/h}, patience: exponential(2min), talk: exponential(3min), priority: 2}
agents: {desk: {count: 9, handles: [sales, service]}}
variants: {service-first: {contacts.sales.priority: 3}}
YAML
    run_onhold 0 compare two.yaml --variants
    [[ $(grep -E '^  sales ' <<<"$output") == *worse* ]]
    [[ $(grep -E '^  service ' <<<"$output") == *better* ]]
    contains "$output" "service_level by interval: "
    run_onhold 0 compare two.yaml --variants --intervals each
    contains "$output" "day 2 09:30"
    run_onhold 0 compare two.yaml --variants --format json
    jq -e '.intervals | length > 4 and all(.[]; has("difference") and has("weekday") and has("start"))' <<<"$output"
    jq -e '[.pairs[] | select(.metric == "contacts.sales.reached") | .verdict][0]
        | startswith("sales: with service-first ")' <<<"$output"
}

@test "one replication has no intervals" {
    run_onhold 0 compare desk.yaml --variants --replications 1 --format json
    pair total.reached | jq -e '.low == null and .change == "unknown" and (.verdict | contains("no interval"))'
    run_onhold 0 compare desk.yaml --variants --replications 1
    contains "${lines[0]}" "(one replication: no interval)"
}

@test "--set and --seed hold for all" {
    run_onhold 0 compare desk.yaml --variants --set contacts.calls.patience=never --seed 9 --format json
    jq -e '.run.seed == 9 and all(.scenarios[]; .overrides == ["contacts.calls.patience=never"])' <<<"$output"
}

@test "--output takes a file or a directory" {
    run_onhold 0 compare desk.yaml --variants --output out.json
    jq -e '.format == "onhold-compare/1"' out.json
    run_onhold 0 compare desk.yaml --variants --output out/
    grep -q "more against desk" out/report.txt
    head -n 1 out/result.csv | grep -q '^a,b,metric,'
    is_clean
}

@test "what makes no comparison is refused" {
    run_onhold 2 compare
    run_onhold 2 compare desk.yaml
    contains "$stderr" "two scenarios, or one with --variants"
    run_onhold 2 compare desk.yaml desk.yaml --variants
    run_onhold 2 compare desk.yaml --variants --variant more
    run_onhold 2 compare desk.yaml desk.yaml --trace t.csv
    run_onhold 2 compare desk.yaml desk.yaml --only-replication 2
    sed -i '/variants:/,$d' desk.yaml
    run_onhold 3 compare desk.yaml --variants
    contains "$stderr" "has no variants"
    run_onhold 3 compare desk.yaml missing.yaml
    [[ -z $output ]]
}

@test "Ctrl-C prints whole replications, marked incomplete, and exits with 130" {
    endless_desk
    env --default-signal=INT,TERM,HUP "$ONHOLD" compare endless.yaml --variants --threads 2 --format json \
        --progress always >out 2>err &
    local pid=$! code=0
    for _ in $(seq 1200); do
        grep -aqE '\] [1-9][0-9]* of' err && break
        sleep 0.05
    done
    kill -INT $pid
    wait $pid || code=$?
    [[ $code -eq 130 ]]
    jq -e '(.run.complete | not) and .run.ended == "interrupted" and .run.replications >= 1' out
    contains "$(cat err)" "interrupted"
}

@test "--max-time ends a comparison and marks it as incomplete" {
    endless_desk
    run_onhold 0 compare endless.yaml --variants --max-time 2s --format json
    jq -e '(.run.complete | not) and .run.ended == "max_time"' <<<"$output"
}

@test "money is compared in the currency of the scenarios" {
    cat > paid.yaml <<'YAML'
contacts: {calls: {arrivals: {rate: 60/h}, talk: 3min}}
agents: {team: {count: 9, cost: 41 EUR/h}}
variants: {one-more: {agents.team.count: 10}}
YAML
    "$ONHOLD" compare paid.yaml --variants --replications 3 > out
    contains "$(cat out)" "with one-more the centre costs 984 EUR more"
}

@test "--with-theory says how far formulas are off, of one scenario or several" {
    run_onhold 0 compare desk.yaml --with-theory
    contains "$output" "What formulas say of desk"
    contains "$output" "Erlang A is on average "
    contains "$output" "M/M/n+G"
    contains "$output" "monday 09:30"
    lacks "$output" "on the same callers"
    run_onhold 0 compare desk.yaml --with-theory --format json
    jq -e '.pairs == [] and (.theory | length) == 1 and (.theory[0] | .scenario == "desk" and .scope == "total"
        and .reason == null and (.intervals | length) == 20 and (.counted | not)
        and .intervals[3].agents == 5 and (.intervals[3].rate_per_h - 60 | fabs) < 1e-9
        and .intervals[3].handle_time == 240 and .intervals[3].patience == 120)' <<<"$output"
    jq -e 'all(.theory[0].intervals[]; (.erlang_a.service_level.value - .simulated.service_level.value
        - .erlang_a.service_level.difference | fabs) < 1e-9)' <<<"$output"
    # The formula is that of 'onhold erlang'.
    exact=$(onhold erlang a --rate 60/h --handle 240s --agents 5 --patience 120s --format json |
        jq '.metrics | (.abandonment | if type == "object" then .value else . end)')
    jq -e --argjson exact "$exact" '.theory[0].intervals[3].erlang_a.abandonment.value - $exact | fabs < 1e-9' <<<"$output"
    run_onhold 0 compare desk.yaml --variants --with-theory --format json
    jq -e '[.theory[].scenario] == ["desk", "more"] and .theory[1].intervals[0].agents == 6
        and (.pairs | length) > 50' <<<"$output"
    run_onhold 0 compare desk.yaml --with-theory --format csv
    contains "$output" "desk,erlang_c,total.service_level,monday,09:30,"
    run_onhold 0 compare desk.yaml --variants --format json
    jq -e '.theory == null' <<<"$output"
}

@test "--with-theory says so where Erlang C has no answer, and where no formula applies" {
    run_onhold 0 compare desk.yaml --with-theory --set agents.desk.count=3
    contains "$output" "Erlang C has no answer in 20 of 20 intervals"
    contains "$output" "unstable"
    cat >skills.yaml <<'YAML'
time: {length: 2h}
contacts:
  a: {arrivals: {rate: 60/h}, talk: 4min}
  b: {arrivals: {rate: 60/h}, talk: 4min}
agents:
  one: {count: 9, handles: [a]}
  two: {count: 9, handles: [a, b]}
YAML
    run_onhold 3 compare skills.yaml --with-theory
    contains "$stderr" "no formula for 'skills.yaml'"
    contains "$stderr" "shares some groups with other contacts, but not all"
    run_onhold 3 compare desk.yaml --with-theory --intervals none
    contains "$stderr" "there are no intervals"
    run_onhold 2 compare desk.yaml --with-theory --best reached
}
