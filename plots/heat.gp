# A metric over two values of a sweep, each with each: the darker, the larger.
#   gnuplot -c plots/heat.gp heat.dat heat.png
# Data (tab separated, blocks two blank lines apart):
#   0  texts: title, its second line, subtitle, x axis, y axis, metric
#   1  column, row (from 0), value, text
#   2  tics of the x axis: x, text
#   3  tics of the y axis: y, text
DATA = ARG1; OUT = ARG2
if (ARGC != 2) { print 'usage: gnuplot -c heat.gp heat.dat heat.png'; exit status 2 }
here = ARG0; while (strlen(here) > 0 && here[strlen(here):] ne '/') { here = here[:strlen(here) - 1] }
load here.'style.gp'

stats DATA index 1 using 1 nooutput
columns = STATS_max + 1
stats DATA index 1 using 2 nooutput
rows = STATS_max + 1
stats DATA index 1 using 3 nooutput
least = STATS_min; most = STATS_max > STATS_min ? STATS_max : STATS_min + 1

set lmargin screen 0.20
set rmargin screen 0.86
set xrange [-0.5:columns - 0.5]
set yrange [-0.5:rows - 0.5]
unset grid
set border 0
eval XTICS
set ytics () scale 0 noenhanced
stats DATA index 3 using (TIC_X[int($0) + 1] = $1, TIC_TEXT[int($0) + 1] = stringcolumn(2), 0) nooutput
do for [i = 1:STATS_records] { set ytics add (TIC_TEXT[i] TIC_X[i]) }
set xtics scale 0 noenhanced
set xlabel TEXT[4] noenhanced
set ylabel TEXT[5] noenhanced
# Pale to dark in one hue: told apart in grey, too.
set palette defined (0 '#F3F8FC', 0.5 '#6FAFD6', 1 '#003F66')
set cbrange [least:most]
set colorbox user origin screen 0.885, BOTTOM size screen 0.02, TOP - BOTTOM
set cblabel TEXT[6] noenhanced
unset key

is_dark(v) = v > least + 0.62 * (most - least)
plot DATA index 1 using 1:2:($1 - 0.49):($1 + 0.49):($2 - 0.485):($2 + 0.485):3 with boxxyerror linecolor palette, \
     '' index 1 using 1:(is_dark($3) ? $2 : NaN):4 with labels center noenhanced textcolor rgb '#FFFFFF', \
     '' index 1 using 1:(is_dark($3) ? NaN : $2):4 with labels center noenhanced textcolor rgb INK
