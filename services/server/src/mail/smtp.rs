//! Letters over SMTP (RFC 5321), by lettre.

use std::{error::Error as _, time::Duration};

use anyhow::Context as _;
use async_trait::async_trait;
use guildhall_kernel::{Mail, MailError, Mailer};
use lettre::{
    AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
    message::{
        Mailbox,
        header::{ContentType, HeaderName, HeaderValue},
    },
    transport::smtp::{Error, extension::ClientId},
};

use super::MailPlace;

/// How long one answer of the server is waited for.
const PATIENCE: Duration = Duration::from_secs(20);

/// Answers that tell of our own sign-in and never of a letter (RFC 4954, 6): another try may succeed once the operator has
/// mended the options.
const SIGN_IN: [&str; 4] = ["530", "534", "535", "538"];

/// Hands letters to one SMTP server, each over a connection of its own.
pub struct SmtpMailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl SmtpMailer {
    /// A mailer to that server, in that sender's name: an address, or a name and an address in angle brackets.
    ///
    /// # Errors
    /// Where the sender is no address, or the machine's certificate roots can't be read.
    pub fn new(place: &MailPlace, from: &str) -> anyhow::Result<Self> {
        let from: Mailbox = from.parse().context("`mail_from` is neither an address nor `Name <address>`")?;
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(&place.transport_url());
        let mut builder = builder.context("`mail` can't be used")?.timeout(Some(PATIENCE));
        if !place.has_own_name() {
            builder = builder.hello_name(ClientId::Domain(from.email.domain().to_owned()));
        }
        Ok(Self { transport: builder.build(), from })
    }

    /// The letter as it travels. It is known by the same id however often it is sent.
    fn message(&self, mail: &Mail) -> Result<Message, MailError> {
        let wrong = |what: &str| MailError::Permanent(format!("the letter can't be spelled: {what}"));
        let to = mail.to.as_str().parse().map_err(|_| wrong("its address"))?;
        let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(mail.subject.clone())
            .message_id(Some(format!("<{}@{}>", mail.id, self.from.email.domain())))
            .raw_header(HeaderValue::new(automatic, "auto-generated".to_owned()))
            .header(ContentType::TEXT_PLAIN)
            .body(mail.text.clone())
            .map_err(|_| wrong("its headers"))
    }
}

#[async_trait]
impl Mailer for SmtpMailer {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let message = self.message(mail)?;
        self.transport.send(message).await.map(drop).map_err(|error| fault(&error))
    }
}

/// What to do about an error. The server's words are left out but for their codes: it may repeat what the letter says.
fn fault(error: &Error) -> MailError {
    if error.is_response() {
        return MailError::Temporary("what the mail server answers is no SMTP".to_owned());
    }
    let Some(code) = error.status().map(|code| code.to_string()) else {
        return MailError::Temporary(format!("the mail server can't be worked with: {error}"));
    };
    let words = error.source().map(ToString::to_string).unwrap_or_default();
    let said = match enhanced_code(&words) {
        Some(enhanced) => format!("the mail server answers {code} {enhanced}"),
        None => format!("the mail server answers {code}"),
    };
    if error.is_permanent() && !SIGN_IN.contains(&code.as_str()) {
        MailError::Permanent(said)
    } else {
        MailError::Temporary(said)
    }
}

/// The enhanced status code that the answer begins with, such as `5.1.1` (RFC 3463).
fn enhanced_code(words: &str) -> Option<&str> {
    let first = words.split_whitespace().next()?;
    let numbers: Vec<_> = first.split('.').collect();
    let is_number = |text: &&str| (1..=3).contains(&text.len()) && text.chars().all(|c| c.is_ascii_digit());
    (numbers.len() == 3 && numbers.iter().all(is_number)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_enhanced_code_is_three_numbers_and_nothing_else() {
        assert_eq!(enhanced_code("5.1.1 no such user"), Some("5.1.1"));
        for words in ["", "no such user", "5.1", "5.1.1.1", "1.2.3a", "https://example.test/#token=a.b.c"] {
            assert_eq!(enhanced_code(words), None, "{words}");
        }
    }
}
