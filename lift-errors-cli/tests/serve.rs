//! `serve`: a browser's requests while somebody edits the catalogue.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails panics")]

#[allow(dead_code, reason = "each test uses a part of it")]
mod sandbox;

use sandbox::{Sandbox, command_in};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
#[cfg(unix)]
use std::process::Command;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// The running command.
struct Server {
    child: Child,
    port: u16,
}

/// A response.
struct Reply {
    status: u16,
    /// The status line and the headers, in lower case.
    head: String,
    body: String,
}

impl Server {
    fn start(sandbox: &Sandbox) -> Self {
        Self::start_with(sandbox, "")
    }

    fn start_with(sandbox: &Sandbox, options: &str) -> Self {
        let mut child =
            command_in(&sandbox.root, &format!("serve --port 0 {options}")).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.split("http://127.0.0.1:").nth(1).unwrap_or_else(|| panic!("no address: {line}"));
        let port = address.split('/').next().unwrap().parse().unwrap();
        Self { child, port }
    }

    fn get(&self, target: &str) -> Reply {
        self.get_from(&format!("127.0.0.1:{}", self.port), target)
    }

    fn get_from(&self, host: &str, target: &str) -> Reply {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        write!(stream, "GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Reply { status, head: head.to_lowercase(), body: body.to_owned() }
    }

    /// A page.
    fn page(&self, target: &str) -> String {
        let answer = self.get(target);
        assert_eq!(answer.status, 200, "{target}: {}", answer.body);
        answer.body
    }

    /// Waits until the revision is another one, as the script of a page does.
    #[track_caller]
    fn changes_after(&self, revision: &str) {
        let begin = Instant::now();
        while self.page("/revision") == revision {
            assert!(begin.elapsed() < Duration::from_secs(20), "the change was not seen");
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn every_error_is_shown_in_every_format_and_language() {
    let sandbox = Sandbox::synced();
    let server = Server::start(&sandbox);
    let index = server.page("/");
    assert!(index.contains("2 errors") && index.contains("href=\"/errors/dep_count_open\""), "{index}");
    let found = server.page("/?q=shelf+sign&status=4xx&severity=warning");
    assert!(found.contains("1 of 2") && !found.contains("dep_count_open"), "{found}");
    assert!(server.page("/?q=dep_shelf_unkown").contains("did you mean `dep_shelf_unknown`?"));
    let page = server.page("/errors/dep_shelf_unknown?language=uk&format=text");
    for part in ["lang=\"uk\"", "Полиці B-7 немає.", "Назву написано з помилкою.", "catalog/errors.toml:1", "DEP-0001"]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    for format in ["html", "problem", "envelope", "text", "markdown", "terminal", "grpc"] {
        for (language, message) in [("en", "There is no shelf B-7."), ("uk", "Полиці B-7 немає.")] {
            let query = format!("dep_shelf_unknown/body?format={format}&language={language}&cause=misspelt&reader=");
            let body = server.page(&format!("/errors/{query}"));
            // The page isolates values, Markdown escapes them.
            let words = body.replace("<bdi>", "").replace("</bdi>", "").replace("\\-", "-");
            assert!(words.contains(message), "{query}: {body}");
            let preview = sandbox.run(&format!("preview dep_shelf_unknown -f {format} -l {language} --cause misspelt"));
            assert_eq!(body.trim_end(), preview.succeeds().trim_end());
        }
    }
    assert!(server.page("/errors/DEP-0001/body?format=text&set.shelf=C%269").contains("There is no shelf C&9."));
    // Other answers.
    assert_eq!(server.get("/errors/dep_shelf").status, 404);
    assert_eq!(server.get("/nothing").status, 404);
    let unknown = server.get("/errors/dep_shelf_unknown?language=fr");
    assert!(unknown.status == 400 && unknown.body.contains("`fr` is not a language"), "{}", unknown.body);
    assert_eq!(server.get("/errors/dep_shelf_unknown/body?cause=none").status, 400);
}

#[test]
fn a_saved_file_is_shown_and_faults_are_shown_in_its_place() {
    let sandbox = Sandbox::synced();
    let server = Server::start(&sandbox);
    let entry = "/errors/dep_count_open?format=text";
    let mut revision = server.page("/revision");
    let mut save = |old: &str, new: &str| {
        sandbox.replace("catalog/errors.toml", old, new);
        server.changes_after(&revision);
        revision = server.page("/revision");
    };
    save("The shelf is being counted.", "Somebody counts <b>the shelf</b>.");
    let page = server.page(entry);
    assert!(
        page.contains("Somebody counts &lt;b&gt;the shelf&lt;/b&gt;.")
            && page.contains(&format!("data-revision=\"{}\"", server.page("/revision"))),
        "{page}"
    );
    // A fault, in the place of every page.
    save("severity = \"info\"", "severity = \"<i>\"");
    for address in [entry, "/", "/errors/never_heard"] {
        let faults = server.page(address);
        assert!(faults.contains("error: `&lt;i&gt;` is not a severity") && faults.contains("^^^"), "{faults}");
        assert!(!faults.contains("<i>") && !faults.contains("Somebody counts"), "{faults}");
    }
    assert_eq!(server.get("/errors/dep_count_open/body").status, 503);
    save("severity = \"<i>\"", "severity = \"info\"");
    assert!(server.page(entry).contains("Somebody counts"));
    // A file that the manifest names before it is there.
    sandbox.replace("catalog/catalog.toml", "[\"errors.toml\"]", "[\"errors.toml\", \"more/new.toml\"]");
    server.changes_after(&revision);
    let revision = server.page("/revision");
    assert!(server.page("/").contains("can't read `more/new.toml`"));
    let new = sandbox.read("catalog/errors.toml").replace("DEP-000", "DEP-001").replace("dep_", "dep_new_");
    sandbox.write("catalog/more/new.toml", &new);
    server.changes_after(&revision);
    assert!(server.page("/").contains("dep_new_count_open"));
}

#[test]
fn a_catalogue_with_faults_is_served_until_it_is_mended() {
    let sandbox = Sandbox::synced();
    sandbox.replace("catalog/errors.toml", "status = 404", "status = 4");
    let server = Server::start(&sandbox);
    let revision = server.page("/revision");
    assert!(server.page("/").contains("The catalogue has faults"));
    sandbox.replace("catalog/errors.toml", "status = 4\n", "status = 404\n");
    server.changes_after(&revision);
    assert!(server.page("/").contains("Unknown shelf"));
}

#[test]
fn only_this_computer_is_served() {
    let sandbox = Sandbox::synced();
    let server = Server::start(&sandbox);
    let port = server.port;
    for host in [format!("localhost:{port}"), format!("LOCALHOST:{port}"), format!("127.0.0.1:{port}")] {
        assert_eq!(server.get_from(&host, "/").status, 200, "{host}");
    }
    let two = format!("127.0.0.1:{port}\r\nHost: evil.example");
    for host in
        ["evil.example".to_owned(), format!("evil.example:{port}"), "127.0.0.1:1".to_owned(), two, String::new()]
    {
        let refused = server.get_from(&host, "/revision");
        assert!(refused.status == 421 && refused.body.contains("answers to no other name"), "{host}: {}", refused.body);
    }
    let page = server.get("/");
    // The icon is one of the images that the policy allows.
    assert!(page.body.contains("<link rel=\"icon\" href=\"data:,\">"), "{}", page.body);
    for header in [
        "content-security-policy: default-src 'none'",
        "img-src data:;",
        "x-content-type-options: nosniff",
        "cache-control: no-store",
        "cross-origin-resource-policy: same-origin",
    ] {
        assert!(page.head.contains(header), "{}", page.head);
    }
    // The error page keeps its own policy, and only this server shows it in a frame.
    let framed = server.get("/errors/DEP-0001/body?format=html");
    assert!(
        framed.head.contains("frame-ancestors 'self'") && framed.head.contains("style-src 'sha256-"),
        "{}",
        framed.head
    );
    assert!(server.get("/errors/DEP-0001/body?format=text").head.contains("content-type: text/plain"));
    // An attacker's query is shown as text.
    let query = server.page("/?q=%3Cscript%3Ealert(1)%3C/script%3E");
    assert!(query.contains("value=\"&lt;script&gt;") && !query.contains("<script>alert"), "{query}");
}

#[test]
fn a_port_that_is_taken_is_named() {
    let sandbox = Sandbox::synced();
    let server = Server::start(&sandbox);
    let other = sandbox.run(&format!("serve --port {}", server.port));
    assert!(other.fails(3).contains(&format!("the port {} is taken", server.port)), "{other:?}");
    assert!(other.stderr.ends_with("= help: take a free one: `--port 0`\n"), "{other:?}");
    sandbox.run("serve --port 65536").fails(2);
    sandbox.run("serve --port 0 --manifest nothing.toml").fails(3);
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_well() {
    let sandbox = Sandbox::synced();
    let mut server = Server::start(&sandbox);
    // A browser keeps its connection open.
    let _open = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    assert!(Command::new("kill").args(["-INT", &server.child.id().to_string()]).status().unwrap().success());
    assert_eq!(server.child.wait().unwrap().code(), Some(0));
}

/// Earlier states are given back: the program begins afresh in the same process, at the same port.
#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_each_save() {
    let sandbox = Sandbox::synced();
    let server = Server::start_with(&sandbox, "--memory 0");
    let arguments = || std::fs::read_to_string(format!("/proc/{}/cmdline", server.child.id())).unwrap();
    assert!(!arguments().contains("--inherited"));
    let mut title = "Unknown shelf".to_owned();
    for number in 0..4 {
        let revision = server.page("/revision");
        let next = format!("Shelf number {number}");
        sandbox.replace("catalog/errors.toml", &title, &next);
        server.changes_after(&revision);
        assert!(server.page("/errors/dep_shelf_unknown").contains(&next));
        title = next;
    }
    assert_eq!(arguments().matches("--inherited").count(), 1);
    // A fault ends neither state nor server.
    let revision = server.page("/revision");
    sandbox.replace("catalog/errors.toml", "{shelf}", "{shelv}");
    server.changes_after(&revision);
    assert!(server.page("/").contains("is not a parameter of"));
}

/// A fresh start checks no more than a running server: every fault has a page, and goes when it is mended.
#[cfg(target_os = "linux")]
#[test]
fn a_fault_at_a_fresh_start_does_not_end_the_server() {
    let sandbox = Sandbox::synced();
    sandbox.replace("catalog/catalog.toml", "files =", "classes = [\"bug\"]\nfiles =");
    sandbox.replace("catalog/errors.toml", "id = \"DEP-0001\"", "id = \"DEP-0001\"\nclass = \"bug\"");
    let server = Server::start_with(&sandbox, "--memory 0 --class bug");
    let manifest = sandbox.read("catalog/catalog.toml");
    let missing = sandbox.path("catalog/moved");
    for fault in ["syntax", "class", "manifest"] {
        let revision = server.page("/revision");
        match fault {
            "syntax" => sandbox.replace("catalog/catalog.toml", "[catalog]", "[catalog"),
            "class" => sandbox.replace("catalog/catalog.toml", "[\"bug\"]", "[\"defect\"]"),
            _ => std::fs::rename(sandbox.path("catalog/catalog.toml"), &missing).unwrap(),
        }
        server.changes_after(&revision);
        let page = server.page("/");
        assert!(page.contains("The catalogue has faults"), "{fault}: {page}");
        let revision = server.page("/revision");
        sandbox.write("catalog/catalog.toml", &manifest);
        server.changes_after(&revision);
        assert!(server.page("/").contains("All 2"), "{fault}");
    }
}

#[test]
fn the_index_filters_by_the_catalogues_own_words() {
    let sandbox = Sandbox::synced();
    let server = Server::start(&sandbox);
    // Only a choice is sent at once: the change of a field comes with the click that leaves it.
    assert!(
        server
            .page("/script.js")
            .contains("if (target.matches(\"select, input[type=checkbox]\")) form.requestSubmit();")
    );
    // Without such words, there is nothing to choose.
    let page = server.page("/");
    assert!(!page.contains("name=\"class\"") && !page.contains("name=\"tag\""), "{page}");
    let revision = server.page("/revision");
    sandbox.replace("catalog/catalog.toml", "files =", "classes = [\"user_error\"]\ntags = [\"storage\"]\nfiles =");
    let words = "id = \"DEP-0001\"\nclass = \"user_error\"\ntags = [\"storage\"]";
    sandbox.replace("catalog/errors.toml", "id = \"DEP-0001\"", words);
    server.changes_after(&revision);
    while !server.get("/").body.contains("name=\"tag\"") {
        thread::sleep(Duration::from_millis(20));
    }
    for query in ["class=user_error", "tag=storage", "class=user_error&tag=storage&q="] {
        let page = server.page(&format!("/?{query}"));
        assert!(page.contains("DEP-0001") && !page.contains("DEP-0002") && page.contains("1 of 2"), "{query}: {page}");
        assert!(page.contains(" selected>user_error<") || page.contains(" selected>storage<"), "{query}: {page}");
    }
    assert!(server.page("/?tag=other").contains("0 of 2"));
}

#[test]
fn a_canonical_error_has_a_page() {
    let sandbox = Sandbox::synced();
    let server = Server::start(&sandbox);
    for name in ["too_many_requests", "LIFT-0429"] {
        let page = server.page(&format!("/errors/{name}?language=uk"));
        assert!(page.contains("Забагато запитів") && page.contains("curl --retry 5"), "{page}");
        assert!(server.page(&format!("/errors/{name}/body?format=text")).starts_with("Too Many Requests"));
    }
    assert_eq!(server.get("/errors/too_many_request").status, 404);
}

/// A browser opens connections in advance, and a page of a stranger could open very many.
#[cfg(unix)]
#[test]
fn connections_without_end_do_not_end_the_server() {
    let sandbox = Sandbox::synced();
    let binary = env!("CARGO_BIN_EXE_lift-errors");
    let mut child = Command::new("sh")
        .args(["-c", &format!("ulimit -n 48; exec '{binary}' serve --port 0")])
        .current_dir(&sandbox.root)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.split("http://127.0.0.1:").nth(1).unwrap_or_else(|| panic!("no address: {line}"));
    let server = Server { child, port: address.split('/').next().unwrap().parse().unwrap() };
    let open: Vec<_> = (0..100).map(|_| TcpStream::connect(("127.0.0.1", server.port))).collect();
    drop(open);
    assert!(server.page("/").contains("dep_shelf_unknown"));
}
