# Writes a fixture that is better made than kept; $1 is its name.
{ printf 'contacts: {calls: {arrivals: {rate: 120/h}, talk: '; for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do printf 'capped('; done; printf '4min'; for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do printf ' at=1h)'; done; printf '}}\nagents: {team: {count: 10}}\n'; } > $1.yaml
