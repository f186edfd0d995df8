use cors_runtime::tower::CorsLayer;

fn main() {
    CorsLayer::new("https://example.com");
}
