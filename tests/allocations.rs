//! Nothing that happens in a request allocates: making an error, passing it up, looking a code up,
//! rendering it into a buffer that is used again. Counts are exact, so they are tests and no benchmark.

use crate::counting_allocator::count;
use crate::samples;
use lift_errors::{Format, LiftError, Locale, RequestId, UnknownCode, lift};
use std::borrow::Cow;
use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Duration;

/// How often `work` allocates.
fn allocations<T>(work: impl FnOnce() -> T) -> usize {
    let before = count();
    black_box(work());
    count() - before
}

#[test]
fn the_counter_counts() {
    assert_eq!(allocations(|| Box::new(black_box(1))), 1);
    assert!(allocations(|| format!("{} and more than nothing", black_box(1))) >= 1);
}

#[test]
fn lookups_do_not_allocate() {
    let codes: Vec<String> = lift::Code::iter().map(|code| code.to_string()).collect();
    let ids: Vec<String> = lift::Code::iter().map(|code| code.id().to_owned()).collect();
    let count = allocations(|| {
        for key in codes.iter().chain(&ids) {
            black_box((key.parse::<lift::Code>().ok(), lift::Code::from_id(key)));
        }
        for status in 0..1_000 {
            black_box(lift::Code::from_status(status));
        }
        for code in lift::Code::iter() {
            let entry = code.entry();
            black_box((entry.canonical(), entry.retry(), entry.severity(), entry.grpc_code()));
            black_box(entry.causes().flat_map(|cause| cause.fixes()).filter_map(|fix| fix.link()).count());
        }
    });
    assert_eq!(count, 0);
}

#[test]
fn what_is_no_code_is_found_out_without_allocating() {
    let mut keys: Vec<String> = (0..100).map(|length| "a".repeat(length)).collect();
    keys.extend(lift::Code::iter().flat_map(|code| {
        let code = code.as_str();
        [code.to_uppercase(), format!("{code} "), format!("\0{code}"), format!("{code}\u{2010}"), code.repeat(9)]
    }));
    let count = allocations(|| {
        for key in &keys {
            let found = (key.parse::<lift::Code>(), lift::Code::try_from(key.as_str()), lift::Code::from_id(key));
            assert!(black_box(found) == (Err(UnknownCode::new()), Err(UnknownCode::new()), None));
        }
    });
    assert_eq!(count, 0);
}

#[test]
fn the_catalogue_itself_is_read_without_allocating() {
    let mut out = String::with_capacity(1 << 16);
    for locale in lift::CATALOG.locales() {
        for entry in lift::CATALOG.entries() {
            out.clear();
            let count = allocations(|| {
                let texts = [entry.title(), entry.meaning(), entry.support(), entry.runbook()];
                let texts = texts.into_iter().chain(entry.causes().map(|cause| cause.text()));
                let texts =
                    texts.chain(entry.fixes().map(|fix| fix.text())).chain(entry.notes().map(|note| note.text()));
                for text in texts.chain(entry.details().map(|(_, text)| text)) {
                    write!(out, "{}", text.in_locale(locale)).unwrap();
                }
                for parameter in entry.parameters() {
                    write!(out, "{} {:?} {}", parameter.name(), parameter.kind(), parameter.doc()).unwrap();
                }
                write!(out, "{} {:?} {}", entry.type_uri(), entry, entry.since()).unwrap();
                black_box(entry.links().map(|link| link.href().len()).sum::<usize>())
            });
            assert_eq!(count, 0, "{entry:?} in {locale}");
        }
    }
}

#[test]
fn rendering_does_not_allocate_in_any_format() {
    let formats = [
        Format::ProblemDetails,
        Format::Envelope,
        Format::Html,
        Format::PlainText,
        Format::Markdown,
        Format::Terminal { color: true },
        Format::Terminal { color: false },
    ];
    let spoken: Vec<Locale> = lift::CATALOG.locales().collect();
    assert!(spoken.len() >= 11);
    for (sample, locale) in samples::all().iter().flat_map(|sample| spoken.iter().map(move |locale| (sample, *locale)))
    {
        let problem = sample.problem().with_locale(locale);
        for format in formats {
            let mut vector: Vec<u8> = Vec::with_capacity(1 << 16);
            let mut string = String::with_capacity(1 << 16);
            let mut bytes = bytes::BytesMut::with_capacity(1 << 16);
            let count = allocations(|| {
                problem.write(format, &mut vector);
                problem.write(format, &mut bytes);
                problem.write(format, &mut string);
                string.clear();
                write!(string, "{}", problem.display(format))
            });
            assert_eq!(count, 0, "{} as {format:?} in {locale}", sample.name);
            let mut length = 0;
            let count = allocations(|| problem.headers(format, |name, value| length += name.len() + value.len()));
            assert_eq!(count, 0, "headers of {}", sample.name);
        }
        let mut detail = String::with_capacity(1 << 12);
        assert_eq!(allocations(|| write!(detail, "{}{}", sample.error, problem.sources())), 0);
    }
}

#[test]
fn choosing_a_language_does_not_allocate() {
    let many = "fr-CA;q=0.1,".repeat(1_000);
    for header in ["uk-UA,uk;q=0.9,en-US;q=0.8,en;q=0.7", "zh-HK", "*;q=0.5, en;q=0", &many] {
        assert_eq!(allocations(|| Locale::negotiate([header], &[&lift::CATALOG])), 0, "{header}");
    }
    assert_eq!(allocations(|| "zh-hans".parse().map(Locale::tag)), 0);
    assert_eq!(allocations(|| Format::negotiate(["text/plain;q=0.5, */*", "application/json"])), 0);
}

#[test]
fn errors_are_made_and_passed_up_without_allocating() {
    #[derive(Debug, lift_errors::LiftError)]
    enum ServiceError {
        #[lift(transparent)]
        Lift(#[from] lift::Error),
    }

    fn deepest(limit: u32) -> Result<(), lift::Error> {
        Err(lift::Error::too_many_requests(limit, Duration::from_secs(60), Duration::from_secs(12)))
    }

    fn middle(limit: u32) -> Result<(), lift::Error> {
        deepest(limit)?;
        Ok(())
    }

    fn outer(limit: u32) -> Result<(), ServiceError> {
        middle(limit)?;
        Ok(())
    }

    let count = allocations(|| {
        for limit in 0..10 {
            let _ = black_box(outer(limit));
        }
        black_box(lift::Error::internal_server_error());
        black_box(lift::Error::method_not_allowed("GET, HEAD"));
        black_box(lift::Error::too_many_requests(60, Duration::from_secs(60), Duration::from_secs(12)));
        black_box(lift::forbidden::new().with_required_role(Cow::Borrowed("Manager")).build());
        let error = lift::Error::not_found();
        black_box(error.problem().with_request_id(RequestId::new("r-1").unwrap()).status())
    });
    assert_eq!(count, 0);
}

#[test]
fn sizes_are_those_that_were_promised() {
    assert_eq!(size_of::<lift::Code>(), 2);
    assert_eq!(size_of::<Option<lift::Code>>(), 2);
    assert!(size_of::<lift::Error>() <= 64);
    assert!(size_of::<lift_errors::Problem<'_>>() <= 64);
    assert!(size_of::<lift_errors::Entry>() <= 16);
}
