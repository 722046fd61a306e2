//! OpenAPI: what is emitted fits what is written, by JSON Schema, and utoipa has it where a service's author looks.
//! The documents are in `tests/openapi/`; `.ci/openapi` lints them.

mod answers;

use crate::{depot, golden_files, onboarding, samples};
use lift_errors::openapi::{self, Components};
use lift_errors::{
    Catalog, Entry, ErrorResponder, Format, LiftError, PossibleErrors, RequestContext, Value as Given, lift,
};
use lift_errors_core::document;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::{fmt, fs};
use utoipa::{Modify as _, OpenApi};

/// Holds a document against its file, whatever the order of its members.
fn compare(name: &str, document: &Value) -> Result<(), String> {
    let file = fs::read_to_string(golden_files::path(name)).unwrap_or_default();
    match serde_json::from_str::<Value>(&file) {
        Ok(expected) if expected == *document => Ok(()),
        _ => golden_files::compare(name, &format!("{document:#}\n")),
    }
}

fn plain() -> Value {
    let mut document = openapi::document("Errors of OpenBoxes Lift", "1.0.0", &[&lift::CATALOG]);
    document["info"]["license"] = json!({ "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" });
    document
}

#[test]
fn the_plain_document_is_the_committed_one() {
    compare("openapi/errors.json", &plain()).unwrap();
}

/// A validator for a schema of the document. Members that the schema does not name are refused: clients ignore them,
/// but here each would be one that nobody described.
fn validator(name: &str) -> jsonschema::Validator {
    let mut schemas = Components::new(&lift::CATALOG).to_json().remove("schemas").unwrap();
    for schema in schemas.values_mut() {
        schema["additionalProperties"] = false.into();
    }
    validator_of(&json!({ "$ref": format!("#/components/schemas/{name}"), "components": { "schemas": schemas } }))
}

fn validator_of(schema: &Value) -> jsonschema::Validator {
    jsonschema::options().should_validate_formats(true).build(schema).unwrap()
}

fn of_the_rfc() -> jsonschema::Validator {
    validator_of(&file("openapi/rfc9457.schema.json"))
}

fn file(name: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(golden_files::path(name)).unwrap()).unwrap()
}

#[track_caller]
fn assert_valid(validator: &jsonschema::Validator, value: &Value, name: &str) {
    let faults: Vec<String> =
        validator.iter_errors(value).map(|fault| format!("{name}{}: {fault}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn examples_fit_their_schemas() {
    let (problem, envelope, rfc) = (validator("LiftProblem"), validator("LiftEnvelope"), of_the_rfc());
    for catalog in [&lift::CATALOG, &onboarding::CATALOG] {
        let examples = Components::new(catalog).to_json().remove("examples").unwrap();
        for (name, example) in &examples {
            match name.strip_suffix("Envelope") {
                Some(_) => assert_valid(&envelope, &example["value"], name),
                None => {
                    assert_valid(&problem, &example["value"], name);
                    assert_valid(&rfc, &example["value"], name);
                }
            }
        }
        let with_status = catalog.entries().filter(|entry| entry.status().is_some()).count();
        assert_eq!(examples.len(), 2 * with_status);
    }
}

#[test]
fn what_goes_over_the_wire_fits_the_schemas() {
    let (problem, envelope, rfc) = (validator("LiftProblem"), validator("LiftEnvelope"), of_the_rfc());
    for sample in samples::all() {
        let name = sample.name.as_str();
        let (details, body) = (file(&format!("wire/{name}.problem.json")), file(&format!("wire/{name}.envelope.json")));
        assert_valid(&rfc, &details, name);
        // Errors that clients raise themselves have no status and are not responses.
        if sample.error.entry().status().is_none() {
            assert!(!problem.is_valid(&details) && !envelope.is_valid(&body));
        } else {
            assert_valid(&problem, &details, name);
            assert_valid(&envelope, &body, name);
        }
    }
}

/// The objects in a document, each with the name of its schema and the values.
fn objects<'a>(name: &'static str, document: &'a Value, found: &mut Vec<(&'static str, &'a Map<String, Value>)>) {
    let Value::Object(members) = document else { panic!("{name}: {document}") };
    found.push((name, members));
    let is_envelope = name == "LiftEnvelope";
    let field_error = if is_envelope { "LiftEnvelopeFieldError" } else { "LiftFieldError" };
    let lists = [("causes", "LiftCause"), ("fixes", "LiftFix"), ("notes", "LiftNote"), ("errors", field_error)];
    if let Some(retry) = members.get("retry") {
        objects("LiftRetry", retry, found);
    }
    // The member `fixes` of a cause is a list of ids.
    for (member, schema) in lists.into_iter().filter(|_| ["LiftProblem", "LiftEnvelope"].contains(&name)) {
        for item in members.get(member).and_then(Value::as_array).into_iter().flatten() {
            objects(schema, item, found);
        }
    }
}

#[test]
fn documents_and_schemas_have_the_listed_members() {
    let lists = [
        ("LiftProblem", document::PROBLEM),
        ("LiftRetry", document::RETRY),
        ("LiftCause", document::CAUSE),
        ("LiftFix", document::FIX),
        ("LiftNote", document::NOTE),
        ("LiftFieldError", document::FIELD_ERROR),
        ("LiftEnvelope", document::ENVELOPE),
        ("LiftEnvelopeFieldError", document::ENVELOPE_FIELD_ERROR),
    ];
    let schemas = Components::new(&lift::CATALOG).to_json().remove("schemas").unwrap();
    assert_eq!(schemas.len(), lists.len());
    // The samples have known causes and none: both the documents of the compiler and those of the runtime.
    let samples = samples::all();
    let mut bodies = Vec::new();
    for sample in samples.iter().filter(|sample| sample.problem().status().is_some()) {
        let written = |format| serde_json::from_str(&sample.problem().display(format).to_string()).unwrap();
        bodies.push(("LiftProblem", written(Format::ProblemDetails)));
        bodies.push(("LiftProblem", serde_json::to_value(sample.problem()).unwrap()));
        bodies.push(("LiftEnvelope", written(Format::Envelope)));
    }
    let mut found = Vec::new();
    bodies.iter().for_each(|(name, body)| objects(name, body, &mut found));
    for (name, members) in lists {
        let names: BTreeSet<&str> = members.iter().map(|member| member.name).collect();
        let described = schemas[name]["properties"].as_object().unwrap().keys().map(String::as_str);
        assert_eq!(described.collect::<BTreeSet<_>>(), names, "{name}: schema");
        let objects = || found.iter().filter(|(schema, _)| *schema == name).map(|(_, object)| *object);
        let written: BTreeSet<&str> = objects().flat_map(Map::keys).map(String::as_str).collect();
        assert_eq!(written, names, "{name}: documents");
        for member in members.iter().filter(|member| member.is_required) {
            assert!(objects().all(|object| object.contains_key(member.name)), "{name}: {}", member.name);
        }
    }
}

#[test]
fn the_schemas_refuse_what_is_no_error() {
    let (problem, envelope, rfc) = (validator("LiftProblem"), validator("LiftEnvelope"), of_the_rfc());
    let details = file("wire/validation_failed.with_fields.problem.json");
    for (pointer, wrong) in [
        ("/status", json!("400")),
        ("/status", json!(200)),
        ("/type", json!("not a URI")),
        ("/code", json!("Validation Failed")),
        ("/retry/kind", json!("Perhaps so")),
        ("/fixes/0/text", Value::Null),
        ("/causes/0/audience", json!(["browser"])),
        ("/errors/0/pointer", json!("name")),
        ("/errors/1/params/least", json!(null)),
        ("/request_id", json!("a b")),
    ] {
        let mut details = details.clone();
        let (parent, member) = pointer.rsplit_once('/').unwrap();
        details.pointer_mut(parent).unwrap()[member] = wrong;
        assert!(!problem.is_valid(&details), "{pointer}");
    }
    for member in ["type", "title", "status", "detail", "catalog", "code", "error_id", "retry", "causes", "fixes"] {
        let mut details = details.clone();
        details.as_object_mut().unwrap().remove(member);
        assert!(!problem.is_valid(&details), "{member}");
    }
    assert!(!rfc.is_valid(&json!({ "status": "400" })));
    let body = json!({ "errorCode": 429, "errorMessage": "", "catalog": "lift", "code": "x", "errorId": "LIFT-1" });
    assert!(!envelope.is_valid(&body));
}

/// Old clients that check responses live with words that a newer service has.
#[test]
fn the_schemas_allow_words_that_may_be_added() {
    let problem = validator("LiftProblem");
    let mut details = file("wire/validation_failed.with_fields.problem.json");
    details["notes"] = json!([{ "id": "soon", "text": "Soon.", "audience": "auditor", "kind": "hint" }]);
    details["retry"]["kind"] = "on_request".into();
    details["code"] = "newer".into();
    assert_valid(&problem, &details, "newer");
}

/// The headers of the description are those that the response has.
#[test]
fn headers_are_described() {
    for sample in samples::all().iter().filter(|sample| sample.problem().status().is_some()) {
        let response = openapi::responses(&[sample.error.entry()]).into_iter().next().unwrap().1;
        let components = Components::new(&lift::CATALOG).to_json().remove("headers").unwrap();
        let described = response["headers"].as_object().unwrap().iter().map(|(name, header)| {
            let header = components.get(name).unwrap_or(header);
            (name.to_ascii_lowercase(), header["required"].as_bool().unwrap())
        });
        let described: Vec<(String, bool)> = described.collect();
        let mut written = BTreeSet::from(["content-type"]);
        sample.problem().headers(Format::ProblemDetails, |name, _| {
            written.insert(name);
        });
        for name in written.iter().filter(|name| **name != "content-type") {
            assert!(described.iter().any(|(described, _)| described == name), "{name} of {}", sample.name);
        }
        for (name, _) in described.iter().filter(|(_, required)| *required) {
            assert!(written.contains(name.as_str()), "{name} of {}", sample.name);
        }
    }
}

/// An error that explains a bare status may lack values, and its contract may not be the entry's.
#[test]
fn headers_of_bare_statuses_are_described() {
    for entry in lift::CATALOG.entries() {
        let Some(status) =
            entry.status().filter(|status| lift::Code::from_status(*status) == entry.code().parse().ok())
        else {
            continue;
        };
        let (mut head, ()) = http::Response::builder().status(status).body(()).unwrap().into_parts();
        let (request, ()) = http::Request::new(()).into_parts();
        let mut context = RequestContext::new(&request.method, &request.uri, &request.headers, &request.extensions);
        ErrorResponder::new().respond(&mut context, &mut head, true);
        let response = openapi::responses(&[entry]).into_iter().next().unwrap().1;
        for (name, header) in response["headers"].as_object().unwrap() {
            assert!(head.headers.contains_key(name) || header["required"] != true, "{name} of {status}");
        }
        let of_retries = ["lift-retry", "retry-after"].into_iter().filter(|name| head.headers.contains_key(*name));
        for name in of_retries {
            let mut described = response["headers"].as_object().unwrap().keys();
            assert!(described.any(|described| described.eq_ignore_ascii_case(name)), "{name} of {status}");
        }
    }
}

/// Not every error says what it can be, and a type that passes it on is an error all the same.
#[derive(Debug)]
struct ByHand;

impl LiftError for ByHand {
    fn entry(&self) -> Entry {
        lift::conflict::ENTRY
    }
}

impl fmt::Display for ByHand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("by hand")
    }
}

impl std::error::Error for ByHand {}

#[derive(Debug, LiftError)]
enum Unknown {
    #[lift(transparent)]
    ByHand(ByHand),
}

#[derive(Debug, LiftError)]
#[expect(dead_code, reason = "it is described, and not met")]
enum LoadError {
    #[lift(code = not_found)]
    NoSuchOrder { resource: String },
    #[lift(code = session_expired)]
    Session,
    #[lift(transparent)]
    Again(Box<LoadError>),
}

#[derive(Debug, LiftError)]
#[lift(catalog = onboarding, code = onb_site_unknown)]
struct NoSuchSite<'a> {
    #[lift(param = site)]
    name: &'a str,
    host: &'a str,
}

#[derive(Debug, LiftError)]
#[expect(dead_code, reason = "it is described, and not met")]
enum ApproveError<E> {
    #[lift(code = forbidden)]
    NotAManager { required_role: &'static str },
    #[lift(code = permission_denied)]
    NotInRole,
    #[lift(code = not_found)]
    NoSuchSupplier,
    #[lift(code = unauthorized, cause = wrong_credentials)]
    BadKey,
    #[lift(code = too_many_requests)]
    TooFast { limit: u32, window: std::time::Duration, retry_after: std::time::Duration },
    #[lift(transparent)]
    Load(E),
}

#[test]
fn a_type_says_which_errors_it_can_be() {
    let codes = |entries: Vec<Entry>| entries.into_iter().map(Entry::code).collect::<Vec<_>>();
    assert_eq!(codes(LoadError::entries()), ["not_found", "session_expired"]);
    assert_eq!(
        codes(ApproveError::<LoadError>::entries()),
        ["forbidden", "permission_denied", "not_found", "unauthorized", "too_many_requests", "session_expired"]
    );
    assert_eq!(codes(<Box<NoSuchSite<'_>>>::entries()), ["onb_site_unknown"]);
    assert_eq!(lift::Error::entries(), lift::CATALOG.entries().collect::<Vec<_>>());
    assert_eq!(Unknown::ByHand(ByHand).entry(), lift::conflict::ENTRY);
}

#[test]
fn a_client_s_own_errors_are_no_responses() {
    assert!(openapi::responses(&[lift::connection_failed::ENTRY]).is_empty());
    assert!(
        !openapi::responses_of::<lift::Error>().values().any(|response| {
            response["description"].as_str().unwrap().contains(lift::connection_failed::ENTRY.id())
        })
    );
}

#[test]
fn examples_of_parameters_are_those_of_the_catalogue() {
    let [limit, window, retry_after] = lift::too_many_requests::ENTRY.parameters().collect::<Vec<_>>()[..] else {
        panic!("three parameters")
    };
    assert!(matches!(limit.example(), Given::Unsigned(60)));
    assert!(matches!(window.example(), Given::Duration(window) if window.as_secs() == 60));
    assert!(matches!(retry_after.example(), Given::Duration(wait) if wait.as_secs() == 12));
}

/// Approves an order
#[utoipa::path(
    post,
    path = "/orders/{id}/approval",
    params(("id" = String, Path, description = "The order's number")),
    responses((status = 204, description = "Approved."), ApproveError<LoadError>),
    security(()),
)]
#[expect(dead_code, reason = "it is described, and not called")]
fn approve_order() {}

/// Opens a site
#[utoipa::path(
    post,
    path = "/sites",
    responses((status = 201, description = "Opened."), NoSuchSite<'_>),
    security(()),
)]
#[expect(dead_code, reason = "it is described, and not called")]
fn open_site() {}

const ERRORS: Components = Components::new(&lift::CATALOG).with_service_errors();
const OWN_ERRORS: Components = Components::new(&onboarding::CATALOG);

#[derive(OpenApi)]
#[openapi(
    info(title = "Orders", version = "1.0.0", license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")),
    servers((url = "/")),
    paths(approve_order, open_site),
    modifiers(&ERRORS, &OWN_ERRORS),
)]
struct Api;

#[test]
fn utoipa_s_document_is_the_committed_one() {
    compare("openapi/utoipa.json", &serde_json::to_value(Api::openapi()).unwrap()).unwrap();
}

#[test]
fn utoipa_has_the_responses_of_the_type() {
    let document = serde_json::to_value(Api::openapi()).unwrap();
    let responses = document["paths"]["/orders/{id}/approval"]["post"]["responses"].as_object().unwrap();
    assert_eq!(responses.keys().collect::<Vec<_>>(), ["204", "401", "403", "404", "429", "default"]);
    let examples = |status: &str, media_type: &str| {
        let examples = responses[status]["content"][media_type]["examples"].as_object().unwrap();
        examples.iter().map(|(name, example)| (name.clone(), resolved(&document, example))).collect::<Map<_, _>>()
    };
    for media_type in ["application/problem+json", "application/json"] {
        assert_eq!(examples("401", media_type).keys().collect::<Vec<_>>(), ["session_expired", "unauthorized"]);
        assert_eq!(examples("403", media_type).keys().collect::<Vec<_>>(), ["forbidden", "permission_denied"]);
    }
    let forbidden = &examples("403", "application/problem+json")["forbidden"];
    assert_eq!(forbidden["value"]["params"]["required_role"], "Manager");
    let alias = &examples("403", "application/problem+json")["permission_denied"];
    assert_eq!(
        (&alias["value"]["error_id"], &alias["value"]["type"]),
        (&"LIFT-1002".into(), &lift::permission_denied::ENTRY.type_uri().to_string().into())
    );
    assert_eq!(responses["429"]["headers"]["Retry-After"]["example"], 12);
}

/// The target of a reference within the document.
fn resolved(document: &Value, reference: &Value) -> Value {
    let pointer = reference["$ref"].as_str().unwrap().strip_prefix('#').unwrap();
    document.pointer(pointer).unwrap_or_else(|| panic!("{pointer} leads nowhere")).clone()
}

#[test]
fn utoipa_s_document_has_what_it_names_and_no_more() {
    let document = serde_json::to_value(Api::openapi()).unwrap();
    let mut named = BTreeSet::new();
    references(&document, &mut named);
    for (kind, components) in document["components"].as_object().unwrap() {
        for name in components.as_object().unwrap().keys() {
            assert!(named.remove(&format!("#/components/{kind}/{name}")), "nothing names {kind}/{name}");
        }
    }
    assert_eq!(named, BTreeSet::new());
}

fn references(value: &Value, named: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| references(item, named)),
        Value::Object(members) => {
            named.extend(members.get("$ref").and_then(Value::as_str).map(str::to_owned));
            members.values().for_each(|member| references(member, named));
        }
        _ => {}
    }
}

/// Errors whose set is known: of an upstream, and of a function that returns few of a catalogue's.
#[allow(dead_code, reason = "its description is tested")]
#[derive(Debug, LiftError)]
enum TrackingError {
    #[lift(transparent)]
    Carrier(#[from] lift_errors::client::UpstreamError),
    #[lift(transparent, codes = [not_found, conflict])]
    Order(#[from] lift::Error),
    #[lift(transparent, codes = [forbidden])]
    Any(Box<dyn LiftError>),
}

#[utoipa::path(get, path = "/tracking", responses((status = 200), TrackingError))]
#[allow(dead_code)]
fn track() {}

#[utoipa::path(get, path = "/own", responses((status = "default", description = "own")))]
#[allow(dead_code)]
fn own_default() {}

const SERVICE: Components = Components::new(&lift::CATALOG).with_service_errors();

#[derive(OpenApi)]
#[openapi(paths(track, own_default), modifiers(&SERVICE))]
struct TrackingApi;

/// As utoipa-axum's `OpenApiRouter` has it: the routes are there when the modifiers have run.
#[test]
fn routes_that_come_after_the_modifiers_are_described_by_another_call() {
    #[derive(OpenApi)]
    #[openapi(modifiers(&SERVICE))]
    struct Frame;

    #[derive(OpenApi)]
    #[openapi(paths(track, own_default))]
    struct Routes;

    let mut api = Frame::openapi();
    api.merge(Routes::openapi());
    for _ in ["adds what is lacking", "changes nothing"] {
        SERVICE.modify(&mut api);
        let whole = serde_json::to_value(TrackingApi::openapi()).unwrap();
        let later = serde_json::to_value(&api).unwrap();
        for part in ["paths", "components"] {
            assert_eq!(later[part], whole[part]);
        }
    }
}

#[test]
fn known_sets_of_errors_are_documented_precisely() {
    let api = serde_json::to_value(TrackingApi::openapi()).unwrap();
    let responses = api["paths"]["/tracking"]["get"]["responses"].as_object().unwrap();
    let statuses: Vec<&str> = responses.keys().map(String::as_str).collect();
    assert_eq!(statuses, ["200", "403", "404", "409", "502", "503", "504", "default"]);
    // The errors of the layer are there once, and named by every operation without a default of its own.
    assert_eq!(responses["default"]["$ref"], "#/components/responses/ServiceError");
    assert_eq!(api["paths"]["/own"]["get"]["responses"]["default"]["description"], "own");
    let service = &api["components"]["responses"]["ServiceError"];
    let examples = service["content"]["application/problem+json"]["examples"].as_object().unwrap();
    for code in [
        "validation_failed",
        "not_found",
        "method_not_allowed",
        "payload_too_large",
        "unsupported_media_type",
        "unprocessable_content",
    ] {
        let example = examples[code]["$ref"].as_str().unwrap().rsplit('/').next().unwrap();
        assert!(api["components"]["examples"][example].is_object(), "{example}");
    }
    assert!(examples.contains_key("internal_server_error") && !examples.contains_key("forbidden"));
}

#[test]
fn a_catalogue_that_extends_another_describes_its_own_errors() {
    let components = Components::new(&depot::CATALOG).with_service_errors().to_json();
    let service = &components["responses"]["ServiceError"];
    let description = service["description"].as_str().unwrap();
    assert!(description.contains("`DEPOT-0413`") && !description.contains("LIFT"), "{description}");
    let of_service = &service["content"]["application/problem+json"]["examples"];
    assert_eq!(of_service["not_found"]["$ref"], "#/components/examples/depot.NotFoundProblem");
    assert_eq!(of_service["validation_failed"]["$ref"], "#/components/examples/depot.ValidationFailedProblem");
    let examples = &components["examples"];
    assert!(examples.values().all(|example| example["value"]["catalog"] == "depot"));
    assert!(examples.contains_key("DepotShelfFullProblem"));
    // A catalogue without a base leaves them to the canonical one.
    let components = Components::new(&onboarding::CATALOG).with_service_errors().to_json();
    for example in ["NotFoundProblem", "ValidationFailedProblem"] {
        assert_eq!(components["examples"][example]["value"]["catalog"], "lift");
    }
}

#[test]
fn catalogues_with_the_same_codes_fit_into_one_document() {
    let document = openapi::document("Errors", "1.0.0", &[&lift::CATALOG, &depot::CATALOG]);
    let examples = document["components"]["examples"].as_object().unwrap();
    for (name, catalog) in [("NotFoundProblem", "lift"), ("depot.NotFoundProblem", "depot")] {
        assert_eq!(examples[name]["value"]["catalog"], catalog);
    }
    let with_status = |catalog: &'static Catalog| catalog.entries().filter(|entry| entry.status().is_some()).count();
    assert_eq!(examples.len(), 2 * (with_status(&lift::CATALOG) + with_status(&depot::CATALOG)));
    let responses = openapi::responses(&[lift::not_found::ENTRY, depot::not_found::ENTRY]);
    let both = responses["404"]["content"]["application/json"]["examples"].as_object().unwrap();
    assert_eq!(both.keys().collect::<Vec<_>>(), ["NotFound", "depot.NotFound"]);
    both.values().for_each(|example| assert_eq!(resolved(&document, example)["value"]["errorCode"], 404));
}
