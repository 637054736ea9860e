# The installed library: built against with nothing but pkg-config.
load helpers

@test "a program that knows only the installed library finds its answer" {
    command -v pkg-config >/dev/null || skip "pkg-config is not installed"
    DESTDIR="$PWD/root" meson install -C "$BUILD" --no-rebuild --quiet
    local pc
    pc=$(find root -name onhold.pc)
    [[ -n $pc ]]
    export PKG_CONFIG_PATH=${pc%/*}
    local flags
    flags=$(PKG_CONFIG_SYSROOT_DIR="$PWD/root" pkg-config --cflags --libs onhold)
    [[ ${SANITIZE:-none} == none ]] || flags+=" -fsanitize=$SANITIZE"
    # shellcheck disable=SC2086
    ${CC:-cc} -std=c17 -Wall -Wextra -Wpedantic -Werror -o example "$ROOT/tests/cli/example.c" $flags
    local libraries
    libraries=$(dirname "$(find root -name 'libonhold.so')")
    LD_LIBRARY_PATH=$libraries run -0 ./example
    [[ $output =~ ^onhold\ [0-9.]+:\ [0-9]+\ agents$ ]]
    # Nothing private is visible.
    run -0 nm -D --defined-only "$libraries/libonhold.so"
    contains "$output" " onhold_run"
    lacks "$output" " oh_"
}

@test "the installed program finds its charts' scripts, its manual page and its scenarios are there" {
    DESTDIR="$PWD/root" meson install -C "$BUILD" --no-rebuild --quiet
    compgen -G 'root/usr/*/bin/onhold' || compgen -G 'root/usr/bin/onhold'
    [[ -n $(find root -name onhold.1) ]]
    [[ -n $(find root -path '*onhold/plots/*.gp') ]]
    [[ -n $(find root -path '*onhold/scenarios/tutorial/*.yaml') ]]
}
