# onhold explain: every row of every table can be asked for by its name.
load helpers

@test "without a topic the kinds of topics are listed" {
    run_onhold 0 explain
    for kind in commands options keys choices distributions metrics messages words files; do
        contains "$output" "  $kind "
    done
}

@test "everything that is listed can be explained" {
    for kind in commands options keys choices distributions metrics messages words files; do
        run_onhold 0 explain "$kind"
        [[ ${#lines[@]} -gt 0 ]]
        local topic
        for topic in "${lines[@]}"; do
            "$ONHOLD" explain "$topic" >explained || { echo "$kind: $topic"; return 1; }
            [[ -s explained && $(head -c 1 explained) != $'\n' ]] || { echo "$kind: $topic: empty"; return 1; }
        done
    done
}

@test "a key goes by its path and by its last words" {
    run_onhold 0 explain contacts.*.queue.limit
    local whole=$output
    run_onhold 0 explain queue.limit
    contains "$output" "limit"
    run_onhold 0 explain contacts.calls.queue.limit
    [[ -n $whole && -n $output ]]
}

@test "a metric goes by its id, a path, a percentile and the start of its name" {
    run_onhold 0 explain reached
    contains "$output" "answered / sought"
    local reached=$output
    run_onhold 0 explain total.reached
    [[ $output == "$reached" ]]
    run_onhold 0 explain contacts.calls.reached
    [[ $output == "$reached" ]]
    run_onhold 0 explain wait_answered.p90
    contains "$output" "90%"
    run_onhold 0 explain wait_answered
    contains "$output" "wait_answered.mean"
    contains "$output" "wait_answered.max"
}

@test "the words that reports and definitions use are explained" {
    for word in left sought W T S window p90 ASA AHT SL FCR asa utilisation; do
        run_onhold 0 explain "$word"
        contains "${output,,}" "${word,,} (word)"
    done
    run_onhold 0 explain sought
    contains "$output" "See also: reached"
}

@test "what 'see also' names can be explained" {
    run_onhold 0 explain words
    local word topic
    for word in "${lines[@]}"; do
        "$ONHOLD" explain "$word" | sed -n 's/^See also: //p' | sed 's/, /\n/g' >>topics
    done
    sort -u topics | while read -r topic; do
        "$ONHOLD" explain "$topic" >/dev/null || return 1
    done
}

@test "every member of the JSON result and every column of the CSV is explained" {
    "$ONHOLD" run desk.yaml --output out/
    run_onhold 0 explain result.json
    diff <(awk '/^  [a-z]/ {print $1}' <<<"$output") <(jq -r 'keys_unsorted[]' out/result.json)
    local key
    for key in $(jq -r '.scenario, .run, .intervals[0] | keys[]' out/result.json); do
        contains "$(tr '\n' ' ' <<<"$output")" "$key"
    done
    run_onhold 0 explain result.csv
    diff <(awk '/^  [a-z]/ {print $1}' <<<"$output") <(head -1 out/result.csv | tr , '\n')
}

@test "planners' words lead to the metric" {
    run_onhold 0 explain ASA
    contains "$output" "ASA is wait_answered.mean here:"
    contains "$output" "= sum of W of answered / answered"
    run_onhold 0 explain total.sl
    contains "$output" "sl is service_level here:"
}

@test "a word with several meanings gets all of them" {
    run_onhold 0 explain abandons_negative
    [[ $(grep -c '' <<<"$output") -gt 2 ]]
    run_onhold 0 explain erlang
    contains "$output" "(command)"
    contains "$output" "(distribution)"
}

@test "an unknown topic is refused with the nearest one" {
    run_onhold 2 explain reachd
    contains "$stderr" "did you mean 'reached'?"
    run_onhold 2 explain patence
    contains "$stderr" "did you mean 'patience'?"
    run_onhold 2 explain lognormall
    contains "$stderr" "did you mean 'lognormal'?"
    run_onhold 2 explain xyzzyxyzzy
    lacks "$stderr" "did you mean"
    run_onhold 2 explain reached offered
    contains "$stderr" "one topic at a time"
}

@test "--markdown prints references" {
    run_onhold 0 explain --markdown keys
    contains "$output" "arrivals"
    run_onhold 0 explain --markdown metrics
    contains "$output" '| `reached` |'
    run_onhold 0 explain --markdown distributions
    contains "$output" 'lognormal('
    run_onhold 2 explain --markdown
    run_onhold 2 explain --markdown messages
}
