//! Statuses of gRPC with details that another service wrote.
#![no_main]

use lift_errors::client::ReceivedError;
use lift_errors::{lift, tonic::StatusDetails};
use tonic::{Code, Status};

libfuzzer_sys::fuzz_target!(|input: (u8, &str, &[u8])| {
    let (code, message, details) = input;
    let status = Status::with_details(Code::from(i32::from(code % 17)), message, details.to_vec().into());
    let read = StatusDetails::new(&status);
    let _ = (read.parameters().count(), read.links().count(), read.field_errors().len());
    let received = ReceivedError::<lift::Error>::from(status);
    assert!(!received.to_string().contains(['\n', '\u{1b}']));
    let _ = (received.retry(), received.into_upstream());
});
