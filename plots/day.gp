# The day, or the week day by day: what became of the contacts of each interval, and the agents on duty below.
#   gnuplot -c plots/day.gp day.dat day.png
# Data (tab separated, blocks two blank lines apart):
#   0  texts: title, its second line, subtitle, x axis, y axis, y axis of the agents
#   1  from (hours along the axis), answered, abandoned, disconnected, blocked, dropped, message, other, on duty, busy; the last
#      row ends the last interval
#   2  tics of the x axis: x, text
#   3  days: from, middle, name (empty name where there is only one)
DATA = ARG1; OUT = ARG2
if (ARGC != 2) { print 'usage: gnuplot -c day.gp day.dat day.png'; exit status 2 }
here = ARG0; while (strlen(here) > 0 && here[strlen(here):] ne '/') { here = here[:strlen(here) - 1] }
load here.'style.gp'

array COLOR[7] = [ANSWERED, ABANDONED, DISCONNECTED, BLOCKED, DROPPED, MESSAGE, OTHER]
array NAME[7] = ['answered', 'abandoned', 'disconnected', 'blocked', 'dropped at close', 'left a message', 'other']
array SOME[7]
upto(c) = sum [k = 2:c + 1] column(k) # the stack up to its c-th part
stats DATA index 1 using (upto(7)) nooutput
most = STATS_max > 0 ? STATS_max : 1
all = STATS_sum
do for [c = 1:7] { stats DATA index 1 using (column(c + 1)) nooutput; SOME[c] = STATS_sum > 0.001 * all }
stats DATA index 1 using 9 nooutput
has_agents = STATS_max > 0
most_agents = STATS_max
stats DATA index 1 using 1 nooutput
right = STATS_max
stats DATA index 3 using 1 nooutput
head = STATS_records > 1 ? 1.14 : 1.05 # room for the names of the days

set xrange [0:right]
if (has_agents) { set multiplot; unset xtics; set bmargin screen 0.455 } else { eval XTICS; set xlabel TEXT[4] noenhanced }
set yrange [0:most * head]
eval YTICS(most, 8)
set ylabel TEXT[5] noenhanced
# The whole stack first, then what is below it, so that each part is drawn over the greater one behind. Boxes without
# points fill the key in the order of the stack.
plot for [c = 1:7] NaN with boxes linecolor rgb COLOR[c] title SOME[c] ? NAME[c] : '', \
     for [k = 1:7] DATA index 1 using 1:(upto(8 - k)) with fillsteps linecolor rgb COLOR[8 - k] notitle, \
     '' index 3 using ($1 > 0 ? $1 : NaN):(0):(0):(most * head) with vectors nohead linecolor rgb PALE notitle, \
     '' index 3 using 2:(most * 1.075):3 with labels center noenhanced textcolor rgb INK notitle

if (has_agents) {
    unset label 1001; unset label 1002; unset label 1003
    set tmargin screen 0.385
    set bmargin screen BOTTOM
    set yrange [0:most_agents * 1.1]
    eval XTICS
    eval YTICS(most_agents, 5)
    set ylabel TEXT[6] noenhanced
    set xlabel TEXT[4] noenhanced
    set key at screen RIGHT, 0.400 right bottom horizontal
    plot DATA index 1 using 1:10 with fillsteps linecolor rgb AGENTS_PALE title 'agents busy', \
         '' index 1 using 1:9 with steps linewidth 3 linecolor rgb AGENTS title 'agents on duty', \
         '' index 3 using ($1 > 0 ? $1 : NaN):(0):(0):(most_agents * 1.1) with vectors nohead \
             linecolor rgb PALE notitle
    unset multiplot
}
