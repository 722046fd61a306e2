//! The whole catalogue in a browser: `lift-errors serve`. It serves this computer alone, and follows the files.
//!
//! | module | contains |
//! | --- | --- |
//! | `watch` | the catalogue's files, and whether one has changed |
//! | `shelf` | the catalogue as it is now: its last good state, or its faults |
//! | `follow` | reads the catalogue again when a file has changed |
//! | `renewal` | a fresh start of the program, when earlier states take too much memory |
//! | `connections` | the connections of browsers |
//! | `routes` | addresses, and the requests that are refused |
//! | `request` | the form that a page asks for: language, reader, cause, values |
//! | `frame`, `index`, `entry`, `faults` | pages |

mod connections;
mod entry;
mod faults;
mod follow;
mod frame;
mod index;
mod renewal;
mod request;
mod routes;
mod shelf;
mod watch;

use crate::arguments::ServeArguments;
use crate::catalog::Catalog;
use crate::error::Error;
use crate::output::CommandOutput;
use crate::serve::renewal::Renewal;
use crate::serve::shelf::Shelf;
use std::sync::Arc;
use tokio::runtime::Builder;

/// Serves a catalogue until the user ends it.
///
/// # Errors
///
/// If the port is taken, there is no manifest, or the address can't be printed.
pub(crate) fn serve(catalog: &Catalog, arguments: &ServeArguments, output: &mut CommandOutput) -> Result<(), Error> {
    let &ServeArguments { port, memory, is_inherited, ref only } = arguments;
    // After a fresh start, every fault is a state of the catalogue.
    if !is_inherited {
        catalog.check_words(only)?;
    }
    let failed = |source| Error::Serve { port, source };
    let runtime = Builder::new_current_thread().enable_all().build().map_err(failed)?;
    runtime.block_on(async {
        // The port comes first: that it is taken is known before a large catalogue is read.
        let socket = renewal::listener(port, is_inherited).map_err(failed)?;
        let address = socket.local_addr().map_err(failed)?;
        let renewal = Arc::new(Renewal::new(socket.try_clone().map_err(failed)?, catalog.manifest(), memory));
        let shelf = Shelf::open(catalog.clone(), is_inherited)?;
        follow::follow(Arc::clone(&shelf), Arc::clone(&renewal)).map_err(failed)?;
        // The task listens for Ctrl-C from the moment at which the address is printed.
        let end = tokio::spawn(tokio::signal::ctrl_c());
        tokio::task::yield_now().await;
        if !is_inherited {
            let (name, faults) = shelf.summary();
            output.announce(&format!(
                "the catalogue `{name}` is at http://{address}/{} until you press Ctrl-C",
                request::index_query(only)
            ))?;
            if let Some(faults) = faults {
                output.announce_faults(&faults);
            }
        }
        let routes = routes::routes(shelf, address);
        // Requests that are still open do not keep the program.
        tokio::select! {
            error = connections::answer(&socket, &routes, &renewal) => Err(failed(error)),
            _ = end => Ok(()),
        }
    })
}
