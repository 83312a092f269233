# shellcheck shell=bash
# Stages of a script: each prints its title, its output and how it ended; `finish_stages` lists them all again.
# Sourced by scripts/check and scripts/test.

stage_lines=()
stages_failed=0

# stage TITLE COMMAND...: runs the command in a subshell that ends at its first error; the stages after it run all the same.
stage() {
    local title=$1 started=$SECONDS code line
    shift
    printf '\n=== %s\n' "$title"
    set +e
    (
        set -e
        "$@"
    )
    code=$?
    set -e
    if [ "$code" = 0 ]; then
        line=$(printf 'ok      %4d s  %s' $((SECONDS - started)) "$title")
    else
        line=$(printf 'FAILED  %4d s  %s' $((SECONDS - started)) "$title")
        stages_failed=$((stages_failed + 1))
    fi
    stage_lines+=("$line")
    printf '=== %s\n' "$line"
}

# skip TITLE REASON: says that a stage was left out, and why.
skip() {
    stage_lines+=("$(printf 'left out        %s: %s' "$1" "$2")")
    printf '\n=== %s\n' "${stage_lines[-1]}"
}

# finish_stages NAME: the list of all stages, and the exit code of the script.
finish_stages() {
    printf '\n'
    printf '%s\n' "${stage_lines[@]}"
    if [ "$stages_failed" = 0 ]; then
        printf '\n%s: all green after %d s\n' "$1" "$SECONDS"
    else
        printf '\n%s: %d FAILED, after %d s (look for "=== FAILED" above)\n' "$1" "$stages_failed" "$SECONDS"
        return 1
    fi
}
