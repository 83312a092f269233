//! Adding many nodes at once, from a table.

use guildhall_core::Level;
use guildhall_kernel::{Imported, KernelError, Request, code};
use guildhall_tenancy::{ImportLine, ImportTable};

use super::hierarchy::create;
use crate::support::{World, parsed};

fn table(lines: &[(&str, &str, &str)]) -> ImportTable {
    let lines = lines.iter().zip(2..).map(|((level, name, parent), line)| ImportLine {
        line,
        level: (*level).to_owned(),
        name: (*name).to_owned(),
        parent: (*parent).to_owned(),
        ..ImportLine::default()
    });
    ImportTable { lines: lines.collect(), faults: Vec::new() }
}

fn right() -> ImportTable {
    table(&[("CLIENT", "Soda", ""), ("MARKET", "North", "Soda"), ("BRAND", "Fizz", "Soda/North")])
}

async fn import(world: &World, table: ImportTable) -> Result<Imported, KernelError> {
    world
        .kernel
        .import_hierarchy(&world.ask(&world.admin), table)
        .await
        .map(guildhall_kernel::Outcome::into_inner)
}

#[tokio::test]
async fn a_table_is_added_with_one_event_and_read_again_adds_nothing() {
    let world = World::new().await;
    let before = world.next_seq().await;

    let first = import(&world, right()).await.unwrap();
    let after = world.next_seq().await;
    let second = import(&world, right()).await.unwrap();

    assert_eq!(first.added.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 3, 4]);
    assert_eq!(after, before + 1);
    assert_eq!((second.added.len(), second.present.len()), (0, 3));
    assert_eq!(world.next_seq().await, after);
    let tree = world.kernel.read_hierarchy(&world.ask(&world.admin), false).await.unwrap();
    assert_eq!(tree[0].children[0].children.len(), 1);
}

#[tokio::test]
async fn nothing_is_added_unless_all_is_right() {
    let world = World::new().await;
    let before = world.next_seq().await;
    let wrong = table(&[("CLIENT", "Soda", ""), ("BRAND", "Fizz", "")]);

    let plan = world.kernel.plan_hierarchy_import(&world.ask(&world.admin), wrong.clone()).await.unwrap();
    let refused = import(&world, wrong).await;

    assert_eq!((plan.add.len(), plan.faults.len()), (1, 1));
    let Err(KernelError::ImportRefused { faults }) = refused else { panic!("{refused:?}") };
    assert_eq!(faults, plan.faults);
    assert_eq!(world.next_seq().await, before);
    assert_eq!(world.kernel.read_hierarchy(&world.ask(&world.admin), true).await.unwrap(), []);
}

#[tokio::test]
async fn an_import_grows_below_what_is_there() {
    let world = World::new().await;
    let client = create(&world, None, Level::Client).await;

    let made = import(&world, table(&[("CLIENT", "CLIENT", ""), ("BRAND", "Fizz", "CLIENT")])).await.unwrap();

    assert_eq!(made.present.iter().map(|(_, node)| node.id).collect::<Vec<_>>(), [client]);
    assert_eq!(made.added[0].1.parent_id, Some(client));
}

#[tokio::test]
async fn only_who_manages_the_whole_hierarchy_imports_and_is_told_what_is_there() {
    let world = World::new().await;

    for user in [&world.internal, &world.external] {
        let ask = world.ask(user);
        for refused in [
            world.kernel.import_hierarchy(&ask, right()).await.map(drop),
            world.kernel.plan_hierarchy_import(&ask, right()).await.map(drop),
        ] {
            assert!(
                matches!(&refused, Err(KernelError::Forbidden(code))
                    if [code::NODE_READ, code::NODE_MANAGE].contains(code)),
                "{refused:?}"
            );
        }
    }
}

#[tokio::test]
async fn an_import_repeated_by_its_key_adds_nothing() {
    let world = World::new().await;
    let ask = Request { idempotency_key: Some(parsed("once")), ..world.ask(&world.admin) };
    world.kernel.import_hierarchy(&ask, right()).await.unwrap();
    let before = world.next_seq().await;

    let second = world.kernel.import_hierarchy(&ask, right()).await.unwrap();

    assert!(second.is_replayed());
    assert_eq!(second.into_inner().present.len(), 3);
    assert_eq!(world.next_seq().await, before);
}
