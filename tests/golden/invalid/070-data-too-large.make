# Writes a fixture that is better made than kept; $1 is its name.
{ echo calls; yes 12345678901234567890123456789012345678901234567890123456789012 | head -c 68000000; } > big.csv; printf '%s\n' 'contacts:' '  calls: {arrivals: {rate: {file: big.csv, column: calls, per: 30min}}, talk: 4min}' 'agents: {team: {count: 10}}' > $1.yaml
