# onhold complete, and the shells' completions that ask it.
load helpers

# candidates WORD...: what may follow, on one line.
candidates() {
    "$ONHOLD" complete -- "$@" | tr '\n' ' '
}

@test "commands, and what the program itself takes" {
    [[ $(candidates '') == "$("$ONHOLD" --help |
        awk '/^Commands:/ { on = 1; next } /^$/ { on = 0 } on { printf "%s ", $1 }')--help --version " ]]
    [[ $(candidates v) == "validate " ]]
    [[ -z $(candidates wibble '') ]]
}

@test "options are those that the command takes, its own first" {
    local command
    for command in run validate explain erlang plot; do
        "$ONHOLD" complete -- "$command" -- | sort >offered
        "$ONHOLD" "$command" --help | awk '/^Options:/ { on = 1 } on && match($0, /--[a-z-]+/) && RSTART < 8 {
            print substr($0, RSTART, RLENGTH) }' | sort >taken
        diff taken offered
    done
    [[ $(candidates run --re) == "--replications " ]]
}

@test "words that an option takes, behind a blank and behind '='" {
    [[ $(candidates run --intervals '') == "none average each " ]]
    [[ $(candidates run --intervals=a) == "--intervals=average " ]]
    [[ $(candidates plot --kind w) == "wait " ]]
    [[ $(candidates erlang c --formula answ) == "answered_only " ]]
    [[ $(candidates run -o '') == ":files  " && $(candidates run --trace=x) == ":files  " ]]
    [[ -z $(candidates run --seed '') ]]
}

@test "arguments by the synopsis: files, topics, words" {
    [[ $(candidates run '') == ":files .yaml " && $(candidates plot x) == ":files .json " ]]
    [[ $(candidates erlang '') == "b c a " && -z $(candidates erlang c '') ]]
    [[ $(candidates explain reached_p) == "reached_people " ]]
    [[ $(candidates explain lognor) == "lognormal " ]]
}

@test "variants and paths are those of the scenario on the line" {
    [[ $(candidates run desk.yaml --variant '') == "more " ]]
    [[ $(candidates run desk.yaml --variant=m) == "--variant=more " ]]
    [[ -z $(candidates run --variant '') && -z $(candidates run missing.yaml --variant '') ]]
    [[ $(candidates run desk.yaml --set agents.desk.co) == "agents.desk.count= agents.desk.cost= " ]]
    [[ $(candidates run desk.yaml --set routing.calls=) == "routing.calls=priority routing.calls=fifo routing.calls=list routing.calls=urgency " ]]
    [[ $(candidates run --set time.at) == "time.at_close= " && -z $(candidates run --set agents.) ]]
}

# An unfinished scenario, as one has it while typing, still names its variants; what is no YAML says nothing.
@test "scenarios with mistakes are no obstacle" {
    sed 's/exponential(4min)/wibble/' desk.yaml >wrong.yaml
    [[ $(candidates run wrong.yaml --variant '') == "more " ]]
    printf 'a: [' >none.yaml
    run_onhold 0 complete -- run none.yaml --variant ''
    [[ -z $output$stderr ]]
    run_onhold 2 complete
    contains "$stderr" "say what has been typed"
}

# in_bash WORD...: what bash would insert, as it splits words at '=' and ':'.
in_bash() {
    # shellcheck disable=SC2016
    bash -euc 'compopt() { :; }
        source "$1"; shift
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        _onhold
        printf "%s " "${COMPREPLY[@]}"' - "$ROOT/sim/cli/completion/onhold.bash" "$ONHOLD" "$@"
}

@test "bash inserts what fits behind its own word breaks" {
    [[ $(in_bash ru) == "run " ]]
    [[ $(in_bash run desk.yaml --variant '') == "more " ]]
    [[ $(in_bash run desk.yaml --variant = m) == "more " ]]
    [[ $(in_bash run desk.yaml --variant =) == "more " ]]
    [[ $(in_bash run desk.yaml --set time.at_close = d) == "drop " ]]
    [[ $(in_bash run desk.yaml --set contacts.calls.ta) == "contacts.calls.talk= contacts.calls.tails= " ]]
    mkdir days && touch notes.txt desk2.yaml
    [[ $(in_bash run d) == "days desk.yaml desk2.yaml " || $(in_bash run d) == "days desk2.yaml desk.yaml " ]]
    [[ $(in_bash run --output = n) == "notes.txt " ]]
    [[ -z $(in_bash run --seed '' | tr -d ' ') ]]
}

@test "zsh hands on what the program says" {
    command -v zsh >/dev/null || skip "needs zsh"
    # shellcheck disable=SC2016
    run -0 zsh -fc 'compadd() { print -r -- "${@[-1]}" }; compset() { }; _files() { print -r -- files "${@[-1]}" }
        script=$1; words=("${@[2,-1]}"); CURRENT=$#words; source $script' - \
        "$ROOT/sim/cli/completion/_onhold" "$ONHOLD" run desk.yaml --variant ''
    [[ $output == more ]]
}

@test "fish hands on what the program says" {
    command -v fish >/dev/null || skip "needs fish"
    mkdir bin home
    ln -s "$ONHOLD" bin/onhold
    PATH=$PWD/bin:$PATH HOME=$PWD/home run -0 fish -c "source $ROOT/sim/cli/completion/onhold.fish
        complete -C 'onhold run desk.yaml --variant '"
    [[ $output == more ]]
    PATH=$PWD/bin:$PATH HOME=$PWD/home run -0 fish -c "source $ROOT/sim/cli/completion/onhold.fish
        complete -C 'onhold validate des'"
    [[ $output == desk.yaml* ]]
}
