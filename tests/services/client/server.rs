//! A server on the loopback that says what a test wants it to, byte for byte, one connection at a time. It knows
//! nothing of HTTP but where a request ends.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// The server's treatment of a connection.
pub(super) enum Reply {
    /// It sends these bytes and closes.
    Bytes(Vec<u8>),
    /// It sends these bytes, and then blanks until nobody reads them any more.
    Endless(Vec<u8>),
    /// It sends the first bytes, waits for word from the test, or for the client to go, and sends the others.
    Held(Vec<u8>, Receiver<()>, Vec<u8>),
    /// It reads the request and says nothing.
    Silence,
}

/// The server, and what it saw.
pub(super) struct Server {
    pub(super) url: String,
    seen: Arc<Mutex<Seen>>,
}

#[derive(Default)]
struct Seen {
    requests: Vec<String>,
    blanks: usize,
    in_vain: usize,
}

impl Server {
    /// Starts it. The last reply is given to every further request.
    pub(super) fn start(replies: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let (replies, seen): (Vec<_>, _) = (replies.into_iter().collect(), Arc::<Mutex<Seen>>::default());
        let log = seen.clone();
        // The thread ends with the process: it waits for connections that nobody makes.
        thread::spawn(move || {
            let mut open = Vec::new();
            for (number, stream) in listener.incoming().map(Result::unwrap).enumerate() {
                let request = request(&stream);
                log.lock().unwrap().requests.push(request);
                match replies.get(number).or(replies.last()) {
                    Some(Reply::Bytes(bytes)) => drop((&stream).write_all(bytes)),
                    Some(Reply::Endless(bytes)) => {
                        let _ = (&stream).write_all(bytes);
                        while (&stream).write_all(&[b' '; 4_096]).is_ok() {
                            log.lock().unwrap().blanks += 4_096;
                        }
                    }
                    Some(Reply::Held(begun, word, rest)) => {
                        let _ = (&stream).write_all(begun);
                        stream.set_read_timeout(Some(Duration::from_millis(10))).unwrap();
                        let is_time = |_| word.try_recv().is_ok() || matches!((&stream).read(&mut [0]), Ok(0));
                        // Ten seconds, so that a client that waits for the end comes to one.
                        let is_in_vain = !(0..1_000).any(is_time);
                        log.lock().unwrap().in_vain += usize::from(is_in_vain);
                        let _ = (&stream).write_all(rest);
                    }
                    Some(Reply::Silence) | None => open.push(stream),
                }
            }
        });
        Self { url, seen }
    }

    /// The requests so far, head and body.
    pub(super) fn requests(&self) -> Vec<String> {
        self.seen.lock().unwrap().requests.clone()
    }

    /// How many replies were held back until nothing was left to wait for.
    pub(super) fn in_vain(&self) -> usize {
        self.seen.lock().unwrap().in_vain
    }

    /// How many bytes without an end were sent.
    pub(super) fn blanks(&self) -> usize {
        self.seen.lock().unwrap().blanks
    }
}

/// An address where nobody listens, for as long as the connection is kept: it has the port, so nobody else gets it.
pub(super) fn nobody() -> (String, TcpStream) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let stream = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    (format!("http://{}/", stream.local_addr().unwrap()), stream)
}

/// A response with its length, or with the length that `headers` claim.
pub(super) fn response(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Reply {
    let body = body.as_ref();
    let mut bytes = format!("HTTP/1.1 {status} Status\r\nConnection: close\r\n").into_bytes();
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-length")) {
        write!(bytes, "Content-Length: {}\r\n", body.len()).unwrap();
    }
    for (name, value) in headers {
        write!(bytes, "{name}: {value}\r\n").unwrap();
    }
    bytes.extend(b"\r\n");
    bytes.extend(body);
    Reply::Bytes(bytes)
}

/// A response whose body stops after its beginning, until the test gives word.
pub(super) fn held(status: u16, headers: &[(&str, &str)], begun: &str, rest: &str) -> (Reply, Sender<()>) {
    let (sender, receiver) = mpsc::channel();
    let length = (begun.len() + rest.len()).to_string();
    let headers = [headers, &[("Content-Length", &length)]].concat();
    let Reply::Bytes(bytes) = response(status, &headers, begun) else { unreachable!() };
    (Reply::Held(bytes, receiver, rest.into()), sender)
}

/// Reads one request: its head, and the body that it announces.
fn request(stream: &TcpStream) -> String {
    let mut reader = BufReader::new(stream);
    let (mut text, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 {
            return text;
        }
        if let Some(announced) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = announced.trim().parse().unwrap();
        }
        text += &line;
        if line == "\r\n" {
            // A client may break off in the middle of it.
            let mut body = Vec::new();
            let _ = reader.take(length).read_to_end(&mut body);
            return text + &String::from_utf8_lossy(&body);
        }
    }
}
