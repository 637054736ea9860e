#!/bin/sh
# The JSON result as an outside program reads it.
#   report_json.sh PROGRAM    PROGRAM: test_report_dump
set -eu
program=$1
failures=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

holds() { # SAMPLE FILTER
    [ -e "$work/$1" ] || "$program" json $1 >"$work/$1"
    jq -e "$2" "$work/$1" >/dev/null || {
        echo "FAILED: $1: $2"
        failures=$((failures + 1))
    }
}

holds overload '.format == "onhold-result/1"'
holds overload '.run | .replications == 50 and .seed == 2015 and .confidence == 0.95 and .complete == true'
holds overload '.total.reached == {"value": 0.431, "low": 0.429, "high": 0.433, "unit": "share"}'
holds overload '.contacts.taxpayer["wait_answered.mean"].value == 1684'
holds overload '.agents.assistors.occupancy.unit == "share" and (.agents.assistors | has("reached") | not)'
holds overload '.intervals | length == 120 and (.[0] | .day == 1 and .weekday == "monday" and .start == "07:00")'
holds overload '.intervals | all(has("total") and has("contacts") and has("agents"))'
holds overload '.intervals | all(.total | has("wait_answered.mean") and (has("wait_answered.p90") | not))'
holds overload '[.expect[].verdict] == ["pass", "pass", "fail", "inconclusive"]'
holds overload '.expect[3].value == null'
holds overload '[.total, .contacts[], .agents[]] | all(.[][]; has("value") and has("low") and has("high") and has("unit"))'
holds overload '.distributions[0] | (.edges | length) == (.share | length) + 1'
holds overload '(.total | keys) - (.definitions | keys) == []'
holds erlang_c '.theory.model == "M/M/n" and .theory.metrics["share.delayed"] == 0.4103'
holds loss '.theory == null and .intervals == [] and .expect == []'
holds stopped '.run.complete == false and .scenario.variant == "staff-of-2014"'
holds stopped '.scenario.overrides == ["agents.assistors.count=9000", "lines={a: 1, b: 2}"]'
holds loss '.scenario.overrides == []'
holds one_replication '.total.reached | .value == 0.431 and .low == null and .high == null'
holds nothing '.total.reached.value == null'
holds season '.intervals | length == 1080 and (.[1079].day == 61) and (.[0].day == 1)'
holds 'loss erlang_c' 'length == 2 and .[1].scenario.name == "A simple queue"'
[ "$("$program" json overload | cksum)" = "$("$program" json overload | cksum)" ] || exit 1
[ "$failures" -eq 0 ]
