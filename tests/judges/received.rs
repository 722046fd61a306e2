//! Reads responses (one line of JSON each, on stdin) and prints their contracts in the same order, for `.ci/judges`: a client in
//! another language has to find the same.

use lift_errors::client::ReceivedError;
use lift_errors::lift;
use serde::Deserialize;
use serde_json::json;
use std::error::Error;
use std::io;

#[derive(Deserialize)]
struct ReceivedLine {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    for line in io::stdin().lines() {
        let answer: ReceivedLine = serde_json::from_str(&line?)?;
        let mut response = http::Response::builder().status(answer.status);
        for (name, value) in answer.headers {
            response = response.header(name, value);
        }
        let retry = ReceivedError::<lift::Error>::from_response(response.body(answer.body)?).retry();
        println!("{}", json!({"kind": retry.kind().as_str(), "wait": retry.wait().map(|wait| wait.as_secs_f64())}));
    }
    Ok(())
}
