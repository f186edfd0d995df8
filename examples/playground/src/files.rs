//! What browsers load, built into the program.

use axum::Router;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::routing::get;

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// A file: its path, its type and its contents.
type File = (&'static str, &'static str, &'static str);

/// The playground.
pub(crate) const PLAYGROUND: &[File] = &[
    ("/", HTML, include_str!("page/index.html")),
    ("/style.css", CSS, include_str!("page/style.css")),
    ("/script.js", SCRIPT, include_str!("page/script.js")),
    ("/dom.js", SCRIPT, include_str!("page/dom.js")),
    ("/drawing.js", SCRIPT, include_str!("page/drawing.js")),
    ("/editor.js", SCRIPT, include_str!("page/editor.js")),
    ("/matrix.js", SCRIPT, include_str!("page/matrix.js")),
    ("/visitors.js", SCRIPT, include_str!("page/visitors.js")),
];

/// The pages on other ports that call the API.
pub(crate) const VISITOR: &[File] = &[
    ("/", HTML, include_str!("page/visitor.html")),
    ("/style.css", CSS, include_str!("page/style.css")),
    ("/visitor.js", SCRIPT, include_str!("page/visitor.js")),
];

/// Serves files. Browsers only let their pages load these files, and what `also` permits.
pub(crate) fn serve(files: &'static [File], also: &str) -> Router {
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; base-uri 'none'; \
         form-action 'none'; {also}"
    );
    files.iter().fold(Router::new(), |router, file| {
        let (path, kind, content) = *file;
        let headers = [
            (CONTENT_TYPE, kind.to_owned()),
            (CONTENT_SECURITY_POLICY, policy.clone()),
        ];
        router.route(path, get(async move || (headers.clone(), content)))
    })
}
