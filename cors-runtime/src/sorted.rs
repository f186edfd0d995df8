//! Exact origins, looked up by halving.

/// Origins in ascending order of their bytes.
#[derive(Debug)]
pub struct Sorted(pub &'static [&'static str]);

impl Sorted {
    /// Whether `origin` is one of these.
    pub fn contains(&self, origin: &[u8]) -> bool {
        self.0
            .binary_search_by(|listed| listed.as_bytes().cmp(origin))
            .is_ok()
    }
}
