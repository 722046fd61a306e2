//! The median and the spread of some times.

/// The median of some times.
pub(crate) fn median(times: impl Iterator<Item = f64>) -> f64 {
    quantile(&times.collect::<Vec<_>>(), 0.5)
}

/// The interquartile range, relative to the median.
pub(crate) fn spread(times: &[f64]) -> f64 {
    (quantile(times, 0.75) - quantile(times, 0.25)) / quantile(times, 0.5)
}

fn quantile(times: &[f64], part: f64) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[((sorted.len() - 1) as f64 * part).round() as usize]
}
