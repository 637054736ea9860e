# A metric over the values of a sweep, with its interval as a band, and the goal if there was one.
#   gnuplot -c plots/curve.gp curve.dat curve.png
# Data (tab separated, blocks two blank lines apart):
#   0  texts: title, its second line, subtitle, x axis, y axis, metric, goal (empty: none)
#   1  x, value, low and high end of the interval
#   2  tics of the x axis: x, text
#   3  the goal's limit; 0 without one
DATA = ARG1; OUT = ARG2
if (ARGC != 2) { print 'usage: gnuplot -c curve.gp curve.dat curve.png'; exit status 2 }
here = ARG0; while (strlen(here) > 0 && here[strlen(here):] ne '/') { here = here[:strlen(here) - 1] }
load here.'style.gp'

stats DATA index 1 using 1 nooutput
left = STATS_min; right = STATS_max
gap = right > left ? 0.02 * (right - left) : 1
stats DATA index 1 using 4 nooutput
most = STATS_max > 0 ? STATS_max : 1
limit = 0
stats DATA index 3 using (limit = $1, 0) nooutput
if (strlen(TEXT[7]) > 0 && limit > most) { most = limit }

set xrange [left - gap:right + gap]
eval XTICS
set yrange [0:most * 1.05]
eval YTICS(most * 1.05, 8)
set xlabel TEXT[4] noenhanced
set ylabel TEXT[5] noenhanced
set key samplen 2

plot DATA index 1 using 1:3:4 with filledcurves linecolor rgb ANSWERED_PALE title 'interval', \
     '' index 1 using 1:2 with linespoints linewidth 3 pointtype 7 pointsize 1 linecolor rgb ANSWERED title 'value', \
     strlen(TEXT[7]) > 0 ? limit : NaN with lines linewidth 2 dashtype 2 linecolor rgb DISCONNECTED \
         title strlen(TEXT[7]) > 0 ? 'goal: '.TEXT[7] : ''
