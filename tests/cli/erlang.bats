# onhold erlang, against published exact values.
load helpers

# near METRIC VALUE: the JSON in $output has it, to nine digits.
near() {
    jq -e --arg id "$1" --argjson value "$2" \
        '.metrics[$id] as $x | ($x - $value | fabs) <= 1e-9 * ($value | fabs)' <<<"$output" >/dev/null || {
        echo "$1: $(jq --arg id "$1" '.metrics[$id]' <<<"$output"), not $2"
        return 1
    }
}

@test "Erlang B: 10 erlangs on 10 lines block 0.2145823431" {
    run_onhold 0 erlang b --rate 10/min --handle 1min --agents 10 --format json
    [[ $(jq -r .format <<<"$output") == onhold-erlang/1 && $(jq -r .model <<<"$output") == M/M/n/n ]]
    near blocking 0.2145823431
    near occupancy 0.7854176569
}

@test "Erlang C: 100 calls an hour of 180 s on 6 agents" {
    run_onhold 0 erlang c --rate 100/h --handle 180s --agents 6 --format json
    near service_level 0.4742671809
    near wait_answered.mean 105.7529611
    near share.delayed 0.5875164505
    near wait_answered.p90 318.7321309
    near queue_length.mean 2.937582252
}

@test "Erlang A: 600 calls an hour of 300 s on 50 agents, patience 120 s" {
    run_onhold 0 erlang a --rate 600/h --handle 300s --agents 50 --patience 120s --format json
    [[ $(jq -r .model <<<"$output") == M/M/n+M ]]
    near abandonment 0.06893543912
    near wait_answered.mean 7.645624221
    near wait_abandoned.mean 16.73570157
    near service_level.offered 0.7838718624
}

@test "a distribution of patience makes it M/M/n+G, and exponential is exponential" {
    run_onhold 0 erlang a --rate 600/h --handle 300s --agents 50 --patience 'exponential(mean=2min)' --format json
    [[ $(jq -r .model <<<"$output") == M/M/n+M ]]
    near abandonment 0.06893543912
    run_onhold 0 erlang a --rate 600/h --handle 300s --agents 50 --patience 'lognormal(mean=2min cv=1)' --format json
    [[ $(jq -r .model <<<"$output") == M/M/n+G ]]
    run_onhold 0 erlang a --rate 600/h --handle 300s --agents 55 --patience never --format json
    [[ $(jq -r .model <<<"$output") == M/M/n ]]
}

@test "a maximum wait cuts off" {
    run_onhold 0 erlang a --rate 600/h --handle 300s --agents 45 --patience 120s --max-wait 60s --format json
    near reached 0.8670330441
    near abandonment 0.1175110647
    near disconnection 0.01545589118
}

@test "--room limits who waits" {
    run_onhold 0 erlang a --rate 600/h --handle 300s --agents 50 --patience 120s --room 5 --format json
    [[ $(jq -r .model <<<"$output") == M/M/n/n+r+M ]]
    jq -e '.metrics.blocking > 0.01' <<<"$output"
    run_onhold 0 erlang c --rate 600/h --handle 300s --agents 50 --room 20 --format json
    [[ $(jq -r .model <<<"$output") == M/M/n/n+r ]]
}

@test "--target finds the least number of agents" {
    run_onhold 0 erlang c --rate 100/h --handle 180s --target 80% --within 20s --format json
    [[ $(jq .metrics.agents <<<"$output") == 8 ]]
    near service_level 0.8801483108
    run_onhold 0 erlang a --rate 100/h --handle 180s --patience 180s --target 80% --format json
    [[ $(jq .metrics.agents <<<"$output") == 7 ]]
    near service_level 0.8306367522
    run_onhold 0 erlang b --rate 10/min --handle 1min --target 1% --format json
    [[ $(jq .metrics.agents <<<"$output") == 18 ]]
    run_onhold 0 erlang a --rate 600/h --handle 300s --patience 120s --target abandonment=3% --format json
    jq -e '.metrics.abandonment <= 0.03' <<<"$output"
}

@test "with --agents the target is a question" {
    run_onhold 0 erlang c --rate 100/h --handle 180s --agents 8 --target 80%
    run_onhold 1 erlang c --rate 100/h --handle 180s --agents 7 --target 80%
    contains "$stderr" "target missed: service_level is 0."
    contains "$output" "* offered                    74.04%"
}

@test "no steady state is exit code 1, said in words, with nulls" {
    run_onhold 1 erlang c --rate 600/h --handle 300s --agents 50 --format json
    contains "$stderr" "no steady state"
    jq -e '.metrics.service_level == null and .metrics.offered_load == 50' <<<"$output"
    run_onhold 1 erlang c --rate 600/h --handle 300s --agents 50
    lacks "$output" "nan"
}

@test "text and CSV name agents and every number" {
    run_onhold 0 erlang c --rate 100/h --handle 180s --agents 8
    contains "${lines[0]}" "8 agents"
    contains "$output" "88.01%"
    run_onhold 0 erlang c --rate 100/h --handle 180s --agents 8 --format csv
    [[ ${lines[0]} == metric,value,unit && ${lines[1]} == agents,8,agents ]]
    contains "$output" "service_level,0.88014"
    run_onhold 0 erlang c --rate 100/h --handle 180s --agents 8 --output answer.json
    [[ -z $output ]]
    jq -e .metrics.service_level answer.json
    run_onhold 4 erlang c --rate 100/h --handle 180s --agents 8 --output nowhere/answer.json
}

@test "the text begins with a sentence and has its numbers in groups" {
    run_onhold 0 erlang a --rate 600/h --handle 5min --patience 2min --target 80%
    [[ ${lines[0]} == "51 agents are the fewest with service_level at least 80%: 94.1% reach a person, after 6.51 s on average" ]]
    [[ $(grep -E '^[A-Z]' <<<"$output" | cut -d' ' -f1,2 | tr '\n' ';') == \
        "Erlang A;Contacts;Waits ;Service level,;At a;" ]]
    contains "$output" "* offered "
    [[ $(grep -c '' <<<"$output") -lt 40 ]]
    run_onhold 0 erlang b --rate 10/min --handle 1min --agents 10
    [[ ${lines[0]} == "10 lines: 78.54% reach a person at once" ]]
    lacks "$output" "Waits"
    lacks "$output" "Service level"
    run_onhold 1 erlang c --rate 600/h --handle 300s --agents 50
    [[ ${lines[0]} == "50 agents cannot keep up: the queue grows without end" ]]
}

@test "what is missing or has no place is refused" {
    run_onhold 2 erlang
    contains "$stderr" "say which formula"
    run_onhold 2 erlang d --rate 1/h --handle 1s --agents 1
    run_onhold 2 erlang c --handle 300s --agents 50
    contains "$stderr" "needs --rate"
    run_onhold 2 erlang c --rate 600/h --agents 50
    contains "$stderr" "needs --handle"
    run_onhold 2 erlang c --rate 600/h --handle 300s
    contains "$stderr" "needs --agents, or --target"
    run_onhold 2 erlang a --rate 600/h --handle 300s --agents 50
    contains "$stderr" "Erlang A needs --patience"
    run_onhold 2 erlang b --rate 600/h --handle 300s --agents 50 --room 3
    contains "$stderr" "Erlang B has no place for --room"
    run_onhold 2 erlang c --rate 600/h --handle 300s --agents 50 --patience 2min
    contains "$stderr" "Erlang C has no place for --patience"
}

@test "bad values are refused with an example" {
    local row
    for row in "--rate 600" "--rate 5min" "--rate -5/h" "--rate 0/h" "--handle 300" "--handle 0s" "--agents 2.5" \
        "--agents 0" "--agents -3" "--agents 1e12" "--room -1" "--within 20" "--target 80" "--target 120%" \
        "--target foo=3%" "--max-wait 0s" "--formula nonsense" "--patience 120"; do
        # shellcheck disable=SC2086
        run_onhold 2 erlang a --rate 600/h --handle 300s --agents 50 --patience 2min $row
        [[ -n $stderr && -z $output ]] || { echo "$row"; return 1; }
    done
    run_onhold 2 erlang a --rate 600/h --handle 300s --agents 50 --patience 'lognormall(mean=4min cv=1)'
    contains "$stderr" "did you mean 'lognormal'?"
    run_onhold 2 erlang c --rate 600/h --handle 300s --target abandnment=3%
    contains "$stderr" "did you mean 'abandonment'?"
}
