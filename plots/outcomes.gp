# What became of the contacts that wanted a person: in all, by contact type, and of the people behind them.
#   gnuplot -c plots/outcomes.gp outcomes.dat outcomes.png
# Data (tab separated, blocks two blank lines apart):
#   0  texts: title, its second line, subtitle, x axis
#   1  bar (0 is the topmost), name, percent answered, abandoned, disconnected, blocked, dropped, balked, message,
#      other, never reached
DATA = ARG1; OUT = ARG2
if (ARGC != 2) { print 'usage: gnuplot -c outcomes.gp outcomes.dat outcomes.png'; exit status 2 }
here = ARG0; while (strlen(here) > 0 && here[strlen(here):] ne '/') { here = here[:strlen(here) - 1] }
load here.'style.gp'

array COLOR[9] = [ANSWERED, ABANDONED, DISCONNECTED, BLOCKED, DROPPED, BALKED, MESSAGE, OTHER, PALE]
array NAME[9] = ['answered', 'abandoned', 'disconnected', 'blocked', 'dropped at close', 'balked', 'left a message', \
                 'other', 'never reached']
array ON[9] = ['#FFFFFF', INK, '#FFFFFF', INK, INK, INK, '#FFFFFF', INK, INK]
array SOME[9]
do for [c = 1:9] { stats DATA index 1 using (column(c + 2)) nooutput; SOME[c] = STATS_max > 0.1 }
stats DATA index 1 using 1 nooutput
bars = STATS_records
start(c) = c == 1 ? 0 : sum [k = 3:c + 1] column(k)
half = bars > 1 ? 0.36 : 0.22

set lmargin screen 0.20
set rmargin screen 0.96
set xrange [0:100]
set yrange [bars - 0.45:-0.55]
set format x '%g%%'
set xlabel TEXT[4] noenhanced
unset grid
set ytics scale 0 noenhanced
set border 1
set key at screen 0.20, 0.015

middle(c) = start(c) + 0.5 * column(c + 2)
percent(c) = sprintf('%.1f%%', column(c + 2))
plot for [c = 1:9] DATA index 1 using (start(c)):1:(start(c)):(start(c) + column(c + 2)):($1 - half):($1 + half) \
         with boxxyerror linecolor rgb COLOR[c] title SOME[c] ? NAME[c] : '', \
     for [c = 1:9] '' index 1 using (column(c + 2) >= 6.5 ? middle(c) : NaN):1:(percent(c)) \
         with labels center textcolor rgb ON[c] notitle, \
     for [c = 1:9] '' index 1 using (column(c + 2) >= 4.3 && column(c + 2) < 6.5 ? middle(c) : NaN):1:(percent(c)) \
         with labels center font ',12' textcolor rgb ON[c] notitle, \
     '' index 1 using (0):1:ytic(2) with dots linecolor rgb '#FFFFFF' notitle
