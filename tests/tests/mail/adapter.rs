use guildhall_core::{IdGenerator as _, MailId, SystemIds};
use guildhall_kernel::{Mail, MailError, Mailer as _};
use guildhall_server::mail::SmtpMailer;
use guildhall_testkit::SmtpSink;

fn mailer(url: &str) -> SmtpMailer {
    SmtpMailer::new(&url.parse().unwrap(), "Guildhall <guildhall@demo.test>").unwrap()
}

fn letter() -> Mail {
    Mail {
        id: MailId::new(SystemIds.uuid()),
        to: "ada@example.test".parse().unwrap(),
        subject: "Grüße an alle, die in der Straße wohnen \u{1f3db} und noch viele andere Leute mehr"
            .to_owned(),
        text: "Grüße.\n.\n..zwei Punkte\nhttps://example.test/a#token=abc_-\n".to_owned(),
    }
}

#[tokio::test]
async fn a_letter_arrives_as_it_was_written() {
    let sink = SmtpSink::start().await.unwrap();

    mailer(&sink.url()).send(&letter()).await.unwrap();

    let [came] = sink.letters().try_into().unwrap();
    let wrote = letter();
    assert_eq!((came.to.as_str(), &came.subject), ("ada@example.test", &wrote.subject));
    assert_eq!(came.text.trim_end(), wrote.text.trim_end());
    assert_eq!(came.header("From"), Some("Guildhall <guildhall@demo.test>"));
    assert_eq!(came.header("Auto-Submitted"), Some("auto-generated"));
    assert!(came.header("Date").is_some());
}

#[tokio::test]
async fn a_letter_is_known_by_one_id_however_often_it_is_sent() {
    let sink = SmtpSink::start().await.unwrap();
    let (mailer, letter) = (mailer(&sink.url()), letter());

    mailer.send(&letter).await.unwrap();
    mailer.send(&letter).await.unwrap();

    let came = sink.letters();
    assert_eq!(came[0].header("Message-ID"), came[1].header("Message-ID"));
    assert_eq!(came[0].header("Message-ID"), Some(format!("<{}@demo.test>", letter.id).as_str()));
}

#[tokio::test]
async fn what_the_server_answers_says_whether_to_try_again() {
    let sink = SmtpSink::start().await.unwrap();
    let mailer = mailer(&sink.url());
    sink.answer_next("451 4.3.0 https://example.test/a#token=abc_-");
    sink.answer_next("550 5.1.1 no such user");
    sink.answer_next("535 5.7.8 who are you");

    let busy = mailer.send(&letter()).await;
    let unknown = mailer.send(&letter()).await;
    let stranger = mailer.send(&letter()).await;

    assert_eq!(busy, Err(MailError::Temporary("the mail server answers 451 4.3.0".to_owned())));
    assert_eq!(unknown, Err(MailError::Permanent("the mail server answers 550 5.1.1".to_owned())));
    assert_eq!(stranger, Err(MailError::Temporary("the mail server answers 535 5.7.8".to_owned())));
    assert!(mailer.send(&letter()).await.is_ok());
}

#[tokio::test]
async fn a_server_that_is_not_there_may_come_back() {
    let sink = SmtpSink::start().await.unwrap();
    let url = sink.url();
    drop(sink);
    tokio::task::yield_now().await;

    let refused = mailer(&url).send(&letter()).await;

    assert!(matches!(refused, Err(MailError::Temporary(_))), "{refused:?}");
}

#[tokio::test]
async fn what_must_be_encrypted_does_not_go_in_clear() {
    let sink = SmtpSink::start().await.unwrap();

    let refused = mailer(&format!("{}?tls=required", sink.url())).send(&letter()).await;

    assert!(matches!(refused, Err(MailError::Temporary(_))), "{refused:?}");
    assert_eq!(sink.letters(), []);
}
