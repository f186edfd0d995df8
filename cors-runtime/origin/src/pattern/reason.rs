//! Reasons why an entry is rejected.

use alloc::string::String;
use alloc::vec::Vec;
use core::error::Error;
use core::fmt::{self, Write};

use super::{Pattern, is_written};
use crate::origin::MAX_SCHEME_LEN;

/// The error for an entry that is neither a pattern nor an origin that a browser sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OriginError {
    reason: Reason,
    corrected: Vec<Pattern>,
}

impl OriginError {
    /// Creates an error for an entry without a clear meaning.
    pub(super) fn new(reason: Reason) -> Self {
        Self {
            reason,
            corrected: Vec::new(),
        }
    }

    /// Creates an error for an entry with a correction.
    pub(super) fn corrected_to(reason: Reason, corrected: Vec<Pattern>) -> Self {
        Self { reason, corrected }
    }

    /// Drops the correction unless `text` contains all of its domains.
    pub(super) fn written_in(mut self, text: &str) -> Self {
        if !self
            .corrected
            .iter()
            .all(|pattern| is_written(text, pattern))
        {
            self.corrected.clear();
        }
        self
    }

    /// Returns the reason.
    #[must_use]
    pub fn reason(&self) -> &Reason {
        &self.reason
    }

    /// Returns the corrected entries: several if the text is a list, none if it has no clear
    /// meaning.
    #[must_use]
    pub fn corrected(&self) -> &[Pattern] {
        &self.corrected
    }
}

impl From<Reason> for OriginError {
    fn from(reason: Reason) -> Self {
        Self::new(reason)
    }
}

/// Prints the reason, as a phrase that follows "the origin", and the correction.
impl fmt::Display for OriginError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.reason)?;
        let mut separator = "; write ";
        for pattern in &self.corrected {
            write!(f, "{separator}`{pattern}`")?;
            separator = ", ";
        }
        Ok(())
    }
}

impl Error for OriginError {}

/// A mistake in an entry. `Display` prints a fact, as a phrase that follows "the origin".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// There is no text.
    Empty,
    /// `*`, which is not an origin.
    Any,
    /// `null`, but not spelled as browsers send it.
    Null,
    /// Several origins in one text.
    List,
    /// A regular expression.
    Regex,
    /// White space inside.
    Whitespace,
    /// White space before or after the origin.
    SurroundingWhitespace,
    /// More bytes than an origin can have.
    TooLong,
    /// No scheme.
    MissingScheme,
    /// No `://` between scheme and host.
    MissingSlashes,
    /// A scheme with invalid syntax.
    InvalidScheme(String),
    /// A wildcard in the scheme.
    WildcardScheme,
    /// A scheme that differs from one of web pages by a typo.
    MistypedScheme {
        /// The scheme, in lower case.
        typed: String,
        /// `https` or `http`.
        intended: &'static str,
    },
    /// A scheme that exceeds the limit.
    LongScheme,
    /// A scheme whose pages have an opaque origin.
    OpaqueScheme(String),
    /// The scheme of a URL that a page created, and whose origin is that of the page.
    BlobScheme,
    /// A scheme that no page has.
    PagelessScheme(String),
    /// Uppercase letters in the scheme.
    UppercaseScheme,
    /// A user name, with or without a password.
    UserInfo,
    /// A slash at the end.
    TrailingSlash,
    /// A path.
    Path,
    /// A query.
    Query,
    /// A fragment.
    Fragment,
    /// No host.
    MissingHost,
    /// The placeholder of a template in the host or the port.
    Placeholder,
    /// A character that hosts cannot contain.
    ForbiddenCharacter(char),
    /// Uppercase letters in the host.
    UppercaseHost,
    /// A host in Unicode whose form in ASCII is known.
    Unicode,
    /// A host under the scheme of an app with characters that browsers encode.
    NotEncoded,
    /// A host in Unicode whose ASCII form needs Unicode tables.
    UnmappedUnicode,
    /// A label with the prefix of Punycode that does not decode.
    InvalidPunycode(String),
    /// Two dots in a row, or one at the start.
    EmptyLabel,
    /// A label that exceeds the limit.
    LongLabel,
    /// A host that exceeds the limit.
    LongHost,
    /// A host that ends in a number and is not an IPv4 address.
    InvalidIpv4,
    /// An IPv4 address that browsers write differently.
    Ipv4Spelling,
    /// Brackets around something that is not an IPv6 address.
    InvalidIpv6,
    /// An IPv6 address that browsers write differently.
    Ipv6Spelling,
    /// An IPv6 address with a zone.
    Ipv6Zone,
    /// An IPv6 address without brackets.
    Ipv6Brackets,
    /// Several colons that are not in brackets.
    Colons,
    /// A colon without a port.
    EmptyPort,
    /// A port that is not a number from 1 to 65535.
    InvalidPort(String),
    /// A port with leading zeros.
    LeadingZeros,
    /// The default port of this scheme.
    DefaultPort(String),
    /// A wildcard in an IP address.
    WildcardIp,
    /// A range of IP addresses, such as `192.168.0.0/16`.
    IpRange,
    /// Quotation marks around the origin.
    Quoted,
    /// A wildcard in part of a port.
    WildcardPort,
    /// `**` that is not the whole leftmost label.
    WildcardDeep,
}

impl Reason {
    /// Returns the name of the check, which is also that of its section in the documentation.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Empty | Self::MissingHost => "origin-missing-host",
            Self::Any => "origin-any",
            Self::Null => "origin-null",
            Self::List => "origin-list",
            Self::Regex => "origin-regex",
            Self::Whitespace | Self::SurroundingWhitespace => "origin-whitespace",
            Self::TooLong | Self::LongScheme | Self::LongLabel | Self::LongHost => {
                "origin-too-long"
            }
            Self::MissingScheme | Self::MissingSlashes => "origin-missing-scheme",
            Self::InvalidScheme(_) | Self::WildcardScheme | Self::MistypedScheme { .. } => {
                "origin-scheme"
            }
            Self::OpaqueScheme(_) | Self::BlobScheme | Self::PagelessScheme(_) => {
                "origin-opaque-scheme"
            }
            Self::UppercaseScheme | Self::UppercaseHost => "origin-uppercase",
            Self::UserInfo => "origin-user-info",
            Self::TrailingSlash => "origin-trailing-slash",
            Self::Path | Self::Query | Self::Fragment => "origin-path",
            Self::Placeholder | Self::ForbiddenCharacter(_) | Self::Quoted => "origin-host",
            Self::Unicode | Self::NotEncoded | Self::UnmappedUnicode => "origin-unicode",
            Self::InvalidPunycode(_) => "origin-punycode",
            Self::EmptyLabel => "origin-empty-label",
            Self::InvalidIpv4 | Self::Ipv4Spelling => "origin-ipv4",
            Self::InvalidIpv6
            | Self::Ipv6Spelling
            | Self::Ipv6Zone
            | Self::Ipv6Brackets
            | Self::Colons => "origin-ipv6",
            Self::EmptyPort | Self::InvalidPort(_) | Self::LeadingZeros => "origin-port",
            Self::DefaultPort(_) => "origin-default-port",
            Self::WildcardIp | Self::IpRange => "wildcard-ip",
            Self::WildcardPort => "wildcard-port",
            Self::WildcardDeep => "wildcard-deep",
        }
    }

    /// Returns why it matters, unless the fact makes that clear.
    #[must_use]
    pub fn note(&self) -> Option<&'static str> {
        Some(match self {
            Self::Any => {
                "within a list it would be compared with the `Origin` header, and never match"
            }
            Self::Null => "browsers send `null`, so this entry never matches",
            Self::List => "a browser sends one origin, so this entry never matches",
            Self::Regex => {
                "a string is an origin or a pattern, in which `*` matches a label or part of one"
            }
            Self::Whitespace => {
                "browsers never send white space in an origin, so this entry never matches"
            }
            Self::SurroundingWhitespace => {
                "it is compared byte for byte, so this entry never matches"
            }
            Self::TooLong => "a host has 253 bytes at most, so this entry never matches",
            Self::MissingScheme => {
                "browsers send scheme, host and port, so this entry never matches"
            }
            Self::MissingSlashes => "browsers send `://`, so this entry never matches",
            Self::Ipv6Brackets => "browsers send the brackets, so this entry never matches",
            Self::InvalidScheme(_) => return None,
            Self::WildcardScheme => {
                "a page over plain `http` can be forged by anyone on the network path"
            }
            Self::MistypedScheme { .. } => {
                "web pages have the scheme `http` or `https`, so this entry never matches"
            }
            Self::LongScheme => "no browser sends such a scheme, so this entry never matches",
            Self::OpaqueScheme(_) => {
                "pages of that scheme have an opaque origin, so this entry never matches"
            }
            Self::BlobScheme => {
                "browsers send the origin of the page that created it, so this entry never matches"
            }
            Self::PagelessScheme(_) => {
                "browsers send the origin of the page that makes the request"
            }
            Self::UppercaseScheme => {
                "browsers send the scheme in lower case, so this entry never matches"
            }
            Self::UppercaseHost => {
                "browsers send the host in lower case, so this entry never matches"
            }
            Self::UserInfo | Self::DefaultPort(_) => {
                "browsers leave it out of the `Origin` header, so this entry never matches"
            }
            Self::Empty | Self::MissingHost | Self::TrailingSlash => {
                "an origin is a scheme, a host and an optional port"
            }
            Self::Path | Self::Query | Self::Fragment => {
                "browsers send a scheme, a host and an optional port, and trust is per origin"
            }
            Self::Placeholder => "`*` matches a label or part of one, and `:*` any port",
            Self::ForbiddenCharacter(_) => "no host contains it, so this entry never matches",
            Self::Unicode | Self::UnmappedUnicode => {
                "browsers send hosts in Punycode, so this entry never matches"
            }
            Self::NotEncoded => {
                "browsers send the bytes of such characters percent-encoded, so this entry never matches"
            }
            Self::InvalidPunycode(_) | Self::InvalidIpv4 | Self::InvalidIpv6 => {
                "browsers refuse such a host, so this entry never matches"
            }
            Self::EmptyLabel => "no page has such a host, so this entry never matches",
            Self::LongLabel | Self::LongHost => {
                "DNS does not allow it, so this entry never matches"
            }
            Self::Ipv4Spelling => "browsers send four decimal numbers, so this entry never matches",
            Self::Ipv6Spelling => {
                "browsers send it compressed, in lower-case hexadecimal, so this entry never matches"
            }
            Self::Ipv6Zone => "browsers send addresses without a zone, so this entry never matches",
            Self::Colons => "browsers send IPv6 addresses in brackets",
            Self::EmptyPort => "browsers leave the colon out, so this entry never matches",
            Self::InvalidPort(_) => "a port is a number from 1 to 65535, or `*` for any port",
            Self::LeadingZeros => {
                "browsers send ports without leading zeros, so this entry never matches"
            }
            Self::IpRange => "browsers send one address, so this entry never matches",
            Self::Quoted => {
                "they belong to a shell, to JSON or to source code, so this entry never matches"
            }
            Self::WildcardIp => "the addresses that a wildcard matches can have different owners",
            Self::WildcardPort => "a port is one number, or `*` for any port",
            Self::WildcardDeep => {
                "`*` matches a label or part of one, and `**` one or more whole labels on the left"
            }
        })
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "is empty",
            Self::Any => "is not a valid entry",
            Self::Null => "is not spelled as browsers send it",
            Self::List => "contains several origins",
            Self::Regex => "is a regular expression",
            Self::Whitespace => "contains white space",
            Self::SurroundingWhitespace => "has white space before or after it",
            Self::TooLong => "is longer than any origin",
            Self::MissingScheme => "has no scheme",
            Self::MissingSlashes => "has no `://` between scheme and host",
            Self::InvalidScheme(scheme) => {
                return write!(f, "has the invalid scheme {}", Quoted(scheme));
            }
            Self::WildcardScheme => "has a wildcard in its scheme",
            Self::MistypedScheme { typed, intended } => {
                return write!(
                    f,
                    "has the scheme `{typed}`, which looks like a typo of `{intended}`"
                );
            }
            Self::LongScheme => {
                return write!(f, "has a scheme of more than {MAX_SCHEME_LEN} bytes");
            }
            Self::OpaqueScheme(scheme) => {
                return write!(
                    f,
                    "has the scheme `{scheme}`, whose pages send the origin `null`"
                );
            }
            Self::BlobScheme => "is the URL of a blob",
            Self::PagelessScheme(scheme) => {
                return write!(f, "has the scheme `{scheme}`, which no page has");
            }
            Self::UppercaseScheme => "has uppercase letters in its scheme",
            Self::UserInfo => "has a user name",
            Self::TrailingSlash => "has a trailing slash",
            Self::Path => "has a path",
            Self::Query => "has a query",
            Self::Fragment => "has a fragment",
            Self::MissingHost => "has no host",
            Self::Placeholder => "has a placeholder",
            Self::ForbiddenCharacter(character) => {
                let mut buffer = [0; 4];
                let character = character.encode_utf8(&mut buffer);
                return write!(f, "has {} in its host", Quoted(character));
            }
            Self::UppercaseHost => "has uppercase letters in its host",
            Self::Unicode | Self::NotEncoded | Self::UnmappedUnicode => "has a Unicode host",
            Self::InvalidPunycode(label) => {
                return write!(f, "has the invalid Punycode label {}", Quoted(label));
            }
            Self::EmptyLabel => "has an empty label in its host",
            Self::LongLabel => "has a label of more than 63 bytes",
            Self::LongHost => "has a host of more than 253 bytes",
            Self::InvalidIpv4 => "ends in a number, but is not an IPv4 address",
            Self::Ipv4Spelling => "has an IPv4 address that browsers write differently",
            Self::InvalidIpv6 => "has an invalid IPv6 address",
            Self::Ipv6Spelling => "has an IPv6 address that browsers write differently",
            Self::Ipv6Zone => "has an IPv6 zone",
            Self::Ipv6Brackets => "has an IPv6 address without brackets",
            Self::Colons => "has more than one colon after its scheme",
            Self::EmptyPort => "has a colon without a port",
            Self::InvalidPort(port) => {
                return write!(f, "has the invalid port {}", Quoted(port));
            }
            Self::LeadingZeros => "has a port with leading zeros",
            Self::DefaultPort(scheme) => {
                return write!(f, "spells out the default port of `{scheme}`");
            }
            Self::WildcardIp => "has a wildcard in an IP address",
            Self::IpRange => "is a range of IP addresses",
            Self::Quoted => "has quotation marks around it",
            Self::WildcardPort => "has a wildcard in part of its port",
            Self::WildcardDeep => "has `**` where it is not the whole leftmost label",
        })
    }
}

/// Text in backticks, on one line: control and bidirectional characters are escaped, and long text
/// is truncated.
pub struct Quoted<'t>(pub &'t str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MAX_CHARS: usize = 100;
        f.write_char('`')?;
        for (count, character) in self.0.chars().enumerate() {
            match character {
                _ if count == MAX_CHARS => {
                    f.write_char('…')?;
                    break;
                }
                '\'' | '"' | '\\' => f.write_char(character)?,
                _ => write!(f, "{}", character.escape_debug())?,
            }
        }
        f.write_char('`')
    }
}

/// The first flaw that was corrected while parsing an entry.
#[derive(Default)]
pub(super) struct Flaws {
    first: Option<Reason>,
    lacks_scheme: bool,
}

impl Flaws {
    /// Later ones are dropped, because one correction covers them all.
    pub(super) fn add(&mut self, flaw: Reason) {
        self.lacks_scheme |= flaw == Reason::MissingScheme;
        if self.first.is_none() {
            self.first = Some(flaw);
        }
    }

    /// Returns whether the scheme is a guess.
    pub(super) fn lacks_scheme(&self) -> bool {
        self.lacks_scheme
    }

    pub(super) fn first(&self) -> Option<&Reason> {
        self.first.as_ref()
    }
}
