//! The size of a generated `Error` on a machine of 64 bits, as far as the declared parameters decide it.

use lift_errors_core::vocabulary::ParameterType;

/// The largest `Error`, in bytes: of the canonical catalogue, and of any other (clippy warns at 128).
const LARGEST: (usize, usize) = (64, 127);

/// The discriminant, and the place of source and cause.
const EVERY_VARIANT: usize = 16;

/// The list of field errors.
const FIELD_ERRORS: usize = 24;

/// A boxed value.
const BOX: usize = 8;

/// The largest size of an `Error`. Only the canonical catalogue has codes without a prefix.
pub(crate) const fn limit(has_prefix: bool) -> usize {
    if has_prefix { LARGEST.1 } else { LARGEST.0 }
}

/// Whether texts are on the heap in a variant with these parameters, each with whether it may be absent. The canonical
/// catalogue keeps its fields as they are: its entries are small, and programs match them.
pub(crate) fn is_boxed(
    parameters: impl Iterator<Item = (ParameterType, bool)>,
    has_field_errors: bool,
    has_prefix: bool,
) -> bool {
    has_prefix && of_variant(parameters, has_field_errors, false) > limit(has_prefix)
}

/// The bytes of a variant with these parameters, each with whether it may be absent. `is_boxed` puts texts on the heap.
pub(crate) fn of_variant(
    parameters: impl Iterator<Item = (ParameterType, bool)>,
    has_field_errors: bool,
    is_boxed: bool,
) -> usize {
    let bytes: usize = parameters.map(|(kind, may_lack)| of_parameter(kind, may_lack, is_boxed)).sum();
    // The fields are reordered, so that only the end is padded.
    bytes.next_multiple_of(8) + EVERY_VARIANT + if has_field_errors { FIELD_ERRORS } else { 0 }
}

fn of_parameter(kind: ParameterType, may_lack: bool, is_boxed: bool) -> usize {
    match (kind, may_lack) {
        (ParameterType::Text, _) if is_boxed => BOX,
        (ParameterType::Text, _) => 24,
        // These have a bit pattern that `None` can use.
        (ParameterType::Duration | ParameterType::Term, _) => 16,
        (ParameterType::U32, false) => 4,
        (ParameterType::U32, true) => 8,
        (_, false) => 8,
        (_, true) => 16,
    }
}
