# Writes a fixture that is better made than kept; $1 is its name.
{ echo 'time: {days: 3660}'; echo contacts:; for c in $(seq 30); do printf "  c$c: {talk: 4min, arrivals: {rate: {"; for h in $(seq 0 23); do printf '%02d:00: %d/h, %02d:30: %d/h' $h $h $h $((h+1)); [ $h -lt 23 ] && printf ', '; done; echo '}}}'; done; echo 'agents: {team: {count: 10}}'; } > $1.yaml
