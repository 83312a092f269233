//! The tree does as a naive model does: random nodes made, moved, archived and restored, and after each step every node's path,
//! state and branch.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop where its world breaks")]

use std::collections::BTreeMap;

use guildhall_core::{Level, NodeId, testing::SequentialIds};
use guildhall_tenancy::{Above, LevelRule, Levels, Node, NodeState, TenancyError, Tree, testing::node};
use proptest::{
    prelude::*,
    test_runner::{Config, TestCaseResult, TestRunner},
};

/// What is done to the tree; a number stands for the node that was made so many-th, `None` for the workspace.
#[derive(Debug, Clone, Copy)]
enum Step {
    Make(Option<usize>, bool),
    Move(usize, Option<usize>),
    Archive(usize),
    Restore(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let some = 0..24_usize;
    let place = prop::option::weighted(0.8, some.clone());
    let step = prop_oneof![
        3 => (place.clone(), any::<bool>()).prop_map(|(parent, line)| Step::Make(parent, line)),
        4 => (some.clone(), place).prop_map(|(node, parent)| Step::Move(node, parent)),
        2 => some.clone().prop_map(Step::Archive),
        2 => some.prop_map(Step::Restore),
    ];
    prop::collection::vec(step, 1..120)
}

/// `Line` stands anywhere under the workspace and under itself, `BRAND` under `Line` alone.
fn levels() -> Levels {
    let line = || Above::Level("Line".parse().unwrap());
    Levels::new(vec![
        LevelRule { level: "Line".parse().unwrap(), under: vec![Above::Workspace, line()] },
        LevelRule { level: Level::Brand, under: vec![line()] },
    ])
    .unwrap()
}

/// One node of the model. It is put away by whoever stands in the set: itself, or a node above.
#[derive(Debug, Clone)]
struct Plain {
    id: NodeId,
    parent: Option<usize>,
    is_line: bool,
    away_with: Option<usize>,
}

/// The model: a list, asked by walking it.
#[derive(Debug, Default)]
struct Model(Vec<Plain>);

impl Model {
    fn path(&self, mut at: usize) -> Vec<usize> {
        let mut path = vec![at];
        while let Some(parent) = self.0[at].parent {
            path.insert(0, parent);
            at = parent;
        }
        path
    }

    fn below(&self, at: usize) -> Vec<usize> {
        (0..self.0.len()).filter(|other| *other != at && self.path(*other).contains(&at)).collect()
    }

    fn is_live(&self, at: usize) -> bool {
        self.0[at].away_with.is_none()
    }

    fn may_stand(&self, is_line: bool, parent: Option<usize>) -> bool {
        parent.map_or(is_line, |parent| self.0[parent].is_line)
    }

    fn height(&self, at: usize) -> usize {
        let own = self.path(at).len();
        self.below(at).into_iter().map(|below| self.path(below).len() - own).max().unwrap_or(0) + 1
    }

    fn may_move(&self, at: usize, parent: Option<usize>) -> bool {
        let depth = parent.map_or(0, |parent| self.path(parent).len());
        self.is_live(at)
            && parent.is_none_or(|parent| self.is_live(parent) && !self.path(parent).contains(&at))
            && self.may_stand(self.0[at].is_line, parent)
            && depth + self.height(at) <= Node::MAX_DEPTH
    }

    fn may_restore(&self, at: usize) -> bool {
        self.0[at].parent.is_none_or(|parent| self.is_live(parent))
    }
}

#[derive(Default)]
struct World {
    ids: SequentialIds,
    nodes: BTreeMap<NodeId, Node>,
    model: Model,
}

impl World {
    fn tree(&self) -> Tree {
        Tree::new(self.nodes.values().cloned())
    }

    fn id(&self, at: usize) -> NodeId {
        self.model.0[at].id
    }

    fn store(&mut self, nodes: impl IntoIterator<Item = Node>) {
        self.nodes.extend(nodes.into_iter().map(|node| (node.id, node)));
    }

    /// Does a step in both worlds; they refuse alike.
    fn apply(&mut self, step: Step) -> TestCaseResult {
        let known = |at: usize| at < self.model.0.len();
        match step {
            Step::Make(parent, is_line) if parent.is_none_or(known) => self.make(parent, is_line),
            Step::Move(at, parent) if known(at) && parent.is_none_or(known) => self.relocate(at, parent)?,
            Step::Archive(at) if known(at) => self.archive(at)?,
            Step::Restore(at) if known(at) => self.restore(at)?,
            _ => {}
        }
        Ok(())
    }

    fn make(&mut self, parent: Option<usize>, is_line: bool) {
        let depth = parent.map_or(0, |parent| self.model.path(parent).len());
        let live = parent.is_none_or(|parent| self.model.is_live(parent));
        if !live || depth >= Node::MAX_DEPTH || !self.model.may_stand(is_line, parent) {
            return;
        }
        let above = parent.map(|parent| self.nodes[&self.id(parent)].clone());
        let level = if is_line { "Line".parse().unwrap() } else { Level::Brand };
        let made = node(&self.ids, level, above.as_ref());
        self.model.0.push(Plain { id: made.id, parent, is_line, away_with: None });
        self.store([made]);
    }

    fn relocate(&mut self, at: usize, parent: Option<usize>) -> TestCaseResult {
        let stays = self.model.0[at].parent == parent;
        let moved = self.tree().relocate(self.id(at), parent.map(|parent| self.id(parent)), &levels());
        if stays {
            prop_assert!(matches!(moved, Ok(None) | Err(TenancyError::NodeArchived { .. })), "{moved:?}");
            return Ok(());
        }
        prop_assert_eq!(moved.is_ok(), self.model.may_move(at, parent), "{:?}", moved);
        if let Ok(Some(change)) = moved {
            self.model.0[at].parent = parent;
            self.store([change.after]);
        }
        Ok(())
    }

    fn archive(&mut self, at: usize) -> TestCaseResult {
        let archived = self.tree().archive(self.id(at));
        prop_assert_eq!(archived.is_ok(), self.model.is_live(at));
        if let Ok(changes) = archived {
            for away in self.model.below(at).into_iter().chain([at]) {
                self.model.0[away].away_with.get_or_insert(at);
            }
            self.store(changes.into_iter().map(|change| change.after));
        }
        Ok(())
    }

    fn restore(&mut self, at: usize) -> TestCaseResult {
        let restored = self.tree().restore(self.id(at), &levels());
        let allowed = self.model.is_live(at) || self.model.may_restore(at);
        prop_assert_eq!(restored.is_ok(), allowed, "{:?}", restored);
        if let Ok(changes) = restored {
            for back in &mut self.model.0 {
                back.away_with.take_if(|with| *with == at);
            }
            self.store(changes.into_iter().map(|change| change.after));
        }
        Ok(())
    }

    fn check(&self) -> TestCaseResult {
        let tree = self.tree();
        for at in 0..self.model.0.len() {
            let id = self.id(at);
            let path: Vec<NodeId> = tree.path(id).into_iter().map(|node| node.id).collect();
            let expected: Vec<NodeId> = self.model.path(at).into_iter().map(|at| self.id(at)).collect();
            prop_assert_eq!(path, expected);
            let mut below: Vec<NodeId> = tree.descendants(Some(id)).into_iter().map(|node| node.id).collect();
            below.sort();
            let expected: Vec<NodeId> = self.model.below(at).into_iter().map(|at| self.id(at)).collect();
            prop_assert_eq!(below, expected);
            let live = tree.node(id).unwrap().state == NodeState::Live;
            prop_assert_eq!(live, self.model.is_live(at));
            // Nothing in use ever stands below what is put away.
            prop_assert!(!live || tree.path(id).iter().all(|node| node.state == NodeState::Live));
        }
        prop_assert!(tree.misplaced(&levels()).is_empty());
        Ok(())
    }
}

#[test]
fn tree_and_model_agree_after_every_step() {
    let mut runner = TestRunner::new(Config { cases: 200, failure_persistence: None, ..Config::default() });

    let result = runner.run(&steps(), |steps| {
        let mut world = World::default();
        for step in steps {
            world.apply(step)?;
            world.check()?;
        }
        Ok(())
    });

    result.unwrap();
}
