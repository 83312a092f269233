//! A client that costs as little as can be: the request's bytes are made once, and of the answer only the length is read.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    time::{Duration, Instant},
};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

/// A request, and where it goes.
pub struct Asked {
    pub address: SocketAddr,
    pub request: Vec<u8>,
}

impl Asked {
    /// A request with a body, on a connection that stays open.
    pub fn new(address: SocketAddr, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Self {
        let mut request = format!("{method} {path} HTTP/1.1\r\ncontent-length: {}\r\n", body.len());
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        Self { address, request: format!("{request}\r\n{body}").into_bytes() }
    }
}

/// The body of one answer, which must be a good one.
pub fn answer(asked: &Asked) -> String {
    let mut connection = TcpStream::connect(asked.address).unwrap();
    connection.write_all(&asked.request).unwrap();
    let (mut read, mut buffer) = (Vec::new(), [0; 16 * 1024]);
    loop {
        let more = connection.read(&mut buffer).unwrap();
        assert!(more > 0, "the connection ended: {}", String::from_utf8_lossy(&read));
        read.extend_from_slice(&buffer[..more]);
        if let Some((head, length)) = head_of(&read).filter(|(head, length)| read.len() >= head + length) {
            let text = String::from_utf8_lossy(&read).into_owned();
            assert!(text.starts_with("HTTP/1.1 20"), "{text}");
            return text[head..head + length].to_owned();
        }
    }
}

/// Answers per second over so many connections.
pub fn rate(asked: &Asked, connections: usize, time: Duration) -> f64 {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let begun = Instant::now();
        let asking = (0..connections).map(|_| tokio::spawn(ask(asked.address, asked.request.clone(), begun + time)));
        let mut answers = 0;
        for one in asking.collect::<Vec<_>>() {
            answers += one.await.unwrap();
        }
        answers as f64 / begun.elapsed().as_secs_f64()
    })
}

async fn ask(address: SocketAddr, request: Vec<u8>, until: Instant) -> usize {
    let mut connection = tokio::net::TcpStream::connect(address).await.unwrap();
    connection.set_nodelay(true).unwrap();
    let (mut answers, mut buffer) = (0, vec![0; 16 * 1024]);
    while Instant::now() < until {
        connection.write_all(&request).await.unwrap();
        let mut read = 0;
        loop {
            let more = connection.read(&mut buffer[read..]).await.unwrap();
            assert!(more > 0, "the connection ended");
            read += more;
            if head_of(&buffer[..read]).is_some_and(|(head, length)| read >= head + length) {
                break;
            }
        }
        assert!(buffer.starts_with(b"HTTP/1.1 20"), "{}", String::from_utf8_lossy(&buffer[..read]));
        answers += 1;
    }
    answers
}

/// How long the head of an answer is, and its body.
fn head_of(read: &[u8]) -> Option<(usize, usize)> {
    let head = read.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let name = b"content-length: ";
    let at = read[..head].windows(name.len()).position(|text| text.eq_ignore_ascii_case(name))? + name.len();
    let digits = read[at..head].iter().take_while(|byte| byte.is_ascii_digit());
    Some((head, digits.fold(0, |length, digit| length * 10 + usize::from(digit - b'0'))))
}
