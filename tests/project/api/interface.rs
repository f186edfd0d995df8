//! What users can name: every path that they can write, with all that is public about it.

use std::collections::{BTreeMap, HashMap};

use syn::visit::Visit;
use syn::{Item, ItemImpl};

use super::modules::Module;
use super::names::{Names, Place};
use super::seen;

/// Every path that users of a crate can write, with its item and the implementations for it.
pub(crate) fn interface(name: &str, modules: &[Module]) -> BTreeMap<String, Vec<Item>> {
    let names = Names::new(modules);
    let mut exports = BTreeMap::new();
    for module in modules.iter().filter(|module| module.is_public) {
        for (export, place) in names.exports(&module.path) {
            let path = written(name, &module.path, &export);
            let place = place.unwrap_or_else(|| panic!("{path} is of another crate"));
            exports.insert(path, place);
        }
    }
    let is_known = |place: &Place| exports.values().any(|known| known == place);

    let mut interface = BTreeMap::new();
    let mut items: HashMap<Place, Vec<Item>> = HashMap::new();
    let mut impls: HashMap<Place, Vec<Item>> = HashMap::new();
    for module in modules {
        for item in &module.items {
            let parts = seen::parts(item);
            let shown = || seen::seen(item.clone(), &module.conditions);
            match (item, parts.name) {
                (Item::Macro(_), Some(macro_name)) if seen::is_exported(parts.attributes) => {
                    let path = written(name, &[], &format!("{macro_name}!"));
                    interface.insert(path, Vec::from_iter(shown()));
                }
                (Item::Impl(item), _) => {
                    if let Some(place) = subject(item, &module.path, &names, is_known) {
                        impls.entry(place).or_default().extend(shown());
                    }
                }
                (_, Some(item_name)) => {
                    let place = [&module.path[..], &[item_name.to_string()]].concat();
                    if is_known(&place) {
                        items.entry(place).or_default().extend(shown());
                    }
                }
                (_, None) => {}
            }
        }
    }
    // In an order that does not depend on their files.
    for impls in impls.values_mut() {
        impls.sort_by_cached_key(|item| {
            let is_of_trait = matches!(item, Item::Impl(item) if item.trait_.is_some());
            (is_of_trait, printed(vec![item.clone()]))
        });
    }
    for (path, place) in exports {
        let parts = [&items, &impls]
            .into_iter()
            .filter_map(|all| all.get(&place));
        interface.insert(path, parts.flatten().cloned().collect());
    }
    interface
}

/// A path as users write it.
fn written(krate: &str, module: &[String], name: &str) -> String {
    let module: String = module.iter().map(|name| format!("{name}::")).collect();
    format!("{krate}::{module}{name}")
}

/// Returns the subject of an `impl`: its type, or for a type of another crate the argument of the
/// trait. Returns `None` if users cannot name it.
fn subject(
    item: &ItemImpl,
    module: &Place,
    names: &Names,
    is_known: impl Fn(&Place) -> bool,
) -> Option<Place> {
    let named = names.named(module, |paths| {
        paths.visit_type(&item.self_ty);
        if let Some((of, _)) = &item.trait_ {
            paths.visit_path(of);
        }
    });
    match named.iter().all(is_known) {
        true => named.into_iter().next(),
        false => None,
    }
}

pub(crate) fn printed(items: Vec<Item>) -> String {
    prettyplease::unparse(&syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items,
    })
}
