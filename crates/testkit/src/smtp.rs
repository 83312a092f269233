//! An SMTP server that keeps what it is given, for tests on this machine.

mod letter;

use std::{
    collections::VecDeque,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use anyhow::{Context as _, bail};
use tokio::{
    io::{AsyncBufRead, AsyncBufReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader},
    net::TcpListener,
    task::JoinHandle,
};

pub use letter::Received;

/// A server that takes every letter (RFC 5321), unless it is told to answer otherwise. It ends with the value.
pub struct SmtpSink {
    /// Where it listens.
    pub address: SocketAddr,
    kept: Arc<Mutex<Kept>>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct Kept {
    letters: Vec<Received>,
    answers: VecDeque<String>,
}

impl SmtpSink {
    /// A server on a free port.
    ///
    /// # Errors
    /// Where there is none.
    pub async fn start() -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let kept = Arc::<Mutex<Kept>>::default();
        let task = tokio::spawn({
            let kept = kept.clone();
            async move {
                while let Ok((stream, _)) = listener.accept().await {
                    let kept = kept.clone();
                    tokio::spawn(async move {
                        let (reader, writer) = stream.into_split();
                        drop(talk(BufReader::new(reader), writer, &kept).await);
                    });
                }
            }
        });
        Ok(Self { address, kept, task })
    }

    /// Its URL, as the option `mail` takes it.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// What it answers to the next recipient that is named, such as `550 5.1.1 no such user`.
    pub fn answer_next(&self, answer: &str) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).answers.push_back(answer.to_owned());
    }

    /// What it was given so far.
    pub fn letters(&self) -> Vec<Received> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).letters.clone()
    }

    /// The newest letter to an address whose subject begins so; waits for it for some seconds.
    ///
    /// # Errors
    /// Where none comes.
    pub async fn wait_for(&self, to: &str, subject: &str) -> anyhow::Result<Received> {
        for _ in 0..200 {
            let letters = self.letters();
            let found =
                letters.into_iter().rev().find(|one| one.to == to && one.subject.starts_with(subject));
            if let Some(letter) = found {
                return Ok(letter);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let subjects: Vec<_> = self.letters().into_iter().map(|one| (one.to, one.subject)).collect();
        bail!("no letter `{subject}` came to `{to}`, but {subjects:?}")
    }
}

impl Drop for SmtpSink {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn talk(
    mut reader: impl AsyncBufRead + Unpin,
    mut writer: impl AsyncWrite + Unpin,
    kept: &Mutex<Kept>,
) -> anyhow::Result<()> {
    writer.write_all(b"220 sink.test\r\n").await?;
    let mut to = String::new();
    loop {
        let line = line(&mut reader).await?;
        let verb = line.split_whitespace().next().unwrap_or_default().to_uppercase();
        let answer = match verb.as_str() {
            "EHLO" => "250-sink.test\r\n250 8BITMIME".to_owned(),
            "RCPT" => {
                to = between(&line, '<', '>').unwrap_or_default().to_owned();
                let next = kept.lock().unwrap_or_else(PoisonError::into_inner).answers.pop_front();
                next.unwrap_or_else(|| "250 2.1.5 ok".to_owned())
            }
            "DATA" => {
                writer.write_all(b"354 go on\r\n").await?;
                let letter = Received::read(&to, &data(&mut reader).await?)?;
                kept.lock().unwrap_or_else(PoisonError::into_inner).letters.push(letter);
                "250 2.0.0 taken".to_owned()
            }
            "QUIT" => return Ok(writer.write_all(b"221 bye\r\n").await?),
            _ => "250 ok".to_owned(),
        };
        writer.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
}

/// The lines up to the one that is a dot, without the dots that were added to lines that begin with one.
async fn data(reader: &mut (impl AsyncBufRead + Unpin)) -> anyhow::Result<String> {
    let mut text = String::new();
    loop {
        let line = line(reader).await?;
        if line == "." {
            return Ok(text);
        }
        text.push_str(line.strip_prefix('.').unwrap_or(&line));
        text.push_str("\r\n");
    }
}

async fn line(reader: &mut (impl AsyncBufRead + Unpin)) -> anyhow::Result<String> {
    let mut line = String::new();
    if reader.read_line(&mut line).await? == 0 {
        bail!("the client has gone");
    }
    Ok(line.strip_suffix("\r\n").context("a line ends with CR and LF")?.to_owned())
}

fn between(text: &str, open: char, close: char) -> Option<&str> {
    text.split_once(open)?.1.split_once(close).map(|(inside, _)| inside)
}
