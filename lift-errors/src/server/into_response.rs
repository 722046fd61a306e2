//! An [`ErrorResponse`] as a response of `http`: written for the current request where there is one.

#[cfg(feature = "responder")]
use crate::problem::{Problem, lift_error::LiftError as _};
use crate::render::format::Format;
use crate::server::error_response::ErrorResponse;
#[cfg(feature = "responder")]
use crate::server::error_response::Stage;
use crate::server::head::{Buffer, USUAL_HEADERS};
use crate::server::panic::{catch, discard};
#[cfg(feature = "responder")]
use crate::server::telemetry::{self, Occurrence};
#[cfg(feature = "responder")]
use crate::server::{alone::Alone, current};
use alloc::vec::Vec;
use bytes::Bytes;
use http::HeaderMap;
use http::response::Parts;

impl ErrorResponse {
    /// The response: where a layer is around, in the format and the language of the request, else in English as problem
    /// details.
    ///
    /// A parameter whose `Display` panics makes it an Internal Server Error, with the panic as its source.
    pub fn into_http<B: From<Vec<u8>>>(self) -> http::Response<B> {
        let (head, body) = self.into_parts();
        http::Response::from_parts(head, B::from(Vec::from(body)))
    }

    /// The response, with the bytes of its body.
    pub(crate) fn into_parts(mut self) -> (Parts, Bytes) {
        let (mut head, body) = match catch(|| self.write()) {
            Ok(written) => written,
            Err(panicked) => {
                discard(core::mem::replace(&mut self, Self::caught(panicked)));
                // It has no parameters, so that writing it calls only code of this crate.
                self.write()
            }
        };
        head.extensions.insert(self);
        (head, body)
    }

    #[cfg(feature = "responder")]
    #[cfg_attr(not(docsrs), doc = "<span class=\"stab portability\"><code>responder</code></span>")]
    /// Logs and counts an error that answers nobody, such as one of a background job: the event is that of a response without a
    /// layer. An error without a status, since it has nothing to do with HTTP or only clients raise it, is logged and counted as
    /// itself.
    ///
    /// ```
    /// use lift_errors::{ErrorResponse, LiftError};
    ///
    /// #[derive(Debug, LiftError)]
    /// enum StockError {
    ///     #[lift(code = conflict)]
    ///     Counted { resource: String },
    /// }
    ///
    /// fn close_day() -> Result<(), StockError> {
    ///     Err(StockError::Counted { resource: "shelf 7".to_owned() })
    /// }
    ///
    /// if let Err(error) = close_day() {
    ///     ErrorResponse::new(error).with_log_field("job", "close_day").log();
    /// }
    /// ```
    pub fn log(mut self) {
        if self.stage() == Stage::Logged {
            return;
        }
        // A parameter's `Display` is not ours.
        if let Err(panicked) = catch(|| self.record_alone()) {
            discard(core::mem::replace(&mut self, Self::caught(panicked)));
            self.record();
        }
    }

    /// Logs and counts an error that no layer will.
    #[cfg(feature = "responder")]
    pub(crate) fn record(&mut self) {
        let status = Some(self.status().as_u16());
        let occurrence = Occurrence { context: None, request_id: None, status, original_text: "", reason: None };
        telemetry::failed(self, self.origin(), &self.problem(), &occurrence);
        self.set_stage(Stage::Logged);
    }

    /// The same for an error that answers nobody.
    #[cfg(feature = "responder")]
    fn record_alone(&mut self) {
        match self.__unanswerable() {
            Some(error) => {
                let occurrence =
                    Occurrence { context: None, request_id: None, status: None, original_text: "", reason: None };
                telemetry::failed(&Alone { response: self, error }, self.origin(), &Problem::new(error), &occurrence);
            }
            None => return self.record(),
        }
        self.set_stage(Stage::Logged);
    }

    fn write(&mut self) -> (Parts, Bytes) {
        let mut head = http::Response::new(()).into_parts().0;
        head.headers = HeaderMap::with_capacity(USUAL_HEADERS);
        #[cfg(feature = "responder")]
        if let Some(written) = current::with(|context, responder| responder.write_at_once(self, context, &mut head)) {
            if let Some((stage, body)) = written {
                self.set_stage(stage);
                return (head, body);
            }
        } else {
            self.record();
        }
        head.status = self.status();
        let problem = self.problem();
        let mut body = Vec::new();
        problem.write(Format::ProblemDetails, &mut body);
        let mut buffer = Buffer::new(body, &head.headers);
        buffer.headers_of(&problem, Format::ProblemDetails, &mut head.headers);
        let body = buffer.finish(&mut head.headers);
        (head, body)
    }
}
