//! What the tests of several packages share. The references share no code with what they are
//! compared with.

#[cfg(all(feature = "net", feature = "policies"))]
pub mod choose_contract;
#[cfg(feature = "policies")]
pub mod decide;
#[cfg(feature = "log")]
pub mod enforcement_contract;
pub mod example;
#[cfg(feature = "generators")]
pub mod gen_origins;
#[cfg(all(feature = "net", feature = "live"))]
pub mod live_contract;
#[cfg(feature = "log")]
pub mod log_contract;
#[cfg(feature = "net")]
pub mod net;
#[cfg(feature = "policies")]
pub mod policies;
#[cfg(feature = "generators")]
pub mod property;
#[cfg(feature = "log")]
pub mod recording_subscriber;
#[cfg(feature = "policies")]
pub mod reference_browser;
#[cfg(feature = "policies")]
pub mod reference_cases;
pub mod reference_matcher;
#[cfg(feature = "policies")]
pub mod reference_policy;
