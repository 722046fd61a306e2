//! Values come out of every form as they went in, whatever they hold: read back by parsers that no one
//! here wrote, and for the forms without a parser, by what must not be in them.

use lift_errors::{FieldError, FieldErrors, Format, LiftError, Problem, RequestId, StatusProblem, lift};
use proptest::prelude::*;
use pulldown_cmark::{Event, Parser};
use serde_json::Value;
use std::time::Duration;

/// The hostile texts of the promises, each a case of its own; proptest adds its own.
const HOSTILE: &[&str] = &[
    "",
    "</script>",
    "<!--<script>",
    "\"'&<>`",
    "\u{c}",
    "{param} and {limit}",
    "${7*7}",
    "%s",
    "javascript:alert(1)",
    "data:text/html,x",
    "a](https://example.com)",
    "| a | b |",
    "```",
    "# heading",
    "- item",
    "1. item",
    "    code",
    "https://example.com/",
    "\u{202e}gpj.exe",
    "\u{2066}open",
    "\u{2068}\u{202b}שלום\u{202c}\u{200f}\u{2069}",
    "\u{202e}a\u{202c}",
    "\u{200d}\u{301}",
    "\r\nSet-Cookie: x",
    "\0",
    "\x1b[2J",
    "\x1b]0;title\x07",
    "\x1b]52;c;aGk=\x07",
    "\u{9b}31m",
    "\u{7f}\u{85}\u{2028}\u{2029}",
];

/// Any text: hostile ones often, any characters else.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        1 => proptest::sample::select(HOSTILE).prop_map(str::to_owned),
        1 => (proptest::sample::select(HOSTILE), any::<String>(), proptest::sample::select(HOSTILE)).prop_map(|(a, b, c)| format!("{a}{b}{c}")),
        2 => any::<String>(),
    ]
}

fn json(problem: &Problem<'_>, format: Format) -> Value {
    serde_json::from_str(&problem.display(format).to_string()).unwrap()
}

/// A text as it reads on one line: controls and line breaks are spaces.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c }).collect()
}

fn is_bidi(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Characters that reverse the words behind them; marks of direction do not.
fn is_turning(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A value as a sentence contains it, in every format: marks stay, and of what turns words round only pairs do.
fn in_sentence(value: &str) -> String {
    let mut characters: Vec<char> = value.chars().collect();
    let mut open: Vec<usize> = Vec::new();
    let mut kept = Vec::new();
    for (place, &character) in value.chars().collect::<Vec<_>>().iter().enumerate() {
        match character {
            '\n' | '\r' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2029}' => open.clear(),
            '\u{2069}' => {
                if let Some(begin) = open.iter().rposition(|begin| characters[*begin] >= '\u{2066}') {
                    kept.extend([open[begin], place]);
                    open.truncate(begin);
                }
            }
            '\u{202c}' => {
                let begin = open.pop_if(|begin| characters[*begin] < '\u{2066}');
                kept.extend(
                    begin.filter(|begin| characters[*begin] < '\u{202c}').into_iter().flat_map(|begin| [begin, place]),
                );
            }
            _ if is_turning(character) => open.push(place),
            _ => {}
        }
    }
    for (place, character) in characters.iter_mut().enumerate() {
        if is_turning(*character) && !kept.contains(&place) {
            *character = '\u{fffd}';
        }
    }
    characters.into_iter().collect()
}

/// The text after the YAML at the beginning.
fn without_front_matter(markdown: &str) -> &str {
    markdown.split_once("\n---\n\n").map_or(markdown, |(_, text)| text)
}

/// Agents decide by the facts before the text, each a line of YAML.
#[test]
fn markdown_begins_with_facts_for_agents() {
    let facts = |problem: &Problem<'_>| {
        let markdown = problem.display(Format::Markdown).to_string();
        let (facts, _) = markdown.strip_prefix("---\n").unwrap().split_once("\n---\n\n# ").unwrap();
        facts.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let error = lift::Error::too_many_requests(60, Duration::from_secs(60), Duration::from_millis(11_200));
    let id = RequestId::new("r-1").unwrap();
    assert_eq!(
        facts(&error.problem().with_request_id(id)),
        [
            "code: \"too_many_requests\"",
            "id: \"LIFT-0429\"",
            "status: 429",
            "retryable: true",
            "retry: \"after\"",
            "retry_after: 12",
            "actor: client",
            "type: \"https://openboxes.cloud/docs/support/error-reference#LIFT-0429\"",
            "request_id: \"r-1\"",
        ],
    );
    let error = lift::Error::validation_failed();
    assert!(facts(&error.problem()).contains(&"retryable: false".to_owned()));
    let error = lift::Error::internal_server_error();
    assert!(facts(&error.problem()).contains(&"actor: service".to_owned()));
    let blank = StatusProblem::new(599).unwrap().display(Format::Markdown).to_string();
    assert!(
        blank.starts_with(
            "---\nstatus: 599\nretryable: true\nretry: \"idempotent\"\nactor: service\ntype: \"about:blank\"\n---\n\n"
        ),
        "{blank}"
    );
}

/// The text that a person reads, without the markup.
fn markdown_text(markdown: &str) -> String {
    let mut text = String::new();
    for event in Parser::new(without_front_matter(markdown)) {
        match event {
            Event::Text(piece) | Event::Code(piece) => text.push_str(&piece),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn json_parsers_read_back_what_went_in(value in text(), other in text()) {
        let errors = FieldErrors::from_iter([FieldError::new("name", (other.clone(), value.clone())).with_parameter(other.clone(), value.clone())]);
        let error = lift::not_found::new().with_resource(value.clone());
        let problem = error.problem().with_instance(&other).with_field_errors(&errors);
        let body = json(&problem, Format::ProblemDetails);
        prop_assert_eq!(&body["params"]["resource"], &Value::from(value.as_str()));
        // In a sentence a value does not turn the words around it.
        let shown = in_sentence(&value);
        prop_assert!(body["detail"].as_str().unwrap().contains(&shown));
        prop_assert_eq!(&body["instance"], &Value::from(other.as_str()));
        prop_assert_eq!(&body["errors"][0]["message"], &Value::from(shown.as_str()));
        prop_assert_eq!(&body["errors"][0]["code"], &Value::from(other.as_str()));
        prop_assert_eq!(&body["errors"][0]["params"][&other], &Value::from(value.as_str()));
        prop_assert_eq!(serde_json::to_value(problem).unwrap(), body);

        let body = json(&problem, Format::Envelope);
        prop_assert!(body["errorMessage"].as_str().unwrap().contains(&one_line(&shown)));
        prop_assert_eq!(&body["errorMessages"][0], &Value::from(one_line(&shown)));
    }

    #[test]
    fn markdown_parsers_read_text_and_no_markup(value in text()) {
        let error = lift::not_found::new().with_resource(value.clone());
        let harmless = lift::not_found::new().with_resource("RESOURCE");
        let (hostile, harmless) = (error.problem().display(Format::Markdown).to_string(), harmless.problem().display(Format::Markdown).to_string());
        // The same structure, and the same words but for the value. White space is Markdown's own.
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        let shown = one_line(&in_sentence(&value));
        let expected = squeezed(&markdown_text(&harmless)).replace("RESOURCE", &squeezed(&shown));
        prop_assert_eq!(squeezed(&markdown_text(&hostile)), expected);
        let shape = |markdown: &str| Parser::new(markdown).filter(|event| matches!(event, Event::Start(_) | Event::Html(_) | Event::InlineHtml(_) | Event::Code(_))).count();
        prop_assert_eq!(shape(&hostile), shape(&harmless));
    }

    #[test]
    fn terminals_and_logs_get_no_control_of_a_value(value in text()) {
        let error = lift::not_found::new().with_resource(value.clone());
        for format in [Format::PlainText, Format::Terminal { color: false }] {
            let page = error.problem().display(format).to_string();
            prop_assert!(!page.chars().any(|c| c.is_control() && c != '\n'), "{page:?}");
            let turning = |text: &str| text.chars().filter(|c| is_turning(*c)).collect::<String>();
            prop_assert_eq!(turning(&page), turning(&in_sentence(&value)).replace('\u{fffd}', ""));
        }
        let harmless = lift::not_found::new().with_resource("RESOURCE");
        let colours = |error: &lift::Error| error.problem().display(Format::Terminal { color: true }).to_string().matches('\x1b').count();
        prop_assert_eq!(colours(&error), colours(&harmless));
        let shown = error.to_string();
        prop_assert!(!shown.chars().any(char::is_control), "{shown:?}");
    }

    #[test]
    fn headers_stay_on_their_line(value in text()) {
        let error = lift::Error::method_not_allowed(value);
        let mut allow = 0;
        error.problem().headers(Format::ProblemDetails, |name, value| {
            allow += usize::from(name == "allow");
            assert!(value.len() <= 512 && value.bytes().all(|byte| matches!(byte, b' '..=b'~')), "{name}: {value:?}");
        });
        prop_assert_eq!(allow, 1);
    }

    #[test]
    fn sources_are_neutralised_for_the_log(value in text()) {
        #[derive(Debug, lift_errors::LiftError)]
        #[lift(code = internal_server_error)]
        struct Failed(#[source] Box<dyn std::error::Error + Send + Sync>);

        let error = Failed(value.into());
        let log = error.problem().sources().to_string();
        prop_assert!(!log.chars().any(|c| c.is_control() || is_bidi(c)), "{log:?}");
    }

    #[test]
    fn parameters_are_neutralised_for_the_log(value in text()) {
        #[derive(Debug, lift_errors::LiftError)]
        #[lift(code = gateway_timeout)]
        struct Slow {
            upstream: String,
        }

        let error = Slow { upstream: value.clone() };
        let ours = lift::gateway_timeout::new().with_upstream(value);
        for error in [&error as &dyn LiftError, &ours] {
            let log = format!("{:?}", Problem::new(error).operator_parameters().collect::<Vec<_>>());
            prop_assert!(!log.chars().any(|c| c.is_control() || is_bidi(c)), "{log:?}");
        }
    }
}

#[test]
fn an_error_that_gives_no_parameters_is_json_all_the_same() {
    #[derive(Debug)]
    struct ByHand;

    impl std::fmt::Display for ByHand {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("by hand")
        }
    }

    impl std::error::Error for ByHand {}

    impl LiftError for ByHand {
        fn entry(&self) -> lift_errors::Entry {
            lift::Code::TooManyRequests.entry()
        }
    }

    json(&ByHand.problem(), Format::ProblemDetails);
    json(&ByHand.problem(), Format::Envelope);
}

#[test]
fn parameters_are_found_by_handle_and_by_name() {
    let error = lift::gateway_timeout::new().with_upstream("carrier-7");
    let upstream = lift::gateway_timeout::ENTRY.parameters().find(|parameter| parameter.name() == "upstream").unwrap();
    assert!(matches!(LiftError::parameter(&error, upstream), Some(lift_errors::Value::Text("carrier-7"))));
    assert!(matches!(error.problem().parameter("upstream"), Some(lift_errors::Value::Text("carrier-7"))));
    // A parameter of another entry has no value, wherever it is declared there.
    for other in lift::too_many_requests::ENTRY.parameters() {
        assert!(LiftError::parameter(&error, other).is_none());
    }
}

#[test]
fn problems_are_written_to_io_until_the_first_error() {
    struct Full(Vec<u8>);

    impl std::io::Write for Full {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            let room = 100 - self.0.len();
            self.0.extend(&bytes[..room.min(bytes.len())]);
            if room == 0 { Err(std::io::ErrorKind::StorageFull.into()) } else { Ok(room.min(bytes.len())) }
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    let error = lift::Error::not_found();
    let expected = error.problem().display(Format::ProblemDetails).to_string().into_bytes();
    let mut written = Vec::new();
    error.problem().write_io(Format::ProblemDetails, &mut written).unwrap();
    assert_eq!(written, expected);

    let mut full = Full(Vec::new());
    let failure = error.problem().write_io(Format::ProblemDetails, &mut full).unwrap_err();
    assert_eq!((failure.kind(), full.0.as_slice()), (std::io::ErrorKind::StorageFull, &expected[..100]));
}

#[test]
fn problems_can_be_held_across_an_await_and_pointers_are_errors_too() {
    fn need_send<T: Send + Sync>(_: T) {}

    #[derive(Debug, lift_errors::LiftError)]
    enum Boxed {
        #[lift(transparent)]
        Lift(#[from] Box<lift::Error>),
        #[lift(transparent)]
        Shared(#[from] std::sync::Arc<dyn LiftError>),
    }

    let error = Boxed::from(Box::new(lift::Error::not_found()));
    need_send(error.problem());
    assert_eq!(error.problem().status(), Some(404));
    let shared: std::sync::Arc<dyn LiftError> = std::sync::Arc::new(lift::Error::conflict());
    assert_eq!(Boxed::from(shared).problem().status(), Some(409));
}

#[test]
fn a_megabyte_of_one_character_is_cut() {
    for character in ["a", "\"", "`", "\u{202e}", "\x1b", "é"] {
        let error = lift::not_found::new().with_resource(character.repeat(1 << 20));
        for format in [
            Format::ProblemDetails,
            Format::Envelope,
            Format::PlainText,
            Format::Markdown,
            Format::Terminal { color: true },
        ] {
            let text = error.problem().display(format).to_string();
            assert!(text.len() < 16_384 && text.contains('…'), "{format:?}: {}", text.len());
        }
    }
}

/// Four spaces at the beginning of a line are not the beginning of a code block.
#[test]
fn a_value_that_begins_with_spaces_is_not_code() {
    let blocks = |markdown: &str| {
        Parser::new(without_front_matter(markdown))
            .filter(|event| matches!(event, Event::Start(pulldown_cmark::Tag::CodeBlock(_))))
            .count()
    };
    for value in ["    code", "\tcode", "\t\t x", "     ", "\n\n    code", " \t  code", "\u{2028}   code"] {
        let error = lift::not_found::new().with_resource(value);
        let errors =
            FieldErrors::from_iter([FieldError::new("", ("code", value)), FieldError::new("a", ("code", value))]);
        let markdown = error.problem().with_field_errors(&errors).display(Format::Markdown).to_string();
        assert_eq!(blocks(&markdown), 0, "{markdown}");
        let words = value.trim();
        assert_eq!(markdown_text(&markdown).matches("code").count(), 3 * words.matches("code").count(), "{markdown}");
    }
}
