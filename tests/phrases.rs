//! Field errors and terms of catalogues, in several formats and languages.

use lift_errors::client::{ErrorParts, ReceivedError};
use lift_errors::{Entry, FieldError, FieldErrors, Format, LiftError, Locale, Parameter, Problem, Term, Value, lift};
use serde_json::Value as Json;
use std::fmt;
use std::time::Duration;

fn locale(tag: &str) -> Locale {
    tag.parse().unwrap()
}

fn written(problem: &Problem<'_>, tag: &str, format: Format) -> String {
    problem.with_locale(locale(tag)).display(format).to_string()
}

fn errors() -> FieldErrors {
    FieldErrors::from_iter([
        FieldError::at_path("lines[0].quantity", lift::field_error::out_of_range(1, 1_500)).with_label("Quantity"),
        FieldError::new("/name", lift::field_error::required()),
        FieldError::new("", ("closed", "The form is <closed>.")),
    ])
}

#[test]
fn problem_details_have_the_message_in_the_language_of_the_response() {
    let error = lift::validation_failed::new().with_field_errors(errors()).build();
    let french: Json = serde_json::from_str(&written(&error.problem(), "fr", Format::ProblemDetails)).unwrap();
    let first = &french["errors"][0];
    assert_eq!(first["code"], "out_of_range");
    assert_eq!(first["pointer"], "/lines/0/quantity");
    assert_eq!(first["label"], "Quantity");
    assert_eq!(first["params"], serde_json::json!({ "min": 1, "max": 1500 }));
    assert_eq!(first["message"], "La valeur doit être comprise entre 1 et 1\u{202f}500.");
    assert_eq!(french["errors"][1]["message"], "Ce champ est obligatoire.");
    assert_eq!(french["errors"][2]["message"], "The form is <closed>.");
    // `serde` writes the same members.
    let german = error.problem().with_locale(locale("de"));
    let text: Json = serde_json::from_str(&german.display(Format::ProblemDetails).to_string()).unwrap();
    assert_eq!(serde_json::to_value(german).unwrap(), text);
    assert_eq!(text["errors"][0]["message"], "Der Wert muss zwischen 1 und 1.500 liegen.");
}

#[test]
fn the_envelope_names_the_field_of_a_message_that_does_not() {
    let error = lift::validation_failed::new().with_field_errors(errors()).build();
    let body: Json = serde_json::from_str(&written(&error.problem(), "de", Format::Envelope)).unwrap();
    let messages: Vec<&str> = body["errorMessages"].as_array().unwrap().iter().filter_map(Json::as_str).collect();
    assert_eq!(
        messages,
        [
            "Quantity: Der Wert muss zwischen 1 und 1.500 liegen.",
            "name: Dieses Feld ist ein Pflichtfeld.",
            "The form is <closed>.",
        ]
    );
    for (tag, message) in [("fr", "name\u{a0}: Ce champ est obligatoire."), ("zh-Hans", "name：此字段为必填项。")]
    {
        let body: Json = serde_json::from_str(&written(&error.problem(), tag, Format::Envelope)).unwrap();
        assert_eq!(body["errorMessages"][1], message);
    }
    assert_eq!(body["errors"][0]["message"], "Der Wert muss zwischen 1 und 1.500 liegen.");
}

#[test]
fn pages_and_texts_are_in_the_language_of_the_reader() {
    let email = FieldError::new("/email", lift::field_error::invalid_email());
    let error = lift::validation_failed::new().with_field_errors(errors().into_iter().chain([email]).collect()).build();
    let page = written(&error.problem(), "fr", Format::Html);
    assert!(page.contains(
        "<li><strong><bdi>Quantity</bdi></strong>\u{a0}: La valeur doit être comprise entre 1 et 1\u{202f}500.</li>"
    ));
    assert!(page.contains("<bdi>The form is &lt;closed&gt;.</bdi></li>"));
    assert!(page.contains("par exemple <code>name@example.com</code>.</li>"), "{page}");
    for format in [Format::PlainText, Format::Markdown, Format::Terminal { color: false }] {
        let text = written(&error.problem(), "de", format);
        assert!(text.contains("Quantity: Der Wert muss zwischen 1 und 1.500 liegen."), "{text}");
        assert!(text.contains("name: Dieses Feld ist ein Pflichtfeld."), "{text}");
    }
    let markdown = written(&error.problem(), "en", Format::Markdown);
    assert!(markdown.contains("such as `name@example.com`."), "{markdown}");
}

#[test]
fn every_field_error_has_a_text_of_its_own_in_every_language() {
    let violations = || {
        use lift::field_error as it;
        [
            it::required(),
            it::too_short(2),
            it::too_long(2),
            it::wrong_length(2),
            it::too_few(2),
            it::too_many(2),
            it::too_small(2),
            it::too_large(2),
            it::out_of_range(2, 3),
            it::not_a_multiple(2),
            it::malformed(),
            it::invalid_email(),
            it::invalid_url(),
            it::invalid_date(),
            it::not_in_the_future(),
            it::not_in_the_past(),
            it::mismatch("x"),
            it::not_unique(),
            it::repeated(),
            it::unknown_reference(),
            it::unknown_value(),
            it::not_one_of("a, b"),
            it::wrong_type(),
            it::not_a_string(),
            it::not_a_number(),
            it::not_an_integer(),
            it::not_a_boolean(),
            it::not_a_list(),
            it::not_an_object(),
            it::unknown_field(),
            it::duplicate_field(),
            it::invalid_json(),
        ]
    };
    let english: Vec<String> = violations().iter().map(|it| it.message().to_string()).collect();
    for tag in ["ar", "de", "es", "fr", "nl", "pt", "uk", "zh-Hans"] {
        let texts: Vec<String> = violations().iter().map(|it| it.message_in(locale(tag)).to_string()).collect();
        for (number, text) in texts.iter().enumerate() {
            assert!(!text.is_empty() && *text != english[number], "{tag}: {text}");
            assert!(!texts[number + 1..].contains(text), "{tag}: two codes have one text: {text}");
        }
    }
}

#[test]
fn messages_have_plural_forms_and_any_number() {
    let text = |count: usize, tag: &str| lift::field_error::too_short(count).message_in(locale(tag)).to_string();
    assert_eq!(text(1, "en"), "The text must have at least 1 character.");
    assert_eq!(text(3, "uk"), "Текст має містити щонайменше 3 символи.");
    assert_eq!(text(2, "ar"), "يجب ألا يقل طول النص عن حرفين.");
    let largest = |number| lift::field_error::too_large(number).message().to_string();
    assert_eq!(
        [largest(0.5), largest(20.0), largest(-1_000.0)],
        ["Must be at most 0.5.", "Must be at most 20.", "Must be at most -1,000.",]
    );
    assert_eq!(lift::field_error::too_large(u64::MAX).message().to_string(), "Must be at most 18446744073709551615.");
    let wait = FieldError::new("/wait", ("soon", "Soon.")).with_parameter("after", Duration::from_millis(1_500));
    assert_eq!(serde_json::to_value(wait).unwrap()["params"]["after"], 2);
}

#[test]
fn fractions_are_written_as_in_the_language_and_are_numbers_for_programs() {
    let violation = || lift::field_error::too_small(-1_234.5);
    for (tag, text) in [
        ("en", "Must be at least -1,234.5."),
        ("de", "Der Wert muss mindestens -1.234,5 sein."),
        ("zh-Hans", "值不能小于 -1,234.5。"),
    ] {
        assert_eq!(violation().message_in(locale(tag)).to_string(), text);
    }
    // Terminals show the direction mark of the minus sign.
    let errors = FieldErrors::from_iter([FieldError::new("/weight", violation())]);
    let error = lift::validation_failed::new().with_field_errors(errors).build();
    let shown = written(&error.problem(), "ar", Format::Terminal { color: false });
    assert!(shown.contains("-1") && !shown.contains('\u{61c}') && !shown.contains('\u{200e}'), "{shown:?}");
    let errors = FieldErrors::from_iter([FieldError::new("/weight", violation())]);
    let error = lift::validation_failed::new().with_field_errors(errors).build();
    let json: Json = serde_json::from_str(&written(&error.problem(), "en", Format::ProblemDetails)).unwrap();
    assert_eq!(json["errors"][0]["params"]["min"], -1_234.5);
}

#[test]
fn a_kind_is_written_in_the_language_of_the_text() {
    let error = lift::not_found::new().with_resource_kind(lift::Term::Order).with_resource("PO-9").build();
    let detail = |tag: &str| {
        let mut detail = String::new();
        error.problem().with_locale(locale(tag)).write_detail(&mut detail);
        detail
    };
    assert_eq!(detail("en"), "The server could not find order PO-9.");
    assert_eq!(detail("fr"), "Le serveur n’a pas trouvé ce que vous demandez\u{a0}: commande PO-9.");
    assert_eq!(detail("uk"), "Сервер не зміг знайти: замовлення PO-9.");
    assert_eq!(detail("zh-Hans"), "服务器找不到以下内容：订单 PO-9。");
    let body: Json = serde_json::from_str(&written(&error.problem(), "de", Format::ProblemDetails)).unwrap();
    assert_eq!(body["detail"], "Der Server konnte dies nicht finden: Bestellung PO-9.");
    assert_eq!(body["params"], serde_json::json!({ "resource_kind": "order", "resource": "PO-9" }));
    assert!(written(&error.problem(), "es", Format::Html).contains("pedido <bdi>PO-9</bdi>"));
    // Without a kind the resource says it all, and only one of both is enough for no text of its own.
    let plain = lift::not_found::new().with_resource("order PO-9");
    assert_eq!(plain.to_string(), "The server could not find order PO-9.");
    assert_eq!(
        lift::not_found::new().with_resource_kind(lift::Term::Order).to_string(),
        lift::Error::not_found().to_string()
    );
}

#[test]
fn terms_are_handles_that_can_be_compared_and_found() {
    let order = Term::from(lift::Term::Order);
    assert_eq!(order, Term::find(&lift::CATALOG, "order").unwrap());
    assert_ne!(order, lift::Term::Product.into());
    assert_eq!((order.name(), format!("{order:?}"), order.to_string()), ("order", "lift.order".into(), "order".into()));
    assert_eq!(order.in_locale(locale("pt-PT")).to_string(), "pedido");
    assert_eq!(order.in_locale(locale("mi")).to_string(), "order");
    assert_eq!(Term::find(&lift::CATALOG, "required"), None, "a field error is not a term");
    let label = FieldError::new("/product", lift::field_error::required()).with_label(lift::Term::Product);
    assert_eq!(label.label().unwrap().in_locale(locale("nl")).to_string(), "product");
    let error = lift::validation_failed::new().with_field_errors(FieldErrors::from_iter([label])).build();
    assert!(written(&error.problem(), "fr", Format::PlainText).contains("- produit\u{a0}: Ce champ est obligatoire."));
    let json: Json = serde_json::from_str(&written(&error.problem(), "fr", Format::ProblemDetails)).unwrap();
    assert_eq!(json["errors"][0]["label"], "produit");
}

/// A catalogue with an entry of many parameters, and with field errors and terms of its own. Its module alone is used, which is no
/// reason for a warning.
#[deny(warnings, unused_qualifications, rust_2018_idioms, clippy::all, clippy::pedantic)]
pub mod own {
    #[derive(lift_errors::Catalog)]
    #[catalog(path = "shop/catalog.toml")]
    pub(crate) struct Shop;
}

use own::shop;

#[test]
fn a_service_has_field_errors_and_terms_of_its_own() {
    let wait = Duration::from_secs(7_200);
    let violation = shop::field_error::not_in_stock(2, shop::Term::Carton, wait);
    assert_eq!(violation.code(), "not_in_stock");
    assert_eq!(violation.message().to_string(), "The shop has only 2 box left, and expects more in 2 hours.");
    let french = violation.message_in(locale("fr")).to_string();
    assert_eq!(french, "Il reste 2 carton ; la suite arrive dans 2\u{a0}heures.");
    let error = FieldError::new("/lines/1", violation).with_label(shop::Term::Bag);
    let json = serde_json::to_value(&error).unwrap();
    assert_eq!(json["params"], serde_json::json!({ "left": 2, "unit": "carton", "wait": 7200 }));
    assert_eq!(json["label"], "bag");
    // A canonical error takes the service's terms and field errors.
    let error = lift::not_found::new().with_resource_kind(shop::Term::Carton).with_resource("7").build();
    let mut detail = String::new();
    error.problem().with_locale(locale("fr")).write_detail(&mut detail);
    assert_eq!(detail, "Le serveur n’a pas trouvé ce que vous demandez\u{a0}: carton 7.");
}

#[test]
fn a_term_has_the_form_of_the_number_in_the_text() {
    let detail = |count, tag: &str| {
        let mut detail = String::new();
        let error = shop::Error::shop_too_many_things(count, shop::Term::Carton);
        error.problem().with_locale(locale(tag)).write_detail(&mut detail);
        detail
    };
    assert_eq!(detail(1, "en"), "The shop has 1 box, which is too little.");
    assert_eq!(detail(2, "en"), "The shop has 2 boxes, which is too little.");
    assert_eq!(detail(1, "fr"), "Le magasin a 1 carton, ce qui est trop peu.");
    assert_eq!(detail(5, "fr"), "Le magasin a 5 cartons, ce qui est trop peu.");
    // The amount of a negative number selects the form, as CLDR has it.
    for (count, text) in [(-1, "-1 box"), (-2, "-2 boxes")] {
        assert_eq!(Missing(count).to_string(), format!("The shop has {text}, which is too little."));
    }
    let error = shop::Error::shop_too_many_things(3, shop::Term::Bag);
    let body: Json = serde_json::from_str(&written(&error.problem(), "fr", Format::ProblemDetails)).unwrap();
    assert_eq!(body["detail"], "Le magasin a 3 bags, ce qui est trop peu.", "the term is not translated yet");
    assert_eq!(body["params"]["thing"], "bag");
}

/// A number of boxes below zero.
#[derive(Debug)]
struct Missing(i64);

impl LiftError for Missing {
    fn entry(&self) -> Entry {
        shop::shop_too_many_things::ENTRY
    }

    fn parameter(&self, parameter: Parameter) -> Option<Value<'_>> {
        match parameter.name() {
            "count" => Some(Value::Signed(self.0)),
            "thing" => Some(Value::Term(shop::Term::Carton.into())),
            _ => None,
        }
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut detail = String::new();
        self.problem().write_detail(&mut detail);
        f.write_str(&detail)
    }
}

impl std::error::Error for Missing {}

#[test]
fn an_entry_may_have_many_parameters() {
    assert!(size_of::<shop::Error>() <= 127);
    let error = shop::shop_order_refused::new("PO-1", "Ada", "Main Street 1", "Utrecht", "NL", "Bo")
        .with_note("it is \"late\"")
        .with_token("secret")
        .with_field_errors(errors())
        .build();
    let text = "Order PO-1 of Ada for Main Street 1, Utrecht, NL was refused by Bo: it is \"late\".";
    assert_eq!(error.to_string(), text);
    assert!(matches!(&error, shop::Error::ShopOrderRefused { city, note: Some(_), .. } if **city == "Utrecht"));
    let values = error.problem().public_parameters().map(|(parameter, value)| match value {
        Value::Text(text) => (parameter.name(), text.to_owned()),
        other => panic!("{other:?}"),
    });
    let parts = ErrorParts::new("shop", "shop_order_refused").with_metadata(values);
    let received: shop::Error = ReceivedError::<lift::Error>::from_parts(parts).error_as().unwrap();
    assert_eq!(received.to_string(), text);
    let copy = shop::shop_order_refused::new("PO-1", "Ada", "Main Street 1", "Utrecht", "NL", "Bo").with_token("other");
    assert_ne!(error, copy.build());
    let noted = shop::shop_too_many_things::new(2, shop::Term::Carton).with_note("x").build();
    assert!(noted.problem().operator_parameters().any(|(parameter, _)| parameter.name() == "note"));
}

#[test]
fn a_derived_error_names_its_kind_by_a_term() {
    #[derive(Debug, LiftError)]
    enum OrderError {
        #[lift(code = not_found, resource_kind = lift::Term::Order, resource = "{number}")]
        NoSuchOrder { number: u32 },
        #[lift(code = not_found)]
        NoSuch { resource_kind: Option<Term>, resource: &'static str },
        #[lift(catalog = crate::phrases::own::shop, code = shop_too_many_things)]
        TooMany { count: u32, thing: shop::Term },
    }

    let detail = |error: &OrderError| {
        let mut detail = String::new();
        error.problem().with_locale(locale("fr")).write_detail(&mut detail);
        detail
    };
    let order = "Le serveur n’a pas trouvé ce que vous demandez\u{a0}: commande 7.";
    assert_eq!(detail(&OrderError::NoSuchOrder { number: 7 }), order);
    let carton = "Le serveur n’a pas trouvé ce que vous demandez\u{a0}: carton 8.";
    let kind = Some(shop::Term::Carton.into());
    assert_eq!(detail(&OrderError::NoSuch { resource_kind: kind, resource: "8" }), carton);
    let many = OrderError::TooMany { count: 2, thing: shop::Term::Carton };
    assert_eq!(detail(&many), "Le magasin a 2 cartons, ce qui est trop peu.");
    assert_eq!(many.to_string(), "The shop has 2 boxes, which is too little.");
}
