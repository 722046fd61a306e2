//! Problem details as the peers write them: the same members from the same texts, borrowed where they can be, as a
//! service that cares for speed would have them.

use problem_details::ProblemDetails;
use serde::Serialize;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// The address that explains the entries.
pub const REFERENCE: &str = "https://docs.example.com/support/error-reference";

/// The errors of three fields: pointer, code and message.
pub const FIELDS: [(&str, &str, &str); 3] = [
    ("/lines/0/quantity", "too_large", "Quantity must be 500 or less."),
    ("/lines/3/product", "unknown", "There is no product with this code."),
    ("/delivery/date", "in_the_past", "The date of delivery is over."),
];

/// The texts of an entry.
pub struct Texts {
    /// The address that explains the entry.
    pub kind: &'static str,
    pub code: &'static str,
    pub id: &'static str,
    pub status: u16,
    pub title: &'static str,
    /// The literals around the values.
    pub detail: &'static [&'static str],
    pub causes: [&'static str; 2],
    pub fixes: [&'static str; 2],
}

/// The values of one occurrence.
#[derive(Clone, Copy)]
enum Values<'a> {
    Numbers(u32, u32),
    Text(&'a str),
}

/// One occurrence of an error.
#[derive(Clone, Copy)]
pub struct Occurrence<'a> {
    catalog: &'static str,
    texts: &'static Texts,
    values: Values<'a>,
    request: Option<&'a str>,
    instance: Option<&'a str>,
    fields: Option<&'a lift_errors::FieldErrors>,
}

/// The document in one struct: serde's `flatten` would cost it another half.
#[derive(Serialize)]
pub struct Document<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    title: &'a str,
    status: u16,
    catalog: &'a str,
    code: &'a str,
    error_id: &'a str,
    detail: String,
    retry: Retry,
    causes: [Cause<'a>; 2],
    fixes: [Fix<'a>; 2],
    params: Parameters<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    instance: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<Vec<Field<'a>>>,
}

/// What `problem_details` calls extensions.
#[derive(Serialize)]
pub struct Extensions<'a> {
    catalog: &'a str,
    code: &'a str,
    error_id: &'a str,
    retry: Retry,
    causes: [Cause<'a>; 2],
    fixes: [Fix<'a>; 2],
    params: Parameters<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    instance: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<Vec<Field<'a>>>,
}

#[derive(Serialize)]
struct Retry {
    kind: &'static str,
}

#[derive(Serialize)]
struct Cause<'a> {
    id: &'a str,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    audience: Option<&'a str>,
    fixes: &'a [&'a str],
}

#[derive(Serialize)]
struct Fix<'a> {
    id: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Parameters<'a> {
    Numbers { limit: u32, waiting: u32 },
    Text { resource: &'a str },
}

#[derive(Serialize)]
struct Field<'a> {
    field: String,
    pointer: &'a str,
    code: &'a str,
    message: String,
}

impl<'a> Occurrence<'a> {
    pub fn numbers(catalog: &'static str, texts: &'static Texts, limit: u32, waiting: u32) -> Self {
        let values = Values::Numbers(limit, waiting);
        Self { catalog, texts, values, request: None, instance: None, fields: None }
    }

    pub fn text(catalog: &'static str, texts: &'static Texts, resource: &'a str) -> Self {
        Self { catalog, texts, values: Values::Text(resource), request: None, instance: None, fields: None }
    }

    pub fn with(self, request: &'a str, instance: &'a str, fields: &'a lift_errors::FieldErrors) -> Self {
        Self { request: Some(request), instance: Some(instance), fields: Some(fields), ..self }
    }

    pub fn detail(&self) -> String {
        let mut detail = String::with_capacity(128);
        let pieces = self.texts.detail;
        match self.values {
            Values::Numbers(limit, waiting) => {
                write!(detail, "{}{limit}{}{waiting}{}", pieces[0], pieces[1], pieces[2])
            }
            Values::Text(resource) => write!(detail, "{}{resource}{}", pieces[0], pieces[1]),
        }
        .expect("a String takes everything");
        detail
    }

    fn extensions(&self) -> Extensions<'a> {
        let Texts { code, id, causes: [usual, rare], fixes: [correct, again], .. } = self.texts;
        Extensions {
            catalog: self.catalog,
            code,
            error_id: id,
            retry: Retry { kind: "after_change" },
            causes: [
                Cause { id: "usual", text: usual, audience: Some("browser"), fixes: &["correct"] },
                Cause { id: "rare", text: rare, audience: None, fixes: &["correct", "again"] },
            ],
            fixes: [Fix { id: "correct", text: correct }, Fix { id: "again", text: again }],
            params: match self.values {
                Values::Numbers(limit, waiting) => Parameters::Numbers { limit, waiting },
                Values::Text(resource) => Parameters::Text { resource },
            },
            instance: self.instance,
            request_id: self.request,
            errors: self.fields.map(|errors| errors.into_iter().map(Field::of).collect()),
        }
    }

    /// For derived `Serialize`.
    pub fn document(&self) -> Document<'a> {
        let Texts { kind, title, status, .. } = self.texts;
        let Extensions { catalog, code, error_id, retry, causes, fixes, params, instance, request_id, errors } =
            self.extensions();
        Document {
            kind,
            title,
            status: *status,
            catalog,
            code,
            error_id,
            detail: self.detail(),
            retry,
            causes,
            fixes,
            params,
            instance,
            request_id,
            errors,
        }
    }

    /// The same through the crate `problem_details`.
    pub fn problem_details(&self) -> ProblemDetails<Extensions<'a>> {
        ProblemDetails::new()
            .with_type(self.texts.kind.parse::<http::Uri>().expect("a URI"))
            .with_status(http::StatusCode::from_u16(self.texts.status).expect("a status"))
            .with_title(self.texts.title)
            .with_detail(self.detail())
            .with_extensions(self.extensions())
    }

    /// The same through the crate `axum-problem`, whose extensions are JSON values.
    pub fn axum_problem(&self) -> axum_problem::Problem {
        let problem = axum_problem::Problem::new(self.texts.status)
            .problem_type(self.texts.kind)
            .title(self.texts.title)
            .detail(self.detail());
        let Ok(Value::Object(extensions)) = serde_json::to_value(self.extensions()) else { return problem };
        extensions.into_iter().fold(problem, |problem, (name, value)| problem.extension(name, value))
    }

    /// The same by the macro.
    pub fn json(&self) -> Value {
        let Texts { kind, code, id, status, title, causes: [usual, rare], fixes: [correct, again], .. } = self.texts;
        let mut document = json!({
            "type": kind,
            "title": title,
            "status": status,
            "detail": self.detail(),
            "catalog": self.catalog,
            "code": code,
            "error_id": id,
            "retry": { "kind": "after_change" },
            "causes": [
                { "id": "usual", "text": usual, "audience": "browser", "fixes": ["correct"] },
                { "id": "rare", "text": rare, "fixes": ["correct", "again"] },
            ],
            "fixes": [{ "id": "correct", "text": correct }, { "id": "again", "text": again }],
            "params": match self.values {
                Values::Numbers(limit, waiting) => json!({ "limit": limit, "waiting": waiting }),
                Values::Text(resource) => json!({ "resource": resource }),
            },
        });
        if let (Some(instance), Some(request), Some(errors)) = (self.instance, self.request, self.fields) {
            let errors: Vec<Field<'_>> = errors.into_iter().map(Field::of).collect();
            document["instance"] = instance.into();
            document["request_id"] = request.into();
            document["errors"] = json!(errors);
        }
        document
    }
}

impl<'a> Field<'a> {
    fn of(error: &'a lift_errors::FieldError) -> Self {
        Self {
            field: error.field().to_string(),
            pointer: error.pointer(),
            code: error.code(),
            message: error.message().to_string(),
        }
    }
}
