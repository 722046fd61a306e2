//! Reads the catalogue again when its files change. They are looked at several times a second: that works on every file system,
//! in containers and over networks, and a catalogue has few files.

use crate::serve::renewal::Renewal;
use crate::serve::shelf::Shelf;
use std::io;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// The time between two looks.
const PAUSE: Duration = Duration::from_millis(200);

/// The longest wait for open requests before a fresh start: a browser may hold a connection open and send nothing.
const PATIENCE: Duration = Duration::from_secs(2);

/// Reads the catalogue again whenever a file has changed, until the program ends.
///
/// # Errors
///
/// If the system gives no thread.
pub(super) fn follow(shelf: Arc<Shelf>, renewal: Arc<Renewal>) -> io::Result<()> {
    let follower = thread::Builder::new().name("watch".to_owned());
    // The thread may begin late: a file that is saved meanwhile has changed.
    let mut seen = shelf.stamps();
    let follow = move || loop {
        thread::sleep(PAUSE);
        let now = shelf.stamps();
        if now == seen {
            continue;
        }
        // An editor may not have written all of it yet.
        thread::sleep(PAUSE / 4);
        seen = shelf.stamps();
        if renewal.ask_if_due(shelf.kept()) {
            // The server ends the program meanwhile, unless a request stays open.
            thread::sleep(PATIENCE);
            // Where the system can't begin afresh, the earlier states stay in memory.
            let _ = renewal.begin();
        }
        shelf.read_again();
    };
    follower.spawn(follow).map(drop)
}
