//! The rest of a gateway's configuration, around the exported part: `/dead` leads to a missing
//! application, and `/auth` requires a password.

use std::fmt::Write as _;
use std::fs;
use std::net::SocketAddr;
use std::path::Path;

use crate::gateway::Gateway;
use crate::{Application, Site};

/// Returns the configuration of a gateway with these sites.
pub(crate) fn of(
    gateway: Gateway,
    folder: &Path,
    sites: &[(Site, SocketAddr)],
    application: Application,
) -> String {
    let application = application.address.to_string();
    match gateway {
        Gateway::HaProxy => haproxy(folder, sites, &application),
        Gateway::Nginx => nginx(folder, sites, &application, "http2 on;"),
        Gateway::SystemNginx => nginx(folder, sites, &application, ""),
        Gateway::Caddy => caddy(folder, sites, &application, "basic_auth"),
        Gateway::SystemCaddy => caddy(folder, sites, &application, "basicauth"),
        Gateway::Envoy | Gateway::EnvoyFilter => envoy(folder, sites, &application),
        Gateway::Apache => apache(folder, sites, &application),
    }
}

/// Returns the exported file, with every line indented.
fn exported(folder: &Path, file: &str, indent: usize) -> String {
    let text = fs::read_to_string(folder.join(file)).expect("it is written before");
    let lines = text.lines().map(|line| format!("{:indent$}{line}\n", ""));
    lines.collect()
}

fn haproxy(folder: &Path, sites: &[(Site, SocketAddr)], application: &str) -> String {
    let mut out = String::from(
        "global\n    maxconn 512\ndefaults\n    mode http\n    timeout connect 2s\n    timeout client 20s\n    \
        timeout server 20s\nuserlist users\n    user a insecure-password b\n",
    );
    for (site, address) in sites {
        let name = site.name;
        let policy = exported(folder, &format!("cors-{name}.cfg"), 0);
        write!(
            out,
            "frontend {name}\n    bind {address}\n{policy}    http-request auth if {{ path_beg /auth }} \
            !{{ http_auth(users) }}\n    use_backend dead if {{ path_beg /dead }}\n    default_backend application\n"
        )
        .expect("a string");
    }
    write!(
        out,
        "backend application\n    server a {application}\nbackend dead\n    server a 127.0.0.1:1\n"
    )
    .expect("a string");
    out
}

fn nginx(folder: &Path, sites: &[(Site, SocketAddr)], application: &str, http2: &str) -> String {
    let dir = folder.display();
    let mut out = format!(
        "worker_processes 1; pid {dir}/pid; error_log stderr;\nevents {{ worker_connections 256; }}\nhttp {{\n  \
        access_log off; client_body_temp_path {dir}/t1; proxy_temp_path {dir}/t2;\n  fastcgi_temp_path \
        {dir}/t3; uwsgi_temp_path {dir}/t4; scgi_temp_path {dir}/t5;\n"
    );
    let hash = sites
        .iter()
        .map(|(site, _)| format!("cors-{}.hash.conf", site.name));
    let hash = hash.into_iter().find(|file| folder.join(file).exists());
    if let Some(file) = hash {
        writeln!(out, "  include {dir}/{file};").expect("a string");
    }
    out += "  map $http_upgrade $upgrade { default upgrade; \"\" \"\"; }\n";
    for (site, address) in sites {
        let name = site.name;
        let pass = format!(
            "proxy_pass http://{application}; proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; \
            proxy_set_header Connection $upgrade;"
        );
        write!(
            out,
            "  include {dir}/cors-{name}.map.conf;\n  server {{ listen {address}; {http2}\n    include \
            {dir}/cors-{name}.server.conf;\n    location / {{ {pass} }}\n    location /dead {{ proxy_pass \
            http://127.0.0.1:1; }}\n    location /auth {{ auth_basic a; auth_basic_user_file {dir}/users; {pass} }}\n    \
            location /own-header {{ include {dir}/cors-{name}.server.conf; add_header X-Own 1 always; {pass} }}\n    \
            location /dropped {{ add_header X-Own 1 always; {pass} }}\n    location /own-error {{ return 404; }}\n  }}\n"
        )
        .expect("a string");
    }
    out + "}\n"
}

fn caddy(folder: &Path, sites: &[(Site, SocketAddr)], application: &str, auth: &str) -> String {
    // A hash of some password.
    const HASH: &str = "$2a$14$Zkx19XLiW6VYouLHR5NmfOFU0z2GTNmpkT/5qqR7hx4IjWJPDhjvG";
    let dir = folder.display();
    let mut out = String::from(
        "{\n\tadmin off\n\tauto_https off\n\tservers {\n\t\tprotocols h1 h2c\n\t}\n}\n",
    );
    for (site, address) in sites {
        let (name, port) = (site.name, address.port());
        write!(
            out,
            "http://:{port} {{\n\tbind 127.0.0.1\n\troute {{\n\t\timport {dir}/cors-{name}.caddyfile\n\t\t{auth} \
            /auth* {{\n\t\t\ta {HASH}\n\t\t}}\n\t\treverse_proxy /dead* 127.0.0.1:1\n\t\treverse_proxy \
            {application}\n\t}}\n}}\n"
        )
        .expect("a string");
    }
    out
}

fn apache(folder: &Path, sites: &[(Site, SocketAddr)], application: &str) -> String {
    let dir = folder.display();
    let mut out = format!(
        "ServerRoot /usr/lib/apache2\nPidFile {dir}/pid\nServerName localhost\nUser www-data\nGroup www-data\n\
        ErrorLog /dev/stderr\nLogLevel warn\nProtocols h2c http/1.1\nH2WebSockets on\nKeepAlive On\nMaxKeepAliveRequests 0\n\
        DefaultRuntimeDir {dir}\nMutex file:{dir} default\n"
    );
    for module in [
        "mpm_event",
        "authn_core",
        "authn_file",
        "authz_core",
        "authz_user",
        "auth_basic",
        "setenvif",
        "headers",
        "rewrite",
        "proxy",
        "proxy_http",
        "http2",
    ] {
        writeln!(out, "LoadModule {module}_module modules/mod_{module}.so").expect("a string");
    }
    for (site, address) in sites {
        let name = site.name;
        write!(
            out,
            "Listen {address}\n<VirtualHost {address}>\n  Include {dir}/cors-{name}.conf\n  ProxyPass /dead \
            http://127.0.0.1:1/\n  ProxyPass / http://{application}/ upgrade=websocket\n  <Location /auth>\n    AuthType Basic\n    AuthName \
            a\n    AuthUserFile {dir}/users\n    Require valid-user\n  </Location>\n</VirtualHost>\n"
        )
        .expect("a string");
    }
    out
}

/// An HTTP filter in WebAssembly.
pub(crate) fn wasm(file: &Path) -> String {
    format!(
        "name: cors
typed_config:
  \"@type\": type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm
  config:
    failure_policy: FAIL_RELOAD
    vm_config:
      runtime: envoy.wasm.runtime.v8
      code: {{ local: {{ filename: {} }} }}
",
        file.display()
    )
}

fn envoy(folder: &Path, sites: &[(Site, SocketAddr)], application: &str) -> String {
    let mut out = String::from("static_resources:\n  listeners:\n");
    for (site, address) in sites {
        let filter = exported(folder, &format!("cors-{}.filter.yaml", site.name), 12);
        // A file may have several filters.
        let filters = format!("\n{filter}").replace("\n            name:", "\n          - name:");
        write!(
            out,
            "  - name: {name}
    address: {{ socket_address: {{ address: 127.0.0.1, port_value: {port} }} }}
    filter_chains:
    - filters:
      - name: http
        typed_config:
          \"@type\": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
          stat_prefix: {name}
          delayed_close_timeout: 0s
          upgrade_configs: [{{ upgrade_type: websocket }}]
          http2_protocol_options: {{ allow_connect: true }}
          route_config:
            virtual_hosts:
            - name: all
              domains: [\"*\"]
              routes:
              - match: {{ prefix: /dead }}
                route: {{ cluster: dead }}
              - match: {{ prefix: /tenants/ }}
                route: {{ cluster: application, prefix_rewrite: / }}
              - match: {{ prefix: / }}
                route: {{ cluster: application }}
          http_filters:{filters}          - name: router
            typed_config:
              \"@type\": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router
",
            name = site.name,
            port = address.port()
        )
        .expect("a string");
    }
    out += "  clusters:\n";
    for (name, address) in [("application", application), ("dead", "127.0.0.1:1")] {
        let port = address.rsplit(':').next().expect("an address with a port");
        write!(
            out,
            "  - name: {name}
    type: STATIC
    connect_timeout: 2s
    load_assignment:
      cluster_name: {name}
      endpoints:
      - lb_endpoints:
        - endpoint: {{ address: {{ socket_address: {{ address: 127.0.0.1, port_value: {port} }} }} }}
"
        )
        .expect("a string");
    }
    out
}
