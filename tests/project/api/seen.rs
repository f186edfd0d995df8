//! Items as users see them: without what is private, and without what functions do.

use proc_macro2::{Group, TokenStream, TokenTree};
use syn::punctuated::Punctuated;
use syn::{Attribute, Fields, Ident, ImplItem, Item, Meta, TraitItem, Type, Visibility};

/// The attributes that matter to users.
const SHOWN: [&str; 6] = [
    "cfg",
    "deprecated",
    "derive",
    "macro_export",
    "must_use",
    "non_exhaustive",
];

/// The common parts of all kinds of items.
pub(crate) struct Parts<'i> {
    pub(crate) attributes: &'i [Attribute],
    pub(crate) visibility: Option<&'i Visibility>,
    pub(crate) name: Option<&'i Ident>,
}

pub(crate) fn parts(item: &Item) -> Parts<'_> {
    macro_rules! of {
        ($item:expr) => {
            (&$item.attrs, Some(&$item.vis), Some(&$item.ident))
        };
    }
    let (attributes, visibility, name) = match item {
        Item::Const(item) => of!(item),
        Item::Enum(item) => of!(item),
        Item::ExternCrate(item) => (&item.attrs, Some(&item.vis), None),
        Item::Fn(item) => (&item.attrs, Some(&item.vis), Some(&item.sig.ident)),
        Item::Impl(item) => (&item.attrs, None, None),
        Item::Macro(item) => (&item.attrs, None, item.ident.as_ref()),
        Item::Mod(item) => of!(item),
        Item::Static(item) => of!(item),
        Item::Struct(item) => of!(item),
        Item::Trait(item) => of!(item),
        Item::Type(item) => of!(item),
        Item::Use(item) => (&item.attrs, Some(&item.vis), None),
        _ => panic!("an item of another kind"),
    };
    Parts {
        attributes,
        visibility,
        name,
    }
}

pub(crate) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Whether an item is public for what macros print, and for nobody else.
pub(crate) fn is_hidden(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        Meta::List(meta) => meta.path.is_ident("doc") && meta.tokens.to_string() == "hidden",
        _ => false,
    })
}

/// Returns whether a macro is exported, which is then at the root.
pub(crate) fn is_exported(attributes: &[Attribute]) -> bool {
    let is_export = |attribute: &Attribute| attribute.path().is_ident("macro_export");
    attributes.iter().any(is_export)
}

/// The item as users see it, with the conditions of its module; `None` for an `impl` without
/// anything for them.
pub(crate) fn seen(mut item: Item, conditions: &[Attribute]) -> Option<Item> {
    let shown = |attributes: &[Attribute]| {
        let own = attributes.iter().filter(|attribute| is_shown(attribute));
        conditions.iter().chain(own).cloned().collect()
    };
    match &mut item {
        Item::Const(item) => item.attrs = shown(&item.attrs),
        Item::Enum(item) => {
            item.attrs = shown(&item.attrs);
            for variant in &mut item.variants {
                variant.attrs.retain(is_shown);
                for field in &mut variant.fields {
                    field.attrs.retain(is_shown);
                }
            }
        }
        Item::Fn(item) => {
            item.attrs = shown(&item.attrs);
            item.block.stmts.clear();
        }
        Item::Impl(item) => {
            item.attrs = shown(&item.attrs);
            let is_of_trait = item.trait_.is_some();
            item.items.retain_mut(|item| is_seen(item, is_of_trait));
            if item.items.is_empty() && !is_of_trait {
                return None;
            }
        }
        Item::Macro(item) => {
            item.attrs = shown(&item.attrs);
            item.mac.tokens = matchers(&item.mac.tokens);
        }
        Item::Mod(item) => {
            item.attrs = shown(&item.attrs);
            item.content = Some((Default::default(), Vec::new()));
            item.semi = None;
        }
        Item::Static(item) => item.attrs = shown(&item.attrs),
        Item::Struct(item) => {
            item.attrs = shown(&item.attrs);
            hide(&mut item.fields);
        }
        Item::Trait(item) => {
            item.attrs = shown(&item.attrs);
            for item in &mut item.items {
                if let TraitItem::Fn(function) = item {
                    function.attrs.retain(is_shown);
                    if let Some(block) = &mut function.default {
                        block.stmts.clear();
                    }
                }
            }
        }
        Item::Type(item) => item.attrs = shown(&item.attrs),
        _ => unreachable!("it has no name"),
    }
    Some(item)
}

fn is_shown(attribute: &Attribute) -> bool {
    SHOWN.iter().any(|name| attribute.path().is_ident(name))
}

/// Returns whether an item of a trait's `impl` adds something to the trait: types and constants.
fn is_seen(item: &mut ImplItem, is_of_trait: bool) -> bool {
    let (attributes, visibility) = match item {
        ImplItem::Const(item) => (&mut item.attrs, &item.vis),
        ImplItem::Type(item) => (&mut item.attrs, &item.vis),
        ImplItem::Fn(item) if !is_of_trait => {
            item.block.stmts.clear();
            (&mut item.attrs, &item.vis)
        }
        _ => return false,
    };
    let is_seen = (is_of_trait || is_public(visibility)) && !is_hidden(attributes);
    attributes.retain(is_shown);
    is_seen
}

/// Leaves of private fields that there are some: nobody else can write the struct then.
fn hide(fields: &mut Fields) {
    let mut has_private = false;
    let private = Type::Infer(syn::TypeInfer {
        attrs: Vec::new(),
        underscore_token: Default::default(),
    });
    match fields {
        Fields::Unit => {}
        Fields::Unnamed(fields) => {
            for field in &mut fields.unnamed {
                field.attrs.retain(is_shown);
                if !is_public(&field.vis) {
                    field.vis = Visibility::Inherited;
                    field.ty = private.clone();
                }
            }
        }
        Fields::Named(named) => {
            let mut shown = Punctuated::new();
            for mut field in std::mem::take(&mut named.named) {
                field.attrs.retain(is_shown);
                if is_public(&field.vis) {
                    shown.push(field);
                } else if !has_private {
                    has_private = true;
                    field.attrs.clear();
                    field.vis = Visibility::Inherited;
                    field.ident = Some(Ident::new("_private", field.ident.unwrap().span()));
                    field.ty = private.clone();
                    shown.push(field);
                }
            }
            named.named = shown;
        }
    }
}

/// The rules of a `macro_rules!` without what they print.
fn matchers(rules: &TokenStream) -> TokenStream {
    let mut is_printed = false;
    let matchers = rules.clone().into_iter().map(|token| match token {
        TokenTree::Group(group) if is_printed => {
            is_printed = false;
            TokenTree::Group(Group::new(group.delimiter(), TokenStream::new()))
        }
        token => {
            is_printed = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '>');
            token
        }
    });
    matchers.collect()
}
