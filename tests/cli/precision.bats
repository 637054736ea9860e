# Runs that go on until they know enough: --precision, --max-replications, --max-time, run.precision.
load helpers

@test "--precision goes on until the metrics are known so well" {
    run_onhold 0 run desk.yaml --format json \
        --precision 'service_level=±1%, contacts.calls.wait_answered.mean=±5%'
    jq -e '.run.complete and .run.ended == "enough" and .run.replications >= 30
        and (.precision | length) == 2 and all(.precision[]; .reached and .half_width <= .wanted)
        and .precision[0].path == "total.service_level" and .precision[0].wanted == 0.01
        and .precision[1].path == "contacts.calls.wait_answered.mean"
        and (.precision[1].wanted / .precision[1].value - 0.05 | fabs) < 1e-9' <<<"$output"
    jq -e '(.total.service_level | .value - .low) - .precision[0].half_width | fabs < 1e-9' <<<"$output"
}

@test "relative on a share is said so" {
    run_onhold 0 run desk.yaml --format json --precision 'service_level=±5% relative'
    jq -e '.precision[0] | .reached and (.wanted / .value - 0.05 | fabs) < 1e-9' <<<"$output"
}

@test "a wider precision takes fewer replications, a run without one as many as it says" {
    run_onhold 0 run desk.yaml --format json --precision service_level=±0.5%
    local narrow wide
    narrow=$(jq .run.replications <<<"$output")
    run_onhold 0 run desk.yaml --format json --precision service_level=±20%
    wide=$(jq .run.replications <<<"$output")
    [[ $wide == 30 && $narrow -gt 100 ]]
    run_onhold 0 run desk.yaml --format json
    jq -e '.run.replications == 4 and .precision == []' <<<"$output"
}

@test "a precision is the run of as many replications" {
    run_onhold 0 run desk.yaml --format json --precision service_level=±1%
    local n
    n=$(jq .run.replications <<<"$output")
    diff <(jq 'del(.precision)' <<<"$output") \
        <(onhold run desk.yaml --format json --replications "$n" | jq 'del(.precision)')
}

@test "the number of threads does not matter" {
    for threads in 1 2 8; do
        onhold run desk.yaml --format json --precision service_level=±0.6% --threads $threads >$threads.json
    done
    cmp 1.json 2.json
    cmp 1.json 8.json
}

@test "--max-replications ends a run that does not reach it, and the report says so" {
    run_onhold 0 run desk.yaml --precision wait_answered.mean=±0.01s --max-replications 50
    contains "$output" "not reached with the most replications allowed"
    contains "$output" "50 replications"
    run_onhold 0 run desk.yaml --precision wait_answered.mean=±0.01s --max-replications 50 --format json
    jq -e '.run.complete and .run.ended == "max_replications" and .run.replications == 50
        and .precision[0].reached == false and .precision[0].target == "±10ms"' <<<"$output"
    contains "$stderr" "precision not reached: total.wait_answered.mean"
    run_onhold 0 run desk.yaml --precision wait_answered.mean=±0.01s --max-replications 50 --format json -q
    [[ -z $stderr ]]
}

@test "--max-time ends a run and marks it as incomplete" {
    endless_desk
    run_onhold 0 run endless.yaml --max-time 2s --format json
    jq -e '(.run.complete | not) and .run.ended == "max_time" and .run.replications >= 1' <<<"$output"
    run_onhold 0 run endless.yaml --max-time 2s --precision reached=±0.0001%
    contains "$output" "not reached in the time allowed"
    contains "$output" "Ended by the limit of time"
}

@test "a time that is too short for one replication is a failure" {
    endless_desk
    sed -i 's/2000h/20000h/; s/60\/h/6000\/h/; s/count: 5/count: 500/' endless.yaml
    run_onhold 4 run endless.yaml --max-time 50ms
    contains "$stderr" "the time was over before the first replication ended"
}

@test "the scenario may ask for a precision, and the command line for another" {
    sed -i 's/run: .*/run: {precision: [reached=±2%, occupancy=±1%], max_replications: 40}/' desk.yaml
    run_onhold 0 run desk.yaml --format json
    jq -e '[.precision[].path] == ["total.reached", "total.occupancy"]' <<<"$output"
    run_onhold 0 run desk.yaml --format json --precision offered=±1%
    jq -e '[.precision[].path] == ["total.offered"] and .run.replications <= 40' <<<"$output"
    run_onhold 0 run desk.yaml --format json --precision offered=±5% --precision reached=±9%
    jq -e '[.precision[].path] == ["total.offered", "total.reached"]' <<<"$output"
}

@test "--only-replication leaves the precision aside" {
    run_onhold 0 run desk.yaml --format json --precision reached=±1% --only-replication 3
    jq -e '.run.replications == 1 and .precision == []' <<<"$output"
}

@test "a metric that does not exist, and a unit that does not fit, are told with their place" {
    run_onhold 3 run desk.yaml --precision 'reached=±1%, servce_level=±1%'
    contains "$stderr" "--precision:1:14: error"
    contains "$stderr" "did you mean 'total.service_level'?"
    run_onhold 3 run desk.yaml --precision reached=±3s
    contains "$stderr" "[metric-unit]"
    run_onhold 3 run desk.yaml --precision reached
    contains "$stderr" "[bad-precision]"
    run_onhold 3 run desk.yaml --max-replications 1
    contains "$stderr" "--max-replications:1:1: error"
}

@test "--batches cuts one long run into parts that give the intervals" {
    sed -i 's/length: 10h/length: 300h, warm_up: 10h/; s/run: .*/run: {seed: 3}/' desk.yaml
    run_onhold 0 run desk.yaml --batches 20
    contains "${lines[0]}" "; 20 batches)"
    contains "$output" "1 replication in 20 batches, 95% intervals"
    run_onhold 0 run desk.yaml --batches 20 --format json
    jq -e '.run.replications == 1 and .run.batches == 20 and .total.reached.low != null
        and .total["wait_answered.p90"].low == null' <<<"$output"
    onhold run desk.yaml --replications 1 --format json |
        jq -e --argjson value "$(jq .total.reached.value <<<"$output")" '.run.batches == 1
            and .total.reached.low == null and (.total.reached.value - $value | fabs) < 1e-9'
    run_onhold 3 run desk.yaml --batches 20 --replications 5
    contains "$stderr" "[bad-batches]"
    run_onhold 3 run desk.yaml --batches 20 --precision reached=±1%
    run_onhold 3 run desk.yaml --batches 20 --set time.open=08:00 --set time.close=10:00
}
