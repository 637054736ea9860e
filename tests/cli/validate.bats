# onhold validate.
load helpers

@test "a valid scenario is said to be one" {
    run_onhold 0 validate desk.yaml
    [[ $output == "desk.yaml: valid" && -z $stderr ]]
    run_onhold 0 validate --quiet desk.yaml
    [[ -z $output ]]
}

@test "all problems of all files are reported, with their places" {
    sed 's/patience: .*/patience: exponental(2min)/; s/count: 5/cuont: 5/' desk.yaml >bad.yaml
    run_onhold 3 validate desk.yaml bad.yaml
    contains "$output" "desk.yaml: valid"
    contains "$stderr" "bad.yaml:6:15: error: "
    contains "$stderr" "did you mean 'exponential'?"
    contains "$stderr" "bad.yaml:9:"
    contains "$stderr" "did you mean 'count'?"
}

@test "variants are checked too" {
    sed -i 's/desk.count: 6/desk.count: many/' desk.yaml
    run_onhold 3 validate desk.yaml
    contains "$stderr" "desk.yaml:12:"
}

@test "--print writes a canonical form that reads back to itself" {
    "$ONHOLD" validate --print desk.yaml >canonical.yaml
    "$ONHOLD" validate --print canonical.yaml >again.yaml
    cmp canonical.yaml again.yaml
    diff <("$ONHOLD" run desk.yaml --format json | jq 'del(.scenario.file)') \
        <("$ONHOLD" run canonical.yaml --format json | jq 'del(.scenario.file)')
}

@test "--print shows the variant and the overrides" {
    run_onhold 0 validate --print --variant more desk.yaml
    contains "$output" "count: 6"
    run_onhold 0 validate --print --set agents.desk.count=7 desk.yaml
    contains "$output" "count: 7"
}

@test "validate simulates nothing" {
    endless_desk
    run_onhold 0 validate endless.yaml
}

@test "no scenario is usage" {
    run_onhold 2 validate
}

# hint_of PATH HINT: what is said of an expectation on PATH.
hint_of() {
    sed "/^run:/i expect: {$1: at most 3}" desk.yaml >hint.yaml
    run_onhold 3 validate hint.yaml
    contains "$stderr" "^~~"
    contains "$stderr" "~ $2"
}

@test "planners' words for metrics are understood in hints" {
    hint_of total.sl "did you mean 'total.service_level'?"
    hint_of total.average_wait "did you mean 'total.wait_answered.mean'?"
    hint_of contacts.calls.ASA "did you mean 'contacts.calls.wait_answered.mean'?"
    hint_of contacts.cals.aht "did you mean 'contacts.calls.handle_time.mean'?"
    hint_of 'total.abandon rate' "did you mean 'total.abandonment'?"
}

@test "a metric without its place, and of one type or group, gets it in the hint" {
    hint_of reached "say where: 'total.reached' or 'contacts.NAME.reached'"
    hint_of calls.service_level "did you mean 'contacts.calls.service_level'?"
    hint_of desk.occupancy "did you mean 'agents.desk.occupancy'?"
}

@test "hints name the percentiles that exist, and how to get a tail" {
    hint_of wait_answered.p85 "its percentiles are p50, p80, p90, p95 and p99"
    hint_of contacts.calls.wait_answered.p85 "its percentiles are p50"
    hint_of contacts.calls.wait_answered.over_20s "add 'tails: [20s]' to the contact type"
    hint_of total.wait_answered.over_20s "add 'tails: [20s]' to every contact type"
    hint_of total.wait_all.over_10min "did you mean 'total.wait_all.over_600s'?"
}
