# onhold calibrate: unknowns of a scenario from what it is to give.
load helpers

# A calibration that is done in no time: two unknowns, two targets.
FREE=(--free contacts.calls.arrivals.rate=40/h..90/h --free 'contacts.calls.patience=exponential({1min..9min})')
TARGETS=(--target 'reached=85% ± 0.5%' --target 'wait_answered.mean=50s ± 2s')

calibrate() { run_onhold "$1" calibrate desk.yaml "${FREE[@]}" "${TARGETS[@]}" "${@:2}"; }

@test "the answer comes first, then values, targets and how they were found" {
    calibrate 0
    [[ ${lines[0]} == "All targets are met" ]]
    contains "$output" "contacts.calls.patience"
    contains "$output" "exponential({1min..9min})"
    contains "$output" "total.wait_answered.mean"
    contains "$output" "4 replications each on the same callers, seed 1, 95% intervals"
    contains "$output" "started from closed forms"
    lacks "$output" "not met"
    [[ -z $stderr ]]
}

@test "JSON has values with limits, targets and directions" {
    calibrate 0 --format json
    jq -e '.format == "onhold-calibrate/1" and .verdict.met and .verdict.determined and .run.complete
        and .run.ended == "enough" and .run.evaluations < 100 and .run.started_from_theory' <<<"$output"
    jq -e '[.fitted[].path] == ["contacts.calls.arrivals.rate", "contacts.calls.patience"]
        and all(.fitted[]; .low < .value and .value < .high and .leeway > 0 and .determined
            and .range[0] < .value and .value < .range[1] and (.whole | not))
        and (.fitted[1].text | test("^exponential\\([0-9.]+min\\)$"))' <<<"$output"
    jq -e 'all(.targets[]; .met and (.off | fabs) <= 1 and ((.value - .target) / .tolerance - .off | fabs) < 1e-6)
        and .targets[0].path == "total.reached" and .targets[0].tolerance == 0.005
        and .targets[1].target == 50' <<<"$output"
    jq -e '(.directions | length) == 2 and all(.directions[]; .open == false and .words == null)
        and .directions[0].sensitivity > .directions[1].sensitivity' <<<"$output"
}

@test "the fitted scenario extends the one given, and gives the targets" {
    calibrate 0 --output fitted.yaml
    is_clean
    grep -q '^# Fitted by onhold ' fitted.yaml
    grep -qF "onhold calibrate desk.yaml --free contacts.calls.arrivals.rate=40/h..90/h --free" fitted.yaml
    grep -q '^extends: desk.yaml$' fitted.yaml
    run_onhold 0 run fitted.yaml --format json
    jq -e '[.expect[].verdict] == ["pass", "pass"]' <<<"$output"
    # The command in its first lines gives the same file again.
    local command
    command=$(sed -n '2s/^#  *onhold //p' fitted.yaml)
    cp fitted.yaml first.yaml
    eval "onhold $command -o fitted.yaml" >/dev/null
    cmp first.yaml fitted.yaml
}

@test "what was set goes into the fitted scenario; values of a variant into the variant" {
    mkdir sub
    calibrate 0 --set contacts.calls.wrap_up=10s --seed 5 -o sub/fitted.yaml
    grep -q '^extends: ../desk.yaml$' sub/fitted.yaml
    run_onhold 0 run sub/fitted.yaml --format json
    jq -e '.run.seed == 5 and [.expect[].verdict] == ["pass", "pass"]' <<<"$output"
    run_onhold 0 calibrate desk.yaml --variant more --free agents.desk.count=3..20 \
        --target 'reached=93% ± 3%' -o fitted.yaml
    run_onhold 0 run fitted.yaml --format json # the file itself still says 5
    jq -e '.agents.desk.on_duty.value == 5 and .expect == []' <<<"$output"
    run_onhold 0 run fitted.yaml --variant more --format json
    jq -e '.expect[0].verdict == "pass"' <<<"$output"
}

@test "CSV has a line an unknown and a line a target" {
    calibrate 0 --format csv
    [[ ${lines[0]} == "kind,path,asked,verdict,value,low,high,margin,off,unit" && ${#lines[@]} -eq 5 ]]
    [[ ${lines[1]} == fitted,contacts.calls.arrivals.rate,*,determined,*,/h ]]
    [[ ${lines[3]} == target,total.reached,*,met,*,share ]]
}

@test "the number of threads does not matter, in any format" {
    for threads in 1 2 8; do
        for format in text json csv; do
            onhold calibrate desk.yaml "${FREE[@]}" "${TARGETS[@]}" --threads $threads --format $format \
                -o $threads.yaml >$threads.$format
        done
    done
    for what in text json csv yaml; do
        cmp 1.$what 2.$what
        cmp 1.$what 8.$what
    done
    onhold calibrate desk.yaml "${FREE[@]}" "${TARGETS[@]}" --seed 2 --format csv >other.csv
    ! cmp -s 1.csv other.csv
}

@test "whole numbers stay whole" {
    run_onhold 0 calibrate desk.yaml --free agents.desk.count=2..30 --target 'reached=95%±3%' --format json
    jq -e '.fitted[0] | .whole and .value == (.value | floor) and .text == (.value | tostring)' <<<"$output"
}

@test "a relation that is left open is named, and the exit code is 0" {
    run_onhold 0 calibrate desk.yaml --free agents.desk.count=3..12 --free contacts.calls.arrivals.rate=40/h..90/h \
        --target 'reached=85% ± 0.5%'
    [[ ${lines[0]} == "The target is met, but one relation is left open: the values are some of many that fit" ]]
    contains "$output" "not determined"
    [[ $(tr '\n' ' ' <<<"$output" | tr -s ' ') =~ \
        A\ rise\ of\ [a-z.]+\ by\ 10%\ with\ a\ rise\ of\ [a-z.]+\ by\ [0-9.]+%\ does\ not\ change\ the\ target ]]
    run_onhold 0 calibrate desk.yaml --free agents.desk.count=3..12 --free contacts.calls.arrivals.rate=40/h..90/h \
        --target 'reached=85% ± 0.5%' --format json
    contains "$stderr" "left open: a rise of"
    jq -e '(.verdict.determined | not) and all(.fitted[]; .low == null and .leeway == null)
        and ([.directions[] | select(.open) | .words] | length) == 1' <<<"$output"
}

@test "the figures of 2015, 43% and 28 minutes, leave one relation open" {
    run_onhold 0 calibrate "$ROOT/scenarios/cases/irs-2015-jan-feb.yaml" --variant small --replications 1 \
        --set time.days=5 --free contacts.taxpayer.arrivals.volume=1.5%..3% \
        --free 'contacts.taxpayer.patience=exponential({30min..120min})' \
        --free 'contacts.taxpayer.queue.limit={2..6} per agent' \
        --target 'reached=43% ± 1%' --target 'wait_answered.mean=28min ± 1min' --format json
    jq -e '.verdict.met and (.verdict.determined | not) and ([.directions[] | select(.open)] | length) == 1' <<<"$output"
    # A third figure settles it.
    run_onhold 0 calibrate "$ROOT/scenarios/cases/irs-2015-jan-feb.yaml" --variant small --replications 1 \
        --set time.days=5 --free contacts.taxpayer.arrivals.volume=1.5%..3% \
        --free 'contacts.taxpayer.patience=exponential({30min..120min})' \
        --free 'contacts.taxpayer.queue.limit={2..6} per agent' \
        --target 'reached=43% ± 1%' --target 'wait_answered.mean=28min ± 1min' \
        --target 'disconnection=36% ± 1%' --format json
    jq -e '.verdict.met and .verdict.determined' <<<"$output"
}

@test "targets that cannot be met are told, and the exit code is 1" {
    run_onhold 1 calibrate desk.yaml "${FREE[@]}" --target 'reached=99% ± 0.1%' --target 'wait_answered.mean=5min ± 2s'
    [[ ${lines[0]} =~ ^[0-9]\ of\ 2\ targets\ (is|are)\ met ]]
    contains "$output" "not met"
    run_onhold 1 calibrate desk.yaml --free agents.desk.count=5..6 --target 'reached=99.9% ± 0.1%' --format json
    contains "$stderr" "target not met: total.reached=99.9% ± 0.1%"
    jq -e '(.verdict.met | not) and .fitted[0].at_edge and .fitted[0].value == 6 and .targets[0].off < -1' <<<"$output"
}

@test "what is no question is refused" {
    run_onhold 2 calibrate
    contains "$stderr" "a calibration takes one scenario"
    run_onhold 2 calibrate desk.yaml
    contains "$stderr" "say what is unknown: --free PATH=LO..HI"
    run_onhold 2 calibrate desk.yaml "${FREE[@]}"
    contains "$stderr" "say what is to come out: --target METRIC=VALUE"
    for free in agents.desk.count agents.desk.count=5 agents.desk.count=5..x =5..6 agents.desk.count=5..6..7 \
        contacts.calls.patience=20s..5 'contacts.calls.patience=exponential({20s..5/h})'; do
        run_onhold 2 calibrate desk.yaml --free "$free" --target reached=80%
        contains "$stderr" "--free takes PATH=LO..HI"
        contains "$stderr" "not '$free'"
    done
    run_onhold 2 calibrate desk.yaml --free agents.desk.count=9..5 --target reached=80%
    contains "$stderr" "from a lower value to a higher one"
    run_onhold 2 calibrate desk.yaml --free agents.desk.count=5..9 --free agents.desk.count=5..8 --target reached=80%
    contains "$stderr" "names each path once"
    run_onhold 2 calibrate desk.yaml --free a=1..2 --free b=1..2 --free c=1..2 --free d=1..2 --free e=1..2 --target reached=80%
    contains "$stderr" "at most 4"
    run_onhold 2 calibrate desk.yaml --free agents.desk.count=5..9 --target reached
    contains "$stderr" "--target takes METRIC=VALUE"
    run_onhold 2 calibrate desk.yaml --free agents.desk.count=5..9 --target 'reached=at least 80%'
    for option in --trace=t.csv --precision=reached=±1% --batches=20 --only-replication=2 --output=- --output=desk.yaml \
        --evaluations=0; do
        calibrate 2 "$option"
    done
    is_clean
}

@test "what is wrong in the scenario, a path or a target is told with its place" {
    run_onhold 3 calibrate missing.yaml "${FREE[@]}" "${TARGETS[@]}"
    run_onhold 3 calibrate desk.yaml --free agents.dsk.count=5..9 --target reached=80%
    contains "$stderr" "did you mean 'desk'?"
    run_onhold 3 calibrate desk.yaml --free agents.desk.count=5min..9min --target reached=80%
    contains "$stderr" "--free:1:1: error"
    run_onhold 3 calibrate desk.yaml --free agents.desk.count=5..9 --target reachd=80%
    contains "$stderr" "did you mean 'total.reached'?"
    run_onhold 3 calibrate desk.yaml --free agents.desk.count=5..9 --target reached=80s
    contains "$stderr" "[metric-unit]"
    run_onhold 3 calibrate desk.yaml --free agents.desk.count=5..9 --target 'reached=80% ± 5s'
    contains "$stderr" "--target:1:"
    [[ -z $output ]]
    run_onhold 4 calibrate desk.yaml --free agents.desk.count=5..9 --target reached=80% -o nowhere/fitted.yaml
    contains "$stderr" "cannot write 'nowhere/fitted.yaml'"
}

@test "--evaluations is a limit" {
    run_onhold 1 calibrate desk.yaml "${FREE[@]}" --target 'reached=99% ± 0.1%' --target 'wait_answered.mean=5min ± 2s' \
        --evaluations 3 --format json
    jq -e '.run.evaluations <= 3 and .run.ended == "max_evaluations" and .run.complete' <<<"$output"
}

@test "shells complete the unknown paths" {
    run_onhold 0 complete -- calibrate desk.yaml --free agents.desk.c
    contains "$output" "agents.desk.count="
    run_onhold 0 complete -- calibrate desk.yaml --ev
    [[ $output == --evaluations ]]
}

@test "Ctrl-C prints the best so far, marked incomplete, and exits with 130" {
    sed 's/replications: 4/replications: 20/; s/length: 10h/length: 1000h/' desk.yaml >long.yaml
    env --default-signal=INT,TERM,HUP "$ONHOLD" calibrate long.yaml "${FREE[@]}" --target 'reached=85.12345% ± 0.00001%' \
        --target 'wait_answered.mean=50s ± 1ms' --threads 2 --format json --progress always -o fitted.yaml >out 2>err &
    local pid=$! code=0
    for _ in $(seq 1200); do
        grep -aqE '\] [1-9][0-9]* of' err && break
        sleep 0.05
    done
    kill -INT $pid
    wait $pid || code=$?
    [[ $code -eq 130 && ! -e fitted.yaml ]]
    jq -e '(.run.complete | not) and .run.ended == "interrupted" and .run.evaluations >= 1
        and .fitted[0].value > 0' out
    contains "$(cat err)" "interrupted: the best of"
    is_clean
}

@test "--max-time ends a calibration and marks it as incomplete" {
    sed 's/replications: 4/replications: 20/; s/length: 10h/length: 2000h/' desk.yaml >long.yaml
    run --separate-stderr "$ONHOLD" calibrate long.yaml "${FREE[@]}" --target 'reached=85.12345% ± 0.00001%' \
        --target 'wait_answered.mean=50s ± 1ms' --max-time 4s --format json
    [[ $status -eq 1 || $status -eq 4 ]]
    [[ $status -eq 4 ]] || jq -e '(.run.complete | not) and .run.ended == "max_time"' <<<"$output"
}
