//! A hierarchy read from a table: what would be added, what is there already, and what is wrong where.

mod path;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use guildhall_core::{Level, Name, NodeId};

use self::path::{parse_path, spell_path};
use crate::{Levels, NewNode, Node, NodeState, Tree};

/// One line of a table, as it is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportLine {
    /// Where the line begins in the file, counted from 1.
    pub line: u64,
    /// `CLIENT`, `MARKET`, `BRAND` or a level of the workspace's own.
    pub level: String,
    /// What people will call the node.
    pub name: String,
    /// The names from the top down to the node that it stands under, with `/` between them; empty for the top.
    pub parent: String,
    /// What the workspace's own master data calls it; may be empty.
    pub md_id: String,
    /// The words that it is filed under, with `;` between them; may be empty.
    pub categories: String,
}

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ImportColumn {
    /// What the node is.
    Level,
    /// What people call it.
    Name,
    /// Where it stands.
    Parent,
    /// Its id in master data.
    MdId,
    /// The words that it is filed under.
    Categories,
}

impl ImportColumn {
    /// All of them, in the order in which they are documented.
    pub const ALL: [Self; 5] = [Self::Level, Self::Name, Self::Parent, Self::MdId, Self::Categories];

    /// The column's name in the header.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Level => "level",
            Self::Name => "name",
            Self::Parent => "parent",
            Self::MdId => "md_id",
            Self::Categories => "categories",
        }
    }

    /// Whether a table without it says too little.
    pub const fn is_required(self) -> bool {
        matches!(self, Self::Level | Self::Name | Self::Parent)
    }
}

/// One thing that is wrong with a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportFault {
    /// The line, counted from 1; the header is the first.
    pub line: u64,
    /// The column; `None` for the line as a whole.
    pub column: Option<ImportColumn>,
    /// What is wrong there.
    pub detail: String,
}

/// A table as it was read, with what could not be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportTable {
    /// The lines below the header.
    pub lines: Vec<ImportLine>,
    /// What is wrong with the table itself.
    pub faults: Vec<ImportFault>,
}

impl ImportTable {
    /// The most lines of one table, its header not counted.
    pub const MAX_LINES: usize = 5_000;
    /// The most faults that are told of one table.
    pub const MAX_FAULTS: usize = 1_000;
}

/// Where a planned node stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ImportParent {
    /// Directly under the workspace.
    Top,
    /// Under a node that is there.
    Node(NodeId),
    /// Under one that the same table adds: its place in the list of those.
    Added(usize),
}

/// A node that a table would add.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedNode {
    /// The line that says so.
    pub line: u64,
    /// Where it will stand.
    pub parent: ImportParent,
    /// The names from the top down to its parent, as the table spells such paths.
    pub path: String,
    /// The node.
    pub node: NewNode,
}

/// What a table would do. Where it has faults it does nothing, and only the lines without any are told.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ImportPlan {
    /// What would be added, each node after the one that it stands under.
    pub add: Vec<PlannedNode>,
    /// What is there already, with the line that names it.
    pub present: Vec<(u64, Node)>,
    /// All that is wrong, by line; at most [`ImportTable::MAX_FAULTS`].
    pub faults: Vec<ImportFault>,
}

/// A line whose fields could be read one by one.
struct Row {
    line: u64,
    path: Vec<Name>,
    node: NewNode,
}

/// What stands under one parent by one name.
struct Standing {
    at: ImportParent,
    level: Level,
}

/// Holds a table to the hierarchy as it stands. A node is there already where one in use has its parent, its name and its
/// level; parents may be added by any line of the same table.
pub fn plan_import(table: ImportTable, tree: &Tree, levels: &Levels) -> ImportPlan {
    let ImportTable { lines, mut faults } = table;
    let (mut rows, mut unread) = (Vec::with_capacity(lines.len()), Vec::new());
    // Whoever stands under a line with a fault has none of his own.
    let mut declared = BTreeSet::new();
    for line in &lines {
        if let (Ok(name), Ok(mut path)) = (line.name.parse::<Name>(), parse_path(&line.parent)) {
            path.push(name);
            declared.insert(path);
        }
        match read(line) {
            Ok(row) => rows.push(row),
            Err(wrong) => {
                faults.extend(wrong);
                unread.push(line);
            }
        }
    }
    rows.sort_by_key(|row| (row.path.len(), row.line));
    let mut planner = Planner::new(tree, levels, declared);
    let mut present = Vec::new();
    for row in rows {
        match planner.place(row) {
            Ok(Some(node)) => present.push(node),
            Ok(None) => {}
            Err(fault) => faults.extend(fault),
        }
    }
    // A line with a fault may have another one in where it would stand.
    faults.extend(unread.into_iter().filter_map(|line| planner.misled(line)));
    faults.sort_by_key(|fault| (fault.line, fault.column));
    faults.truncate(ImportTable::MAX_FAULTS);
    present.sort_by_key(|(line, _)| *line);
    ImportPlan { add: planner.add, present, faults }
}

/// Reads the fields of a line, or says everything that is wrong with them.
fn read(line: &ImportLine) -> Result<Row, Vec<ImportFault>> {
    let mut faults = Vec::new();
    let mut wrong = |column, detail: String| {
        faults.push(ImportFault { line: line.line, column: Some(column), detail });
    };
    let level =
        line.level.parse::<Level>().map_err(|error| wrong(ImportColumn::Level, error.to_string())).ok();
    let name = line.name.parse::<Name>().map_err(|error| wrong(ImportColumn::Name, error.to_string())).ok();
    let path = parse_path(&line.parent).map_err(|error| wrong(ImportColumn::Parent, error)).ok();
    let md_id = Some(line.md_id.trim()).filter(|id| !id.is_empty()).map(str::parse::<Name>).transpose();
    let md_id = md_id.map_err(|error| wrong(ImportColumn::MdId, error.to_string())).ok();
    let words = line.categories.split(';').map(str::trim).filter(|word| !word.is_empty());
    let categories = words.map(str::parse::<Name>).collect::<Result<Vec<Name>, _>>();
    let categories = categories.map_err(|error| wrong(ImportColumn::Categories, error.to_string())).ok();
    if categories.as_ref().is_some_and(|all| all.len() > Node::MAX_CATEGORIES) {
        wrong(ImportColumn::Categories, format!("has more than {} words", Node::MAX_CATEGORIES));
    }
    match (level, name, path, md_id, categories) {
        (Some(level), Some(name), Some(path), Some(md_id), Some(categories)) if faults.is_empty() => {
            Ok(Row { line: line.line, path, node: NewNode { level, name, md_id, categories } })
        }
        _ => Err(faults),
    }
}

/// Places rows, those nearer to the top first.
struct Planner<'a> {
    tree: &'a Tree,
    levels: &'a Levels,
    add: Vec<PlannedNode>,
    /// What stands where by which name: nodes in use, and those of the plan.
    standing: BTreeMap<(ImportParent, Name), Vec<Standing>>,
    /// Which line named a place first.
    lines: BTreeMap<(ImportParent, Name), u64>,
    /// What the table says of, right or wrong.
    declared: BTreeSet<Vec<Name>>,
}

impl<'a> Planner<'a> {
    fn new(tree: &'a Tree, levels: &'a Levels, declared: BTreeSet<Vec<Name>>) -> Self {
        let mut standing: BTreeMap<_, Vec<Standing>> = BTreeMap::new();
        for node in tree.descendants(None).into_iter().filter(|node| node.state == NodeState::Live) {
            let parent = node.parent_id.map_or(ImportParent::Top, ImportParent::Node);
            let here = Standing { at: ImportParent::Node(node.id), level: node.level.clone() };
            standing.entry((parent, node.name.clone())).or_default().push(here);
        }
        Self { tree, levels, add: Vec::new(), standing, lines: BTreeMap::new(), declared }
    }

    /// Adds the row's node to the plan, or answers the one that is there. No fault where the fault is another line's.
    fn place(&mut self, row: Row) -> Result<Option<(u64, Node)>, Option<ImportFault>> {
        let Row { line, path, node } = row;
        let wrong = |column, detail: String| Some(ImportFault { line, column: Some(column), detail });
        let (parent, above) = match self.resolve(&path) {
            Ok(found) => found,
            Err(detail) => return Err(detail.and_then(|detail| wrong(ImportColumn::Parent, detail))),
        };
        let place = (parent, node.name.clone());
        if let Some(first) = self.lines.get(&place) {
            return Err(wrong(
                ImportColumn::Name,
                format!("stands under this parent in line {first} already"),
            ));
        }
        self.levels
            .check(&node.level, above.as_ref())
            .map_err(|error| wrong(ImportColumn::Level, error.to_string()))?;
        if path.len() >= Node::MAX_DEPTH {
            return Err(wrong(ImportColumn::Parent, "is as deep as a hierarchy gets".to_owned()));
        }
        let there = self.standing.get(&place).map_or(&[][..], Vec::as_slice);
        if let Some(same) = there.iter().find(|there| there.level == node.level) {
            let same = match same.at {
                ImportParent::Node(id) => self.tree.node(id).cloned(),
                ImportParent::Top | ImportParent::Added(_) => None,
            };
            self.lines.insert(place, line);
            return Ok(same.map(|same| (line, same)));
        }
        if let Some(other) = there.first() {
            let detail = format!("stands under this parent already, as `{}`", other.level);
            return Err(wrong(ImportColumn::Name, detail));
        }
        let here = Standing { at: ImportParent::Added(self.add.len()), level: node.level.clone() };
        self.standing.insert(place.clone(), vec![here]);
        self.lines.insert(place, line);
        self.add.push(PlannedNode { line, parent, path: spell_path(&path), node });
        Ok(None)
    }

    /// What is wrong with the parent of a line that could not be read, where its path can be.
    fn misled(&self, line: &ImportLine) -> Option<ImportFault> {
        let path = parse_path(&line.parent).ok()?;
        let detail = self.resolve(&path).err()??;
        Some(ImportFault { line: line.line, column: Some(ImportColumn::Parent), detail })
    }

    /// What a path leads to, and its level, which the top has none of. No words where the fault is another line's.
    fn resolve(&self, path: &[Name]) -> Result<(ImportParent, Option<Level>), Option<String>> {
        let (mut parent, mut level) = (ImportParent::Top, None);
        for (at, name) in path.iter().enumerate() {
            let below = self.standing.get(&(parent, name.clone())).map_or(&[][..], Vec::as_slice);
            match below {
                [one] => (parent, level) = (one.at, Some(one.level.clone())),
                [] if path.get(..=at).is_some_and(|path| self.declared.contains(path)) => return Err(None),
                [] => return Err(Some(format!("leads nowhere: no `{name}` in use stands there"))),
                _ => return Err(Some(format!("is ambiguous: more than one `{name}` stands there"))),
            }
        }
        Ok((parent, level))
    }
}
