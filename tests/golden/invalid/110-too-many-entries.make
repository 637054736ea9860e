# Writes a fixture that is better made than kept; $1 is its name.
{ echo contacts:; for i in $(seq 1001); do echo "  c$i: {arrivals: {rate: 1/h}, talk: 4min}"; done; printf 'agents: {team: {count: 10, handles: ['; seq -s ', ' 1001 | tr -d '
'; echo ']}}'; echo variants:; for i in $(seq 201); do echo "  v$i: {lines: $i}"; done; } > $1.yaml
