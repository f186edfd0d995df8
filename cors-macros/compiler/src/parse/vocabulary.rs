//! The words of the language: each list in one table.

/// Declares an enum from one list of words: variant and name.
macro_rules! vocabulary {
    ($(#[$outer:meta])* enum $List:ident { $($(#[$inner:meta])* $Word:ident = $name:literal,)+ }) => {
        $(#[$outer])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum $List {
            $($(#[$inner])* $Word,)+
        }

        impl $List {
            pub(crate) const ALL: [Self; [$($name),+].len()] = [$(Self::$Word),+];

            pub(crate) fn name(self) -> &'static str {
                match self {
                    $(Self::$Word => $name,)+
                }
            }

            pub(crate) fn from_name(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$Word),)+
                    _ => None,
                }
            }
        }
    };
}

pub(crate) use vocabulary;

/// The word for a rule.
pub(crate) const RULE: &str = "rule";
/// The word for `*`.
pub(crate) const ANY: &str = "Any";
/// The word for what the preflight asks for.
pub(crate) const MIRROR_REQUEST: &str = "MirrorRequest";
