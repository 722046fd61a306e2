//! Codes and ids that were released stay as they are: the lock file is that of the catalogue.

#[test]
fn the_lock_file_is_current() {
    lift_errors_codegen::assert_lock({manifest});
}
