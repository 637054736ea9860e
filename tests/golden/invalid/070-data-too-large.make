# Writes a fixture that is better made than kept; $1 is its name.
{ echo calls; yes $(seq -s '' 1000) | head -c 68000000; } > big.csv; printf '%s\n' 'contacts:' '  calls: {arrivals: {rate: {file: big.csv, column: calls, per: 30min}}, talk: 4min}' 'agents: {team: {count: 10}}' > $1.yaml
