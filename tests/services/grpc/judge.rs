//! Answers as another implementation reads them: `.ci/grpc` runs this with Python's grpcio and names the interpreter.

use super::server::{NAME, Server};
use crate::samples;
use lift_errors::{LiftError, Locale, RetryKind, lift};
use serde_json::{Value, json};
use std::process::Command;
use std::{env, fs};

/// The parts of an answer that a client in any language should find, from the error alone.
fn expected(sample: &samples::Sample, locale: Locale) -> Value {
    let problem = sample.problem().with_locale(locale);
    let entry = problem.entry();
    let document = problem.display(lift_errors::Format::ProblemDetails).to_string();
    let document: Value = document.parse().unwrap();
    let mut message = String::new();
    problem.with_locale(Locale::EN).write_detail(&mut message);
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
    let parameters = document["params"].as_object();
    let mut metadata: serde_json::Map<String, Value> =
        parameters.into_iter().flatten().map(|(name, value)| (name.clone(), text(value).into())).collect();
    metadata.insert("lift-error".into(), entry.id().into());
    metadata.insert("lift-retry".into(), document["retry"]["kind"].clone());
    let client_cause = problem.cause().filter(|cause| cause.audience() != Some(lift_errors::Audience::Operator));
    if let Some(cause) = client_cause {
        metadata.insert("lift-cause".into(), cause.id().into());
    }
    let retries = matches!(problem.retry().kind(), RetryKind::After | RetryKind::Idempotent);
    // The description is for developers, in English (AIP-193), like the message.
    let english: Value =
        problem.with_locale(Locale::EN).display(lift_errors::Format::ProblemDetails).to_string().parse().unwrap();
    let fields = english["errors"].as_array().cloned().unwrap_or_default();
    let fields = fields
        .iter()
        .map(|field| json!([field["field"], field["code"].as_str().unwrap().to_ascii_uppercase(), field["message"]]));
    let mut links = vec![document["type"].clone()];
    for fix in document["fixes"].as_array().into_iter().flatten() {
        if fix["href"].is_string() && !links.contains(&fix["href"]) {
            links.push(fix["href"].clone());
        }
    }
    json!({
        "request": format!("sample/{}", sample.name),
        "language": locale.tag(),
        "code": entry.grpc_code().number(),
        "message": message,
        "domain": "lift",
        "reason": entry.code().to_ascii_uppercase(),
        "metadata": metadata,
        "retry": problem.retry().wait().filter(|_| retries).map(|wait| wait.as_secs_f64()),
        "localized": [locale.tag(), document["detail"]],
        "fields": fields.collect::<Vec<_>>(),
        "links": links,
    })
}

#[test]
#[ignore = "needs Python with grpcio: `.ci/grpc` runs it"]
fn another_implementation_reads_the_same() {
    let python =
        env::var_os("LIFT_ERRORS_PYTHON").expect("the interpreter that has tests/services/grpc/requirements.txt");
    let raised = || samples::all().into_iter().filter(|sample| sample.error.entry().status().is_some());
    let locales = [Locale::EN, "uk".parse().unwrap(), "ar".parse().unwrap()];
    assert!(locales.iter().all(|locale| lift::CATALOG.locale(*locale) == *locale));
    let cases: Vec<_> = raised().flat_map(|sample| locales.map(|locale| expected(&sample, locale))).collect();
    let file = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("grpc.json");
    fs::write(&file, serde_json::to_vec(&cases).unwrap()).unwrap();
    let judge = concat!(env!("CARGO_MANIFEST_DIR"), "/grpc/judge.py");
    let address = Server::shared().address.to_string();
    let judged = Command::new(python).arg(judge).args([&address, NAME]).arg(&file).status().unwrap();
    assert!(judged.success());
}
