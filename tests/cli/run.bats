# onhold run: options, formats, places for results, exit codes.
load helpers

@test "text begins with the headline sentence" {
    run_onhold 0 run desk.yaml
    [[ ${lines[0]} =~ ^[0-9.]+%\ reached\ a\ person,\ after\ .*\ on\ average\ \(.*4\ replications\)$ ]]
    [[ -z $stderr ]]
}

@test "JSON has the contract's format, with nothing on standard error" {
    run_onhold 0 run desk.yaml --format json
    [[ -z $stderr ]]
    jq -e '.format == "onhold-result/1" and .scenario.name == "a desk" and .scenario.file == "desk.yaml"
        and (.scenario.digest | length) > 0
        and .run.replications == 4 and .run.seed == 1 and .run.confidence == 0.95
        and .run.complete == true and .run.contacts_simulated > 1000 and (.run.version | length) > 0
        and .total.reached.value > 0.5 and .total.reached.unit == "share"
        and .total.reached.low < .total.reached.value and .total.reached.value < .total.reached.high
        and .contacts.calls.offered.unit == "contacts" and .agents.desk.occupancy.value > 0.3' <<<"$output"
}

@test "CSV has a header and the same numbers as JSON" {
    run_onhold 0 run desk.yaml --format csv
    contains "${lines[0]}" "metric,value,low,high,unit"
    local csv=$output
    run_onhold 0 run desk.yaml --format json
    contains "$csv" ",reached,$(jq .total.reached.value <<<"$output"),"
}

@test "an unknown format is refused with the known ones" {
    run_onhold 2 run desk.yaml --format xml
    contains "$stderr" "--format takes text, json or csv, not 'xml'"
}

@test "a confidence of many nines is shown with all of them" {
    run_onhold 0 run desk.yaml --replications 2 --confidence 99.9999%
    contains "$output" ", 99.9999% intervals,"
}

@test "--replications, --seed, --confidence and --set override the scenario" {
    run_onhold 0 run desk.yaml --format json --replications 3 --seed 99 --confidence 90% \
        --set agents.desk.count=9 --set name=other
    jq -e '.run.replications == 3 and .run.seed == 99 and .run.confidence == 0.9
        and .scenario.name == "other" and .agents.desk.occupancy.value < 0.5' <<<"$output"
}

@test "the same seed gives the same bytes for any number of threads, another seed does not" {
    for format in text json csv; do
        "$ONHOLD" run desk.yaml --format $format --threads 1 >one
        "$ONHOLD" run desk.yaml --format $format --threads 2 >two
        "$ONHOLD" run desk.yaml --format $format --threads 8 >eight
        cmp one two
        cmp one eight
    done
    "$ONHOLD" run desk.yaml --format csv --seed 2 >other
    run ! cmp -s eight other
}

@test "a bad override has its place and is exit code 3" {
    run_onhold 3 run desk.yaml --set agents.desk.cuont=9
    contains "$stderr" "--set"
    contains "$stderr" "did you mean"
    run_onhold 3 run desk.yaml --confidence 0.9
    contains "$stderr" "--confidence"
    run_onhold 3 run desk.yaml --replications many
    contains "$stderr" "--replications"
    run_onhold 3 run desk.yaml --seed -1
    contains "$stderr" "--seed"
    [[ -z $output ]]
}

@test "--set without '=' is usage" {
    run_onhold 2 run desk.yaml --set agents.desk.count
    contains "$stderr" "--set takes PATH=VALUE"
}

@test "--threads takes a whole number from 1" {
    for bad in 0 -1 many 1.5 9999999999999999999999 2000; do
        run_onhold 2 run desk.yaml --threads "$bad"
        contains "$stderr" "--threads takes a whole number"
    done
}

@test "--variant runs the variant; an unknown one is exit code 3 with the nearest" {
    run_onhold 0 run desk.yaml --format json
    local before
    before=$(jq .agents.desk.occupancy.value <<<"$output")
    run_onhold 0 run desk.yaml --format json --variant more
    jq -e --argjson before "$before" '.agents.desk.occupancy.value < $before' <<<"$output"
    run_onhold 3 run desk.yaml --variant mor
    contains "$stderr" "'more'"
    run_onhold 2 validate desk.yaml --variant more --variant fewer
    contains "$stderr" "one at a time"
}

@test "several variants are run like further scenarios" {
    cp desk.yaml other.yaml
    printf '  fewer: {agents.desk.count: 4}\n' | tee -a desk.yaml >>other.yaml
    run_onhold 0 run desk.yaml other.yaml --variant more --variant fewer --format json
    [[ $(jq -c '[.[] | [.scenario.file, .scenario.variant]]' <<<"$output") == \
        '[["desk.yaml","more"],["desk.yaml","fewer"],["other.yaml","more"],["other.yaml","fewer"]]' ]]
    local both=$output
    run_onhold 0 run other.yaml --variant fewer --format json
    [[ $(jq .total <<<"$output") == "$(jq '.[3].total' <<<"$both")" ]]
    run_onhold 0 run desk.yaml --variant fewer --variant more
    contains "$output" "a desk, variant fewer"
    contains "$output" "a desk, variant more"
    run_onhold 2 run desk.yaml --variant more --variant more
    contains "$stderr" "'more' is given twice"
    run_onhold 2 run desk.yaml --variant more --variant fewer --trace t.csv
    contains "$stderr" "--trace takes one scenario at a time"
}

@test "what is wrong with a scenario is said once, of each variant what is wrong with it" {
    sed 's/desk: {count: 5}/desk: {cuont: 5}/' desk.yaml >wrong.yaml
    run_onhold 3 run wrong.yaml --variant mor --variant moore
    contains "$stderr" "no variant of 'wrong.yaml' is called 'mor'"
    contains "$stderr" "no variant of 'wrong.yaml' is called 'moore'"
    printf '  less: {lines: 20}\n' >>wrong.yaml
    sed -i '/more:/d; s/^variants:/variants:\n  some: {lines: 30}/' wrong.yaml
    run_onhold 3 run wrong.yaml --variant some --variant less
    [[ $(grep -c "unknown key 'cuont'" <<<"$stderr") == 1 ]]
}

@test "an output whose ending is no format needs --format" {
    run_onhold 2 run desk.yaml -o out.xlsx
    contains "$stderr" "no format is known for 'out.xlsx'"
    contains "$stderr" "--format"
    [[ -z $output && ! -e out.xlsx ]]
    run_onhold 2 erlang c --rate 100/h --handle 180s --agents 8 -o out.pdf
    contains "$stderr" ".txt, .json or .csv"
    run_onhold 0 run desk.yaml -o out.xlsx --format csv
    [[ $(head -c 9 out.xlsx) == scenario, ]]
    mkdir v1.2
    for path in out v1.2/out .hidden /dev/null out.TXT; do
        run_onhold 0 run desk.yaml -o "$path"
    done
    run_onhold 0 run desk.yaml -o out.JSON
    jq -e .total out.JSON
}

@test "what was set is told in the result, in order; flags of their own are told elsewhere" {
    local set=(--set agents.desk.count=6 --set 'contacts.calls.patience= exponential(3min) ')
    run_onhold 0 run desk.yaml --seed 3 "${set[@]}"
    contains "$output" "a desk, with agents.desk.count=6, contacts.calls.patience=exponential(3min)"
    run_onhold 0 run desk.yaml --seed 3 "${set[@]}" --format json
    jq -e '.scenario.overrides ==
        ["agents.desk.count=6", "contacts.calls.patience=exponential(3min)"]' <<<"$output"
    run_onhold 0 run desk.yaml --seed 3 --format json
    jq -e '.scenario.overrides == []' <<<"$output"
    run_onhold 0 run desk.yaml --seed 3
    lacks "$output" ", with "
}

@test "of several scenarios the one without the variant is named" {
    sed '/^variants:/,$d' desk.yaml >plain.yaml
    run_onhold 3 run desk.yaml plain.yaml --variant more
    contains "$stderr" "no variant of 'plain.yaml' is called 'more'"
    lacks "$stderr" "'desk.yaml'"
}

@test "the help says what a run without --intervals writes" {
    run_onhold 0 run --help
    contains "$(tr -s ' \n' ' ' <<<"$output")" "JSON and CSV have those averaged over days, and text has none"
    run_onhold 0 run desk.yaml --replications 2 --format json
    jq -e '.intervals | length > 0' <<<"$output"
    run_onhold 0 run desk.yaml --replications 2
    local plain=$output
    run_onhold 0 run desk.yaml --replications 2 --intervals none
    [[ $output == "$plain" ]]
}

@test "--intervals chooses the rows" {
    sed -i 's/time: .*/time: {open: 08:00, close: 10:00, days: 2, interval: 30min}/' desk.yaml
    run_onhold 0 run desk.yaml --format json --intervals none
    [[ $(jq '.intervals | length' <<<"$output") == 0 ]]
    run_onhold 0 run desk.yaml --format json --intervals each
    [[ $(jq '.intervals | length' <<<"$output") -ge 8 ]]
    [[ $(jq '[.intervals[].day] | max' <<<"$output") == 2 ]]
    run_onhold 0 run desk.yaml --format json
    local default=$output
    run_onhold 0 run desk.yaml --format json --intervals average
    [[ $output == "$default" ]]
    run_onhold 2 run desk.yaml --intervals hourly
    contains "$stderr" "--intervals takes none, average or each"
}

@test "one replication has no interval" {
    run_onhold 0 run desk.yaml --format json --replications 1
    jq -e '.total.reached.low == null and .total.reached.high == null and .total.reached.value != null' <<<"$output"
}

@test "--only-replication repeats one replication with the luck that it had" {
    "$ONHOLD" run desk.yaml --trace all.csv --quiet >/dev/null
    "$ONHOLD" run desk.yaml --trace third.csv --only-replication 3 --quiet >/dev/null
    diff <(grep -E '^(replication|3),' all.csv) third.csv
    run_onhold 2 run desk.yaml --only-replication 0
    run_onhold 2 run desk.yaml --only-replication 2 --replications 5
    contains "$stderr" "exclude each other"
}

@test "--trace writes every attempt, and changes no number" {
    "$ONHOLD" run desk.yaml --format json >without.json
    "$ONHOLD" run desk.yaml --format json --trace trace.csv >with.json
    cmp without.json with.json
    [[ $(head -n 1 trace.csv) == replication,contact,day,caller,attempt,counted,outcome,agents,agent,arrived_s,* ]]
    [[ $(($(wc -l <trace.csv) - 1)) == $(jq .run.contacts_simulated with.json) ]]
    # What the trace says is what the result says.
    local answered
    answered=$(awk -F, '$7 == "answered" && $6 == 1' trace.csv | wc -l)
    jq -e --argjson n "$answered" '(.total.answered.value * 4 - $n | fabs) < 1e-6' with.json
    # Seconds with six decimals; talk from answer to end.
    awk -F, 'NR > 1 && $7 == "answered" {
        if ($12 !~ /^[0-9]+\.[0-9][0-9][0-9][0-9][0-9][0-9]$/) exit 1
        d = $13 - $12 - $17; if (d < -0.0000015 || d > 0.0000015) exit 1; n++ }
        END { exit n == 0 }' trace.csv
}

@test "the trace says on which day and at which time of day an attempt arrived" {
    sed -i 's/time: .*/time: {open: 22:00, close: 24:00, days: 9, start_day: saturday}/' desk.yaml
    "$ONHOLD" run desk.yaml --trace trace.csv --quiet --replications 1 -o out.txt
    # By arithmetic on arrived_s alone.
    awk -F, 'BEGIN { split("saturday sunday monday tuesday wednesday thursday friday", name, " ") }
        NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
        { at = int($column["arrived_s"]); day = int(at / 86400); left = at - 86400 * day
          due = sprintf("%d,%s,%02d:%02d:%02d", day + 1, name[day % 7 + 1], left / 3600, left / 60 % 60, left % 60)
          if (due != $column["arrived_day"] "," $column["weekday"] "," $column["clock"]) { print $0, due; bad = 1 }
          n++ }
        END { exit bad || n < 500 }' trace.csv
}

@test "averages are said to go on after closing, where the centre closes" {
    run_onhold 0 run desk.yaml
    lacks "$output" "include the time after closing"
    sed -i 's/time: .*/time: {open: 08:00, close: 18:00}/' desk.yaml
    run_onhold 0 run desk.yaml
    contains "$output" "include the time after closing"
}

@test "--trace is for one scenario" {
    run_onhold 2 run desk.yaml desk.yaml --trace t.csv
    contains "$stderr" "one scenario at a time"
    [[ ! -e t.csv ]]
}

@test "'onhold explain trace' names every column of the trace" {
    "$ONHOLD" run desk.yaml --trace trace.csv --quiet >/dev/null
    run_onhold 0 explain trace
    local column
    for column in $(head -n 1 trace.csv | tr , ' '); do contains "$output" "  $column "; done
}

@test "--output FILE holds what standard output would, and its ending chooses the format" {
    "$ONHOLD" run desk.yaml --format json >stdout.json
    run_onhold 0 run desk.yaml --output result.json
    [[ -z $output && -z $stderr ]]
    cmp stdout.json result.json
    "$ONHOLD" run desk.yaml --output result.csv
    [[ $(head -n 1 result.csv) == *metric,value* ]]
    "$ONHOLD" run desk.yaml -o result
    [[ $(head -n 1 result) == *"reached a person"* ]]
    "$ONHOLD" run desk.yaml --format csv --output odd.json
    cmp result.csv odd.json
    is_clean
}

@test "--output - is standard output" {
    "$ONHOLD" run desk.yaml >one
    "$ONHOLD" run desk.yaml --output - >two
    cmp one two
    [[ ! -e - ]]
}

@test "--output DIR gets one file a format" {
    mkdir there
    run_onhold 0 run desk.yaml --output there
    [[ -z $output ]]
    run_onhold 0 run desk.yaml --output made/
    "$ONHOLD" run desk.yaml >report.txt
    for directory in there made; do
        cmp report.txt $directory/report.txt
        jq -e .total.reached.value $directory/result.json
        [[ $(head -n 1 $directory/result.csv) == *metric,value* ]]
        is_clean $directory
    done
}

@test "an unwritable place is known before the run, and is exit code 4" {
    endless_desk
    for place in nowhere/result.json nowhere/deep/ /proc/result.json; do
        run_onhold 4 run endless.yaml --output "$place"
        contains "$stderr" "cannot"
        contains "$stderr" "nowhere" || contains "$stderr" "/proc"
    done
    run_onhold 4 run endless.yaml --trace nowhere/trace.csv
    contains "$stderr" "cannot write 'nowhere/trace.csv'"
    run_onhold 4 run endless.yaml --plot desk.yaml
    contains "$stderr" "cannot make the directory 'desk.yaml'"
}

@test "a directory without permission is exit code 4" {
    [[ $(id -u) -ne 0 ]] || skip "root may write anywhere"
    mkdir -m 555 shut
    run_onhold 4 run desk.yaml --output shut/result.json
    contains "$stderr" "Permission denied"
}

@test "a full disk is exit code 4 with a message" {
    run_onhold 4 run desk.yaml --output /dev/full
    contains "$stderr" "cannot write '/dev/full': No space left on device"
    run_onhold 4 run desk.yaml --trace /dev/full
    contains "$stderr" "cannot write '/dev/full': No space left on device"
    [[ -c /dev/full ]]
}

@test "a file that cannot grow keeps the old one and leaves nothing behind" {
    echo precious >trace.csv
    local code=0
    (ulimit -f 8; "$ONHOLD" run desk.yaml --replications 50 --trace trace.csv >out 2>err) || code=$?
    [[ $code -eq 4 ]]
    contains "$(cat err)" "cannot write 'trace.csv': File too large"
    [[ $(cat trace.csv) == precious ]]
    is_clean
}

@test "devices, pipes and links are written, never replaced" {
    "$ONHOLD" run desk.yaml --output /dev/null
    [[ -c /dev/null ]]
    mkfifo pipe
    cat pipe >from-pipe &
    "$ONHOLD" run desk.yaml --output pipe
    wait $!
    [[ -p pipe && -s from-pipe ]]
    echo old >target
    ln -s target link
    "$ONHOLD" run desk.yaml --output link
    [[ -L link ]]
    contains "$(head -n 1 target)" "reached a person"
}

@test "an expectation that is missed is exit code 1, and the result is written all the same" {
    printf 'expect:\n  total.reached: at least 99.9%%\n  total.offered: at least 1\n' >>desk.yaml
    run_onhold 1 run desk.yaml --format json
    jq -e '.expect | length == 2' <<<"$output"
    jq -e '.expect[] | select(.path == "total.reached") | .verdict == "fail"' <<<"$output"
    jq -e '.expect[] | select(.path == "total.offered") | .verdict == "pass"' <<<"$output"
    contains "$stderr" "expectation missed: total.reached"
    run_onhold 1 run desk.yaml
    [[ -z $stderr ]]
    contains "$output" "MISSED"
}

@test "a path of expect: that names no metric is refused with its place before the run" {
    cat >>desk.yaml <<'YAML'
expect:
  contacts.calls.abandonmnt: at most 5%
  total.occupancy: at most 20s
  abandonment: at most 5%
  agents.desk.reached: at least 5%
  contacts.sales.reached: 43% ± 1%
YAML
    run_onhold 3 run desk.yaml
    contains "$stderr" "did you mean 'contacts.calls.abandonment'?"
    contains "$stderr" "[unknown-metric]"
    contains "$stderr" "[metric-unit]"
    contains "$stderr" "[metric-not-here]"
    contains "$stderr" "say where: 'total.abandonment'"
    run_onhold 3 validate desk.yaml
    contains "$stderr" "did you mean 'contacts.calls.abandonment'?"
}

@test "several scenarios make an array, in their order" {
    sed 's/a desk/another/' desk.yaml >other.yaml
    run_onhold 0 run desk.yaml other.yaml --format json
    [[ $(jq -r '[.[].scenario.name] | join(",")' <<<"$output") == "a desk,another" ]]
    run_onhold 0 run desk.yaml other.yaml
    contains "$output" "a desk"
    contains "$output" "another"
}

@test "of several scenarios the worst exit code counts: 4, 3, 1, 0" {
    (cat desk.yaml; printf 'expect:\n  total.reached: at least 99.9%%\n') >missed.yaml
    echo 'nonsense: 1' >invalid.yaml
    run_onhold 1 run desk.yaml missed.yaml
    run_onhold 3 run desk.yaml missed.yaml invalid.yaml
    run_onhold 3 run invalid.yaml missed.yaml desk.yaml --format json
    [[ $(jq length <<<"$output") == 2 ]]
    run_onhold 4 run missed.yaml desk.yaml --output /dev/full
}

@test "a missing file, a directory and an unreadable file are exit code 3 with their names" {
    run_onhold 3 run missing.yaml
    contains "$stderr" "missing.yaml"
    [[ -z $output ]]
    mkdir folder
    run_onhold 3 run folder
    contains "$stderr" "folder"
    contains "$stderr" "[file-unreadable]"
    run_onhold 3 run /dev/null
}

@test "no scenario is usage" {
    run_onhold 2 run
    contains "$stderr" "say which scenario"
}

@test "more than 8 MiB is refused by size, at once" {
    { cat desk.yaml; head -c 9000000 /dev/zero | tr '\0' '#'; } >large.yaml
    run_onhold 3 run large.yaml
    contains "$stderr" "8 MiB"
}

@test "--progress always draws a bar on standard error, auto does not draw one into a file" {
    run_onhold 0 run desk.yaml --progress always
    contains "$stderr" "desk.yaml ["
    contains "$stderr" "4 of 4"
    run_onhold 0 run desk.yaml --progress never
    [[ -z $stderr ]]
    run_onhold 0 run desk.yaml --progress always --quiet
    [[ -z $stderr ]]
    run_onhold 2 run desk.yaml --progress perhaps
    contains "$stderr" "--progress takes auto, always or never"
}

@test "on a terminal the bar is drawn and wiped" {
    command -v script >/dev/null || skip "script is not installed"
    script -qec "$ONHOLD run desk.yaml --output report.txt" typescript </dev/null >/dev/null
    contains "$(cat typescript)" "4 of 4"
}

@test "--color always colours messages, NO_COLOR and never do not" {
    echo 'nonsense: 1' >invalid.yaml
    run_onhold 3 run invalid.yaml --color always
    contains "$stderr" $'\e['
    run_onhold 3 run invalid.yaml --color never
    lacks "$stderr" $'\e['
    run_onhold 3 run invalid.yaml
    lacks "$stderr" $'\e['
    if command -v script >/dev/null; then
        NO_COLOR=1 TERM=xterm script -qec "$ONHOLD run invalid.yaml" plain </dev/null >/dev/null || true
        lacks "$(cat plain)" $'\e['
        env -u NO_COLOR TERM=xterm script -qec "$ONHOLD run invalid.yaml" coloured </dev/null >/dev/null || true
        contains "$(cat coloured)" $'\e['
    fi
    run_onhold 2 run desk.yaml --color sometimes
}

@test "--verbose says how many contacts in how long, on standard error" {
    run_onhold 0 run desk.yaml --verbose
    [[ $stderr =~ desk.yaml:\ [0-9,]+\ contacts\ in\  ]]
}

@test "a locale with decimal commas changes no byte" {
    local other
    other=$(locale -a | grep -iE '^(de_DE|fr_FR|nl_NL|da_DK)' | head -n 1) || true
    [[ -n $other ]] || skip "no such locale is installed"
    for format in text json csv; do
        LC_ALL=C "$ONHOLD" run desk.yaml --format $format >plain
        LC_ALL=$other "$ONHOLD" run desk.yaml --format $format >comma
        cmp plain comma
    done
}

@test "--plot leaves charts and their data beside the result" {
    command -v gnuplot >/dev/null || skip "gnuplot is not installed"
    run_onhold 0 run desk.yaml --plot charts
    contains "${lines[0]}" "reached a person"
    jq -e .total.reached.value charts/result.json
    compgen -G 'charts/*.png'
    compgen -G 'charts/*.svg'
    is_clean charts
}

@test "--control-variates narrows intervals and says by how much" {
    onhold run desk.yaml --replications 60 --format json >plain.json
    run_onhold 0 run desk.yaml --replications 60 --control-variates --format json
    jq -e '.run.control_variates | .controls == ["arrivals of calls", "talk of calls", "patience of calls"]
        and .gain.abandonment > 1.5' <<<"$output"
    jq -e --slurpfile plain plain.json '(.total.abandonment | .high - .low) < 0.85 * ($plain[0].total.abandonment | .high - .low)
        and (.total.offered.value - 600 | fabs) < 1e-6
        and .total["wait_answered.p90"] == $plain[0].total["wait_answered.p90"]' <<<"$output"
    jq -e '.run | has("control_variates") | not' plain.json
    for threads in 1 3; do
        onhold run desk.yaml --replications 60 --control-variates --format json --threads $threads >$threads.json
    done
    cmp 1.json 3.json
    run_onhold 0 run desk.yaml --replications 60 --control-variates
    contains "$output" "Control variates"
    contains "$output" "abandonment ×"
    run_onhold 0 run desk.yaml --control-variates
    contains "$output" "there are too few replications"
    run_onhold 2 run desk.yaml --control-variates --only-replication 2
    contains "$stderr" "--control-variates takes many replications"
}
