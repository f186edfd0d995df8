//! Refusals in plain words.

use core::fmt;

use super::Explanation;
use super::display::Shown;
use crate::request::SingleHeader;
use cors_origin::fetch::{is_forbidden_method, is_token};
use cors_origin::origin::parse_bytes;

impl Explanation<'_> {
    /// Explains that the host of a request is not listed.
    #[inline]
    pub(super) fn host_refused(host: Option<&[u8]>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(host) = host else {
            return f.write_str(
                "the request has no host, or several, so it is refused: browsers send exactly one",
            );
        };
        let shown = Shown(host);
        write!(
            f,
            "host `{shown}` is not allowed, so the request is refused; if it is a name of this server, add \
             `\"{shown}\"` to `allow_hosts`"
        )
    }

    /// Explains that a page may not send a request that may change something.
    #[inline]
    pub(super) fn write_refused(&self, method: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.is_handshake {
            true => f.write_str("the handshake of a WebSocket"),
            false => write!(f, "method `{}`", Shown(method)),
        }?;
        self.write_sender(f)?;
        f.write_str(" is refused, since it may change something")?;
        let Some(origin) = self.origin.single().and_then(parse_bytes) else {
            return Ok(());
        };
        let number = self.outcome.refused_rule;
        let rule = number.and_then(|number| {
            let index = usize::from(number.get()) - 1;
            self.policy.rules().get(index)
        });
        match rule {
            None => self.origin_advice(&origin, self.closest(&origin).as_ref(), f),
            Some(rule) if self.is_handshake || rule.is_for_any_origin() => {
                self.advice_for_any_origin(f)
            }
            Some(_) if !is_token(method) || is_forbidden_method(method) => Ok(()),
            Some(rule) => match self.method_remark(method, rule, f)? {
                Some(method) => write!(
                    f,
                    "; to allow it, add `\"{}\"` to `allow_methods`",
                    Shown(method)
                ),
                None => Ok(()),
            },
        }
    }

    /// Explains that a page is not allowed under `on_denied = Refuse`.
    #[inline]
    pub(super) fn read_refused(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a request")?;
        self.write_sender(f)?;
        f.write_str(" is refused, since that page is not allowed")?;
        match self.origin.single().and_then(parse_bytes) {
            Some(origin) => self.origin_advice(&origin, self.closest(&origin).as_ref(), f),
            None => Ok(()),
        }
    }

    #[inline]
    fn write_sender(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.origin {
            SingleHeader::Single(origin) => write!(f, " from a page of `{}`", Shown(origin)),
            SingleHeader::Absent => f.write_str(" from another site, without `Origin`,"),
            SingleHeader::Repeated => f.write_str(" with more than one `Origin`"),
        }
    }
}
