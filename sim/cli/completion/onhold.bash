# Completion of onhold for bash: the program itself says what may follow.
_onhold() {
    local words=() word line cut='' i
    # Bash takes '=' and ':' for words of their own: they are put together again, and cut off from what it inserts.
    for ((i = 1; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if ((${#words[@]} > 0)) && [[ $word == [=:]* || ${words[-1]} == *[=:] ]]; then
            words[-1]+=$word
        else
            words+=("$word")
        fi
    done
    if [[ ${words[-1]} == *[=:]* && $COMP_WORDBREAKS == *[=:]* ]]; then
        cut=${words[-1]%"${words[-1]##*[=:]}"}
    fi
    COMPREPLY=()
    while IFS= read -r line; do
        if [[ $line == ':files '* ]]; then
            compopt -o filenames
            word=${words[-1]#"$cut"}
            while IFS= read -r line; do COMPREPLY+=("$line"); done < <(
                compgen -d -- "$word" || true
                compgen -f -X "!*${line#:files }" -- "$word" | while IFS= read -r line; do
                    [[ -d $line ]] || printf '%s\n' "$line"
                done
            )
        else
            COMPREPLY+=("${line#"$cut"}")
            if [[ $line == *= ]]; then compopt -o nospace; fi
        fi
    done < <("${COMP_WORDS[0]}" complete -- "${words[@]}" 2>/dev/null)
}
complete -F _onhold onhold
