# Writes a fixture that is better made than kept; $1 is its name.
{ printf 'name: '; head -c 70000 /dev/zero | tr '\0' 'x'; echo; } > $1.yaml
