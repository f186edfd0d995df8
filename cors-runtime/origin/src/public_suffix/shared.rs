//! Hosts that strangers share and that the Public Suffix List lacks, or only has at another depth.
//! As of 2026-11-28.
//!
//! To add a name, link the page of its operator that shows that anyone can get names, or pages,
//! below it. Remove a name when the Public Suffix List contains it.

/// Names below which every host can belong to somebody else, at any depth, with their sources: pages of the
/// operators. Sorted by name.
pub const SHARED_HOSTS: &[(&str, &str)] = &[
    // Object storage: anyone can create a bucket.
    (
        "aliyuncs.com",
        "https://www.alibabacloud.com/help/en/oss/user-guide/regions-and-endpoints",
    ),
    // Forwarded ports of GitHub Codespaces.
    (
        "app.github.dev",
        "https://docs.github.com/en/codespaces/developing-in-a-codespace/forwarding-ports-in-your-codespace",
    ),
    (
        "backblazeb2.com",
        "https://www.backblaze.com/docs/cloud-storage-s3-compatible-api",
    ),
    ("bcebos.com", "https://cloud.baidu.com/doc/BOS/s/akrqd2wcx"),
    // Responses that anyone can write.
    ("beeceptor.com", "https://beeceptor.com/docs/"),
    (
        "cloud-object-storage.appdomain.cloud",
        "https://cloud.ibm.com/docs/cloud-object-storage?topic=cloud-object-storage-endpoints",
    ),
    (
        "cloudworkstations.dev",
        "https://cloud.google.com/workstations/docs/preview-apps",
    ),
    // An alias of `storage.googleapis.com`.
    (
        "commondatastorage.googleapis.com",
        "https://cloud.google.com/storage/docs/request-endpoints",
    ),
    (
        "contabostorage.com",
        "https://docs.contabo.com/docs/products/Object-Storage/",
    ),
    // Ports of anyone's machine.
    (
        "devtunnels.ms",
        "https://learn.microsoft.com/en-us/azure/developer/dev-tunnels/security",
    ),
    ("gitpod.dev", "https://ona.com/docs/ona/integrations/ports"),
    (
        "gitpod.io",
        "https://www.gitpod.io/docs/classic/user/configure/workspaces/ports",
    ),
    (
        "gradio.live",
        "https://www.gradio.app/guides/sharing-your-app",
    ),
    ("lhr.life", "https://localhost.run/docs/"),
    ("lhrtunnel.link", "https://localhost.run/docs/"),
    ("loca.lt", "https://github.com/localtunnel/localtunnel"),
    ("localhost.run", "https://localhost.run/docs/"),
    (
        "localtunnel.me",
        "https://github.com/localtunnel/localtunnel",
    ),
    (
        "loclx.io",
        "https://github.com/LocalXpose/localxpose-action",
    ),
    ("modal.run", "https://modal.com/docs/guide/webhook-urls"),
    (
        "myhuaweicloud.com",
        "https://developer.huaweicloud.com/intl/en-us/endpoint?OBS",
    ),
    (
        "myqcloud.com",
        "https://www.tencentcloud.com/document/product/436/6224",
    ),
    // Names for any address.
    ("nip.io", "https://nip.io"),
    ("packetriot.net", "https://packetriot.com/docs"),
    (
        "pagekite.me",
        "https://pagekite.net/support/intro/features/",
    ),
    ("pinggy-free.link", "https://pinggy.io/docs/usages/"),
    ("pinggy.link", "https://pinggy.io/docs/usages/"),
    ("pinggy.net", "https://pinggy.io/docs/usages/"),
    ("pktriot.net", "https://packetriot.com/docs"),
    (
        "plex.direct",
        "https://support.plex.tv/articles/206225077-how-to-use-secure-server-connections/",
    ),
    (
        "r2.cloudflarestorage.com",
        "https://developers.cloudflare.com/r2/api/s3/api/",
    ),
    ("serveo.net", "https://serveo.net"),
    ("serveousercontent.com", "https://serveo.net"),
    (
        "share.zrok.io",
        "https://docs.zrok.io/docs/concepts/sharing-public/",
    ),
    (
        "sharedwithexpose.com",
        "https://beyondco.de/docs/expose/getting-started/sharing-your-first-site",
    ),
    ("sslip.io", "https://sslip.io"),
    (
        "storage.azure.net",
        "https://learn.microsoft.com/en-us/azure/storage/common/storage-account-overview",
    ),
    (
        "storage.googleapis.com",
        "https://cloud.google.com/storage/docs/request-endpoints",
    ),
    ("traefik.me", "https://traefik.me"),
    ("tumblr.com", "https://www.tumblr.com/docs/en/custom_themes"),
    (
        "wasabisys.com",
        "https://docs.wasabi.com/docs/what-are-the-service-urls-for-wasabi-s-different-storage-regions",
    ),
    // One level below the rule of the Public Suffix List: `name.z13.web.core.windows.net`.
    (
        "web.core.windows.net",
        "https://learn.microsoft.com/en-us/azure/storage/blobs/storage-blob-static-website",
    ),
];
