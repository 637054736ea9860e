# Writes a fixture that is better made than kept; $1 is its name.
{ echo calls; yes 1 | head -n 600000; } > long.csv; printf '%s\n' 'contacts:' '  calls: {arrivals: {rate: {file: long.csv, column: calls, per: 1s}}, talk: 4min}' 'agents: {team: {count: 10}}' > $1.yaml
