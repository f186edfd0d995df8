//! What users can name may be sent to other threads, shared between them, moved after it was pinned,
//! and looked at after a panic. The compiler would let a private field take that away in silence.

use std::collections::BTreeSet;
use std::fs;
use std::future::{Pending, Ready};
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::path::Path;

use cors_runtime::{
    ConfigError, ConfigValue, CorsRequest, Decision, Denial, Explanation, HeaderIter,
    InvalidOrigin, InvalidSetting, LivePolicy, MatchedEntry, Origin, Origins, OriginsBuilder,
    OriginsError, ParseOriginError, Policy, PolicyConfig, PolicyTemplate, Refusal, RequestKind,
    Risk, export, http, testing, tower,
};

/// A service to put a policy around.
type InnerService =
    ::tower::util::ServiceFn<fn(::http::Request<()>) -> Pending<Result<::http::Response<()>, ()>>>;

const fn has_all<T: Send + Sync + Unpin + UnwindSafe + RefUnwindSafe>() {}

macro_rules! types {
    ($($type:ty,)*) => {
        const _: () = {
            $(has_all::<$type>();)*
        };
        const TYPES: &[&str] = &[$(stringify!($type)),*];
    };
}

types! {
    Decision<'static>,
    Denial<'static>,
    Explanation<'static>,
    HeaderIter<'static>,
    RequestKind,
    MatchedEntry<'static>,
    Origin<'static>,
    ConfigError,
    ConfigValue,
    InvalidOrigin,
    InvalidSetting,
    LivePolicy,
    Origins,
    OriginsBuilder,
    OriginsError,
    ParseOriginError,
    Policy,
    PolicyConfig,
    PolicyTemplate,
    Refusal,
    Risk,
    CorsRequest<'static>,
    export::Export,
    export::ExportError,
    export::File,
    export::Level,
    export::ByteSet,
    export::Edge,
    export::EdgeLabel,
    export::EntryPath,
    export::Graph,
    export::Node,
    export::Options,
    export::Target,
    http::Decision,
    testing::CheckFailure,
    testing::Fetch,
    testing::FilteredResponse,
    testing::HeaderList,
    testing::NetworkError,
    testing::Page,
    testing::PlannedRequests,
    testing::PreflightCache,
    testing::PreflightResult,
    testing::Request,
    testing::Response,
    tower::Cors<()>,
    tower::CorsLayer,
    tower::Explain<()>,
    tower::ExplainFuture<Ready<()>>,
    tower::ExplainLayer,
    tower::ResponseFuture<InnerService, ()>,
}

/// Frameworks that the tests of this package do without. What they are given must be sent and shared
/// wherever it is used.
const ELSEWHERE: [&str; 2] = ["actix_web", "rocket"];

#[test]
fn every_type_of_the_interface_is_looked_at() {
    let listing = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/project/api.rs.txt");
    let listing = fs::read_to_string(listing).unwrap();
    let asserted: BTreeSet<String> = TYPES
        .iter()
        .map(|name| name.split('<').next().unwrap().replace(' ', ""))
        .collect();
    let mut count = 0;
    for entry in listing.split("// cors_runtime::").skip(1) {
        let (name, items) = entry.split_once('\n').unwrap();
        let is_type = |line: &str| line.starts_with("pub struct ") || line.starts_with("pub enum ");
        let module = name.split("::").next().unwrap();
        if items.lines().any(is_type) && !ELSEWHERE.contains(&module) {
            assert!(asserted.contains(name), "{name} is not looked at");
            count += 1;
        }
    }
    assert!(count > 30, "{count}");
}
