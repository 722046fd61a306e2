//! Services and clients as they meet on a wire: each framework, the gateway, the layer among other layers, and what an API
//! says of itself. A package of its own, so that the tests of the compiler don't build frameworks.

mod actix;
mod allocations;
mod client;
#[path = "../counting_allocator.rs"]
mod counting_allocator;
mod errors;
mod extractors;
mod frameworks;
mod gateway;
#[path = "../golden_files.rs"]
mod golden_files;
mod grpc;
mod http;
mod layer;
mod openapi;
mod public_types;
#[path = "../samples.rs"]
mod samples;
mod testing;
mod without_http;

// A service's own catalogue, `onboarding`, as the build step writes it.
include!("../golden/onboarding.rs");

// A second product's catalogue, `depot`, which extends the neutral one.
include!("../golden/depot.rs");

// The catalogue of a command-line tool.
include!("../golden/tool.rs");
