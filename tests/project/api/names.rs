//! What a name means in a module, as far as that is in the crate itself.

use std::collections::HashMap;

use syn::visit::{self, Visit};
use syn::{Item, UseTree};

use super::modules::Module;
use super::seen;

/// The path, from the root, of a module or an item where it is defined.
pub(crate) type Place = Vec<String>;

/// The crates whose items are exported as if they were the crate's own.
pub(crate) const OTHERS: [&str; 2] = ["cors_compiler", "cors_origin"];

/// A name that a `use` gives, and the path that it refers to.
struct Import {
    name: String,
    path: Vec<String>,
    is_public: bool,
}

pub(crate) struct Names {
    /// The items that modules define, and whether they are public; macros are separate.
    defined: HashMap<Place, bool>,
    imports: HashMap<Place, Vec<Import>>,
}

impl Names {
    pub(crate) fn new(modules: &[Module]) -> Self {
        let mut names = Self {
            defined: HashMap::new(),
            imports: HashMap::new(),
        };
        for module in modules {
            let imports = names.imports.entry(module.path.clone()).or_default();
            for item in &module.items {
                match item {
                    Item::Use(item) => {
                        let is_public = seen::is_public(&item.vis);
                        // `::name` is another crate, whatever the module has.
                        let path = match item.leading_colon {
                            Some(_) => vec![String::new()],
                            None => Vec::new(),
                        };
                        imported(&item.tree, path, is_public, imports);
                    }
                    Item::Macro(_) => {}
                    item => {
                        let parts = seen::parts(item);
                        if let Some(name) = parts.name {
                            let place = [&module.path[..], &[name.to_string()]].concat();
                            let is_public = parts.visibility.is_some_and(seen::is_public);
                            names.defined.insert(place, is_public);
                        }
                    }
                }
            }
        }
        names
    }

    /// Returns the names that users can write in a module, each with its definition, which is
    /// `None` for items of other crates.
    pub(crate) fn exports(&self, module: &Place) -> Vec<(String, Option<Place>)> {
        let defined = self.defined.iter().filter_map(|(place, is_public)| {
            let (name, parent) = place.split_last()?;
            let is_export = *is_public && parent == module.as_slice();
            is_export.then(|| (name.clone(), Some(place.clone())))
        });
        let imports = self.imports[module].iter();
        let imports = imports.filter(|import| import.is_public).map(|import| {
            let place = self.find(module, &import.path);
            (import.name.clone(), place)
        });
        defined.chain(imports).collect()
    }

    /// Where the path that is written in a module leads; `None` if it leaves the crate.
    fn find(&self, module: &Place, path: &[String]) -> Option<Place> {
        let mut place = module.clone();
        let is_other = |name: &String| OTHERS.contains(&name.as_str());
        for (index, name) in path.iter().enumerate() {
            match name.as_str() {
                "crate" if index == 0 => {
                    place.truncate(module.first().is_some_and(is_other).into());
                }
                _ if index == 0 && is_other(name) => place = vec![name.clone()],
                "self" => {}
                "super" => drop(place.pop()),
                name => place = self.look_up(&place, name)?,
            }
        }
        Some(place)
    }

    fn look_up(&self, module: &Place, name: &str) -> Option<Place> {
        let place = [&module[..], &[name.to_owned()]].concat();
        if self.defined.contains_key(&place) || self.imports.contains_key(&place) {
            return Some(place);
        }
        let imports = self.imports.get(module)?;
        let import = imports.iter().find(|import| import.name == name)?;
        // `use http::{self}` is of another crate if the module itself has no `http`.
        match import.path.first() {
            Some(first) if first == name => None,
            _ => self.find(module, &import.path),
        }
    }

    /// The modules' own items that a piece of source names.
    pub(crate) fn named(&self, module: &Place, walk: impl FnOnce(&mut Paths)) -> Vec<Place> {
        let mut paths = Paths(Vec::new());
        walk(&mut paths);
        let paths = paths.0.iter();
        paths.filter_map(|path| self.find(module, path)).collect()
    }
}

/// The paths in a piece of source.
pub(crate) struct Paths(Vec<Vec<String>>);

impl Visit<'_> for Paths {
    fn visit_path(&mut self, path: &syn::Path) {
        let segments = path.segments.iter();
        let mut names: Vec<String> = segments.map(|segment| segment.ident.to_string()).collect();
        if path.leading_colon.is_some() {
            names.insert(0, String::new());
        }
        self.0.push(names);
        visit::visit_path(self, path);
    }
}

fn imported(tree: &UseTree, mut path: Vec<String>, is_public: bool, found: &mut Vec<Import>) {
    let (name, from) = match tree {
        UseTree::Path(tree) => {
            path.push(tree.ident.to_string());
            return imported(&tree.tree, path, is_public, found);
        }
        UseTree::Group(group) => {
            for tree in &group.items {
                imported(tree, path.clone(), is_public, found);
            }
            return;
        }
        UseTree::Glob(_) => panic!("a glob hides what it names"),
        UseTree::Name(tree) => (&tree.ident, &tree.ident),
        UseTree::Rename(tree) => (&tree.rename, &tree.ident),
    };
    let mut name = name.to_string();
    if from == "self" {
        if name == "self" {
            name = path.last().unwrap().clone();
        }
    } else {
        path.push(from.to_string());
    }
    found.push(Import {
        name,
        path,
        is_public,
    });
}
