//! What users of `cors-runtime` can name, with every feature: a change of `api.rs.txt` is a change of
//! the interface, and has its line in the changelog.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use syn::{Fields, ImplItem, Item, Type, UseTree, Visibility};

/// Modules whose public items can all be named, and none of whose items has to be listed.
const PUBLIC: &[&str] = &["actix_web", "graph", "http", "rocket", "testing", "tower"];
const NOT_FOR_USE: &str = "private";

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// The files of the runtime with the names of their modules, in alphabetical order.
fn modules() -> Vec<(String, syn::File)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("cors-runtime/src");
    let mut folders = vec![root.clone()];
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                false => files.push(path),
            }
        }
    }
    files.retain(|file| file.extension().is_some_and(|extension| extension == "rs"));
    files.sort();
    let modules = files.iter().map(|file| {
        let name = file.strip_prefix(&root).unwrap().with_extension("");
        let name = name.to_str().unwrap().replace('/', "::");
        let name = name.strip_suffix("::mod").unwrap_or(&name).to_owned();
        (
            name,
            syn::parse_file(&fs::read_to_string(file).unwrap()).unwrap(),
        )
    });
    modules.filter(|(name, _)| name != NOT_FOR_USE).collect()
}

/// The names that a `pub use` gives.
fn names(tree: &UseTree, found: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(path) => names(&path.tree, found),
        UseTree::Name(name) => drop(found.insert(name.ident.to_string())),
        UseTree::Rename(rename) => drop(found.insert(rename.ident.to_string())),
        UseTree::Group(group) => group.items.iter().for_each(|tree| names(tree, found)),
        UseTree::Glob(_) => panic!("a glob hides what is exported"),
    }
}

/// The names that users can write.
fn exported(modules: &[(String, syn::File)]) -> BTreeSet<String> {
    let mut exported = BTreeSet::new();
    for (name, file) in modules {
        let is_entrance = name == "lib" || PUBLIC.contains(&name.as_str());
        for item in file.items.iter().filter(|_| is_entrance) {
            match item {
                Item::Use(item) if is_public(&item.vis) => names(&item.tree, &mut exported),
                Item::Struct(item) => drop(exported.insert(item.ident.to_string())),
                Item::Enum(item) => drop(exported.insert(item.ident.to_string())),
                _ => {}
            }
        }
    }
    exported
}

/// The item as users see it, if they do.
fn seen(mut item: Item, exported: &BTreeSet<String>) -> Option<Item> {
    let is_named = |ident: &syn::Ident| exported.contains(&ident.to_string());
    match &mut item {
        Item::Struct(item) if is_public(&item.vis) && is_named(&item.ident) => {
            item.attrs
                .retain(|attribute| attribute.path().is_ident("derive"));
            if let Fields::Named(fields) = &mut item.fields {
                let public = fields.named.iter().filter(|field| is_public(&field.vis));
                fields.named = public.cloned().collect();
            } else {
                item.fields = Fields::Unit;
            }
        }
        Item::Enum(item) if is_public(&item.vis) && is_named(&item.ident) => {
            let is_shown =
                |path: &syn::Path| path.is_ident("derive") || path.is_ident("non_exhaustive");
            item.attrs.retain(|attribute| is_shown(attribute.path()));
            item.variants
                .iter_mut()
                .for_each(|variant| variant.attrs.clear());
        }
        Item::Impl(item) => {
            let Type::Path(of) = &*item.self_ty else {
                return None;
            };
            let of = &of.path.segments.last()?.ident;
            if !is_named(of) {
                return None;
            }
            item.attrs.clear();
            match item.trait_ {
                Some(_) => item.items.clear(),
                None => {
                    item.items.retain(
                        |item| matches!(item, ImplItem::Fn(function) if is_public(&function.vis)),
                    );
                    if item.items.is_empty() {
                        return None;
                    }
                }
            }
            for item in &mut item.items {
                if let ImplItem::Fn(function) = item {
                    function
                        .attrs
                        .retain(|attribute| attribute.path().is_ident("must_use"));
                    function.block.stmts.clear();
                }
            }
        }
        _ => return None,
    }
    Some(item)
}

#[test]
fn the_interface_changes_on_purpose() {
    let modules = modules();
    let exported = exported(&modules);
    let mut listing = String::new();
    for (name, file) in modules {
        let items: Vec<Item> = file
            .items
            .into_iter()
            .filter_map(|item| seen(item, &exported))
            .collect();
        if !items.is_empty() {
            let file = syn::File {
                shebang: None,
                frontmatter: None,
                attrs: Vec::new(),
                items,
            };
            listing += &format!("// {name}\n{}\n", prettyplease::unparse(&file));
        }
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/api.rs.txt");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &listing).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        listing, expected,
        "review it, then BLESS=1 cargo test --test api"
    );
}
