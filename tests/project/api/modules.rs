//! The modules of a crate, found as the compiler finds them: by their declarations, from the root.

use std::fs;
use std::path::Path;

use syn::{Attribute, Item, Meta};

use super::seen;

/// Conditions under which no user builds.
const NOT_FOR_USERS: [&str; 2] = ["test", "any(doc,doctest)"];

pub(crate) struct Module {
    /// The names from the root, which has none.
    pub(crate) path: Vec<String>,
    /// Whether users can name it: so are all modules around it.
    pub(crate) is_public: bool,
    /// The features that it takes.
    pub(crate) conditions: Vec<Attribute>,
    pub(crate) items: Vec<Item>,
}

/// All modules of the crate whose root is this file, and those of others whose items it exports, each
/// with its name (or that of a module of it) and its root.
pub(crate) fn of_crates(root: &Path, others: &[(&str, &Path)]) -> Vec<Module> {
    let mut modules = of_crate(root);
    for (name, root) in others {
        modules.extend(of_crate(root).into_iter().map(|module| {
            Module {
                path: name
                    .split("::")
                    .map(str::to_owned)
                    .chain(module.path)
                    .collect(),
                is_public: false,
                ..module
            }
        }));
    }
    modules
}

/// All modules of the crate whose root is this file.
fn of_crate(root: &Path) -> Vec<Module> {
    let folder = root.parent().unwrap();
    of_text(&fs::read_to_string(root).unwrap(), &|path| {
        let place = path
            .iter()
            .fold(folder.to_owned(), |place, name| place.join(name));
        let files = [place.with_extension("rs"), place.join("mod.rs")];
        let text = files.iter().find_map(|file| fs::read_to_string(file).ok());
        text.unwrap_or_else(|| panic!("{path:?} has no file"))
    })
}

/// All modules of the crate whose root has this text. `read` gives that of a module by its path.
pub(crate) fn of_text(root: &str, read: &dyn Fn(&[String]) -> String) -> Vec<Module> {
    let mut modules = vec![Module {
        path: Vec::new(),
        is_public: true,
        conditions: Vec::new(),
        items: parsed(root),
    }];
    let mut done = 0;
    while let Some(parent) = modules.get(done) {
        let mut children = Vec::new();
        for item in &parent.items {
            let Item::Mod(item) = item else { continue };
            let path = [&parent.path[..], &[item.ident.to_string()]].concat();
            let is_condition = |attribute: &&Attribute| attribute.path().is_ident("cfg");
            let own = item.attrs.iter().filter(is_condition);
            children.push(Module {
                is_public: parent.is_public && seen::is_public(&item.vis),
                conditions: parent.conditions.iter().chain(own).cloned().collect(),
                items: match &item.content {
                    Some((_, items)) => built(items.clone()),
                    None => parsed(&read(&path)),
                },
                path,
            });
        }
        modules.extend(children);
        done += 1;
    }
    modules
}

fn parsed(text: &str) -> Vec<Item> {
    built(syn::parse_file(text).unwrap().items)
}

/// The items that are there for users; in place of a `pin_project!`, those that are in it.
fn built(items: Vec<Item>) -> Vec<Item> {
    let mut built = Vec::new();
    for item in items {
        match item {
            Item::Macro(item) if item.ident.is_none() => {
                let name = &item.mac.path.segments.last().unwrap().ident;
                if name == "thread_local" {
                    // Statics, of which none is public.
                    continue;
                }
                // Items of other macros would be missed.
                assert_eq!(name, "pin_project", "its items are not known");
                built.extend(syn::parse2::<syn::File>(item.mac.tokens).unwrap().items);
            }
            item => built.push(item),
        }
    }
    built.retain(|item| {
        let attributes = seen::parts(item).attributes;
        !seen::is_hidden(attributes) && !attributes.iter().any(is_for_nobody)
    });
    built
}

fn is_for_nobody(attribute: &Attribute) -> bool {
    match &attribute.meta {
        Meta::List(meta) if meta.path.is_ident("cfg") => {
            let condition = meta.tokens.to_string().replace(' ', "");
            NOT_FOR_USERS.contains(&condition.as_str())
        }
        _ => false,
    }
}
