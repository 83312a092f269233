//! Letters as they arrive, read back to what was written.

use anyhow::{Context as _, bail};
use base64::{Engine as _, engine::general_purpose::STANDARD};

/// A letter that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Whom it was handed over for.
    pub to: String,
    /// Its subject, decoded.
    pub subject: String,
    /// Its text, decoded, its lines ended by `\n`.
    pub text: String,
    /// Its headers, as they came.
    pub headers: String,
}

impl Received {
    /// Reads a letter of one part (RFC 5322, RFC 2045, RFC 2047).
    pub(super) fn read(to: &str, raw: &str) -> anyhow::Result<Self> {
        let (headers, body) = raw.split_once("\r\n\r\n").context("a letter has headers and a text")?;
        let headers = headers.replace("\r\n ", " ").replace("\r\n\t", " ");
        let subject = words(header(&headers, "subject").unwrap_or_default())?;
        let encoding = header(&headers, "content-transfer-encoding").unwrap_or("7bit").to_lowercase();
        let bytes = match encoding.as_str() {
            "7bit" | "8bit" => body.as_bytes().to_vec(),
            "quoted-printable" => quoted_printable(body)?,
            "base64" => STANDARD.decode(body.replace("\r\n", ""))?,
            other => bail!("nobody here reads `{other}`"),
        };
        let text = String::from_utf8(bytes)?.replace("\r\n", "\n");
        Ok(Self { to: to.to_owned(), subject, text, headers })
    }

    /// The secret of the link in it.
    ///
    /// # Errors
    /// Where it has no link with one.
    pub fn token(&self) -> anyhow::Result<String> {
        let (_, rest) = self.text.split_once("#token=").context("the letter has no link")?;
        Ok(rest.split_whitespace().next().unwrap_or_default().to_owned())
    }

    /// One of its headers.
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }
}

fn header<'a>(headers: &'a str, name: &str) -> Option<&'a str> {
    let fields = headers.split("\r\n").filter_map(|field| field.split_once(':'));
    let mut named = fields.filter(|(field, _)| field.eq_ignore_ascii_case(name));
    named.next().map(|(_, value)| value.trim())
}

/// Encoded words in base64, and plain ones; the space between two encoded words is none.
fn words(text: &str) -> anyhow::Result<String> {
    let (mut read, mut encoded_before) = (String::new(), false);
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let inside = word.strip_prefix("=?utf-8?b?").and_then(|rest| rest.strip_suffix("?="));
        let goes_on = read.is_empty() || (encoded_before && inside.is_some());
        if !goes_on {
            read.push(' ');
        }
        match inside {
            Some(inside) => read.push_str(&String::from_utf8(STANDARD.decode(inside)?)?),
            None => read.push_str(word),
        }
        encoded_before = inside.is_some();
    }
    Ok(read)
}

fn quoted_printable(text: &str) -> anyhow::Result<Vec<u8>> {
    let joined = text.replace("=\r\n", "");
    let mut parts = joined.split('=');
    let mut read = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (code, rest) = part.split_at_checked(2).context("a code has two characters")?;
        read.push(u8::from_str_radix(code, 16)?);
        read.extend_from_slice(rest.as_bytes());
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_read_back() {
        let raw = "Subject: =?utf-8?b?R3LDvMOfZQ==?= =?utf-8?b?IQ==?= to\r\n you\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nGr=C3=BC=\r\n=C3=9Fe\r\nhttps://a.test/#token=3Dx\r\n";

        let letter = Received::read("a@b.test", raw).unwrap();

        assert_eq!(letter.subject, "Grüße! to you");
        assert_eq!(letter.text, "Grüße\nhttps://a.test/#token=x\n");
        assert_eq!(letter.token().unwrap(), "x");
    }
}
