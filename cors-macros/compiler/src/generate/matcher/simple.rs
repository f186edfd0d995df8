//! Patterns with one wildcard: what stands before it and after it is compared.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use crate::model::{Host, LabelPart, Pattern, Port};

/// A pattern with one wildcard in its host, or none, and with or without `:*`.
#[derive(Clone)]
pub(super) struct Simple {
    /// All of the origin that stands before the wildcard; nothing if there is none.
    pub(super) before: String,
    pub(super) wildcard: Wildcard,
    /// What stands after the wildcard, `:*` left out.
    pub(super) after: String,
    pub(super) port: AnyPort,
}

/// What an origin has between two texts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Wildcard {
    Nothing,
    /// `*`
    Label,
    /// `**`
    Labels,
}

/// Whether the port of an origin may be any.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum AnyPort {
    No,
    /// But not this one, which is not serialized; 0 for a scheme without a default port.
    But(u16),
}

impl Simple {
    /// `None` for a pattern with several wildcards.
    pub(super) fn of(origin: &Pattern) -> Option<Self> {
        let mut texts = vec![format!("{}://", origin.scheme)];
        let mut wildcard = Wildcard::Nothing;
        match &origin.host {
            Host::Ip(address) => texts[0] += address,
            Host::Domain(labels) => {
                for (index, label) in labels.iter().enumerate() {
                    let dot = if index > 0 { "." } else { "" };
                    *texts.last_mut()? += dot;
                    for piece in &label.parts {
                        match piece {
                            LabelPart::Text(text) => *texts.last_mut()? += text,
                            LabelPart::Wildcard | LabelPart::DeepWildcard => {
                                wildcard = match piece {
                                    LabelPart::DeepWildcard => Wildcard::Labels,
                                    _ => Wildcard::Label,
                                };
                                texts.push(String::new());
                            }
                        }
                    }
                }
            }
        }
        let port = match origin.port {
            Port::Implicit => AnyPort::No,
            Port::Number(number) => {
                *texts.last_mut()? += &format!(":{number}");
                AnyPort::No
            }
            Port::Any => AnyPort::But(origin.default_port().unwrap_or(0)),
        };
        let (before, after) = match texts.as_slice() {
            [text] => (String::new(), text.clone()),
            [before, after] => (before.clone(), after.clone()),
            _ => return None,
        };
        Some(Self {
            before,
            wildcard,
            after,
            port,
        })
    }

    /// Prints `::cors_runtime::__private::matches_label(origin, "https://", ".example.com")`.
    pub(super) fn condition(&self, origin: &dyn ToTokens, private: &TokenStream) -> TokenStream {
        let (before, after) = (&self.before, &self.after);
        let origin = self.port.stripped(origin, private);
        match self.wildcard {
            Wildcard::Nothing => {
                let text = Literal::byte_string(after.as_bytes());
                quote!(#origin == #text)
            }
            Wildcard::Label => quote!(#private::matches_label(#origin, #before, #after)),
            Wildcard::Labels => quote!(#private::matches_labels(#origin, #before, #after)),
        }
    }
}

impl AnyPort {
    /// Prints `::cors_runtime::__private::strip_port(origin, 443)`, or the origin alone.
    pub(super) fn stripped(self, origin: &dyn ToTokens, private: &TokenStream) -> TokenStream {
        match self {
            Self::No => quote!(#origin),
            Self::But(default) => {
                let default = Literal::u16_unsuffixed(default);
                quote!(#private::strip_port(#origin, #default))
            }
        }
    }
}
