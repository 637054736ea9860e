# $1: the name without ending. Seventeen files, each of which extends the next.
i=1
printf 'extends: %s-1.in\n' "$1" > "$1.yaml"
while [ $i -le 16 ]; do
    printf 'extends: %s-%d.in\n' "$1" $((i + 1)) > "$1-$i.in"
    i=$((i + 1))
done
printf 'lines: 5\n' > "$1-17.in"
