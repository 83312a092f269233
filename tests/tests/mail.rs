//! Mail over a real SMTP connection on this machine: what is written arrives, whole and once.

mod adapter;
mod links;
mod nodes;
