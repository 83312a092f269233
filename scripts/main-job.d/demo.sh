# shellcheck shell=bash
# The demo that the walk runs against.

demo_pid=
drop_database=()
trap 'end_demo; rm -rf "$tmp"' EXIT

# use_demo URL: one that runs already. The base domain is the URL's host, or localhost where that is an address.
use_demo() {
    url=${1%/}
    base_host=${url#*://}
    [[ $base_host != [0-9]* ]] || base_host=localhost:${base_host##*:}
}

start_demo_on_sqlite() {
    start_demo
}

# As the operator would: tables owned by one role, served by another that is bound by row level security.
start_demo_on_postgres() {
    local admin=$1 bin name address
    bin=$("$scripts/postgres" binaries)
    name=guildhall_main_job_$$
    address=${admin#*@}
    address=${address%%/*}
    "$bin/psql" --quiet --set=ON_ERROR_STOP=1 "$admin" >/dev/null <<-SQL
		SELECT pg_advisory_lock(7114003);
		SELECT format('CREATE ROLE %I LOGIN PASSWORD %L', name, 'guildhall-test')
		FROM unnest(ARRAY['guildhall_owner', 'guildhall_service']) AS role (name)
		WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec
		CREATE DATABASE $name OWNER guildhall_owner;
	SQL
    drop_database=("$bin/psql" --quiet "$admin" -c "DROP DATABASE IF EXISTS $name WITH (FORCE)")
    (umask 077 && head -c 32 /dev/urandom | base64 >"$tmp/secret")
    start_demo --service-role guildhall_service --secret-file "$tmp/secret" \
        --database-url "postgres://guildhall_service:guildhall-test@$address/$name" \
        --migrate-database-url "postgres://guildhall_owner:guildhall-test@$address/$name"
}

start_demo() {
    local binary=${GUILDHALL_BINARY:-} port started
    if [ -z "$binary" ]; then
        (cd "$scripts/.." && cargo build --release --bin guildhall)
        binary=${CARGO_TARGET_DIR:-$scripts/../target}/release/guildhall
    fi
    port=$(free_port)
    use_demo "http://127.0.0.1:$port"
    started=$(date +%s%N)
    "$binary" demo --listen "127.0.0.1:$port" --public-url "http://localhost:$port" --data "$tmp/data" "$@" \
        >"$tmp/demo.log" 2>&1 &
    demo_pid=$!
    step_title="the demo starts"
    until curl --silent --fail --output /dev/null --max-time 2 "$url/readyz"; do
        kill -0 "$demo_pid" 2>/dev/null || fail "it ended"
        [ $(($(date +%s%N) - started)) -lt 60000000000 ] || fail "it was not ready after 60 s"
        sleep 0.05
    done
    echo "demo: ready after $((($(date +%s%N) - started) / 1000000)) ms, $(memory VmRSS) resident"
}

# A port on which nobody answers, below those that the system hands out.
free_port() {
    local port
    for _ in {1..50}; do
        port=$((RANDOM % 16000 + 16000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port" && return; }
    done
    return 1
}

memory() {
    awk -v field="$1:" '$1 == field { printf "%.1f MB", $2 / 1024 }' "/proc/$demo_pid/status" 2>/dev/null || true
}

# A demo of our own must end by SIGTERM with exit code 0.
stop_demo() {
    [ -n "$demo_pid" ] || return 0
    echo "demo: $(memory VmHWM) resident at most"
    step_title="the demo stops"
    kill -TERM "$demo_pid"
    local code=0
    wait "$demo_pid" || code=$?
    demo_pid=
    [ "$code" = 0 ] || fail "it ended with code $code on SIGTERM"
}

end_demo() {
    [ -z "$demo_pid" ] || { kill -KILL "$demo_pid" && wait "$demo_pid"; } 2>/dev/null || true
    [ "${#drop_database[@]}" = 0 ] || "${drop_database[@]}" >/dev/null 2>&1 || true
}
