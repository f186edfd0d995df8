//! Policies with a placeholder for a list of origins: [`PolicyTemplate`].

use core::fmt;
use core::panic::Location;

use crate::compiled::Compiled;
use crate::explain::Explanation;
use crate::origins::{Demands, Origins, OriginsError};
use crate::policy::Policy;
use crate::request::CorsRequest;

/// A policy in which `Configured` is still a placeholder for a list of origins.
///
/// [`cors_policy!`](crate::cors_policy) creates it if a policy contains the keyword `Configured`, and checks everything
/// else. [`with_origins`](Self::with_origins) creates the policy from a list.
///
/// ```
/// use cors_runtime::{Origins, Policy, PolicyTemplate, cors_policy};
///
/// static API: PolicyTemplate = cors_policy!(
///     allow_origins = ["https://app.example.com", Configured],
///     allow_credentials = true,
/// );
///
/// // In a real program: std::env::var("PARTNER_ORIGINS")?
/// let variable = "https://a.example, https://*.b.example";
/// let partners: Origins = variable.parse()?;
/// let policy: Policy = API.with_origins(&partners)?;
/// assert!(policy.allows_origin("https://app.example.com"));
/// assert!(policy.allows_origin("https://a.example"));
///
/// partners.replace(["https://c.example"])?;
/// assert!(policy.allows_origin("https://c.example"));
/// assert!(!policy.allows_origin("https://a.example"));
/// # Ok::<(), cors_runtime::OriginsError>(())
/// ```
///
/// Adapters do not accept templates, so if you forget the list, the program does not compile. The error
/// "expected `Policy`, found `PolicyTemplate`" at the keyword `Configured` means that the type of the static is
/// [`Policy`]: write `PolicyTemplate`, and call [`with_origins`](Self::with_origins) for the policy.
pub struct PolicyTemplate {
    policy: Policy,
}

impl PolicyTemplate {
    /// Creates a template, for the macro.
    #[doc(hidden)]
    #[must_use]
    pub const fn from_static(compiled: &'static Compiled) -> Self {
        Self {
            policy: Policy::from_static(compiled),
        }
    }

    /// Returns a policy that allows these origins in place of `Configured`.
    ///
    /// The policy follows the list, even after its entries are replaced.
    ///
    /// # Errors
    ///
    /// Returns an error if the policy would not compile with the entries in place of `Configured`:
    ///
    /// - The policy allows credentials for the list, and the list either allows any origin or contains a plain
    ///   `http` origin that is not on the user's own machine. Such `http` origins can be allowed with
    ///   [`dangerously_allow`](crate::OriginsBuilder::dangerously_allow).
    /// - The list allows any origin, the policy has `on_denied`, and one of these is true:
    ///   - `on_denied` is `Refuse`.
    ///   - The rule of the list allows every method.
    ///   - The rule of the list has no `allow_methods`.
    #[track_caller]
    pub fn with_origins(&self, origins: &Origins) -> Result<Policy, OriginsError> {
        let place = Location::caller();
        let mut rules = self.policy.rules().iter();
        let has_credentials = rules.any(|rule| rule.is_configured() && rule.allows_credentials());
        let reasons = self.policy.reasons_against_any();
        origins.demand(Demands {
            credentials: has_credentials.then_some(place),
            not_any: (!reasons.is_empty()).then_some((reasons, place)),
        })?;
        Ok(self.policy.bind(origins.clone()))
    }

    /// Explains the decision about a request, as if the configured list were empty; see [`Policy::explain`].
    #[must_use]
    pub fn explain<'d>(&'d self, request: &CorsRequest<'d>) -> Explanation<'d> {
        self.policy.explain(request)
    }
}

impl fmt::Debug for PolicyTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PolicyTemplate").field(&self.policy).finish()
    }
}

/// Prints the template as [`Policy`] does.
impl fmt::Display for PolicyTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.policy, f)
    }
}
