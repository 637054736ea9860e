#!/bin/sh
# Checks every #include line under sim/ and include/ against the table in sim/README.md.
# Usage: layers.sh ROOT
set -eu
root=${1:?usage: layers.sh ROOT}
cd "$root"

find sim include -name '*.[ch]' -o -name '*.def' | sort | xargs awk '
function trim(text) { gsub(/^[ `]+|[ `]+$/, "", text); return text }
function complain(what) { printf "%s:%d: %s\n", FILENAME, FNR, what; bad = 1 }

# The table: | `room` | what lives here | rooms | libraries |
FILENAME == "sim/README.md" {
    n = split($0, cell, "|")
    if (n == 6 && cell[2] ~ /`[a-z]+`/) {
        room = trim(cell[2]); rooms[room] = 1; n_rooms++
        m = split(cell[4], name, ","); for (i = 1; i <= m; i++) may[room, trim(name[i])] = 1
        m = split(cell[5], name, ","); for (i = 1; i <= m; i++) uses[room, trim(name[i])] = 1
    }
    next
}
FNR == 1 {
    split(FILENAME, part, "/")
    here = part[1] == "include" ? "public" : part[2]
    if (here != "public" && !(here in rooms)) complain("the room \"" here "\" is not in the table of sim/README.md")
}
/^#[ \t]*include[ \t]*"/ {
    n_includes++
    split($0, quoted, "\""); split(quoted[2], part, "/"); there = part[1]
    if (here == "public") complain("a public header includes a private one: " quoted[2])
    else if (!(there in rooms)) complain("not a room: " quoted[2])
    else if (there != here && !((here, there) in may)) complain("\"" here "\" may not include \"" there "\": " quoted[2])
}
/^#[ \t]*include[ \t]*</ {
    n_includes++
    file = $0; sub(/^[^<]*</, "", file); sub(/>.*/, "", file)
    library = file; sub(/[\/.].*/, "", library); sub(/^ut(hash|list|array|string)$/, "uthash", library)
    if (library == "onhold") {
        if (here != "public" && here != "api") complain("only \"api\" and the public headers include <" file ">")
        next
    }
    if (library !~ /^(gsl|yaml|jansson|csv|sleef|uthash|Random123|curl|gnuplot)$/) next # the C library
    if (!((here, library) in uses)) complain("\"" here "\" may not use the library of <" file ">")
}
END {
    if (n_rooms < 5 || n_includes < 20) { print "no table or no includes found: the check itself is broken"; bad = 1 }
    printf "%d rooms, %d includes\n", n_rooms, n_includes
    exit bad
}' sim/README.md
