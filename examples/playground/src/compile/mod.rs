//! Compiles a policy that is sent as text, in the syntax of `cors_policy!`.
//!
//! It uses the library behind the macro, with another environment.

mod message;
mod program;
mod text;

pub(crate) use message::{Message, shown};

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use cors_compiler::declaration::{
    ANY, Declaration, Expr, ExprKind, Key, MIRROR_REQUEST, Section, Setting,
};
use cors_compiler::model::EnvValue;
use cors_compiler::tokens::{self, Source};
use cors_runtime::Policy;
use tokio::sync::{Semaphore, oneshot};
use tokio::time;

/// Maximum length of a text, which is more than any page needs.
pub(crate) const MAX_TEXT_LEN: usize = 16 << 10;

/// Maximum time that a request waits for the compiler.
const TIME_LIMIT: Duration = Duration::from_secs(10);

/// Stack of a compilation, because the parser of Rust tokens is recursive, with a call for each bracket.
const STACK_LEN: usize = 64 << 20;

/// A policy without mistakes.
pub(crate) struct Compiled {
    pub(crate) policy: Policy,
    /// The methods and headers that it names.
    pub(crate) methods: Vec<String>,
    pub(crate) headers: Vec<String>,
}

/// Compiles one policy after the other.
#[derive(Clone)]
pub(crate) struct Compiler {
    free: Arc<Semaphore>,
}

impl Compiler {
    pub(crate) fn new() -> Self {
        Self {
            free: Arc::new(Semaphore::new(1)),
        }
    }

    /// Compiles a policy, or returns its mistakes.
    pub(crate) async fn compile(&self, text: String) -> Result<Compiled, Vec<Message>> {
        let too_long = || {
            let title = "the compiler takes too long for this policy";
            let help = "write fewer or simpler regexes, or compile the policy with `cargo build`";
            vec![Message::about_text(&format!("{title}\nhelp: {help}"))]
        };
        let work = async {
            let permit = Arc::clone(&self.free).acquire_owned().await;
            let (sender, result) = oneshot::channel();
            let text = text.clone();
            // A thread of its own: the parser keeps each text until its thread ends.
            let thread = thread::Builder::new().stack_size(STACK_LEN);
            let compiling = thread.spawn(move || {
                let _permit = permit;
                // If nobody waits any longer, nobody needs the result.
                let _ = sender.send(compile(&text));
            });
            compiling.ok()?;
            result.await.ok()
        };
        let result = time::timeout(TIME_LIMIT, work).await;
        result.ok().flatten().unwrap_or_else(|| Err(too_long()))
    }
}

/// Compiles a policy, or returns its mistakes, in the order of the text.
pub(crate) fn compile(text: &str) -> Result<Compiled, Vec<Message>> {
    let policy = text::policy(text)?;
    let mut source = Source::default();
    let declaration = tokens::read(policy, &mut source);
    let mut messages = program::messages(&declaration, &source);
    let policy = match cors_compiler::compile(&declaration, &|_: &str| EnvValue::Unset) {
        Ok(plan) => {
            let policy = Policy::from_plan(plan);
            if policy.is_none() && messages.is_empty() {
                messages.push(Message::about_text("the policy needs a program"));
            }
            policy
        }
        Err(diagnostics) => {
            let found = tokens::messages(diagnostics, &source).into_iter();
            messages.extend(found.map(|found| match program::variable(&found) {
                Some(message) => message,
                None => Message::at(found.spans, &found.text),
            }));
            None
        }
    };
    messages.sort_by_key(Message::start);
    match policy {
        Some(policy) if messages.is_empty() => Ok(Compiled {
            policy,
            methods: names(&declaration, Key::AllowMethods),
            headers: names(&declaration, Key::AllowHeaders),
        }),
        _ => Err(messages),
    }
}

/// Returns the settings of a policy and of its rules.
fn settings(declaration: &Declaration) -> impl Iterator<Item = &Setting> {
    let sections = [&declaration.defaults]
        .into_iter()
        .chain(&declaration.rules);
    sections.flat_map(|section: &Section| Key::ALL.into_iter().filter_map(|key| section.get(key)))
}

/// Returns the names in a list of methods or headers.
fn names(declaration: &Declaration, key: Key) -> Vec<String> {
    let settings = settings(declaration).filter(|setting| setting.key == key);
    let entries = settings.flat_map(|setting| match &setting.value.kind {
        ExprKind::List(entries) => entries.as_slice(),
        _ => &[],
    });
    let name = |entry: &Expr| match &entry.kind {
        ExprKind::Text(name, _) => Some(name.clone()),
        ExprKind::Word(word) => Some(word.clone()).filter(|it| it != ANY && it != MIRROR_REQUEST),
        _ => None,
    };
    entries.filter_map(name).collect()
}
