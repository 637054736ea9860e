# Writes a fixture that is better made than kept; $1 is its name.
printf 'name: caf\351\n' > $1.yaml
