# Writes a fixture that is better made than kept; $1 is its name.
printf 'name: a\000b\n' > $1.yaml
