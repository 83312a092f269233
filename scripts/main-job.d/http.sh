# shellcheck shell=bash
# Requests of the walk, and what is kept from their answers.
#
# `kept` is a JSON object that every filter and body sees as `$k`; in a path, {name} stands for `$k.name`.

tmp=$(mktemp -d)
declare -A tokens
kept='{}'
url=
base_host=
way=host
step=0
step_title=

forget() {
    kept=$(jq -nc --arg run "$way $$" --arg slug "reviews-$way-$$" '{run: $run, slug: $slug}')
    tokens=()
    at wpp
}

# at WORKSPACE: where the following requests go; `at -` is the base domain itself.
at() {
    if [ "$1" = - ]; then
        where=(-H "Host: $base_host")
    elif [ "$way" = host ]; then
        where=(-H "Host: $1.$base_host")
    else
        where=(-H "Host: $base_host" -H "Guildhall-Workspace: $1")
    fi
}

# call WHO METHOD PATH STATUS [BODY]: a request as WHO (`-`: nobody), whose answer must have that status (2?? where the
# contract leaves it open). BODY is a jq filter.
call() {
    local who=$1 method=$2 path=$3 expected=$4 body=${5:-} options=("${where[@]}")
    path=$(jq -nr --argjson k "$kept" --arg path "$path" '$path | gsub("\\{(?<name>\\w+)\\}"; $k[.name])')
    [ "$who" = - ] || options+=(-H "Authorization: Bearer ${tokens[$who]}")
    [ -z "$body" ] || options+=(-H 'Content-Type: application/json' --data "$(jq -nc --argjson k "$kept" "$body")")
    send "$method" "$path" "$expected" "as $who" "${options[@]}"
}

# token WHO STATUS FIELD...: a token for WHO by a form of `name=value` fields.
token() {
    local who=$1 expected=$2 fields=() field
    shift 2
    for field in "$@"; do
        fields+=(--data-urlencode "$field")
    done
    send POST /oauth/token "$expected" "for $who" "${where[@]}" "${fields[@]}"
    [ "$expected" = 200 ] || return 0
    check "a token of type Bearer that ends" '.token_type == "Bearer" and .expires_in > 0 and (.access_token | length) > 20'
    tokens[$who]=$(jq -r .access_token "$tmp/body")
}

send() {
    local method=$1 path=$2 expected=$3 who=$4
    shift 4
    request="$method $path $who"
    # Where no answer comes, curl writes 000 and says why.
    status=$(curl --silent --show-error --max-time 20 --request "$method" --output "$tmp/body" --dump-header "$tmp/headers" \
        --write-out '%{http_code}' "$@" "$url$path" 2>"$tmp/curl") || fail "no answer: $(cat "$tmp/curl")"
    # shellcheck disable=SC2053  # the right side is a pattern
    [[ $status == $expected ]] || fail "expected $expected"
}

# check WHAT FILTER: the filter must be true of the last answer's body.
check() {
    jq -e --argjson k "$kept" "$2" "$tmp/body" >/dev/null 2>&1 || fail "expected $1: $2"
}

# keep NAME FILTER: remembers a value of the last answer, which must be there.
keep() {
    local value
    value=$(jq -ce --argjson k "$kept" "$2" "$tmp/body" 2>/dev/null) || fail "expected a value at $2"
    kept=$(jq -nc --argjson k "$kept" --arg name "$1" --argjson value "$value" '$k + {($name): $value}')
}

# problem [CODE FILTER]: the last answer is a problem of RFC 9457; with that code, and the filter holds of it.
problem() {
    grep -qi '^content-type: application/problem+json' "$tmp/headers" || fail "expected application/problem+json"
    check "a whole problem" "[.type, .title, .detail, .code, .request_id] | all(type == \"string\")"
    check "the same status" ".status == $status"
    [ -z "${1:-}" ] || check "code $1" ".code == \"$1\""
    [ -z "${2:-}" ] || check "what the problem names" "$2"
}

fail() {
    printf '%4d  FAILED: %s: %s\n' "$step" "$step_title" "$1"
    printf '      %s answered %s\n' "${request:-no request}" "${status:-nothing}"
    [ ! -s "$tmp/body" ] || printf '      %s\n' "$(head -c 2000 "$tmp/body")"
    [ ! -s "$tmp/difference" ] || sed 's/^/      /' "$tmp/difference"
    [ ! -s "$tmp/demo.log" ] || { echo '      the demo said last:' && tail -n 8 "$tmp/demo.log" | sed 's/^/        /'; }
    printf '\nmain job: FAILED at step %d of %d, by %s\n' "$step" "$(wc -l <<<"$STEPS")" "$way"
    exit 1
}
