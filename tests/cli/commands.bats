# The program as a whole: help, version, unknown words, standard output that cannot be written.
load helpers

@test "without a command the help goes to standard error and the exit code is 2" {
    run_onhold 2
    [[ -z $output ]]
    contains "$stderr" "Usage: onhold COMMAND"
}

@test "--help and -h list the commands that there are, and no others" {
    run_onhold 0 --help
    [[ -z $stderr ]]
    [[ $(awk '/^Commands:/ { on = 1; next } /^$/ { on = 0 } on { printf "%s ", $1 }' <<<"$output") == \
        "run compare sweep calibrate check validate explain erlang plot schema complete " ]]
    local help=$output
    run_onhold 0 -h
    [[ $output == "$help" ]]
}

@test "--version prints one line" {
    run_onhold 0 --version
    [[ $output =~ ^onhold\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
    run_onhold 0 run --version
    [[ $output =~ ^onhold\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
}

@test "every command has help with its options" {
    for command in run compare calibrate validate explain erlang plot schema complete; do
        run_onhold 0 "$command" --help
        contains "$output" "Usage: onhold $command"
        contains "$output" "Options:"
        contains "$output" "--help"
        local help=$output
        run_onhold 0 "$command" -h
        [[ $output == "$help" ]]
    done
}

@test "no line of help is wider than a page or ends in a blank" {
    for command in run compare calibrate validate explain erlang plot schema complete; do
        run_onhold 0 "$command" --help
        while IFS= read -r line; do
            [[ ${#line} -le 100 && $line != *" " ]] || { echo "$line"; return 1; }
        done <<<"$output"
    done
}

@test "an unknown command is refused, with the nearest one" {
    run_onhold 2 rnu
    [[ -z $output ]]
    contains "$stderr" "unknown command 'rnu'; did you mean 'run'?"
    run_onhold 2 wibble
    lacks "$stderr" "did you mean"
}

@test "an option in place of a command is refused" {
    run_onhold 2 --seed 3
    contains "$stderr" "options follow a command"
}

@test "an unknown option is refused, with the nearest one" {
    run_onhold 2 run desk.yaml --sead 3
    contains "$stderr" "unknown option '--sead'; did you mean '--seed'?"
    run_onhold 2 run desk.yaml -z
    contains "$stderr" "unknown option '-z'"
    run_onhold 2 erlang c --agent 3
    contains "$stderr" "did you mean '--agents'?"
}

@test "an option of another command is refused by name" {
    run_onhold 2 erlang c --seed 3
    contains "$stderr" "option '--seed' does not apply to 'erlang'"
    run_onhold 2 validate desk.yaml --format json
    contains "$stderr" "option '--format' does not apply to 'validate'"
}

@test "options take their value behind '=' or as the next word" {
    run_onhold 0 run desk.yaml --seed=7 --format=json
    [[ $(jq .run.seed <<<"$output") == 7 ]]
    run_onhold 0 run --seed 7 --format json desk.yaml
    [[ $(jq .run.seed <<<"$output") == 7 ]]
}

@test "a missing value is named, a value for a flag is refused" {
    run_onhold 2 run desk.yaml --seed
    contains "$stderr" "option '--seed' needs S"
    run_onhold 2 run desk.yaml --quiet=yes
    contains "$stderr" "option '--quiet' takes no value"
}

@test "letters can be joined, with the value attached or behind" {
    run_onhold 0 run -qvo out.txt desk.yaml
    [[ -s out.txt ]]
    run_onhold 0 run -qout2.txt desk.yaml
    [[ -s ut2.txt ]]
}

@test "behind '--' everything is an argument" {
    cp desk.yaml -- -desk.yaml
    run_onhold 0 run --format json -- -desk.yaml
    [[ $(jq -r .scenario.file <<<"$output") == -desk.yaml ]]
}

@test "a full disk behind standard output is exit code 4 with a message" {
    for words in "--help" "run desk.yaml" "run desk.yaml --format json" "explain metrics" \
        "erlang c --rate 60/h --handle 4min --agents 5" "validate --print desk.yaml"; do
        local code=0
        # shellcheck disable=SC2086
        "$ONHOLD" $words >/dev/full 2>err || code=$?
        [[ $code -eq 4 ]] || { echo "$words: $code"; return 1; }
        contains "$(cat err)" "cannot write to standard output: No space left on device"
    done
}

# Writes into a pipe that nobody reads any more; the exit code goes to the file code.
write_into_nothing() {
    local code=0
    sleep 0.2
    "$ONHOLD" "$@" 2>err || code=$?
    echo "$code" >code
}

@test "a closed pipe ends the program with 141 and not a word" {
    for words in "run desk.yaml --format csv" "explain metrics" "--help"; do
        # shellcheck disable=SC2086
        write_into_nothing $words | head -c 0
        [[ $(<code) -eq 141 ]] || { echo "$words: $(<code)"; return 1; }
        [[ ! -s err ]]
    done
}

@test "a closed pipe is seen even where SIGPIPE is ignored" {
    (trap '' PIPE; write_into_nothing run desk.yaml --format csv | head -c 0)
    [[ $(<code) -eq 141 ]]
}

@test "the program starts within 50 ms" {
    local begin end
    begin=$(date +%s%N)
    for _ in 1 2 3 4 5 6 7 8 9 10; do "$ONHOLD" --version >/dev/null; done
    end=$(date +%s%N)
    ((end - begin < 500000000)) || { echo "$(((end - begin) / 10000000)) ms"; return 1; }
}

@test "the manual page is correct roff and names every command and option" {
    "$ONHOLD" explain --manual >onhold.1
    for word in $("$ONHOLD" explain commands) $("$ONHOLD" explain options); do
        grep -q -- "${word//-/\\\\-}" onhold.1 || { echo "$word"; return 1; }
    done
    command -v mandoc >/dev/null || skip "needs mandoc"
    run -0 mandoc -T lint -W style onhold.1
    [[ -z $output ]] || { echo "$output"; return 1; }
}

@test "the schema goes to a file or to standard output" {
    run_onhold 0 schema --output onhold.schema.json
    [[ -z $output ]]
    run_onhold 0 schema
    [[ $output == "$(<onhold.schema.json)" ]]
    jq -e '.definitions["agents.*.on_leave"].enum == ["finish", "requeue"]' onhold.schema.json
    run_onhold 2 schema desk.yaml
    contains "$stderr" "takes no argument"
    run_onhold 4 schema --output nowhere/onhold.schema.json
}
