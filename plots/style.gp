# The look that all charts share, and the texts of the data file. Loaded by each chart, not run on its own.
# Before: DATA, the data file; OUT, a file name ending in .png, .svg or .pdf, or "png" or "svg" alone for standard output.

set encoding utf8
set datafile separator tab
set minussign

# Okabe and Ito's palette, told apart with any colour vision.
ANSWERED     = '#0072B2'
ABANDONED    = '#E69F00'
DISCONNECTED = '#D55E00'
BLOCKED      = '#CC79A7'
DROPPED      = '#F0E442'
BALKED       = '#56B4E9'
OTHER        = '#999999'
MESSAGE      = '#882255' # Tol's wine: the palette has no more
AGENTS       = '#009E73'
# Mixed with white rather than transparent, which not every viewer of SVG knows.
ANSWERED_PALE = '#BFDBEC'
AGENTS_PALE   = '#A6DCCE'
INK          = '#222222'
PALE         = '#CCCCCC'

end = strlen(OUT)
kind = end > 3 ? OUT[end-2:end] : OUT
if (kind eq 'svg') {
    set terminal svg size 1280,720 font 'DejaVu Sans,16' background '#FFFFFF' dashlength 0.6
} else { if (kind eq 'pdf') {
    set terminal pdfcairo size 32cm,18cm font 'DejaVu Sans,16' dashlength 0.6
} else {
    set terminal pngcairo size 1280,720 font 'DejaVu Sans,16' background '#FFFFFF' dashlength 0.6
} }
if (OUT ne 'png' && OUT ne 'svg') { set output OUT }

# Index 0 holds texts: a name for people, then the text. They are read as data, so no text is ever run as code.
array TEXT[20]
stats DATA index 0 using (TEXT[int($0) + 1] = stringcolumn(2), 0) nooutput

set label 1001 TEXT[1] at screen 0.025, 0.953 left front noenhanced font 'DejaVu Sans:Bold,21' textcolor rgb INK
set label 1002 TEXT[2] at screen 0.025, 0.903 left front noenhanced font 'DejaVu Sans:Bold,21' textcolor rgb INK
set label 1003 TEXT[3] at screen 0.025, strlen(TEXT[2]) > 0 ? 0.850 : 0.900 left front noenhanced \
    textcolor rgb '#444444'

# Where the chart may stand on the screen: below the texts, above axis and key.
LEFT = 0.105; RIGHT = 0.968; TOP = strlen(TEXT[2]) > 0 ? 0.80 : 0.85; BOTTOM = 0.205
set lmargin screen LEFT
set rmargin screen RIGHT
set tmargin screen TOP
set bmargin screen BOTTOM

set border 3 linecolor rgb '#888888'
set tics nomirror textcolor rgb INK
set xtics scale 0.5
set ytics scale 0
set grid ytics linetype 1 linecolor rgb '#E4E4E4'
set style fill solid 1.0 noborder
set key at screen LEFT, 0.020 left bottom horizontal Left reverse maxrows 1 samplen 1.5 width 0 \
    noenhanced textcolor rgb INK

# Tics of the y axis, at most n from 0 to `most`, thousands separated whatever the locale: eval YTICS(most, n)
commas(x) = x < 1000 ? sprintf('%g', x) : commas(floor(x / 1000)).sprintf(',%03d', int(x) % 1000)
decade(x) = 10 ** floor(log10(x))
round_up(x) = x <= decade(x) ? decade(x) : x <= 2 * decade(x) ? 2 * decade(x) : x <= 5 * decade(x) ? 5 * decade(x) : 10 * decade(x)
YTICS(most, n) = sprintf('set ytics () scale 0; do for [i = 0:%d] { set ytics add (commas(i * %g) i * %g) }', \
                         floor(most / round_up(most / n) + 1e-9), round_up(most / n), round_up(most / n))

# Tics of the x axis from index 2 of the data, x and text: eval XTICS
array TIC_X[100]
array TIC_TEXT[100]
XTICS = 'set xtics () nomirror scale 0.5 textcolor rgb INK; stats DATA index 2 using (TIC_X[int($0) + 1] = $1, TIC_TEXT[int($0) + 1] = stringcolumn(2), 0) nooutput; ' \
        .'do for [i = 1:STATS_records] { set xtics add (TIC_TEXT[i] TIC_X[i]) }'
