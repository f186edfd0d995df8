//! The fairing of Rocket, where the corpus does not lead.

use cors_runtime::rocket::Cors;
use cors_runtime::{Policy, Refusal, cors_policy};
use example_app::{API, LOCAL, PUBLIC, RULES};
use rocket::error::ErrorKind;
use rocket::fairing::AdHoc;
use rocket::http::{ContentType, Header, Method, Status};
use rocket::local::blocking::{Client, LocalResponse};
use rocket::{Build, Request, Rocket, catch, catchers, delete, get, options, routes};

#[get("/plain")]
fn plain() -> &'static str {
    "plain"
}

#[options("/<_..>")]
fn all() -> &'static str {
    "the application's own OPTIONS"
}

#[catch(default)]
fn caught(status: Status, _: &Request<'_>) -> String {
    format!("caught {}", status.code)
}

fn client(rocket: Rocket<Build>) -> Client {
    Client::untracked(rocket).unwrap()
}

fn send<'c>(
    client: &'c Client,
    method: Method,
    path: &'c str,
    more: &[(&'static str, &'static str)],
) -> LocalResponse<'c> {
    let mut request = client.req(method, path);
    request.add_header(Header::new("Origin", "https://app.example.com"));
    for (name, value) in more {
        request.add_header(Header::new(*name, *value));
    }
    request.dispatch()
}

const REQUESTED: (&str, &str) = ("Access-Control-Request-Method", "PUT");

fn allowed_origin(response: &LocalResponse<'_>) -> Option<String> {
    let mut lines = response.headers().get("access-control-allow-origin");
    let first = lines.next().map(str::to_owned);
    assert_eq!(lines.next(), None);
    first
}

/// Not even a route that the application has for any `OPTIONS`, of the least rank.
#[test]
fn preflights_reach_no_route_and_other_options_do() {
    let rocket = rocket::build()
        .mount("/", routes![all, plain])
        .attach(Cors::new(&API));
    let client = client(rocket);
    let response = send(&client, Method::Options, "/plain", &[REQUESTED]);
    assert_eq!(response.status(), Status::NoContent);
    assert_eq!(response.into_string(), None);
    let response = send(&client, Method::Options, "/plain", &[]);
    assert!(allowed_origin(&response).is_some());
    assert_eq!(
        response.into_string().unwrap(),
        "the application's own OPTIONS"
    );
}

#[test]
fn an_application_without_routes_answers_preflights() {
    let client = client(rocket::build().attach(Cors::new(&API)));
    for path in ["/", "/a/b", "/a%2Fb/../c", "//"] {
        let response = send(&client, Method::Options, path, &[REQUESTED]);
        assert_eq!(response.status(), Status::NoContent, "{path}");
    }
    let response = send(&client, Method::Options, "/", &[]);
    assert_eq!(response.status(), Status::NotFound);
}

#[test]
fn catchers_get_the_headers_and_keep_the_status() {
    let rocket = rocket::build()
        .register("/", catchers![caught])
        .attach(Cors::new(&API));
    let client = client(rocket);
    let response = send(&client, Method::Get, "/nowhere", &[]);
    assert_eq!(response.status(), Status::NotFound);
    assert!(allowed_origin(&response).is_some());
    assert_eq!(response.into_string().unwrap(), "caught 404");
    // A denied preflight is not an error of the application.
    let mut denied = client.options("/");
    denied.add_header(Header::new("Origin", "https://elsewhere.example"));
    denied.add_header(Header::new(REQUESTED.0, REQUESTED.1));
    let response = denied.dispatch();
    assert_eq!(response.status(), Status::Forbidden);
    assert_eq!(response.into_string(), None);
}

/// Whatever path Rocket routes to a part, the policy of that part decides, and no other.
#[test]
fn a_part_is_found_as_the_router_finds_it() {
    let cors = Cors::new(&API)
        .mount("/public", &PUBLIC)
        .mount("/public/rules/", &RULES);
    let rocket = rocket::build()
        .mount("/", routes![plain])
        .mount("/public", routes![plain])
        .mount("/publicity", routes![plain])
        .mount("/public/rules", routes![plain])
        .attach(cors);
    let client = client(rocket);
    let app = "https://app.example.com";
    for (path, expected, credentials) in [
        ("/plain", app, true),
        ("/publicity/plain", app, true),
        ("/public/plain", "*", false),
        ("//public//plain", "*", false),
        ("/%70ublic/plain", "*", false),
        ("/public/plain?a=/rules", "*", false),
        ("/public/rules/plain", app, true),
        ("/public/%72ules/plain", app, true),
    ] {
        let response = send(&client, Method::Get, path, &[]);
        assert_eq!(response.status(), Status::Ok, "{path}");
        assert_eq!(
            allowed_origin(&response).as_deref(),
            Some(expected),
            "{path}"
        );
        let allowed = response
            .headers()
            .contains("access-control-allow-credentials");
        assert_eq!(allowed, credentials, "{path}");
        let response = send(&client, Method::Options, path, &[REQUESTED]);
        assert_eq!(
            allowed_origin(&response).as_deref(),
            Some(expected),
            "{path}"
        );
    }
}

/// Two fairings would overwrite each other; Rocket finds that their routes collide.
#[test]
fn two_fairings_do_not_launch() {
    let rocket = rocket::build()
        .attach(Cors::new(&API))
        .attach(Cors::new(&PUBLIC));
    let error = Client::untracked(rocket).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Collisions(_)), "{error}");
}

/// Some gateways of serverless functions only forward the first line.
#[test]
fn vary_grows_on_its_first_line() {
    let varied = AdHoc::on_response("Vary", |_, response| {
        Box::pin(async move {
            for line in ["Accept-Encoding", "Cookie"] {
                response.adjoin_raw_header("Vary", line);
            }
        })
    });
    let client = client(rocket::build().attach(varied).attach(Cors::new(&API)));
    let response = send(&client, Method::Get, "/", &[]);
    let lines: Vec<_> = response.headers().get("vary").collect();
    assert_eq!(lines, ["Accept-Encoding, Origin", "Cookie"]);
}

#[test]
fn responses_have_explanations_if_enabled() {
    for explains in [false, true] {
        let cors = Cors::new(&API).expose_explanation(explains);
        let client = client(rocket::build().mount("/", routes![plain]).attach(cors));
        let denied = client
            .get("/plain")
            .header(Header::new("Origin", "https://other.example"));
        let allowed = send(&client, Method::Get, "/plain", &[]);
        for (response, is_denied) in [(denied.dispatch(), true), (allowed, false)] {
            let explanation = response.headers().get_one("x-cors-explanation");
            assert_eq!(explanation.is_some(), explains, "{explanation:?}");
            assert!(explanation.is_none_or(|text| text.contains("is not allowed") == is_denied));
        }
    }
}

/// A response fairing can send a body; routes and catchers are not called.
#[test]
fn refused_requests_do_not_reach_the_application() {
    let cors = Cors::new(&API).mount("/local", &LOCAL);
    let asked = cors.clone();
    let rocket = rocket::build()
        .mount("/", routes![plain])
        .mount("/local", routes![plain, all])
        .register("/", catchers![caught])
        .attach(cors)
        .attach(AdHoc::on_response(
            "name refusals",
            move |request, response| {
                let refusal = asked.refusal(request);
                Box::pin(async move {
                    if let Some(refusal) = refusal {
                        let body = refusal.to_string();
                        response.set_sized_body(body.len(), std::io::Cursor::new(body));
                    }
                })
            },
        ));
    let client = client(rocket);
    for (host, origin, refusal) in [
        (
            "localhost:3000",
            "https://evil.example",
            Some(Refusal::ReadNotAllowed),
        ),
        (
            "evil.example",
            "https://evil.example",
            Some(Refusal::HostNotAllowed),
        ),
        ("localhost:3000", "https://app.example.com", None),
    ] {
        let mut request = client.get("/local/plain");
        request.add_header(Header::new("Host", host));
        request.add_header(Header::new("Origin", origin));
        let response = request.dispatch();
        assert_eq!(response.status().code, refusal.map_or(200, Refusal::status));
        let body = refusal.map_or("plain".to_owned(), |refusal| refusal.to_string());
        assert_eq!(response.into_string().unwrap(), body);
    }
    // Other paths, and methods without a route, are as they are without the policy.
    assert_eq!(
        send(&client, Method::Get, "/plain", &[]).status(),
        Status::Ok
    );
    let response = send(&client, Method::Delete, "/plain", &[]);
    assert_eq!(response.into_string().unwrap(), "caught 404");
}

/// Rocket lets a form choose another method. Browsers send no preflight for a form, so only `on_denied`
/// keeps it away from the route.
#[test]
fn a_form_that_chooses_another_method_is_refused() {
    static CONTINUE: Policy = cors_policy!(
        allow_origins = ["https://a.example"],
        allow_methods = [DELETE],
    );
    static REFUSE: Policy = cors_policy!(
        allow_origins = ["https://a.example"],
        allow_methods = [DELETE],
        on_denied = RefuseWrites,
    );
    #[delete("/items")]
    fn remove() -> &'static str {
        "deleted"
    }
    for (policy, origin, status) in [
        (&CONTINUE, "https://b.example", Status::Ok),
        (&REFUSE, "https://b.example", Status::Forbidden),
        (&REFUSE, "https://a.example", Status::Ok),
    ] {
        let rocket = rocket::build()
            .mount("/", routes![remove])
            .attach(Cors::new(policy));
        let client = Client::untracked(rocket).unwrap();
        let request = client
            .post("/items")
            .header(ContentType::Form)
            .header(Header::new("origin", origin))
            .header(Header::new("sec-fetch-site", "cross-site"))
            .body("_method=DELETE");
        assert_eq!(request.dispatch().status(), status, "{origin}");
    }
}
