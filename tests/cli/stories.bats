# The stories under scenarios/stories: what each is there to show must come out.
load helpers

stories() { find "$ROOT/scenarios/stories" -name '*.yaml' | sort; }
variants() { "$ONHOLD" complete -- run "$1" --variant ''; }

@test "every story shows what it is about" {
    local story n=0
    for story in $(stories); do
        "$ONHOLD" validate "$story"
        "$ONHOLD" run "$story" --quiet --format csv --intervals none >"$BATS_TEST_TMPDIR/result.csv"
        grep -q '^expect:' "$story"
        n=$((n + 1))
    done
    [[ $n -ge 4 ]]
}

@test "every story has a repair, which shows what it is about" {
    local story variant n
    for story in $(stories); do
        n=0
        for variant in $(variants "$story"); do
            "$ONHOLD" run "$story" --variant "$variant" --quiet --format csv --intervals none \
                >"$BATS_TEST_TMPDIR/result.csv"
            n=$((n + 1))
        done
        [[ $n -ge 1 ]]
    done
}

@test "half the trouble is not the story" {
    misses() { run_onhold 1 run "$ROOT/scenarios/stories/$1.yaml" --quiet --set "$2"; }
    misses amazon-six-complaints contacts.complaint.retry.after_unresolved.probability=60%
    misses moviepass-impossible-to-reach agents.representatives.count=10
    misses mcdonalds-drive-through contacts.car.conference.manager.probability=15%
    misses not-our-process contacts.billing.ivr.wrong_choice=absent
}

@test "every story is on the page, and has a source" {
    local story
    for story in $(stories); do
        grep -qF "($(basename "$story"))" "$ROOT/scenarios/stories/README.md"
        grep -q '^source: ' "$story"
    done
}
