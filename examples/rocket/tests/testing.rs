//! The browser model with the types of Rocket.

use cors_runtime::rocket::Cors;
use cors_runtime::testing::{NetworkError, Page, Response};
use cors_runtime::{Policy, cors_policy};
use rocket::local::{asynchronous, blocking};
use rocket::{Build, Rocket, post, routes};

static API: Policy = cors_policy!(
    allow_origins = ["https://app.example.com"],
    allow_headers = ["content-type"],
);

#[post("/items?<page>", data = "<body>")]
fn items(page: u8, body: &str) -> String {
    format!("{page}: {body}")
}

fn application() -> Rocket<Build> {
    rocket::build()
        .attach(Cors::new(&API))
        .mount("/", routes![items])
}

fn create(origin: &str) -> cors_runtime::testing::Fetch {
    let fetch = Page::new(origin).fetch("https://api.example.com/items?page=1");
    fetch.method("POST").json("[1]")
}

#[test]
fn pages_call_an_application() {
    let client = blocking::Client::untracked(application()).unwrap();
    let send = |origin| create(origin).send(|request| request.to_rocket(&client).dispatch());
    assert_eq!(send("https://app.example.com").unwrap().body(), b"1: [1]");
    let denied = send("https://elsewhere.example");
    assert!(
        matches!(denied, Err(NetworkError::Preflight(_))),
        "{denied:?}"
    );
}

#[rocket::async_test]
async fn pages_call_an_asynchronous_application() {
    let client = asynchronous::Client::untracked(application())
        .await
        .unwrap();
    let send = async |request: cors_runtime::testing::Request| {
        let response = request.to_rocket_async(&client).dispatch().await;
        Response::from(&response).body(response.into_bytes().await.unwrap_or_default())
    };
    let allowed = create("https://app.example.com").send_async(send).await;
    assert_eq!(allowed.unwrap().body(), b"1: [1]");
}
