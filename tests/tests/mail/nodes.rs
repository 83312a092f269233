use std::{collections::BTreeSet, time::Duration};

use guildhall_server::mail::SmtpMailer;
use guildhall_testkit::{SmtpSink, Stack, TestServer};
use serde_json::json;

const LETTERS: usize = 20;

/// Several nodes deliver what one of them writes.
async fn delivers_once(stack: Stack) {
    let sink = SmtpSink::start().await.unwrap();
    let server = TestServer::start_mailing(stack, &sink).await.unwrap();
    let admin = server.sign_in("wpp", "workspace-admin@wpp.test").await.unwrap();
    let mut nodes = tokio::task::JoinSet::new();
    for _ in 0..3 {
        let place = sink.url().parse().unwrap();
        let mailer = std::sync::Arc::new(SmtpMailer::new(&place, "guildhall@demo.test").unwrap());
        let kernel = server.kernel.clone();
        nodes.spawn(async move {
            loop {
                drop(kernel.deliver_due_mail(&*mailer).await);
                tokio::task::yield_now().await;
            }
        });
    }

    for number in 0..LETTERS {
        let body = json!({"email": format!("guest{number}@elsewhere.test"), "role": "EXTERNAL"});
        admin.post("/api/v1/members", body).await.unwrap().expect(201).unwrap();
    }
    for _ in 0..200 {
        if sink.letters().len() >= LETTERS {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    tokio::time::sleep(Duration::from_millis(300)).await;

    let to: Vec<_> = sink.letters().into_iter().map(|letter| letter.to).collect();
    assert_eq!(to.len(), LETTERS, "{to:?}");
    assert_eq!(to.iter().collect::<BTreeSet<_>>().len(), LETTERS, "{to:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn several_nodes_deliver_each_letter_once_on_sqlite() {
    delivers_once(Stack::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn several_nodes_deliver_each_letter_once_on_postgres() {
    delivers_once(Stack::Postgres).await;
}
