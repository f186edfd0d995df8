//! The Worker of `examples/worker` in `workerd`, the server that Cloudflare runs Workers with.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use wasm_bindgen_cli_support::Bindgen;

use crate::Application;
use crate::gateway::{free_address, wait_for};

/// A Worker that runs in front of an application; stopped when dropped.
#[derive(Debug)]
pub struct Worker {
    process: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// Where `workerd` forwards requests without it.
    pub direct: SocketAddr,
}

impl Worker {
    /// Returns `workerd`, if it is installed, and the Worker, if it is built. `.ci/gateways` does both.
    #[must_use]
    pub fn files() -> Option<[PathBuf; 2]> {
        let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target");
        let files = [
            "gateways/bin/workerd",
            "wasm32-unknown-unknown/wasm/example_worker.wasm",
        ];
        let files = files.map(|file| target.join(file));
        files.iter().all(|file| file.is_file()).then_some(files)
    }

    /// Starts the Worker.
    ///
    /// # Panics
    ///
    /// If it does not start.
    #[must_use]
    pub fn start([program, wasm]: &[PathBuf; 2], application: Application) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/gateways/run/worker");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder for files");
        let modules = bind(wasm, &folder);
        let (address, direct) = (free_address(), free_address());
        let configuration = configuration(&modules, [address, direct], application.address);
        fs::write(folder.join("config.capnp"), configuration).expect("a file");
        let log = fs::File::create(folder.join("log.txt")).expect("a file");
        let process = Command::new(program)
            .args(["serve", "config.capnp"])
            .current_dir(&folder)
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("a second handle"))
            .stderr(log)
            .spawn()
            .expect("it can be run");
        let mut worker = Self {
            process,
            address,
            direct,
        };
        wait_for(&mut worker.process, address, &folder);
        worker
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Writes the JavaScript around a WebAssembly module, as `worker-build` does, and returns the names
/// of all modules.
fn bind(wasm: &Path, folder: &Path) -> Vec<String> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(wasm)
        .out_name("bound")
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .omit_default_module_path(true)
        .web(true)
        .expect("one kind of output");
    let mut output = bindgen.generate_output().expect("a module of wasm-bindgen");
    output.emit(folder).expect("files");
    let start = "import module from './bound_bg.wasm';
import { fetch, initSync } from './bound.js';
initSync({ module });
export default { fetch };
";
    fs::write(folder.join("worker.js"), start).expect("a file");
    let modules = ["worker.js", "bound.js", "bound_bg.wasm"].map(str::to_owned);
    let snippets = output.snippets().iter().flat_map(|(name, sources)| {
        let files = 0..sources.len();
        files.map(move |index| format!("snippets/{name}/inline{index}.js"))
    });
    modules.into_iter().chain(snippets).collect()
}

/// <https://github.com/cloudflare/workerd/blob/main/src/workerd/server/workerd.capnp>
fn configuration(
    modules: &[String],
    [address, direct]: [SocketAddr; 2],
    application: SocketAddr,
) -> String {
    let modules = modules.iter().map(|name| {
        let kind = match name.ends_with(".wasm") {
            true => "wasm",
            false => "esModule",
        };
        format!("    (name = \"{name}\", {kind} = embed \"{name}\"),\n")
    });
    let modules: String = modules.collect();
    format!(
        "using Workerd = import \"/workerd/workerd.capnp\";
const config :Workerd.Config = (
  services = [
    (name = \"worker\", worker = .worker),
    (name = \"application\", external = (address = \"{application}\", http = ())),
  ],
  sockets = [
    (name = \"http\", address = \"{address}\", http = (), service = \"worker\"),
    (name = \"direct\", address = \"{direct}\", http = (), service = \"application\"),
  ],
);
const worker :Workerd.Worker = (
  modules = [
{modules}  ],
  bindings = [(name = \"APPLICATION\", service = \"application\")],
  compatibilityDate = \"2026-11-01\",
);
"
    )
}
