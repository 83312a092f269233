//! What is shared and overridden, over HTTP, on both databases.

mod bodies;
mod drafts;
mod hidden;
mod paths;
mod races;
mod reviews;
mod stage;
mod story;

/// Makes of each function a test on each database.
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name(guildhall_testkit::Stack::Sqlite).await;
            })+
        }

        mod on_postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name(guildhall_testkit::Stack::Postgres).await;
            })+
        }
    };
}

pub(crate) use on_both;
