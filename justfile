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
