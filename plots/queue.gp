# The queue over the day, or over the week day by day, with a band that holds 80% of the replications.
#   gnuplot -c plots/queue.gp queue.dat queue.png
# Data (tab separated, blocks two blank lines apart):
#   0  texts: title, its second line, subtitle, x axis, y axis, key of the line, key of the band (empty: no band)
#   1  middle of the interval (hours along the axis), waiting on average, 10% and 90% of replications; a blank line
#      between days
#   2  tics of the x axis: x, text
#   3  days: from, middle, name (empty name where there is only one), to
DATA = ARG1; OUT = ARG2
if (ARGC != 2) { print 'usage: gnuplot -c queue.gp queue.dat queue.png'; exit status 2 }
here = ARG0; while (strlen(here) > 0 && here[strlen(here):] ne '/') { here = here[:strlen(here) - 1] }
load here.'style.gp'

stats DATA index 1 using (valid(4) && $4 > $2 ? $4 : $2) nooutput
most = STATS_max > 0 ? STATS_max : 1
stats DATA index 3 using 4 nooutput
right = STATS_max
head = STATS_records > 1 ? 1.14 : 1.05 # room for the names of the days

set xrange [0:right]
eval XTICS
set yrange [0:most * head]
eval YTICS(most, 8)
set xlabel TEXT[4] noenhanced
set ylabel TEXT[5] noenhanced
set key samplen 2

plot DATA index 1 using 1:3:4 with filledcurves linecolor rgb ANSWERED_PALE title TEXT[7], \
     '' index 1 using 1:2 with lines linewidth 3 linecolor rgb ANSWERED title TEXT[6], \
     '' index 3 using ($1 > 0 ? $1 : NaN):(0):(0):(most * head) with vectors nohead linecolor rgb PALE notitle, \
     '' index 3 using 2:(most * 1.075):3 with labels center noenhanced textcolor rgb INK notitle
