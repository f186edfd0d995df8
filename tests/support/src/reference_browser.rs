//! What a browser makes of a decision about a preflight, tried out naively.

use cors_runtime::Decision;

/// Whether the browser goes on after the preflight with these header lines.
pub fn accepts(decision: &Decision<'_>, lines: &[(String, Vec<u8>)]) -> bool {
    let sent = |wanted: &str| -> Vec<String> {
        let lines = lines
            .iter()
            .filter(|(name, _)| name.eq_ignore_ascii_case(wanted));
        lines
            .map(|(_, value)| value.iter().map(|byte| char::from(*byte)).collect())
            .collect()
    };
    let got = |wanted: &str| -> Vec<String> {
        let headers = decision.headers().filter(|(name, _)| *name == wanted);
        headers
            .flat_map(|(_, value)| value.split(|byte| *byte == b','))
            .map(|name| {
                name.iter()
                    .map(|byte| char::from(*byte))
                    .collect::<String>()
            })
            .map(|name| name.trim_matches([' ', '\t']).to_owned())
            .collect()
    };
    let is_token = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|byte| byte.is_ascii_graphic() && !b"\"(),/:;<=>?@[\\]{}".contains(&byte))
    };
    let sends_credentials = !got("access-control-allow-credentials").is_empty();
    let is_covered = |list: &[String]| !sends_credentials && list.iter().any(|name| name == "*");
    let (methods, headers) = (
        got("access-control-allow-methods"),
        got("access-control-allow-headers"),
    );
    let asked = sent("access-control-request-method");
    let [method] = asked.as_slice() else {
        return false;
    };
    let method_passes = is_token(method)
        && (["GET", "HEAD", "POST"].contains(&method.as_str())
            || methods.contains(method)
            || is_covered(&methods));
    let asked = sent("access-control-request-headers");
    // Requests have no room for more lines, so nobody knows.
    let few = asked.len() <= 8;
    let names = asked.iter().flat_map(|line| line.split(','));
    let mut names = names
        .map(|name| name.trim_matches([' ', '\t']))
        .filter(|name| !name.is_empty());
    decision.is_origin_allowed()
        && method_passes
        && few
        && names.all(|name| {
            let is_listed = headers
                .iter()
                .any(|listed| listed.eq_ignore_ascii_case(name));
            is_token(name)
                && (is_listed
                    || is_covered(&headers) && !name.eq_ignore_ascii_case("authorization"))
        })
}
