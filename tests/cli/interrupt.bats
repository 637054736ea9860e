# Ctrl-C, SIGTERM and SIGHUP in the middle of a run: nothing that was there before is lost, no half file is left.
load helpers

# A program that heeds the signals, even where whoever started the tests ignores them (nohup, a job in the background).
heedful() {
    exec env --default-signal=INT,TERM,HUP "$ONHOLD" "$@"
}

# Starts an endless run in the background; $pid is its process.
start() {
    endless_desk
    heedful run endless.yaml --threads 2 "$@" >out 2>err &
    pid=$!
}

# Waits for the run and leaves its exit code in $code.
finish() {
    code=0
    wait "$pid" || code=$?
}

# Some replications must have ended before Ctrl-C means "report what you have".
let_it_work() {
    for _ in $(seq 1200); do
        grep -aqE '\] [1-9][0-9]* of' err && return 0
        sleep 0.05
    done
    return 1
}

@test "Ctrl-C prints the results of whole replications, marked incomplete, and exits with 130" {
    start --format json --progress always
    let_it_work
    kill -INT "$pid"
    finish
    [[ $code -eq 130 ]]
    jq -e '.run.complete == false and .run.replications >= 1 and .run.replications < 100000
        and .total.reached.value > 0.5' out
    contains "$(cat err)" "interrupted"
}

@test "results after Ctrl-C are those of the first replications" {
    start --format json --progress always
    let_it_work
    kill -INT "$pid"
    finish
    local n
    n=$(jq .run.replications out)
    "$ONHOLD" run endless.yaml --replications "$n" --format json >whole.json
    diff <(jq 'del(.run)' out) <(jq 'del(.run)' whole.json)
}

@test "text after Ctrl-C says that it is not all" {
    start --progress always
    let_it_work
    kill -INT "$pid"
    finish
    [[ $code -eq 130 ]]
    contains "$(head -n 1 out)" "stopped early"
}

@test "Ctrl-C writes to a new file, and beside an old one" {
    start --output result.json --progress always
    let_it_work
    kill -INT "$pid"
    finish
    [[ $code -eq 130 ]]
    jq -e '.run.complete == false' result.json
    echo precious >result.json
    start --output result.json --progress always
    let_it_work
    kill -INT "$pid"
    finish
    [[ $code -eq 130 && $(cat result.json) == precious ]]
    jq -e '.run.complete == false' result.json.partial
    contains "$(cat err)" "partial results are in 'result.json.partial'"
    is_clean
}

@test "Ctrl-C before the first replication ends has nothing to report" {
    sed -i 's/length: 10h/length: 30000d, interval: 1d/; s|60/h|60/min|; s/count: 5/count: 300/' desk.yaml
    echo precious >result.json
    heedful run desk.yaml --output result.json --trace trace.csv >out 2>err &
    pid=$!
    wait_for_file '.*.tmp'
    kill -INT "$pid"
    finish
    [[ $code -eq 130 && $(cat result.json) == precious && ! -s out && ! -e trace.csv ]]
    contains "$(cat err)" "nothing to report"
    is_clean
}

@test "a second Ctrl-C ends the run at once" {
    start --progress always
    let_it_work
    kill -INT "$pid"
    kill -INT "$pid" 2>/dev/null || true
    finish
    [[ $code -eq 130 ]]
    is_clean
}

@test "SIGTERM and SIGHUP keep the old file and leave none behind" {
    for row in TERM:143 HUP:129; do
        echo precious >result.json
        start --output result.json --trace trace.csv
        wait_for_file '.*.tmp'
        kill -"${row%:*}" "$pid"
        finish
        [[ $code -eq ${row#*:} ]] || { echo "$row: $code"; return 1; }
        [[ $(cat result.json) == precious && ! -e trace.csv && ! -s out ]]
        is_clean
    done
}

@test "nohup keeps its promise" {
    endless_desk
    (trap '' HUP; exec "$ONHOLD" run endless.yaml --output result.json --progress always >out 2>err) &
    pid=$!
    let_it_work
    kill -HUP "$pid"
    sleep 0.1
    kill -0 "$pid"
    kill -TERM "$pid"
    finish
    [[ $code -eq 143 ]]
}

@test "Ctrl-C while something is printed ends the program" {
    mkfifo slow
    heedful explain metrics --markdown >slow &
    pid=$!
    exec 7<slow
    kill -INT "$pid" 2>/dev/null || true
    exec 7<&-
    finish
    [[ $code -eq 130 || $code -eq 141 || $code -eq 0 ]]
}
