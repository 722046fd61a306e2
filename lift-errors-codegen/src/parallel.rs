//! Runs a function over the items of a list on all cores.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, Builder};

/// The stack of a thread, in bytes. Tables are dropped by recursion, and where dotted keys are in inline
/// tables the TOML parser lets 6,000 levels through: more than the stack of a thread has room for.
const STACK: usize = 64 << 20;

/// What `work` makes of each item, in the order of the items.
pub(crate) fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(items.len());
    let next = AtomicUsize::new(0);
    let run = || {
        let mut done = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(number) else { return done };
            done.push((number, work(item)));
        }
    };
    thread::scope(|scope| {
        let spawn = |_| Builder::new().stack_size(STACK).spawn_scoped(scope, run).ok();
        let others: Vec<_> = (1..threads).filter_map(spawn).collect();
        // If no thread can be started, this one does all the work.
        let mut done = run();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done.sort_by_key(|(number, _)| *number);
        done.into_iter().map(|(_, result)| result).collect()
    })
}

/// What `work` gives, with a deep stack where there are threads.
pub fn deep<R: Send>(work: impl Fn() -> R + Sync) -> R {
    thread::scope(|scope| match Builder::new().stack_size(STACK).spawn_scoped(scope, &work) {
        Ok(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
        Err(_) => work(),
    })
}

/// Drops a value on a thread of its own, or here where none can be started. What was read of a large catalogue is millions of
/// pieces, and nobody has to wait until all are free: least of all a process that ends now.
pub(crate) fn free<T: Send + 'static>(value: T) {
    let _ = Builder::new().stack_size(STACK).spawn(move || drop(value));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..1_000).collect();
        let squares = map(&items, |number| number * number);
        assert!(squares.iter().enumerate().all(|(number, square)| number * number == *square));
        assert_eq!((squares.len(), map(&[(); 0], |()| ()).len()), (1_000, 0));
    }
}
