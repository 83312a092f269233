//! Mail by SMTP.

mod place;
mod smtp;

pub use place::{MailPlace, PlaceError};
pub use smtp::SmtpMailer;
