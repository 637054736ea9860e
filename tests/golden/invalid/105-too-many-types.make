# Writes a fixture that is better made than kept; $1 is its name.
{ echo contacts:; for i in $(seq 1001); do echo "  c$i: {arrivals: {rate: 1/h}, talk: 4min}"; done; echo 'agents: {team: {count: 10}}'; } > $1.yaml
