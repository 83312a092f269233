//! `guildhall admin` and `guildhall keys` on a database of their own.

use std::{
    io::Write as _,
    path::Path,
    process::{Command, Output, Stdio},
};

use tempfile::TempDir;

/// What the program says to these arguments, and this on its standard input.
pub(crate) fn run(data: &Path, arguments: &[&str], input: &str) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_guildhall"));
    program.args(arguments).arg("--data").arg(data);
    program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = program.spawn().unwrap();
    running.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    running.wait_with_output().unwrap()
}

/// What it printed, having succeeded.
pub(crate) fn said(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A folder with a database whose only admin is `admin@example.test`.
fn with_admin() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let create = ["admin", "create", "--email", "admin@example.test", "--firstname", "A", "--lastname", "B"];
    said(&run(folder.path(), &create, "a long password\n"));
    folder
}

#[test]
fn admins_are_listed() {
    let folder = with_admin();

    assert_eq!(said(&run(folder.path(), &["admin", "list"], "")), "admin@example.test\n");
}

#[test]
fn a_password_is_reset_from_standard_input() {
    let folder = with_admin();
    let reset = ["admin", "reset", "--email", "admin@example.test"];

    assert!(said(&run(folder.path(), &reset, "another password\n")).contains("new password"));
    assert!(!run(folder.path(), &reset, "short\n").status.success());
}

#[test]
fn a_link_is_printed_once_for_somebody_who_is_there() {
    let folder = with_admin();

    let link = run(folder.path(), &["admin", "reset", "--link", "--email", "admin@example.test"], "");
    let nobody = run(folder.path(), &["admin", "reset", "--link", "--email", "nobody@example.test"], "");

    assert!(said(&link).contains("http://localhost:8080/password-resets/complete#token="));
    assert!(!nobody.status.success());
}

#[test]
fn keys_are_rotated() {
    let folder = with_admin();

    assert!(said(&run(folder.path(), &["keys", "rotate"], "")).contains("are signed with the key"));
}

/// What `serve` says to these arguments before it ends by itself.
fn refused(arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), &[&["serve", "--listen", "127.0.0.1:0"], arguments].concat(), "");
    assert!(!output.status.success());
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_place_for_mail_that_is_none_is_refused_without_its_password() {
    for mail in
        ["smtp://robot:hidden@mail.example.test?tls=maybe", "hidden", "http://robot:hidden@mail.example.test"]
    {
        let said = refused(&["--mail", mail, "--mail-from", "guildhall@example.test"]);

        assert!(said.contains("`mail`") && !said.contains("hidden"), "{said}");
    }
}

#[test]
fn mail_needs_a_sender() {
    let mail = ["--mail", "smtp://127.0.0.1:25"];

    assert!(refused(&mail).contains("`mail_from`"));
    assert!(refused(&[mail.as_slice(), &["--mail-from", "nobody"]].concat()).contains("`mail_from`"));
}

#[test]
fn mail_off_beside_https_is_refused() {
    let https = ["--public-url", "https://localhost"];

    assert!(refused(&https).contains("--allow no-mail"));
    let with_mail = [https.as_slice(), &["--mail", "smtp://127.0.0.1:25"]].concat();
    assert!(!refused(&with_mail).contains("no-mail"), "the sender is what is missing");
}
