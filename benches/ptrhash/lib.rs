//! Nothing: the benchmark is in `ptrhash.rs`.
