//! The log, on standard error.

use tracing_subscriber::EnvFilter;

use crate::config::{Configuration, LogFormat};

/// Starts the log. A second start in one process changes nothing.
pub(super) fn start(configuration: &Configuration) {
    let filter = EnvFilter::try_new(&configuration.log).unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = match configuration.log_format {
        LogFormat::Text => builder.try_init(),
        LogFormat::Json => builder.json().try_init(),
    };
    drop(started);
}
