# Writes a fixture that is better made than kept; $1 is its name.
{ printf 'name: '; head -c 100000 /dev/zero | tr '\0' '['; } > $1.yaml
