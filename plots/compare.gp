# How scenarios differ: differences with their intervals, shares above, waits below.
#   gnuplot -c plots/compare.gp compare.dat compare.png
# Data (tab separated, blocks two blank lines apart):
#   0  texts: title, its second line, subtitle, x axis of shares, x axis of times
#   1  panel (0 shares, 1 times), row (0 is the topmost), difference, low, high, colour (1 better, -1 worse, 0 no difference
#      shown, 2 neither), name, the difference in words
DATA = ARG1; OUT = ARG2
if (ARGC != 2) { print 'usage: gnuplot -c compare.gp compare.dat compare.png'; exit status 2 }
here = ARG0; while (strlen(here) > 0 && here[strlen(here):] ne '/') { here = here[:strlen(here) - 1] }
load here.'style.gp'

array COLOR[4] = [ANSWERED, DISCONNECTED, OTHER, BALKED]
array MEANS[4] = [1, -1, 0, 2]
array NAME[4] = ['better', 'worse', 'no difference shown', 'neither good nor bad']
array SOME[4]
array ROWS[2]
array LOW[2]
array HIGH[2]
do for [c = 1:4] { stats DATA index 1 using ($6 == MEANS[c] ? 1 : 0) nooutput; SOME[c] = STATS_max > 0 }
do for [p = 1:2] {
    stats DATA index 1 using ($1 == p - 1 ? 1 : 0) nooutput; ROWS[p] = int(STATS_sum)
    stats DATA index 1 using ($1 == p - 1 && $4 < 0 ? $4 : 0) nooutput; LOW[p] = STATS_min
    stats DATA index 1 using ($1 == p - 1 && $5 > 0 ? $5 : 0) nooutput; HIGH[p] = STATS_max
}
all = ROWS[1] + ROWS[2]
both = ROWS[1] > 0 && ROWS[2] > 0
stats DATA index 1 using (strlen(stringcolumn(7))) nooutput
room = 0.035 + 0.0088 * STATS_max
LEFT = room > 0.45 ? 0.45 : room < 0.14 ? 0.14 : room
GAP = both ? 0.115 : 0 # between the panels: the upper one's axis
height = (TOP - BOTTOM - GAP) / all

set lmargin screen LEFT
set border 1
unset grid
set grid xtics linetype 1 linecolor rgb '#E4E4E4'
unset ytics
set key at screen LEFT, 0.015 left bottom horizontal
if (both) { set multiplot }
first = ROWS[1] > 0 ? 1 : 2
last = ROWS[2] > 0 ? 2 : 1
do for [p = first:last] {
    set tmargin screen p == first ? TOP : BOTTOM + height * ROWS[2]
    set bmargin screen p == last ? BOTTOM : TOP - height * ROWS[1]
    if (p == 2 && both) { unset label 1001; unset label 1002; unset label 1003 }
    span = HIGH[p] - LOW[p] > 0 ? HIGH[p] - LOW[p] : 1
    from = LOW[p] - (LOW[p] < 0 ? 0.16 : 0.04) * span # names stand left of it
    set xrange [from:HIGH[p] + (HIGH[p] > 0 ? 0.16 : 0.04) * span]
    set yrange [ROWS[p] - 0.4:-0.6]
    set xlabel TEXT[3 + p] noenhanced offset 0, 0.3
    unset arrow 1
    set arrow 1 from 0, graph 0 to 0, graph 1 nohead linewidth 2 linecolor rgb '#888888' back
    plot for [c = 1:4] DATA index 1 using ($1 == p - 1 && $6 == MEANS[c] ? $3 : NaN):2:4:5 with xerrorbars \
             pointtype 7 pointsize 1.6 linewidth 3 linecolor rgb COLOR[c] notitle, \
         for [c = 1:4] NaN with boxes linecolor rgb COLOR[c] title p == last && SOME[c] ? NAME[c] : '', \
         '' index 1 using ($1 == p - 1 && $3 >= 0 ? $5 : NaN):2:8 with labels left offset 0.8, 0 noenhanced \
             textcolor rgb INK notitle, \
         '' index 1 using ($1 == p - 1 && $3 < 0 ? $4 : NaN):2:8 with labels right offset -0.8, 0 noenhanced \
             textcolor rgb INK notitle, \
         '' index 1 using ($1 == p - 1 ? from : NaN):2:7 with labels right offset -1, 0 noenhanced textcolor rgb INK notitle
}
if (both) { unset multiplot }
