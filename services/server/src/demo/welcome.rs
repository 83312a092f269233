//! What the demo says when it is ready.

use std::net::SocketAddr;

/// Where to look and how to sign in.
pub fn welcome(base_domain: &str, address: SocketAddr) -> String {
    let port = address.port();
    format!(
        "Guildhall is ready.

  API and try-out page   http://{base_domain}:{port}/docs
  workspaces             http://wpp.{base_domain}:{port}  http://choreograph.{base_domain}:{port}  http://wavemaker.{base_domain}:{port}

  sign-ins (password: {password})
    platform-admin@demo.test
    workspace-admin@<workspace>.test  internal@<workspace>.test  external@<workspace>.test
    both@demo.test (internal in wpp and in choreograph)

  a first walk
    TOKEN=$(curl -s http://wpp.{base_domain}:{port}/oauth/token -d grant_type=password \\
        -d username=internal@wpp.test -d password={password} | sed 's/.*\"access_token\":\"\\([^\"]*\\)\".*/\\1/')
    curl -s http://wpp.{base_domain}:{port}/api/v1/me -H \"Authorization: Bearer $TOKEN\"
    curl -s http://wpp.{base_domain}:{port}/api/v1/projects -H \"Authorization: Bearer $TOKEN\"
",
        password = super::PASSWORD
    )
}
