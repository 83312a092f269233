# The front door: each line calls cargo or a script, and works without just as well.

# List the recipes
default:
    @just --list

# Start the service on ./data
run *options:
    cargo run -- serve {{options}}

# Start the demo: workspaces, people, products and projects to play with
demo *options:
    cargo run --release -- demo {{options}}

# Every test, on SQLite and PostgreSQL
test:
    scripts/test

# Format, lints, edges between crates, generated files
check:
    scripts/check

# Format the source
fmt:
    cargo fmt --all

# Build the documentation of the crates and open it
docs:
    cargo doc --workspace --no-deps --all-features --open

# Walk the main job with curl, against a demo of its own or the one at the given URL
main-job *arguments:
    scripts/main-job {{arguments}}

# What the engine and the permission query cost, beside peers and the limit, and how it grows (tens of minutes to build, 8 GB)
bench *options:
    cargo build --profile dist
    cargo bench --manifest-path tests/performance/Cargo.toml {{options}}

# Compare 10 million decisions of the engine with the model's, in random worlds
decisions count="10000000":
    GUILDHALL_DECISIONS={{count}} cargo test --release -p guildhall-authz --test random_worlds -- --nocapture

# Compare the engine's decisions with those of cedar-policy, in the same random worlds
second-opinion count="50000":
    GUILDHALL_DECISIONS={{count}} cargo test --release --manifest-path tests/performance/Cargo.toml -- --nocapture

# Let people race each other for the last admin, the last owner and the tree, 10,000 times
races rounds="10000":
    GUILDHALL_ROUNDS={{rounds}} cargo test --workspace --all-features --test all -- races:: auto_roles:: --nocapture

# Let sixteen people work on one board at once for so many seconds, on SQLite and on PostgreSQL
board seconds="60":
    GUILDHALL_SECONDS={{seconds}} cargo test --workspace --all-features --test all -- board_at_once:: --nocapture

# Change artifacts and packages of fifty workspaces at random beside the model, and race, watch and kill deploys, so many times
artifacts rounds="1000":
    GUILDHALL_ROUNDS={{rounds}} cargo test --workspace --all-features --test all -- artifacts_model:: artifacts_at_once:: interrupted:: --nocapture

# Kill the process under load, so many times, and look for what is lost or doubled
torture rounds="50":
    GUILDHALL_ROUNDS={{rounds}} cargo test --workspace --all-features --test all -- torture:: --nocapture

# Send whatever the API's document allows and forbids, against a demo of its own
schemathesis *arguments:
    scripts/schemathesis {{arguments}}
