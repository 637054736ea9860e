# onhold sweep: a scenario with some of its values changed.
load helpers

# The value of a metric in the cells of $output, a line each.
values() { jq -c ".cells[].metrics[\"total.$1\"].value" <<<"$output"; }

@test "a table over one value, the headline first" {
    run_onhold 0 sweep desk.yaml --vary agents.desk.count=4..8..2
    [[ ${lines[0]} =~ ^'reached: from '[0-9.]+'% (agents.desk.count=4) to '[0-9.]+'% (agents.desk.count=8)'$ ]]
    contains "$output" "desk.yaml, seed 1, 4 replications on the same callers, 95% intervals"
    [[ $(grep -cE '^  [468] +[0-9.]+% ±' <<<"$output") -eq 3 ]]
    for metric in reached service_level wait_answered.mean abandonment occupancy; do
        contains "${lines[3]}" "$metric"
    done
    [[ -z $stderr ]]
}

@test "cells are what 'run --set' says, to the last digit" {
    run_onhold 0 sweep desk.yaml --variant more --set contacts.calls.patience=3min --seed 5 --format json \
        --vary agents.desk.count=4,6 --vary 'contacts.calls.talk=exponential(3min),lognormal(mean=4min cv=1.2)' \
        --metric service_level --metric contacts.calls.wait_answered.p90 --metric agents.desk.occupancy
    jq -e '.format == "onhold-sweep/1" and (.cells | length) == 4 and .run.complete' <<<"$output"
    local c count talk
    for c in 0 1 2 3; do
        count=$(jq -r ".cells[$c].settings[\"agents.desk.count\"]" <<<"$output")
        talk=$(jq -r ".cells[$c].settings[\"contacts.calls.talk\"]" <<<"$output")
        onhold run desk.yaml --variant more --set contacts.calls.patience=3min --seed 5 --format json \
            --set "agents.desk.count=$count" --set "contacts.calls.talk=$talk" >run.json
        for pair in total.service_level:.total.service_level \
            'contacts.calls.wait_answered.p90:.contacts.calls["wait_answered.p90"]' \
            agents.desk.occupancy:.agents.desk.occupancy; do
            diff <(jq -S ".cells[$c].metrics[\"${pair%%:*}\"]" <<<"$output") <(jq -S "${pair#*:}" run.json)
        done
        [[ $(jq -r ".cells[$c].digest" <<<"$output") == "$(jq -r .scenario.digest run.json)" ]]
    done
    # The control: another seed is noticed.
    onhold run desk.yaml --set agents.desk.count=4 --seed 6 --format json >run.json
    ! diff <(jq -S '.cells[0].metrics["total.service_level"]' <<<"$output") <(jq -S .total.service_level run.json)
}

@test "ranges go up in any unit, lists may hold anything" {
    texts() { jq -r '.parameters[0].values | join(" ")' <<<"$output"; }
    run_onhold 0 sweep desk.yaml --replications 1 --format json --vary contacts.calls.patience=1min..2min..30s
    [[ $(texts) == "1min 90s 2min" ]]
    jq -e '.parameters[0].numbers == [60, 90, 120]' <<<"$output"
    run_onhold 0 sweep desk.yaml --replications 1 --format json --vary contacts.calls.arrivals.rate=40/h..60/h..10/h
    [[ $(texts) == "40/h 50/h 60/h" ]]
    run_onhold 0 sweep desk.yaml --replications 1 --format json --vary contacts.calls.arrivals.volume=80%..120%..10%
    [[ $(texts) == "80% 90% 100% 110% 120%" ]]
    run_onhold 0 sweep desk.yaml --replications 1 --format json --vary agents.desk.speed=0.1..0.3..0.1
    [[ $(texts) == "0.1 0.2 0.3" ]]
    run_onhold 0 sweep desk.yaml --replications 1 --format json --vary agents.desk.count=4..6,9
    [[ $(texts) == "4 5 6 9" ]]
    run_onhold 0 sweep desk.yaml --replications 1 --format json \
        --vary 'contacts.calls.arrivals.rate={00:00: 30/h, 05:00: 90/h}, 60/h'
    jq -e '.parameters[0] | .values == ["{00:00: 30/h, 05:00: 90/h}", "60/h"] and .numbers[0] == null' <<<"$output"
}

@test "two values make a matrix of one metric, a list of several" {
    run_onhold 0 sweep desk.yaml --vary agents.desk.count=4..5 --vary contacts.calls.patience=1min,2min,3min \
        --metric service_level
    contains "$output" "service_level, by agents.desk.count (down) and contacts.calls.patience (across)"
    [[ $(grep -cE '^  [45]( +[0-9.]+% ±[0-9.]+){3}$' <<<"$output") -eq 2 ]]
    run_onhold 0 sweep desk.yaml --vary agents.desk.count=4..5 --vary contacts.calls.patience=1min,2min,3min
    [[ $(grep -cE '^  [45] +[123]min ' <<<"$output") -eq 6 ]]
}

@test "--zip takes values together" {
    run_onhold 0 sweep desk.yaml --zip --vary agents.desk.count=4..6 --vary contacts.calls.patience=1min,2min,3min \
        --format json
    jq -e '.run.zipped and [.cells[].settings | .["agents.desk.count"] + .["contacts.calls.patience"]]
        == ["41min", "52min", "63min"]' <<<"$output"
    run_onhold 2 sweep desk.yaml --zip --vary agents.desk.count=4..6 --vary contacts.calls.patience=1min,2min
    contains "$stderr" "equal length"
}

@test "CSV has a line for each cell and metric" {
    run_onhold 0 sweep desk.yaml --vary agents.desk.count=4..6 --format csv
    [[ ${lines[0]} == agents.desk.count,metric,value,low,high,unit,replications,complete ]]
    [[ ${#lines[@]} -eq 16 ]]
}

@test "the number of threads does not matter, in any format" {
    for threads in 1 2 8; do
        for format in text json csv; do
            onhold sweep desk.yaml --vary agents.desk.count=4..6 --threads $threads --format $format >$threads.$format
        done
        onhold sweep desk.yaml --vary agents.desk.count=1..12 --goal 'service_level >= 80%' --threads $threads \
            --format json >$threads.goal
        onhold sweep desk.yaml --tornado --threads $threads --format json >$threads.tornado
        onhold sweep desk.yaml --vary agents.desk.count=4..6 --precision reached=±1% --threads $threads \
            --format json >$threads.precision
    done
    for what in text json csv goal tornado precision; do
        cmp 1.$what 2.$what
        cmp 1.$what 8.$what
    done
}

@test "--precision holds in each cell" {
    run_onhold 0 sweep desk.yaml --vary agents.desk.count=3,8 --precision reached=±0.4% --format json
    jq -e 'all(.cells[]; .precise and (.metrics["total.reached"] | .high - .low) <= 0.00801)
        and .cells[0].replications > .cells[1].replications' <<<"$output"
    run_onhold 0 sweep desk.yaml --vary agents.desk.count=3,4 --precision reached=±0.01% --max-replications 30
    contains "$output" "less precise than asked for"
}

@test "--goal finds the fewest agents, as 'erlang' does" {
    run_onhold 0 sweep desk.yaml --vary agents.desk.count=1..40 --goal 'service_level >= 80%' \
        --set time.length=100h
    [[ ${lines[0]} =~ ^'6 agents are the fewest with which service_level >= 80% ('[0-9.]+'% ±'[0-9.]+'); 5 give ' ]]
    run_onhold 0 sweep desk.yaml --vary agents.desk.count=1..40 --goal 'service_level at least 80%' --format json
    jq -e '.goal | .found == "found" and .value == "6" and .neighbour == "5" and .sense == "smallest"
        and .limit == 0.8 and .confidence == 0.95' <<<"$output"
    # Halving judges few of the values.
    jq -e '[.goal.judged[] | select(. != null)] | length <= 9' <<<"$output"
    run_onhold 0 sweep desk.yaml --vary agents.desk.count=1..40 --goal 'contacts.calls.wait_answered.mean <= 1s' \
        --format json
    jq -e '.goal.value == "8" or .goal.value == "9"' <<<"$output"
    jq -e '.metrics[0].path == "contacts.calls.wait_answered.mean"' <<<"$output"
}

@test "--goal finds the largest value where smaller ones meet it" {
    run_onhold 0 sweep desk.yaml --vary contacts.calls.arrivals.rate=20/h..100/h..10/h --goal 'abandonment <= 5%'
    [[ ${lines[0]} =~ ^'contacts.calls.arrivals.rate='40/h' is the largest value with which abandonment <= 5% (' ]]
    contains "${lines[0]}" "; 50/h gives "
}

@test "a goal that no value meets is exit code 1, one that is not decided 5" {
    run_onhold 1 sweep desk.yaml --vary agents.desk.count=1..4 --goal 'service_level >= 80%'
    contains "${lines[0]}" "neither 1 agent ("
    run_onhold 0 sweep desk.yaml --vary agents.desk.count=8..12 --goal 'service_level >= 80%'
    contains "${lines[0]}" "already 8 agents meets service_level >= 80%"
    run_onhold 0 sweep desk.yaml --vary agents.desk.count=6 --format json --replications 30
    local value
    value=$(jq '.cells[0].metrics["total.service_level"].value * 1e6 | round / 1e4' <<<"$output")
    run_onhold 5 sweep desk.yaml --vary agents.desk.count=3..9 --goal "service_level >= $value%" --max-replications 30
    contains "${lines[0]}" "not decided from where on"
    contains "${lines[0]}" "6 is too close to the limit"
    contains "${lines[0]}" "5 agents fails"
    contains "${lines[0]}" "7 agents meets it"
}

@test "--tornado sorts values by their effect" {
    run_onhold 0 sweep desk.yaml --tornado --metric service_level --format json --replications 30
    jq -e '.tornado | .by == 0.1 and .bars[0].path == "agents.desk.count" and .bars[0].less.value == "4"
        and ([.bars[].path] | sort) == ["agents.desk.count", "contacts.calls.arrivals.rate", "contacts.calls.patience",
            "contacts.calls.talk"]' <<<"$output"
    jq -e '[.tornado.bars[] | [.less, .more] | map(.effects["total.service_level"].difference | fabs) | max]
        | . == (sort | reverse)' <<<"$output"
    jq -e '.tornado.bars[] | select(.path == "contacts.calls.talk") | .less.value == "exponential(3.6min)"
        and .more.value == "exponential(4.4min)"' <<<"$output"
    # An effect is the difference of two runs.
    local difference
    difference=$(jq '.tornado.bars[0].more.effects["total.service_level"].difference' <<<"$output")
    onhold run desk.yaml --replications 30 --format json >as-is.json
    onhold run desk.yaml --replications 30 --format json --set agents.desk.count=6 >six.json
    jq -ne --argjson d "$difference" --slurpfile a as-is.json --slurpfile b six.json \
        '$b[0].total.service_level.value - $a[0].total.service_level.value - $d | fabs < 1e-9'
    run_onhold 0 sweep desk.yaml --tornado contacts.calls.talk --by 25%
    contains "$output" "exponential(3min)"
    contains "$output" "exponential(5min)"
    lacks "$output" "agents.desk.count"
}

@test "what is wrong is told before anything runs" {
    run_onhold 2 sweep
    run_onhold 2 sweep desk.yaml
    run_onhold 2 sweep desk.yaml desk.yaml --vary agents.desk.count=4..8
    run_onhold 2 sweep desk.yaml --vary agents.desk.count
    run_onhold 2 sweep desk.yaml --vary agents.desk.count=4..8..0
    run_onhold 2 sweep desk.yaml --vary agents.desk.count=8..4
    run_onhold 2 sweep desk.yaml --vary agents.desk.count=4..8..2s
    run_onhold 2 sweep desk.yaml --vary agents.desk.count=4,,8
    run_onhold 2 sweep desk.yaml --vary agents.desk.count=1..20000
    run_onhold 2 sweep desk.yaml --vary agents.desk.count=4 --vary agents.desk.count=5
    run_onhold 2 sweep desk.yaml --vary agents.desk.count=4..8 --by 10%
    run_onhold 2 sweep desk.yaml --tornado --vary agents.desk.count=4..8
    run_onhold 2 sweep desk.yaml --tornado contacts.calls.wrap_up
    contains "$stderr" "gives no value at 'contacts.calls.wrap_up'"
    run_onhold 2 sweep desk.yaml --tornado --metric wait_answered.p90
    run_onhold 2 sweep desk.yaml --vary agents.desk.count=4..8 --vary contacts.calls.patience=1min --goal 'reached >= 80%'
    run_onhold 2 sweep desk.yaml --vary agents.desk.count=8,4 --goal 'reached >= 80%'
    run_onhold 2 sweep desk.yaml --vary agents.desk.count=4..8 --goal 'reached between 80% and 90%'
    run_onhold 3 sweep desk.yaml --vary agents.dsk.count=4..8
    contains "$stderr" "did you mean 'desk'?"
    run_onhold 3 sweep desk.yaml --vary agents.desk.count=4,many
    contains "$stderr" "--vary:1:19: error"
    run_onhold 3 sweep desk.yaml --vary agents.desk.count=4..8 --metric reachd
    contains "$stderr" "did you mean 'total.reached'?"
    run_onhold 3 sweep desk.yaml --vary agents.desk.count=4..8 --goal 'reached >= 8s'
    contains "$stderr" "[metric-unit]"
    [[ -z $output ]]
}

@test "--output takes a file or a directory" {
    run_onhold 0 sweep desk.yaml --vary agents.desk.count=4..6 --output out.json
    jq -e '.format == "onhold-sweep/1"' out.json
    run_onhold 0 sweep desk.yaml --vary agents.desk.count=4..6 --output out/
    grep -q "^reached: from" out/report.txt
    head -n 1 out/result.csv | grep -q '^agents.desk.count,metric,'
    is_clean
}

@test "Ctrl-C keeps the cells that have results, and exits with 130" {
    endless_desk
    sed -i 's/replications: 100000/replications: 4/' endless.yaml
    env --default-signal=INT,TERM,HUP "$ONHOLD" sweep endless.yaml --vary agents.desk.count=4..4000 --threads 2 \
        --format json --progress always >out 2>err &
    local pid=$! code=0
    for _ in $(seq 1200); do
        grep -aqE '\] ([5-9]|[1-9][0-9]+) of' err && break
        sleep 0.05
    done
    kill -INT $pid
    wait $pid || code=$?
    [[ $code -eq 130 ]]
    jq -e '(.run.complete | not) and .run.ended == "interrupted" and .run.cells_done >= 1 and .run.cells == 3997
        and .cells[0].complete and .cells[0].replications == 4 and .cells[-1].replications == 0
        and .cells[-1].metrics["total.reached"].value == null' out
    contains "$(cat err)" "interrupted"
    contains "$(tr '\r' '\n' <err)" " left"
}

@test "--max-time is that of all cells" {
    endless_desk
    run_onhold 0 sweep endless.yaml --vary agents.desk.count=4..6 --max-time 2s --format json
    jq -e '(.run.complete | not) and .run.ended == "max_time" and all(.cells[]; .replications >= 1)' <<<"$output"
}

@test "charts are drawn from a sweep" {
    command -v gnuplot >/dev/null || skip "gnuplot is not installed"
    run_onhold 0 sweep desk.yaml --vary agents.desk.count=4..6 --metric service_level --metric reached --plot one
    [[ -s one/result-curve-service_level.png && -s one/result-curve-reached.svg && -s one/curve.gp ]]
    run_onhold 0 sweep desk.yaml --vary agents.desk.count=4..6 --vary contacts.calls.patience=1min,2min \
        --metric service_level --plot two
    [[ -s two/result-heat-service_level.png ]]
    run_onhold 0 sweep desk.yaml --tornado --metric service_level --plot three
    [[ -s three/result-tornado-service_level.png ]]
    run_onhold 0 sweep desk.yaml --vary agents.desk.count=1..9 --goal 'reached >= 90%' --output goal.json
    run_onhold 0 plot goal.json --kind curve --output four
    [[ -s four/goal-curve-reached.png ]]
    run_onhold 3 plot goal.json --kind wait --output five
    is_clean
}
