//! Where the names that anyone may register end.
//! <https://publicsuffix.org/list/>

use psl::{Info, List, Psl};

/// What a name is, read from its labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Name {
    /// A public suffix (of registries, and of services that give names away): whoever is left of it
    /// may be somebody else.
    PublicSuffix,
    /// Under a public suffix: all of it belongs to the owner of its registrable domain, but for
    /// public suffixes further left, if there are any (`s3.amazonaws.com` is one).
    Registrable { has_suffixes_below: bool },
    /// Its top-level name is on no list: a namespace that somebody runs for themselves.
    Private,
}

/// Classifies a host without the dot of the root.
pub(crate) fn classify(host: &str) -> Name {
    let (info, has_suffixes_below) = look_up(host);
    if info.typ.is_none() {
        Name::Private
    } else if info.len >= host.len() {
        Name::PublicSuffix
    } else {
        Name::Registrable { has_suffixes_below }
    }
}

/// The registrable domain of a host: its public suffix and one label more; the host itself if it
/// has none.
pub(crate) fn registrable(host: &str) -> &str {
    let (info, _) = look_up(host);
    let left = host[..host.len() - info.len].trim_end_matches('.');
    match left.rfind('.') {
        Some(dot) => &host[dot + 1..],
        None => host,
    }
}

/// The public suffix of a host, and whether there are longer ones below the host.
///
/// The list is code that is generic over the iterator. All of it is compiled for each type of
/// iterator, which takes seconds; so there is one type, and one place that names it.
fn look_up(host: &str) -> (Info, bool) {
    // The list asks for another label only where it knows of longer suffixes.
    let mut asked_for_more = false;
    let mut labels = host
        .rsplit('.')
        .map(str::as_bytes)
        .chain(core::iter::from_fn(|| {
            asked_for_more = true;
            None
        }));
    let labels: &mut dyn Iterator<Item = &[u8]> = &mut labels;
    let info = List.find(labels);
    (info, asked_for_more)
}

/// A public suffix one label left of `host`, if a short or a common label makes one.
pub(crate) fn suffix_below(host: &str) -> Option<String> {
    const COMMON: [&str; 12] = [
        "user", "users", "apps", "prod", "stage", "site", "sites", "host", "customer", "builder",
        "compute", "storage",
    ];
    let letters = || (b'a'..=b'z').chain(b'0'..=b'9').map(char::from);
    let one = letters().map(String::from);
    let two = letters().flat_map(|a| letters().map(move |b| format!("{a}{b}")));
    let three = letters()
        .flat_map(|a| letters().flat_map(move |b| letters().map(move |c| format!("{a}{b}{c}"))));
    one.chain(two)
        .chain(COMMON.map(str::to_owned))
        .chain(three)
        .map(|label| format!("{label}.{host}"))
        .find(|name| classify(name) == Name::PublicSuffix)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_the_list_says() {
        const REGISTRABLE: Name = Name::Registrable {
            has_suffixes_below: false,
        };
        const WITH_SUFFIXES: Name = Name::Registrable {
            has_suffixes_below: true,
        };
        for (host, name) in [
            ("com", Name::PublicSuffix),
            ("co.uk", Name::PublicSuffix),
            ("github.io", Name::PublicSuffix),
            ("vercel.app", Name::PublicSuffix),
            ("s3.amazonaws.com", Name::PublicSuffix),
            ("anything.ck", Name::PublicSuffix),
            ("anything.kobe.jp", Name::PublicSuffix),
            ("example.com", REGISTRABLE),
            ("a.example.com", REGISTRABLE),
            ("you.github.io", REGISTRABLE),
            ("city.kobe.jp", REGISTRABLE),
            ("amazonaws.com", WITH_SUFFIXES),
            ("kobe.jp", WITH_SUFFIXES),
            ("internal", Name::Private),
            ("svc.cluster.local", Name::Private),
            ("localhost", Name::Private),
        ] {
            assert_eq!(classify(host), name, "{host}");
        }
    }

    #[test]
    fn a_suffix_below_is_found() {
        assert_eq!(
            suffix_below("amazonaws.com").as_deref(),
            Some("s3.amazonaws.com")
        );
        assert_eq!(suffix_below("kobe.jp").as_deref(), Some("a.kobe.jp"));
        assert_eq!(suffix_below("example.com"), None);
    }
}
