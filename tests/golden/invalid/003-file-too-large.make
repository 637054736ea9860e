# Writes a fixture that is better made than kept; $1 is its name.
yes 'name: abcdefghijklmnopqrstuvwxyz' | head -c 8400000 > $1.yaml
