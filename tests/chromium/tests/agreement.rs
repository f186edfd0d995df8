//! Compares a browser with the model, and with expectations written by hand.

use chromium_suite::{
    Attempt, Browser, Flaw, Outcome, Server, cases, drive, flaws, model, oddities,
};

#[test]
fn the_browser_and_the_model_agree() {
    let server = Server::start();
    let Some(browser) = Browser::start(&server.flags()) else {
        return;
    };
    let cases = cases();
    let attempts: Vec<_> = Attempt::all("sound", &cases).collect();
    let outcomes = drive(&browser, &server, &attempts);
    let mut faults = Vec::new();
    for (attempt, outcome) in attempts.iter().zip(&outcomes) {
        let by_hand = outcome.contradicts(attempt.case).into_iter();
        faults.extend(by_hand.map(|fault| format!("{}: {fault}", attempt.case.name)));
        faults.extend(disagreements(&server, attempt, outcome));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// For every flaw of a server, the model predicts the consequences.
#[test]
fn the_browser_and_the_model_agree_about_broken_servers() {
    let server = Server::start();
    let Some(browser) = Browser::start(&server.flags()) else {
        return;
    };
    let mut cases = cases();
    cases.retain(|case| case.with_every_flaw);
    let mut faults = Vec::new();
    let flaws: Vec<&Flaw> = flaws().chain(oddities()).collect();
    // At once, they would be too many for the preflight cache.
    for flaws in flaws.chunks(16) {
        let all = flaws.iter();
        let all = all.flat_map(|flaw| Attempt::all(flaw.name, &cases));
        let attempts: Vec<_> = all.collect();
        let outcomes = drive(&browser, &server, &attempts);
        for (attempt, outcome) in attempts.iter().zip(&outcomes) {
            faults.extend(disagreements(&server, attempt, outcome));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Where a browser does something else than the model, but where that is known.
fn disagreements(server: &Server, attempt: &Attempt<'_>, outcome: &Outcome) -> Vec<String> {
    let Attempt { case, flaw, .. } = attempt;
    if case.unmodelled.is_some() {
        return Vec::new();
    }
    let mut faults = outcome.faults(&model(server, attempt));
    if case.differs_with(flaw) {
        faults = match faults.is_empty() {
            true => vec!["Chromium does what the model says".to_owned()],
            false => Vec::new(),
        };
    }
    let faults = faults.into_iter();
    faults
        .map(|fault| format!("{flaw}, {}: {fault}", case.name))
        .collect()
}
