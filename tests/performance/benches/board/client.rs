//! One connection, asked once after another.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    time::{Duration, Instant},
};

/// A request's bytes.
pub fn request(method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Vec<u8> {
    let mut request = format!("{method} {path} HTTP/1.1\r\ncontent-length: {}\r\n", body.len());
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    format!("{request}\r\n{body}").into_bytes()
}

pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    pub fn to(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        Self { stream, buffer: vec![0; 1024 * 1024] }
    }

    /// The body of the answer, which must be a good one.
    pub fn ask(&mut self, request: &[u8]) -> String {
        self.stream.write_all(request).unwrap();
        let (head, end) = self.read();
        String::from_utf8_lossy(&self.buffer[head..end]).into_owned()
    }

    /// How long a good answer takes.
    pub fn time(&mut self, request: &[u8]) -> Duration {
        let begun = Instant::now();
        self.stream.write_all(request).unwrap();
        self.read();
        begun.elapsed()
    }

    fn read(&mut self) -> (usize, usize) {
        let (mut read, mut ends) = (0, None);
        loop {
            if self.buffer.len() - read < 64 * 1024 {
                self.buffer.resize(self.buffer.len() * 2, 0);
            }
            let more = self.stream.read(&mut self.buffer[read..]).unwrap();
            assert!(more > 0, "the connection ended");
            read += more;
            ends = ends.or_else(|| ends_of(&self.buffer[..read]));
            if let Some((head, end)) = ends.filter(|(_, end)| read >= *end) {
                assert!(self.buffer.starts_with(b"HTTP/1.1 20"), "{}", String::from_utf8_lossy(&self.buffer[..end]));
                return (head, end);
            }
        }
    }
}

/// Where the head of an answer ends, and its body.
fn ends_of(read: &[u8]) -> Option<(usize, usize)> {
    let head = read.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let name = b"content-length: ";
    let at = read[..head].windows(name.len()).position(|text| text.eq_ignore_ascii_case(name))? + name.len();
    let digits = read[at..head].iter().take_while(|byte| byte.is_ascii_digit());
    let length = digits.fold(0, |length, digit| length * 10 + usize::from(digit - b'0'));
    Some((head, head + length))
}
