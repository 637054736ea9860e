# What all files of this folder share. ONHOLD is the program, ROOT the project, BUILD the build directory.
bats_require_minimum_version 1.5.0
: "${ONHOLD:?the program to test}" "${ROOT:?the project}" "${BUILD:?its build directory}"

setup() {
    cd "$BATS_TEST_TMPDIR" || return 1
    export NO_COLOR=1
    unset LC_ALL LANG
    cat >desk.yaml <<'YAML'
name: a desk
time: {length: 10h}
contacts:
  calls:
    arrivals: {rate: 60/h}
    patience: exponential(2min)
    talk: exponential(4min)
agents:
  desk: {count: 5}
run: {replications: 4}
variants:
  more: {agents.desk.count: 6}
YAML
}

onhold() { "$ONHOLD" "$@"; }

# run_onhold CODE ARGUMENT...: the exit code must be CODE; $output and $stderr hold what was printed.
run_onhold() {
    local code=$1
    shift
    run --separate-stderr "-$code" "$ONHOLD" "$@"
}

# Whether $1 contains $2.
contains() {
    [[ $1 == *"$2"* ]] || {
        printf 'not found: %s\nin: %s\n' "$2" "$1" >&2
        return 1
    }
}

lacks() {
    [[ $1 != *"$2"* ]] || {
        printf 'found: %s\nin: %s\n' "$2" "$1" >&2
        return 1
    }
}

# No temporary file is left in the directory.
is_clean() {
    local left
    left=$(find "${1:-.}" -name '.*.tmp' -o -name '.onhold*')
    [[ -z $left ]] || {
        printf 'left behind: %s\n' "$left" >&2
        return 1
    }
}

# A desk that takes far longer than any test waits.
endless_desk() {
    sed 's/replications: 4/replications: 100000/; s/length: 10h/length: 2000h/' desk.yaml >endless.yaml
}

# Waits until a file with the pattern exists, at most ten seconds.
wait_for_file() {
    for _ in $(seq 1200); do
        compgen -G "$1" >/dev/null && return 0
        sleep 0.05
    done
    return 1
}
