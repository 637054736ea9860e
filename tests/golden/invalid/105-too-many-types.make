# Writes a fixture that is better made than kept; $1 is its name.
{ echo contacts:; for i in $(seq 500); do echo "  c$i: {arrivals: {rate: 1/h}, talk: 4min}"; done; echo agents:; for i in $(seq 500); do echo "  g$i: {count: 1}"; done; } > $1.yaml
