# onhold check: expectations and baselines.
load helpers

# expecting FILE LINE...: the desk with expectations.
expecting() {
    local file=$1
    shift
    cp desk.yaml "$file"
    printf 'expect:\n' >>"$file"
    printf '  %s\n' "$@" >>"$file"
}

# The check of a path in $output.
found() { jq -c ".checks[] | select(.path == \"$1\")" <<<"$output"; }

# ---- expectations ----

@test "what is clear passes with 0 or fails with 1, a line each, the verdict first" {
    expecting met.yaml 'total.reached: at least 70%' 'contacts.calls.abandonment: between 5% and 25%' \
        'agents.desk.occupancy: 70% ± 10%'
    run_onhold 0 check met.yaml
    [[ ${lines[0]} =~ ^'pass          total.reached is '[0-9.]+'% ('[0-9.]+' to '[0-9.]+'), expected at least 70%'$ ]]
    [[ ${lines[1]} == "pass          contacts.calls.abandonment is "* ]]
    contains "$output" "3 passed, 0 failed, 0 inconclusive; 95% sure of all verdicts together"
    [[ -z $stderr ]]
    expecting missed.yaml 'total.reached: at least 70%' 'total.wait_answered.mean: at most 2s'
    run_onhold 1 check missed.yaml
    contains "$output" "FAIL          total.wait_answered.mean is "
    contains "$output" "1 passed, 1 failed, 0 inconclusive"
}

@test "what is not clear gets more replications, until it is" {
    onhold run desk.yaml --replications 2000 --format json >long.json
    limit=$(jq '.total.reached.value * 100 - 0.7 | . * 100 | round / 100' long.json)
    expecting close.yaml 'total.wait_answered.mean: at most 1min' "total.reached: at least $limit%"
    run_onhold 0 check close.yaml --format json
    found total.reached | jq -e ".replications > 60 and .low >= .least and .verdict == \"pass\""
    found total.wait_answered.mean | jq -e '.replications == 30'
    jq -e '.scenarios[0].replications == ([.checks[].replications] | max)' <<<"$output"
}

@test "what is not clear at the end is inconclusive: 5" {
    expecting close.yaml 'total.reached: at least 86.9%' 'total.abandonment: at most 50%'
    run_onhold 5 check close.yaml --max-replications 40
    contains "$output" "inconclusive  total.reached is "
    contains "$output" "; not clear after 40 replications, the most allowed"
    contains "$output" "1 passed, 0 failed, 1 inconclusive"
    limit=$(onhold run desk.yaml --replications 6000 --format json | jq '.total.reached.value * 1e6 | round / 1e4')
    expecting closest.yaml "total.reached: at least $limit%"
    run_onhold 5 check closest.yaml --max-replications 1000000 --max-time 0.2s
    contains "$output" "all that the time allowed"
}

@test "a metric without a value is inconclusive" {
    expecting none.yaml 'total.wait_abandoned.mean: at most 1min'
    run_onhold 5 check none.yaml --set contacts.calls.patience=never --max-replications 30
    contains "$output" "inconclusive  total.wait_abandoned.mean has no value, expected at most 1min"
}

@test "the error is shared among all checks and the looks at each" {
    expecting one.yaml 'total.reached: at least 70%'
    expecting two.yaml 'total.reached: at least 70%' 'total.abandonment: at most 30%'
    run_onhold 0 check one.yaml --format json
    jq -e '.checks[0].interval_confidence - 0.975 | fabs < 1e-9' <<<"$output"
    run_onhold 0 check two.yaml --format json
    jq -e '.checks[0].interval_confidence - 0.9875 | fabs < 1e-9' <<<"$output"
    run_onhold 0 check one.yaml two.yaml --format json
    jq -e 'all(.checks[]; .interval_confidence - (1 - 0.05 / 6) | fabs < 1e-9)' <<<"$output"
    # The only look there is has all of it, and then the interval is that of 'run'.
    run_onhold 0 check one.yaml --format json --max-replications 30
    jq -e '.checks[0].interval_confidence - 0.95 | fabs < 1e-9' <<<"$output"
    jq '.checks[0] | [.value, .low, .high]' <<<"$output" >check.json
    onhold run one.yaml --replications 30 --format json | jq '.total.reached | [.value, .low, .high]' | diff - check.json
}

@test "several files: 3 before 1 before 5 before 0; each is checked" {
    expecting met.yaml 'total.reached: at least 70%'
    expecting missed.yaml 'total.reached: at least 99%'
    expecting close.yaml 'total.reached: at least 86.9%'
    run_onhold 5 check met.yaml close.yaml --max-replications 30
    contains "$output" "pass          met: total.reached"
    contains "$output" "inconclusive  close: total.reached"
    run_onhold 1 check met.yaml close.yaml missed.yaml --max-replications 30
    echo 'agents: 5' >broken.yaml
    run_onhold 3 check missed.yaml broken.yaml
    contains "$output" "FAIL "
    contains "$stderr" "broken.yaml:"
    run_onhold 1 check met.yaml desk.yaml missed.yaml
    contains "$stderr" "warning: nothing to check in 'desk.yaml'"
}

@test "variants are checked like further scenarios" {
    expecting met.yaml 'total.reached: at least 89%'
    run_onhold 0 check met.yaml --variant more
    run_onhold 1 check met.yaml
}

@test "nothing to check, and options that do not go together, are refused with a hint" {
    run_onhold 2 check desk.yaml
    contains "$stderr" "nothing to check in 'desk.yaml': write what is expected into the scenario"
    contains "$stderr" "Try 'onhold check --help'."
    run_onhold 2 check
    run_onhold 2 check desk.yaml --update
    contains "$stderr" "add '--baseline FILE'"
    run_onhold 2 check desk.yaml --exact
    run_onhold 2 check desk.yaml --margin 'reached=±1%'
    run_onhold 2 check desk.yaml --baseline b.json --exact --update
    run_onhold 2 check desk.yaml --baseline b.json --exact --margin 'reached=±1%'
    run_onhold 2 check desk.yaml --only-replication 3
    run_onhold 2 check desk.yaml --trace t.csv
    run_onhold 2 check desk.yaml --batches 20 --set time.interval=30min --set run.replications=absent --baseline b.json --update
    contains "$stderr" "a baseline is made of replications"
    [[ ! -e b.json ]]
}

@test "batches stand for replications" {
    expecting met.yaml 'total.reached: at least 60%'
    run_onhold 0 check met.yaml --batches 20 --set time.interval=30min --set run.replications=absent --format json
    jq -e '.checks[0] | .replications == 1 and .low < .value and .value < .high' <<<"$output"
}

# ---- baselines ----

@test "an unchanged scenario is its baseline's, within margins and byte for byte" {
    run_onhold 0 check desk.yaml --baseline b.json --update
    is_clean
    jq -e '.format == "onhold-baseline/1" and .scenarios[0].run.seed == 1
        and (.scenarios[0].metrics | has("total.reached") and has("agents.desk.occupancy"))
        and (.scenarios[0].metrics["total.reached"]
            | .n == 30 and (.x | length) == 30 and .margin == "±1%" and .standard_error > 0
                and ((.x | add) / (.y | add) - .value | fabs) < 1e-9)' b.json
    run_onhold 0 check desk.yaml --baseline b.json
    contains "$output" "pass          with desk no difference"
    run_onhold 0 check desk.yaml --baseline b.json --exact
    contains "$output" "pass          the result is the baseline's, byte for byte"
    mkdir sub
    cp desk.yaml sub
    run_onhold 0 check sub/desk.yaml --baseline b.json --exact
}

@test "the standard error is that of 'run'" {
    onhold check desk.yaml --baseline b.json --update
    onhold run desk.yaml --replications 30 --confidence 95% --format json >run.json
    # Student's quantile with 29 degrees of freedom.
    jq -n --slurpfile b b.json --slurpfile r run.json '
        $b[0].scenarios[0].metrics["total.wait_answered.mean"] as $m
        | $r[0].total["wait_answered.mean"]
        | ((.high - .low) / 2 / 2.045229642132703 - $m.standard_error | fabs) < 1e-9
            and (.value - $m.value | fabs) < 1e-9' | grep -qx true
}

@test "worse than the margin fails, better passes" {
    onhold check desk.yaml --baseline b.json --update
    run_onhold 1 check desk.yaml --baseline b.json --set agents.desk.count=4
    contains "$output" "FAIL          with desk 9."
    contains "$output" "points fewer callers reach a person ("
    contains "$output" " than in the baseline, allowed ±1%"
    contains "$output" "desk.yaml has changed since the baseline was written"
    run_onhold 0 check desk.yaml --baseline b.json --set agents.desk.count=6 --margin 'agents.desk.occupancy=±30%'
    contains "$output" "pass          with desk 6."
    # Neither way is better for agents: less is a change, too.
    run_onhold 1 check desk.yaml --baseline b.json --set agents.desk.count=6
    contains "$output" "agents are busy"
    run_onhold 1 check desk.yaml --baseline b.json --exact --set agents.desk.count=6
    contains "$output" "FAIL          the result is not the baseline's; the scenario has changed since"
    run_onhold 1 check desk.yaml --baseline b.json --exact --seed 2
    contains "$output" "its seed is 1"
}

@test "margins: points of a share, relative of all else, kept in the baseline, changed for once" {
    onhold check desk.yaml --baseline b.json --update \
        --margin 'service_level=±2%, wait_answered.mean=±3s, total.cost=±1%' || true
    run_onhold 3 check desk.yaml --baseline b.json --update --margin 'total.cost=±1%'
    onhold check desk.yaml --baseline b.json --update --margin 'service_level=±2%, wait_answered.mean=±3s'
    run_onhold 0 check desk.yaml --baseline b.json --format json
    found total.service_level | jq -e '.target == "±2%" and (.least + 0.02 | fabs) < 1e-12 and .most == null'
    found total.wait_answered.mean | jq -e '.target == "±3s" and (.most - 3 | fabs) < 1e-12 and .least == null'
    run_onhold 0 check desk.yaml --baseline b.json --format json --margin 'wait_answered.mean=±10%, service_level=±10% relative'
    found total.wait_answered.mean | jq -e '(.most - 0.1 * .baseline | fabs) < 1e-9'
    found total.service_level | jq -e '(.least + 0.1 * .baseline | fabs) < 1e-9'
    found agents.desk.occupancy | jq -e '.least == -.most'
    run_onhold 3 check desk.yaml --baseline b.json --margin 'wait_answered.men=±10%'
    contains "$stderr" "--margin:1:1: error: unknown metric 'total.wait_answered.men'"
    run_onhold 3 check desk.yaml --baseline b.json --margin 'wait_answered.mean'
    contains "$stderr" "[bad-precision]"
    run_onhold 3 check desk.yaml --baseline b.json --margin 'offered=±1%'
    contains "$stderr" "'b.json' has no 'total.offered'"
    run_onhold 3 check desk.yaml --baseline b.json --margin 'reached=±1s'
    contains "$stderr" "[metric-unit]"
    run_onhold 3 check desk.yaml --baseline b.json --update --margin 'wait_answered.p90=±1%'
    contains "$stderr" "percentiles are not compared"
}

@test "paired on the same callers, else independent" {
    onhold check desk.yaml --baseline b.json --update --replications 50
    run_onhold 0 check desk.yaml --baseline b.json --format json
    found total.reached | jq -e '.paired and .difference == 0'
    run onhold check desk.yaml --baseline b.json --seed 2 --max-replications 100 --format json
    found total.reached | jq -e '(.paired | not) and .difference != 0 and .low < .high'
    # Same callers tell far more.
    run onhold check desk.yaml --baseline b.json --set contacts.calls.talk='exponential(4.1min)' --format json
    a=$(found total.reached | jq '.high - .low')
    run onhold check desk.yaml --baseline b.json --set contacts.calls.talk='exponential(4.1min)' --seed 2 \
        --max-replications 50 --format json
    b=$(found total.reached | jq '.high - .low')
    [[ $(jq -n "$b > 3 * $a") == true ]]
}

@test "a baseline that is too short says so" {
    onhold check desk.yaml --baseline b.json --update
    run_onhold 5 check desk.yaml --baseline b.json --set contacts.calls.talk='exponential(4.1min)'
    contains "$output" "not clear after 30 replications, the baseline needs more: --update --replications N"
}

@test "broken and foreign baselines are told apart, with their place" {
    run_onhold 3 check desk.yaml --baseline none.json
    contains "$stderr" "none.json: error: cannot read 'none.json': No such file or directory"
    run_onhold 3 check desk.yaml --baseline .
    contains "$stderr" "Is a directory"
    onhold check desk.yaml --baseline b.json --update
    head -c 700 b.json >cut.json
    run_onhold 3 check desk.yaml --baseline cut.json
    [[ $stderr =~ ^cut.json:[0-9]+:[0-9]+:' error: not JSON: ' ]]
    contains "$stderr" "[bad-baseline]"
    onhold run desk.yaml --format json >result.json
    run_onhold 3 check desk.yaml --baseline result.json
    contains "$stderr" "not a baseline: its format is 'onhold-result/1', not 'onhold-baseline/1'"
    cp desk.yaml other.yaml
    run_onhold 3 check other.yaml --baseline b.json
    contains "$stderr" "the baseline has no scenario 'other.yaml'"
    run_onhold 3 check desk.yaml --variant more --baseline b.json
    contains "$stderr" "the baseline has no scenario 'desk.yaml', variant more"
    sed 's/  desk:/  team:/; /^variants/,$d' desk.yaml >sub.yaml
    mkdir renamed
    mv sub.yaml renamed/desk.yaml
    run_onhold 3 check renamed/desk.yaml --baseline b.json
    contains "$stderr" "the baseline's 'agents.desk.occupancy' is no metric of 'renamed/desk.yaml'"
    for change in 'del(.scenarios[0].run.seed)' '.scenarios[0].metrics["total.reached"].x[3] = "a"' \
        'del(.scenarios[0].metrics["total.reached"].y[0])' '.scenarios[0].metrics = 5' '.scenarios = {}' \
        '.scenarios[0].metrics["total.reached"].unit = "apples"' '.scenarios[0] = 1' \
        '.scenarios[0].metrics["total.reached"].n = 7' '.scenarios[0].metrics["total.reached"].margin = "lots"' \
        '.scenarios[0].run.replications = -1' '.scenarios[0].metrics["total.reached"].unit = "s"'; do
        jq "$change" b.json >changed.json
        run_onhold 3 check desk.yaml --baseline changed.json
        contains "$stderr" "changed.json:"
        contains "$stderr" "error: "
    done
}

@test "what cannot be written is known before the run" {
    run_onhold 4 check desk.yaml --baseline no/such/b.json --update
    contains "$stderr" "cannot write 'no/such/b.json'"
    expecting met.yaml 'total.reached: at least 70%'
    run_onhold 4 check met.yaml --junit no/such/report.xml
    contains "$stderr" "cannot write 'no/such/report.xml'"
    [[ -z $output ]]
    run_onhold 4 check met.yaml --output no/such/out.json
    run_onhold 4 check met.yaml --baseline /dev/full --update
    is_clean
}

@test "interrupted: the baseline stays as it was, and nothing is left behind" {
    onhold check desk.yaml --baseline b.json --update
    cp b.json before.json
    endless_desk
    printf 'expect:\n  total.reached: at least 50%%\n' >>endless.yaml
    env --default-signal=INT "$ONHOLD" check endless.yaml --baseline b.json --update --junit report.xml >out 2>err &
    local pid=$!
    wait_for_file '.*.tmp'
    kill -INT $pid
    local code=0
    wait $pid || code=$?
    [[ $code == 130 ]]
    cmp b.json before.json
    [[ ! -e report.xml ]]
    is_clean
}

# ---- for machines ----

@test "JUnit: what the schema wants, with the sentence of each failure" {
    command -v xmllint >/dev/null || skip "xmllint is not installed"
    expecting "a&b.yaml" 'total.reached: at least 99%' 'total.abandonment: at most 50%' 'total.service_level: at least 73.3%'
    run_onhold 1 check 'a&b.yaml' --junit report.xml --max-replications 40
    xmllint --noout --schema "$ROOT/tests/cli/junit.xsd" report.xml
    [[ $(xmllint --xpath 'string(/testsuites/@tests)' report.xml) == 3 ]]
    [[ $(xmllint --xpath 'string(//testsuite/@failures)' report.xml) == 1 ]]
    [[ $(xmllint --xpath 'string(//testsuite/@errors)' report.xml) == 1 ]]
    [[ $(xmllint --xpath 'string(//testcase[1]/failure/@message)' report.xml) == "total.reached is "*", expected at least 99%" ]]
    [[ $(xmllint --xpath 'string(//testcase[1]/failure)' report.xml) == "a&b.yaml:14:3: total.reached is "* ]]
    [[ $(xmllint --xpath 'string(//testcase[3]/error/@type)' report.xml) == inconclusive ]]
    # The schema is no formality.
    sed 's/ tests="3"//' report.xml >wrong.xml
    run ! xmllint --noout --schema "$ROOT/tests/cli/junit.xsd" wrong.xml
}

@test "annotations stand at the line of the expectation" {
    expecting "a,b.yaml" 'total.reached: at least 99%' 'total.abandonment: at most 50%' 'total.service_level: at least 73.3%'
    run_onhold 1 check 'a,b.yaml' --github --max-replications 40
    [[ $output =~ '::error file=a%2Cb.yaml,line=14,col=3,title=total.reached missed::total.reached is '[0-9.]+'%25 ('[^:]*'expected at least 99%25' ]]
    contains "$output" "::warning file=a%2Cb.yaml,line=16,col=3,title=total.service_level is inconclusive::"
    lacks "$output" "title=total.abandonment"
    # Beside JSON they go elsewhere; what was expected on the command line has no line.
    run_onhold 1 check desk.yaml --set 'expect.total.reached=at least 99%' --github --format json || true
    jq -e '.format == "onhold-check/1"' <<<"$output"
}

@test "JSON and CSV" {
    expecting missed.yaml 'total.reached: at least 99%' 'total.abandonment: at most 50%'
    run_onhold 1 check missed.yaml --format json
    jq -e '.format == "onhold-check/1" and .verdict == "fail" and .baseline == null
        and .scenarios[0].file == "missed.yaml" and (.checks | length) == 2' <<<"$output"
    found total.reached | jq -e '.kind == "expect" and .place == {"file": "missed.yaml", "line": 14, "column": 3}
        and .verdict == "fail" and .high < .least and (.sentence | startswith("total.reached is "))'
    run_onhold 1 check missed.yaml --format csv
    [[ ${lines[0]} == scenario,path,target,verdict,baseline,value,low,high,replications,unit,sentence ]]
    [[ ${lines[1]} == "missed,total.reached,at least 99%,fail,,0."* ]]
}

@test "the number of threads does not matter, in any file" {
    expecting close.yaml 'total.reached: at least 86%' 'total.service_level: at least 73%'
    for threads in 1 2 8; do
        onhold check close.yaml --baseline $threads.baseline --update --threads $threads >/dev/null || [[ $? == 5 ]]
        for format in text json csv; do
            onhold check close.yaml --seed 2 --baseline 1.baseline --threads $threads --format $format \
                --max-replications 500 --junit $threads.xml | sed "s/$threads.xml//" >$threads.$format || true
        done
    done
    for threads in 2 8; do
        for kind in baseline text json csv xml; do cmp 1.$kind $threads.$kind; done
    done
}
