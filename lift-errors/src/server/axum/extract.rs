//! axum's extractors with canonical rejections.

use crate::server::axum::rejection::of_path;
use crate::server::error_response::ErrorResponse;
use crate::server::extract::wrapper::wrapper;
use crate::server::extract::{json_value, pairs};
use alloc::boxed::Box;
use alloc::vec::Vec;
use axum::extract::{
    FromRequest, FromRequestParts, OptionalFromRequest, OptionalFromRequestParts, RawForm, RawPathParams, Request,
};
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

wrapper! {
    /// axum's `Json`, as an extractor with canonical rejections, and as a response.
    ///
    /// | the body | the response |
    /// | --- | --- |
    /// | is not JSON | 400, with the cause |
    /// | has a value of the wrong type, lacks a field, … | `validation_failed` (400), with the field, its JSON pointer and the expectation, in the reader's language |
    /// | has another `Content-Type` | `unsupported_media_type` (415) |
    /// | is larger than [`DefaultBodyLimit`](axum::extract::DefaultBodyLimit) | `payload_too_large` (413) |
    ///
    /// `Option<Json<T>>` is `None` for a request without a `Content-Type`. A response that can't be serialised is an
    /// Internal Server Error, and the reason is logged.
    ///
    /// ```
    /// use lift_errors::axum::Json;
    /// use serde::{Deserialize, Serialize};
    ///
    /// #[derive(Deserialize, Serialize)]
    /// struct Line {
    ///     quantity: u32,
    /// }
    ///
    /// async fn create(Json(lines): Json<Vec<Line>>) -> Json<Vec<Line>> {
    ///     Json(lines)
    /// }
    /// # let _ = axum::Router::<()>::new().route("/orders", axum::routing::post(create));
    /// ```
    Json
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = ErrorResponse;

    async fn from_request(request: Request, state: &S) -> Result<Self, ErrorResponse> {
        // axum reads the body within its limit and checks the syntax. serde_json calls some values of a wrong type bad syntax, so the
        // value is read from the text once more.
        let axum::Json(raw) = <RawJson as FromRequest<S>>::from_request(request, state).await?;
        json_value(&raw).map(Self).map_err(ErrorResponse::__of_framework)
    }
}

impl<T: DeserializeOwned, S: Send + Sync> OptionalFromRequest<S> for Json<T> {
    type Rejection = ErrorResponse;

    async fn from_request(request: Request, state: &S) -> Result<Option<Self>, ErrorResponse> {
        let Some(axum::Json(raw)) = <RawJson as OptionalFromRequest<S>>::from_request(request, state).await? else {
            return Ok(None);
        };
        json_value(&raw).map(|value| Some(Self(value))).map_err(ErrorResponse::__of_framework)
    }
}

/// The text of a body that is JSON.
type RawJson = axum::Json<Box<RawValue>>;

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(body) => ([(http::header::CONTENT_TYPE, crate::server::extract::JSON)], body).into_response(),
            Err(error) => ErrorResponse::caught(error).into_response(),
        }
    }
}

wrapper! {
    /// axum's `Query` with canonical rejections: `validation_failed` (400), with the parameter and the expectation.
    ///
    /// ```
    /// use lift_errors::axum::Query;
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Filter {
    ///     page: Option<u32>,
    /// }
    ///
    /// async fn orders(Query(filter): Query<Filter>) -> String {
    ///     format!("page {}", filter.page.unwrap_or(1))
    /// }
    /// # let _ = axum::Router::<()>::new().route("/orders", axum::routing::get(orders));
    /// ```
    Query
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = ErrorResponse;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ErrorResponse> {
        let query = parts.uri.query().unwrap_or_default();
        pairs::read(query.as_bytes()).map(Self).map_err(ErrorResponse::new)
    }
}

wrapper! {
    /// axum's `Path` with canonical rejections: `validation_failed` (400), with the parameter and the expectation.
    ///
    /// A route with other parameters than the handler asks for is an Internal Server Error.
    ///
    /// ```
    /// use lift_errors::axum::Path;
    ///
    /// async fn order(Path(number): Path<u64>) -> String {
    ///     format!("order {number}")
    /// }
    /// # let _ = axum::Router::<()>::new().route("/orders/{number}", axum::routing::get(order));
    /// ```
    Path
}

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = ErrorResponse;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ErrorResponse> {
        match <axum::extract::Path<T> as FromRequestParts<S>>::from_request_parts(parts, state).await {
            Ok(inner) => Ok(Self(inner.0)),
            Err(rejection) => {
                let names = <RawPathParams as FromRequestParts<S>>::from_request_parts(parts, state).await;
                let names: Vec<&str> = names.iter().flatten().map(|(name, _)| name).collect();
                Err(ErrorResponse::__of_framework(of_path(rejection, &names)))
            }
        }
    }
}

impl<T: DeserializeOwned + Send + 'static, S: Send + Sync> OptionalFromRequestParts<S> for Path<T> {
    type Rejection = ErrorResponse;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Option<Self>, ErrorResponse> {
        let extracted = <axum::extract::Path<T> as OptionalFromRequestParts<S>>::from_request_parts(parts, state).await;
        extracted.map(|inner| inner.map(|inner| Self(inner.0))).map_err(ErrorResponse::from)
    }
}

wrapper! {
    /// axum's `Form`, as an extractor with canonical rejections, and as a response: `validation_failed` (400), with the field and
    /// the expectation. A response that can't be a form is an Internal Server Error, and the reason is logged.
    ///
    /// ```
    /// use lift_errors::axum::Form;
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Login {
    ///     name: String,
    /// }
    ///
    /// async fn log_in(Form(login): Form<Login>) -> String {
    ///     login.name
    /// }
    /// # let _ = axum::Router::<()>::new().route("/login", axum::routing::post(log_in));
    /// ```
    Form
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Form<T> {
    type Rejection = ErrorResponse;

    async fn from_request(request: Request, state: &S) -> Result<Self, ErrorResponse> {
        let RawForm(encoded) = RawForm::from_request(request, state).await?;
        pairs::read(&encoded).map(Self).map_err(ErrorResponse::new)
    }
}

impl<T: Serialize> IntoResponse for Form<T> {
    fn into_response(self) -> Response {
        match serde_urlencoded::to_string(&self.0) {
            Ok(body) => ([(http::header::CONTENT_TYPE, crate::server::extract::FORM)], body).into_response(),
            Err(error) => ErrorResponse::caught(error).into_response(),
        }
    }
}

#[cfg(feature = "multipart")]
pub(super) mod multipart {
    use super::{ErrorResponse, FromRequest, OptionalFromRequest, Request};
    use axum::extract::multipart::Field;
    use core::ops::{Deref, DerefMut};

    /// axum's `Multipart` with canonical errors: `unsupported_media_type` (415) for another format, `payload_too_large`
    /// (413) above the limit of the body, and 400 for a body that breaks off or is malformed.
    ///
    /// `Option<Multipart>` is `None` for a request of another format. The methods of a [`Field`] return axum's error, which `?`
    /// converts into a `lift::Error` or an [`ErrorResponse`]. A handler that returns axum's error as it is answers 500 for a body that
    /// breaks off.
    ///
    /// ```
    /// use lift_errors::{ErrorResponse, axum::Multipart};
    ///
    /// async fn upload(mut form: Multipart) -> Result<String, ErrorResponse> {
    ///     let mut size = 0;
    ///     while let Some(field) = form.next_field().await? {
    ///         size += field.bytes().await?.len();
    ///     }
    ///     Ok(format!("{size} bytes"))
    /// }
    /// # let _ = axum::Router::<()>::new().route("/upload", axum::routing::post(upload));
    /// ```
    #[cfg_attr(not(docsrs), doc = "<span class=\"stab portability\"><code>multipart</code></span>")]
    #[derive(Debug)]
    pub struct Multipart(pub axum::extract::Multipart);

    impl Multipart {
        /// The next field, or `None` after the last one.
        ///
        /// # Errors
        ///
        /// The canonical error of a body that can't be read.
        pub async fn next_field(&mut self) -> Result<Option<Field<'_>>, ErrorResponse> {
            self.0.next_field().await.map_err(ErrorResponse::from)
        }
    }

    impl<S: Send + Sync> FromRequest<S> for Multipart {
        type Rejection = ErrorResponse;

        async fn from_request(request: Request, state: &S) -> Result<Self, ErrorResponse> {
            let extracted = <axum::extract::Multipart as FromRequest<S>>::from_request(request, state).await;
            extracted.map(Self).map_err(ErrorResponse::from)
        }
    }

    impl<S: Send + Sync> OptionalFromRequest<S> for Multipart {
        type Rejection = ErrorResponse;

        async fn from_request(request: Request, state: &S) -> Result<Option<Self>, ErrorResponse> {
            let extracted = <axum::extract::Multipart as OptionalFromRequest<S>>::from_request(request, state).await;
            extracted.map(|inner| inner.map(Self)).map_err(ErrorResponse::from)
        }
    }

    impl Deref for Multipart {
        type Target = axum::extract::Multipart;

        fn deref(&self) -> &Self::Target {
            &self.0
        }
    }

    impl DerefMut for Multipart {
        fn deref_mut(&mut self) -> &mut Self::Target {
            &mut self.0
        }
    }
}
