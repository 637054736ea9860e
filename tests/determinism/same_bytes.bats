# The program's bytes do not depend on the machine: threads, locale, the processor's arithmetic.
# ONHOLD is the program, UNDER_LOCALE a program that uses the library under the user's locale, HERE this folder.
bats_require_minimum_version 1.5.0

setup_file() {
    export NO_COLOR=1 CENTRE=$HERE/centre.yaml USUAL=$BATS_FILE_TMPDIR/usual.json LOCPATH=$BATS_FILE_TMPDIR/locales
    unset LC_ALL LANG LC_NUMERIC
    run_centre >"$USUAL"
    # A locale that has nothing but a decimal comma, so that no locale need be installed. Its warnings mean just that.
    mkdir "$LOCPATH"
    localedef --no-archive -c -f "$HERE/ascii.charmap" -i "$HERE/comma.locale" "$LOCPATH/comma_DE" 2>/dev/null || :
}

setup() { cd "$BATS_TEST_TMPDIR" || return 1; }

run_centre() { "$ONHOLD" run "$CENTRE" --format json "$@"; }

need_comma() { [[ -s $LOCPATH/comma_DE/LC_NUMERIC ]] || skip "localedef cannot make a locale here"; }

@test "one thread, two and eight write the same" {
    [[ -s $USUAL ]]
    for threads in 1 2 8; do
        run_centre --threads "$threads" >"$threads.json"
        cmp "$USUAL" "$threads.json"
    done
}

# In these contacts take ways that the centre above does not have.
@test "one thread, two and eight write the same of call-backs and of a wait kept over night" {
    for feature in call-back mail-over-night; do
        for threads in 1 2 8; do
            "$ONHOLD" run "$HERE/../../scenarios/features/$feature.yaml" --format json --threads "$threads" >"$threads.json"
            [[ -s $threads.json ]]
        done
        cmp 1.json 2.json
        cmp 1.json 8.json
    done
}

@test "another seed writes something else" {
    run_centre --seed 18 >other.json
    ! cmp -s "$USUAL" other.json
}

@test "a decimal comma in the environment changes nothing" {
    need_comma
    LC_ALL=comma_DE run_centre >comma.json
    cmp "$USUAL" comma.json
    for format in text csv; do
        "$ONHOLD" run "$CENTRE" --format "$format" >usual."$format"
        LC_ALL=comma_DE "$ONHOLD" run "$CENTRE" --format "$format" >comma."$format"
        cmp usual."$format" comma."$format"
    done
}

@test "the library under a locale with a decimal comma reads and writes the same" {
    need_comma
    LC_ALL=C "$UNDER_LOCALE" . "$CENTRE" >usual.txt
    LC_ALL=comma_DE "$UNDER_LOCALE" , "$CENTRE" >comma.txt
    [[ -s usual.txt ]]
    cmp usual.txt comma.txt
}

@test "the C library's variants for other processors change nothing" {
    for off in AVX2_Usable FMA_Usable AVX2,-FMA,-FMA4 AVX2_Usable,-FMA_Usable,-AVX2,-FMA,-FMA4,-AVX512F; do
        GLIBC_TUNABLES=glibc.cpu.hwcaps=-$off run_centre >plain.json
        cmp "$USUAL" plain.json
    done
}

# Shows that the test above can fail: libm's own exp, log or pow differ in some last bit without FMA.
@test "the C library does have variants here" {
    "$UNDER_LOCALE" --libm >with
    GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2_Usable,-FMA_Usable,-AVX2,-FMA,-FMA4 "$UNDER_LOCALE" --libm >without
    [[ -s with ]]
    ! cmp -s with without || skip "this processor or C library has only one"
}

@test "a trace and other outputs change nothing" {
    run_centre --trace trace.csv >traced.json
    cmp "$USUAL" traced.json
    [[ -s trace.csv ]]
    run_centre --trace again.csv --threads 8 >traced.json
    cmp trace.csv again.csv
}
