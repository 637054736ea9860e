# How long callers waited, abandoned stacked on answered, with percentiles of the answered marked.
#   gnuplot -c plots/wait.gp wait.dat wait.png
# Data (tab separated, blocks two blank lines apart):
#   0  texts: title, its second line, subtitle, x axis, y axis, key of answered, key of abandoned
#   1  from (in the unit of the x axis), answered, abandoned (percent of all who queued); the last row ends the last bin
#   2  percentiles: x, text
DATA = ARG1; OUT = ARG2
if (ARGC != 2) { print 'usage: gnuplot -c wait.gp wait.dat wait.png'; exit status 2 }
here = ARG0; while (strlen(here) > 0 && here[strlen(here):] ne '/') { here = here[:strlen(here) - 1] }
load here.'style.gp'

stats DATA index 1 using 1 nooutput
right = STATS_max
stats DATA index 1 using ($2 + $3) nooutput
peak = STATS_max > 0 ? STATS_max : 1
stats DATA index 1 using 2 nooutput
has_answered = STATS_sum > 0
stats DATA index 1 using 3 nooutput
has_abandoned = STATS_sum > 0

set xrange [0:right]
set yrange [0:peak * 1.28]
set xlabel TEXT[4] noenhanced
set ylabel TEXT[5] noenhanced
set format y '%g%%'

# Texts stand right of their marks if all have room there, else left, else the first right and the other left, far off.
# Marks rise towards the side that the texts are on, so that no text is crossed out by the line of its neighbour.
long(text) = 0.0095 * right * strlen(text)
fits(x, text) = x + long(text) < right
n_left = 0
first_has_left = 0
stats DATA index 2 using (n_left = n_left + ($1 >= 0 && !fits($1, stringcolumn(2))), 0) nooutput
stats DATA index 2 every ::0::0 using (first_has_left = $1 > long(stringcolumn(2)), 0) nooutput
all_left = n_left > 0 && first_has_left
is_right(x, text) = !all_left && fits(x, text)
height(i) = peak * (all_left ? 1.135 + 0.085 * int(i) : 1.22 - 0.085 * int(i))

# Abandoned stand on answered: the whole stack first, then its lower part over it.
plot NaN with boxes linecolor rgb ANSWERED title has_answered ? TEXT[6] : '', \
     NaN with boxes linecolor rgb ABANDONED title has_abandoned ? TEXT[7] : '', \
     DATA index 1 using 1:($2 + $3) with fillsteps linecolor rgb ABANDONED notitle, \
     '' index 1 using 1:2 with fillsteps linecolor rgb ANSWERED notitle, \
     '' index 2 using 1:(0):(0):(height($0)) with vectors nohead dashtype 2 linewidth 2 linecolor rgb INK notitle, \
     '' index 2 using (is_right($1, stringcolumn(2)) ? $1 : NaN):(height($0)):2 with labels left offset 0.6,-0.1 \
         noenhanced textcolor rgb INK notitle, \
     '' index 2 using (is_right($1, stringcolumn(2)) ? NaN : $1):(height($0)):2 with labels right offset -0.6,-0.1 \
         noenhanced textcolor rgb INK notitle
