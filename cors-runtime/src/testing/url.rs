//! Parts of URLs.

/// Returns the part before the path.
pub(super) fn origin_of(url: &str) -> &str {
    let host = url.find("://").map_or(0, |colon| colon + 3);
    let end = url[host..].find(['/', '?', '#', '\\']);
    &url[..end.map_or(url.len(), |end| host + end)]
}

/// Returns the host and the port of a URL.
pub(super) fn authority_of(url: &str) -> &str {
    let origin = origin_of(url);
    let authority = origin.split_once("://");
    authority.map_or(origin, |(_, authority)| authority)
}
