# What single values do to a metric, each made smaller and larger by the same share; largest effect on top.
#   gnuplot -c plots/tornado.gp tornado.dat tornado.png
# Data (tab separated, blocks two blank lines apart):
#   0  texts: title, its second line, subtitle, x axis, y axis (empty), metric
#   1  bar (0 is the topmost), effect of less with both ends of its interval, effect of more likewise, name, less, more
DATA = ARG1; OUT = ARG2
if (ARGC != 2) { print 'usage: gnuplot -c tornado.gp tornado.dat tornado.png'; exit status 2 }
here = ARG0; while (strlen(here) > 0 && here[strlen(here):] ne '/') { here = here[:strlen(here) - 1] }
load here.'style.gp'

stats DATA index 1 using 1 nooutput
bars = STATS_records
widest = 0
abs_of(x) = valid(x) ? abs(column(x)) : 0
stats DATA index 1 using (widest = abs_of(3) > widest ? abs_of(3) : widest, widest = abs_of(4) > widest ? abs_of(4) : widest, \
    widest = abs_of(6) > widest ? abs_of(6) : widest, widest = abs_of(7) > widest ? abs_of(7) : widest, \
    widest = abs_of(2) > widest ? abs_of(2) : widest, widest = abs_of(5) > widest ? abs_of(5) : widest, 0) nooutput
if (widest <= 0) { widest = 1 }

set lmargin screen 0.30
set xrange [-1.4 * widest:1.4 * widest] # room for the values beside the bars
set yrange [bars - 0.4:-0.6]
set ytics scale 0 noenhanced
set border 1
unset grid
set grid xtics linetype 1 linecolor rgb '#E4E4E4'
set xlabel TEXT[4] noenhanced
set arrow 1 from 0, -0.6 to 0, bars - 0.4 nohead linewidth 1 linecolor rgb INK front
set key at screen 0.30, 0.020 left bottom horizontal Left reverse

# A value stands beyond its interval; a long one would run into its neighbours.
end_of(v, low, high) = !valid(low) ? column(v) : column(v) < 0 ? column(low) : column(high)
text(value) = strlen(value) > 24 ? '' : value
plot DATA index 1 using (0):1:(0):2:($1 - 0.34):($1) with boxxyerror linecolor rgb ABANDONED title 'smaller', \
     '' index 1 using (0):1:(0):5:($1):($1 + 0.34) with boxxyerror linecolor rgb ANSWERED title 'larger', \
     '' index 1 using 2:($1 - 0.17):3:4 with xerrorbars pointtype 0 linewidth 1.5 linecolor rgb INK title 'interval', \
     '' index 1 using 5:($1 + 0.17):6:7 with xerrorbars pointtype 0 linewidth 1.5 linecolor rgb INK notitle, \
     '' index 1 using (valid(2) && $2 >= 0 ? end_of(2, 3, 4) : NaN):($1 - 0.17):(text(stringcolumn(9))) \
         with labels left offset 0.8,0 font ',12' noenhanced textcolor rgb INK notitle, \
     '' index 1 using (valid(2) && $2 < 0 ? end_of(2, 3, 4) : NaN):($1 - 0.17):(text(stringcolumn(9))) \
         with labels right offset -0.8,0 font ',12' noenhanced textcolor rgb INK notitle, \
     '' index 1 using (valid(5) && $5 >= 0 ? end_of(5, 6, 7) : NaN):($1 + 0.17):(text(stringcolumn(10))) \
         with labels left offset 0.8,0 font ',12' noenhanced textcolor rgb INK notitle, \
     '' index 1 using (valid(5) && $5 < 0 ? end_of(5, 6, 7) : NaN):($1 + 0.17):(text(stringcolumn(10))) \
         with labels right offset -0.8,0 font ',12' noenhanced textcolor rgb INK notitle, \
     '' index 1 using (0):1:ytic(8) with dots linecolor rgb '#FFFFFF' notitle
