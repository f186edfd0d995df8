//! Rules: parsing their keys, and applying defaults; assertions.

use super::shape::Reader;
use super::{Assertion, Entry, EntryKind, EnvValue, Environment, Model, NameList, Origins};
use crate::declaration::{
    Declaration, Expr, ExprKind, Key, Mistake, Mistakes, Position, Section, Setting,
};
use cors_origin::fetch::SAFELISTED_METHODS;

/// The permissions of some origins.
#[derive(Debug)]
pub struct Rule {
    /// Position of the rule.
    pub position: Position,
    /// The origins.
    pub origins: Origins,
    /// Position of `allow_credentials`, if credentials are allowed.
    pub credentials: Option<Position>,
    /// Whether `allow_credentials` is set outside of the rule.
    pub inherits_credentials: bool,
    /// The methods that they may use.
    pub methods: NameList,
    /// The request headers that they may send.
    pub headers: NameList,
    /// The response headers that they may read.
    pub exposed_headers: NameList,
    /// Whether they may read timings.
    pub expose_timing: bool,
    /// Where the methods are written; nowhere, if they are those that need no permission.
    pub written_methods: Option<Position>,
    /// How long browsers may cache a preflight: in seconds, at most a day.
    pub max_age: Option<u32>,
}

/// Checks every value of `declaration`. `environment` contains the variables at build time.
pub fn read(declaration: &Declaration, environment: &dyn Environment) -> Model {
    let mut reader = Reader::new(environment);
    let lacks_origins = declaration.is_complete;
    let defaults = reader.values(&declaration.defaults, &declaration.defaults);
    let mut rules = Vec::new();
    for section in &declaration.rules {
        let own = reader.values(section, &declaration.defaults);
        rules.push(reader.rule(section.position, own, Some(&defaults), lacks_origins));
    }
    if rules.is_empty() {
        rules.push(reader.rule(declaration.position, defaults, None, lacks_origins));
    }
    Model {
        rules,
        preflight_status: reader.preflight_status(&declaration.defaults),
        on_denied: reader.on_denied(&declaration.defaults),
        hosts: reader.hosts(&declaration.defaults),
        assertions: reader.assertions(&declaration.defaults),
        variables: reader.variables,
        mistakes: reader.mistakes,
    }
}

/// Returns the entries of a value of `key`, if it is valid by itself, and with credentials if the rule has
/// them. Values of other keys than `allow_origins` have none.
pub(crate) fn entries_of(key: Key, value: &Expr, has_credentials: bool) -> Option<Vec<Entry>> {
    // The author of a policy controls the defaults of variables, not their contents.
    let environment = |_: &str| EnvValue::Unset;
    let mut mistakes = Mistakes::default();
    let mut section = Section::default();
    section.add(
        Setting {
            key,
            position: Position::NOWHERE,
            value: value.clone(),
        },
        &mut mistakes,
    );
    let mut reader = Reader::new(&environment);
    let values = reader.values(&section, &section);
    reader.preflight_status(&section);
    reader.on_denied(&section);
    reader.hosts(&section);
    reader.assertions(&section);
    let has_wildcard = |names: &Option<NameList>| {
        let names = names.as_ref();
        names.is_some_and(|names| names.wildcard.is_some())
    };
    let has_wildcard = has_wildcard(&values.methods)
        || has_wildcard(&values.headers)
        || has_wildcard(&values.exposed_headers);
    let mut mistakes = reader.mistakes.iter();
    let is_valid = mistakes.all(|(_, mistake)| matches!(mistake, Mistake::NoVariable { .. }));
    match values.origins {
        _ if !is_valid || has_wildcard && has_credentials => None,
        Some(Origins::Any(_)) if has_credentials => None,
        Some(Origins::Listed(entries)) => Some(entries),
        Some(Origins::Any(_)) | None => Some(Vec::new()),
    }
}

/// The values of a section; nothing for missing keys.
#[derive(Clone)]
struct SectionValues {
    origins: Option<Origins>,
    /// Position of `allow_credentials`, if credentials are allowed.
    credentials: Option<Option<Position>>,
    methods: Option<NameList>,
    headers: Option<NameList>,
    exposed_headers: Option<NameList>,
    expose_timing: Option<bool>,
    written_methods: Option<Position>,
    max_age: Option<Option<u32>>,
}

impl Reader<'_> {
    fn values(&mut self, section: &Section, defaults: &Section) -> SectionValues {
        let field = |key| section.get(key);
        let credentials = field(Key::AllowCredentials).or(defaults.get(Key::AllowCredentials));
        self.has_credentials =
            credentials.is_some_and(|setting| matches!(setting.value.kind, ExprKind::Bool(true)));
        SectionValues {
            origins: field(Key::AllowOrigins).map(|setting| self.origins(&setting.value)),
            credentials: field(Key::AllowCredentials)
                .map(|setting| self.truth(Key::AllowCredentials, &setting.value)),
            expose_timing: field(Key::ExposeTiming)
                .map(|setting| self.truth(Key::ExposeTiming, &setting.value).is_some()),
            written_methods: field(Key::AllowMethods).map(|setting| setting.position),
            methods: field(Key::AllowMethods).map(|setting| self.names(setting)),
            headers: field(Key::AllowHeaders).map(|setting| self.names(setting)),
            exposed_headers: field(Key::ExposeHeaders).map(|setting| self.names(setting)),
            max_age: field(Key::MaxAge).map(|setting| self.max_age(&setting.value)),
        }
    }

    /// Creates a rule from its own values, and from the defaults.
    fn rule(
        &mut self,
        position: Position,
        own: SectionValues,
        defaults: Option<&SectionValues>,
        lacks_origins: bool,
    ) -> Rule {
        let inherits_credentials = defaults.is_some() && own.credentials.is_none();
        let values = match defaults {
            None => own,
            Some(defaults) => own.or(defaults),
        };
        if values.origins.is_none() && lacks_origins {
            self.mistakes.add(position, Mistake::MissingOrigins);
        }
        Rule {
            position,
            origins: values.origins.unwrap_or(Origins::Listed(Vec::new())),
            credentials: values.credentials.flatten(),
            inherits_credentials,
            methods: values.methods.unwrap_or_else(|| safelisted(position)),
            headers: values.headers.unwrap_or_default(),
            exposed_headers: values.exposed_headers.unwrap_or_default(),
            expose_timing: values.expose_timing.unwrap_or_default(),
            written_methods: values.written_methods,
            max_age: values.max_age.flatten(),
        }
    }

    /// Where a key is set, if it is.
    fn truth(&mut self, key: Key, value: &Expr) -> Option<Position> {
        self.no_attributes(value);
        match value.kind {
            ExprKind::Bool(true) => Some(value.position),
            ExprKind::Bool(false) => None,
            _ => {
                self.wrong_shape(key, value);
                None
            }
        }
    }

    fn assertions(&mut self, section: &Section) -> Vec<Assertion> {
        let mut assertions = Vec::new();
        for (key, is_allowed) in [(Key::AssertAllowed, true), (Key::AssertDenied, false)] {
            let Some(setting) = section.get(key) else {
                continue;
            };
            for element in self.elements(key, &setting.value) {
                self.no_attributes(element);
                let ExprKind::Text(origin, _) = &element.kind else {
                    self.no_entry(key, element);
                    continue;
                };
                let position = element.position;
                match self.text(position, origin, false, None) {
                    Some(EntryKind::Pattern(pattern)) if !pattern.is_exact() => {
                        let mistake = Mistake::PatternInAssertion(key, pattern);
                        self.mistakes.add(position, mistake);
                    }
                    Some(_) => assertions.push(Assertion {
                        position,
                        origin: origin.clone(),
                        is_allowed,
                    }),
                    None => {}
                }
            }
        }
        assertions
    }
}

impl SectionValues {
    fn or(self, defaults: &Self) -> Self {
        let defaults = defaults.clone();
        Self {
            origins: self.origins.or(defaults.origins),
            credentials: self.credentials.or(defaults.credentials),
            methods: self.methods.or(defaults.methods),
            headers: self.headers.or(defaults.headers),
            exposed_headers: self.exposed_headers.or(defaults.exposed_headers),
            expose_timing: self.expose_timing.or(defaults.expose_timing),
            written_methods: self.written_methods.or(defaults.written_methods),
            max_age: self.max_age.or(defaults.max_age),
        }
    }
}

/// Returns the methods that are allowed if none are listed. Without a list, a request with an
/// upload listener could use [any method](https://fetch.spec.whatwg.org/#cors-preflight-fetch-0).
fn safelisted(position: Position) -> NameList {
    let mut methods = NameList::default();
    for name in SAFELISTED_METHODS {
        methods.names.push((name.to_owned(), position));
    }
    methods
}
