# Completion of onhold for fish: the program itself says what may follow.
function __onhold_candidates
    set -l words (commandline -opc)
    for line in ($words[1] complete -- $words[2..-1] (commandline -ct) 2>/dev/null)
        if string match -q ':files *' -- $line
            __fish_complete_suffix (string sub -s 8 -- $line)
        else
            echo $line
        end
    end
end
complete -c onhold -f -a '(__onhold_candidates)'
