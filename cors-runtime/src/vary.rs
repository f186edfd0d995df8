//! `Vary` in a response: the values that a policy sends, and the names that an application's lines do not
//! contain.

/// A value that a policy sends: the names of request headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Vary {
    Origin,
    Method,
    Headers,
    MethodHeaders,
    OriginMethod,
    OriginHeaders,
    OriginMethodHeaders,
    OriginSite,
    OriginSiteMode,
}

impl Vary {
    /// Returns the names, separated by `", "`.
    pub(crate) const fn names(self) -> &'static str {
        match self {
            Self::Origin => "Origin",
            Self::Method => "Access-Control-Request-Method",
            Self::Headers => "Access-Control-Request-Headers",
            Self::MethodHeaders => "Access-Control-Request-Method, Access-Control-Request-Headers",
            Self::OriginMethod => "Origin, Access-Control-Request-Method",
            Self::OriginHeaders => "Origin, Access-Control-Request-Headers",
            Self::OriginMethodHeaders => {
                "Origin, Access-Control-Request-Method, Access-Control-Request-Headers"
            }
            Self::OriginSite => "Origin, Sec-Fetch-Site",
            Self::OriginSiteMode => "Origin, Sec-Fetch-Site, Sec-Fetch-Mode",
        }
    }
}

/// Returns a value as a `HeaderValue` of a framework. Constants, because `from_static` checks every byte
/// if it is not evaluated at compile time.
#[cfg(any(feature = "actix-web", feature = "http"))]
macro_rules! header_value {
    ($HeaderValue:ident, $vary:expr) => {
        $crate::vary::header_value!(
            $HeaderValue, $vary, Origin Method Headers MethodHeaders OriginMethod OriginHeaders
            OriginMethodHeaders OriginSite OriginSiteMode
        )
    };
    ($HeaderValue:ident, $vary:expr, $($variant:ident)*) => {
        match $vary {
            $(Vary::$variant => const { $HeaderValue::from_static(Vary::$variant.names()) },)*
        }
    };
}

#[cfg(any(feature = "actix-web", feature = "http"))]
pub(crate) use header_value;

/// Returns the members of `names` that the lines of a response's `Vary` do not contain, unless they
/// contain `*`.
///
/// `names` is a list separated by `", "`. Lines may contain anything: upper case, white space,
/// empty members, bytes that are not UTF-8.
pub(crate) fn missing_names<I>(
    lines: impl Fn() -> I,
    names: &'static str,
) -> impl Iterator<Item = &'static str>
where
    I: Iterator<Item: AsRef<[u8]>>,
{
    let is_missing = move |name: &&str| !lines().any(|line| contains(line.as_ref(), name));
    names.split(", ").filter(is_missing)
}

/// Returns whether a line contains a name, or `*`.
fn contains(line: &[u8], name: &str) -> bool {
    let mut members = line.split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
    members.any(|member| member == b"*" || member.eq_ignore_ascii_case(name.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::missing_names;

    fn lists(lines: &[&[u8]], names: &'static str) -> bool {
        missing_names(|| lines.iter().copied(), names)
            .next()
            .is_none()
    }

    #[test]
    fn members_are_looked_for_in_all_lines() {
        assert!(lists(&[b"Accept", b"x, ORIGIN\t,y"], "Origin"));
        assert!(lists(&[b"a", b"b"], "A, B"));
        assert!(lists(&[b"*"], "A, B"));
        assert!(lists(&[b"\xff, ,origin"], "Origin"));
    }

    #[test]
    fn parts_of_members_do_not_count() {
        assert!(!lists(&[], "Origin"));
        assert!(!lists(&[b""], "Origin"));
        assert!(!lists(&[b"x-origin, originator, ori gin"], "Origin"));
        assert!(!lists(&[b"Origin"], "Origin, Cookie"));
        assert!(!lists(&[b"**"], "Origin"));
    }

    #[test]
    fn listed_names_are_not_missing() {
        let lines: [&[u8]; 2] = [b"x, b", b"d"];
        let missing = missing_names(|| lines.iter().copied(), "A, B, C, D");
        assert!(missing.eq(["A", "C"]));
    }
}
