//! A stand-in for a carrier's service, on a port of its own. The tracking number selects its behaviour, so that each failure of
//! an upstream can be tried.

use std::io;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

/// Answers until the runtime ends.
pub(crate) async fn serve(listener: TcpListener) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(answer(stream));
    }
}

async fn answer(mut stream: TcpStream) -> io::Result<()> {
    // One read is enough: the first packet contains the request's first line.
    let mut buffer = [0; 1024];
    let length = stream.read(&mut buffer).await?;
    let request = String::from_utf8_lossy(buffer.get(..length).unwrap_or_default());
    let answer = match request.split(' ').nth(1).and_then(|path| path.strip_prefix("/track/")) {
        Some("on-its-way") => http("200 OK", r#"{"status": "On its way", "place": "Lyon"}"#),
        Some("gibberish") => "\u{1}\u{2}SWIFT TERMINAL READY\r\n> ".to_owned(),
        Some("refuses-us") => http("401 Unauthorized", r#"{"error": "carrier password 12345 is wrong"}"#),
        Some("hangs-up") => return Ok(()),
        Some("breaks-off") => http("200 OK", r#"{"status": "On its way", "place": "Lyon"}"#).replace("Lyon\"}", ""),
        Some("stalls") => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"status\": ").await?;
            sleep(Duration::from_secs(60)).await;
            r#""Delivered", "place": "Lyon"}"#.to_owned()
        }
        Some("slow") => {
            sleep(Duration::from_secs(60)).await;
            http("200 OK", r#"{"status": "Delivered", "place": "Lyon"}"#)
        }
        _ => http("404 Not Found", "{}"),
    };
    stream.write_all(answer.as_bytes()).await
}

fn http(status: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
}
