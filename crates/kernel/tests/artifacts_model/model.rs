//! A slow model of what artifacts are for whom: maps, and a search from the top. It knows nothing of `resolve`.

use std::collections::{BTreeMap, BTreeSet};

use guildhall_artifacts::{
    ArtifactKey, Below, Content, Delegation, DraftAct, Kinds, Layer, Package, PackageId, Pattern,
    override_state,
};
use serde_json::Value;

/// A workspace by its number, from 1; 0 is System.
pub type Place = usize;

pub const SYSTEM: Place = 0;

/// A version.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// No two versions have the same.
    pub id: u64,
    pub content: Value,
    pub hash: String,
    pub locked: Vec<Pattern>,
    /// Whether a package brought it.
    pub shipped: bool,
    /// What it was made from.
    pub base: Option<Box<Said>>,
}

/// What stands in one layer.
#[derive(Debug, Clone, PartialEq)]
pub enum Slot {
    Live(Said),
    Hidden(Option<Said>),
    Gone(Option<Said>),
}

impl Slot {
    pub fn said(&self) -> Option<&Said> {
        match self {
            Self::Live(said) => Some(said),
            Self::Hidden(said) | Self::Gone(said) => said.as_ref(),
        }
    }
}

/// What is prepared for publishing.
#[derive(Debug, Clone)]
pub struct Prepared {
    pub act: DraftAct,
    pub content: Option<Value>,
    /// When what is published here now came to be, as the first writer saw it.
    pub stamp: u64,
    /// What lay below customizations when it was begun.
    pub base: Option<Said>,
    pub version: i64,
}

/// What one space has.
#[derive(Debug, Default)]
pub struct Own {
    pub slots: BTreeMap<ArtifactKey, BTreeMap<Layer, (Slot, u64)>>,
    pub deployed: BTreeMap<PackageId, Package>,
    pub drafts: BTreeMap<ArtifactKey, Prepared>,
}

/// To whom System's artifacts of a package are there.
#[derive(Debug, Clone, PartialEq)]
pub enum Offer {
    All,
    List(BTreeSet<Place>),
    None,
}

/// What a key answers.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    Found(Layer, Said),
    Hidden,
    Absent,
}

/// One row of a list, or one artifact.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub key: ArtifactKey,
    pub layer: Layer,
    pub content: Value,
    pub hash: String,
    pub inherited: bool,
    pub overridden: bool,
    pub state: Option<&'static str>,
}

pub struct Model {
    pub kinds: Kinds,
    pub places: Vec<Own>,
    pub offers: BTreeMap<PackageId, Offer>,
    pub delegated: BTreeMap<Place, Delegation>,
    pub keys: BTreeSet<ArtifactKey>,
    count: u64,
}

impl Model {
    pub fn new(kinds: Kinds, workspaces: usize) -> Self {
        let places = (0..=workspaces).map(|_| Own::default()).collect();
        let (offers, delegated) = (BTreeMap::new(), BTreeMap::new());
        Self { kinds, places, offers, delegated, keys: BTreeSet::new(), count: 0 }
    }

    pub fn next(&mut self) -> u64 {
        self.count += 1;
        self.count
    }

    pub fn slot(&self, place: Place, key: &ArtifactKey, layer: Layer) -> Option<&Slot> {
        self.places[place].slots.get(key)?.get(&layer).map(|(slot, _)| slot)
    }

    pub fn stamp(&self, place: Place, key: &ArtifactKey, layer: Layer) -> u64 {
        let layers = self.places[place].slots.get(key);
        layers.and_then(|layers| layers.get(&layer)).map_or(0, |(_, stamp)| *stamp)
    }

    pub fn put(&mut self, place: Place, key: &ArtifactKey, layer: Layer, slot: Slot) {
        let stamp = self.next();
        self.places[place].slots.entry(key.clone()).or_default().insert(layer, (slot, stamp));
    }

    pub fn say(&mut self, content: Value, locked: Vec<Pattern>, base: Option<&Said>) -> Said {
        let base = base.map(|base| Box::new(Said { base: None, ..base.clone() }));
        let hash = Content::new(content.clone()).unwrap().hash().to_string();
        Said { id: self.next(), content, hash, locked, shipped: false, base }
    }

    pub fn is_offered(&self, package: &PackageId, place: Place) -> bool {
        match self.offers.get(package) {
            None | Some(Offer::All) => true,
            Some(Offer::List(places)) => places.contains(&place),
            Some(Offer::None) => false,
        }
    }

    /// What one finds who looks from the top of these layers down.
    fn search(&self, place: Place, key: &ArtifactKey, layers: &[Layer]) -> Option<(Layer, &Slot)> {
        for layer in layers {
            let holder = if *layer == Layer::System { SYSTEM } else { place };
            if *layer == Layer::System && place != SYSTEM && !self.reaches(place, key) {
                continue;
            }
            match self.slot(holder, key, *layer) {
                Some(slot @ (Slot::Live(_) | Slot::Hidden(_))) => return Some((*layer, slot)),
                Some(Slot::Gone(_)) | None => {}
            }
        }
        None
    }

    fn top(&self, place: Place, key: &ArtifactKey) -> Option<(Layer, &Slot)> {
        self.search(place, key, &[Layer::Customization, Layer::Published, Layer::Package, Layer::System])
    }

    /// Whether what System has at a key is there for a workspace.
    fn reaches(&self, place: Place, key: &ArtifactKey) -> bool {
        let Some(package) = &key.name.package else { return true };
        !self.places[place].deployed.contains_key(package) && self.is_offered(package, place)
    }

    pub fn answer(&self, place: Place, key: &ArtifactKey) -> Answer {
        match self.top(place, key) {
            Some((layer, Slot::Live(said))) => Answer::Found(layer, said.clone()),
            Some(_) => Answer::Hidden,
            None => Answer::Absent,
        }
    }

    /// What lies below a layer.
    pub fn under(&self, place: Place, key: &ArtifactKey, layer: Layer) -> Option<Said> {
        self.lower(place, key, layer).cloned()
    }

    fn lower(&self, place: Place, key: &ArtifactKey, layer: Layer) -> Option<&Said> {
        let layers: &[Layer] = match layer {
            Layer::Customization => &[Layer::Published, Layer::Package, Layer::System],
            Layer::Published => &[Layer::Package, Layer::System],
            Layer::Package => &[Layer::System],
            Layer::System => &[],
        };
        match self.search(place, key, layers) {
            Some((_, Slot::Live(said))) => Some(said),
            _ => None,
        }
    }

    pub fn row(&self, place: Place, key: &ArtifactKey) -> Option<Row> {
        let (layer, Slot::Live(said)) = self.top(place, key)? else { return None };
        let inherited = matches!(layer, Layer::System | Layer::Package);
        let under = if inherited { None } else { self.lower(place, key, layer) };
        let overridden = !inherited && (under.is_some() || said.base.is_some());
        let state = overridden.then(|| self.state(key, said, under));
        let (key, content, hash) = (key.clone(), said.content.clone(), said.hash.clone());
        Some(Row { key, layer, content, hash, inherited, overridden, state })
    }

    pub fn state(&self, key: &ArtifactKey, said: &Said, under: Option<&Said>) -> &'static str {
        let Some(under) = under else { return "ORPHANED" };
        if under.content == said.content {
            return "REDUNDANT";
        }
        let base = said.base.as_ref().map(|base| &base.content);
        if base == Some(&under.content) {
            return "CURRENT";
        }
        let below = Below { content: &under.content, locked: &under.locked };
        let kind = self.kinds.find(&key.kind).unwrap();
        override_state(kind, base, &said.content, Some(below)).as_str()
    }

    /// The rows of a kind, by package and path.
    pub fn rows(&self, place: Place, kind: &str) -> Vec<Row> {
        let keys = self.keys.iter().filter(|key| key.kind.as_str() == kind);
        keys.filter_map(|key| self.row(place, key)).collect()
    }

    /// The keys of a kind that a space has hidden, likewise.
    pub fn hidden(&self, place: Place, kind: &str) -> Vec<ArtifactKey> {
        let keys = self.keys.iter().filter(|key| key.kind.as_str() == kind);
        keys.filter(|key| matches!(self.top(place, key), Some((_, Slot::Hidden(_))))).cloned().collect()
    }
}
