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
