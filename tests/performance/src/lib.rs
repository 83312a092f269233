//! What the engine costs, beside peers and beside the limit: the benches are in `benches/`, the second opinion in `tests/`.
