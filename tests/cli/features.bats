# The small scenarios that show one feature each: they run without a warning and meet what they expect, and so do their
# variants.
load helpers

# Ends with exit code 0; the arguments are a file and options.
runs_well() {
    "$ONHOLD" run "$@" >out.txt 2>err.txt || {
        printf '%s:\n%s\n' "$*" "$(cat out.txt err.txt)" >&2
        return 1
    }
}

variants_of() { sed -n '/^variants:/,/^[a-ux-z]/s/^  \([a-z-]*\):.*/\1/p' "$1"; }

@test "every feature runs and meets its expectations" {
    local n=0
    for file in "$ROOT"/scenarios/features/*.yaml; do
        runs_well "$file"
        n=$((n + 1))
    done
    ((n >= 40))
}

@test "every variant of a feature runs" {
    local n=0
    for file in "$ROOT"/scenarios/features/*.yaml; do
        for variant in $(variants_of "$file"); do
            runs_well "$file" --variant "$variant"
            n=$((n + 1))
        done
    done
    ((n >= 20))
}

@test "a feature that misses what it expects is noticed" {
    run runs_well "$ROOT/scenarios/features/menu.yaml" --set contacts.service.ivr.hung_up=20%
    [[ $status -ne 0 ]]
}
