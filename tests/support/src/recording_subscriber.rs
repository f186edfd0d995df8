//! What the feature `tracing` emits, noted.

use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

/// The fields of an event, with their names.
pub type Fields = Vec<(&'static str, String)>;

/// Notes the fields of the events of `cors_runtime` of a level or above.
#[derive(Clone)]
pub struct Noting {
    level: Level,
    events: Arc<Mutex<Vec<Fields>>>,
}

impl Noting {
    /// The events on this thread while something is done, and what that gives.
    pub fn during<T>(level: Level, done: impl FnOnce() -> T) -> (Vec<Fields>, T) {
        let noting = Self {
            level,
            events: Arc::default(),
        };
        let given = tracing::subscriber::with_default(noting.clone(), done);
        let events = noting.events.lock().unwrap().clone();
        (events, given)
    }
}

impl Subscriber for Noting {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        // Frameworks have events and spans of their own.
        metadata.target() == "cors_runtime" && *metadata.level() <= self.level
    }

    fn event(&self, event: &Event<'_>) {
        assert_eq!(*event.metadata().level(), Level::DEBUG);
        let mut fields = Noted(Vec::new());
        event.record(&mut fields);
        self.events.lock().unwrap().push(fields.0);
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        unreachable!("there are no spans")
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

struct Noted(Fields);

impl Visit for Noted {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.push((field.name(), value.to_owned()));
    }
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.push((field.name(), format!("{value:?}")));
    }
}
