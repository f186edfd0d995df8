//! The certificate of the server: made for one run, and signed by itself.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rcgen::{CertifiedKey, PublicKeyData, generate_simple_self_signed};
use ring::digest::{SHA256, digest};
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

/// The certificate of the server, and the hash of its key, in the form that Chromium expects.
pub(crate) struct Identity {
    pub(crate) config: Arc<ServerConfig>,
    pub(crate) key_hash: String,
}

impl Identity {
    pub(crate) fn new() -> Self {
        let CertifiedKey { cert, signing_key } =
            generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
        let hash = digest(&SHA256, &signing_key.subject_public_key_info());
        let key = PrivateKeyDer::Pkcs8(signing_key.serialize_der().into());
        let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .expect("versions that the provider has")
            .with_no_client_auth()
            .with_single_cert(vec![cert.der().clone()], key)
            .expect("a certificate with its key");
        Self {
            config: Arc::new(config),
            key_hash: STANDARD.encode(hash),
        }
    }
}
