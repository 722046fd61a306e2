//! Errors with parameters and field errors that somebody else chose, in every format and language. All outputs get the same
//! bytes, and JSON is JSON.
#![no_main]

use bytes::BytesMut;
use lift_errors::{FieldError, FieldErrors, Format, LiftError, Locale, Problem, lift};

const FORMATS: [Format; 6] = [
    Format::ProblemDetails,
    Format::Envelope,
    Format::Html,
    Format::PlainText,
    Format::Markdown,
    Format::Terminal { color: true },
];

libfuzzer_sys::fuzz_target!(|input: (u8, &str, &str, &str)| {
    let (choice, first, second, third) = input;
    let fields = FieldErrors::from_iter([
        FieldError::at_path(first, (third.to_owned(), second.to_owned())).with_parameter("value", third.to_owned()),
        FieldError::new(second.to_owned(), ("code", first.to_owned())),
    ]);
    let error: Box<dyn LiftError> = match choice % 3 {
        0 => Box::new(lift::not_found::new().with_resource(first.to_owned()).build()),
        1 => Box::new(lift::validation_failed::new().with_field_errors(fields).build()),
        _ => Box::new(lift::forbidden::new().with_required_role(second.to_owned()).build()),
    };
    let locale = lift::CATALOG.locales().nth(usize::from(choice % 12)).unwrap_or(Locale::EN);
    let problem = Problem::new(&*error).with_locale(locale);
    for format in FORMATS {
        let (mut vector, mut string, mut buffer) = (Vec::new(), String::new(), BytesMut::new());
        problem.write(format, &mut vector);
        problem.write(format, &mut string);
        problem.write(format, &mut buffer);
        assert_eq!((string.as_bytes(), &buffer[..]), (vector.as_slice(), vector.as_slice()));
        if matches!(format, Format::ProblemDetails | Format::Envelope) {
            serde_json::from_slice::<serde_json::Value>(&vector).unwrap();
        }
    }
});
