//! What the demo's projects are made of.

use guildhall_orchestration::Status;

/// A project as this file spells it.
pub(super) struct DemoProject {
    pub(super) name: &'static str,
    pub(super) description: &'static str,
    /// Client, market and brand that it is linked to, by name; the last one counts.
    pub(super) node: &'static [&'static str],
    /// In how many days it is due.
    pub(super) due_in: i64,
    /// Who contributes to it.
    pub(super) contributor: Option<&'static str>,
    pub(super) phases: &'static [DemoPhase],
    pub(super) archived: bool,
}

/// A phase as this file spells it.
pub(super) struct DemoPhase {
    pub(super) name: &'static str,
    pub(super) objective: &'static str,
    pub(super) items: &'static [DemoItem],
}

/// An item as this file spells it.
pub(super) struct DemoItem {
    pub(super) name: &'static str,
    pub(super) content: DemoContent,
    pub(super) status: Status,
    /// Title and status of each task.
    pub(super) tasks: &'static [(&'static str, Status)],
}

/// What an item is.
pub(super) enum DemoContent {
    /// Something that people do.
    Activity,
    /// The same with a page elsewhere.
    Link(&'static str),
    /// A product of the demo, by its slug.
    Product(&'static str),
}

use DemoContent::{Activity, Link, Product};
use Status::{Completed, InProgress, ToDo};

const fn item(
    name: &'static str,
    content: DemoContent,
    status: Status,
    tasks: &'static [(&'static str, Status)],
) -> DemoItem {
    DemoItem { name, content, status, tasks }
}

/// One in the middle of the work, one that has not begun, and one that is done and put away.
pub(super) const PROJECTS: [DemoProject; 3] = [
    DemoProject {
        name: "Spring campaign",
        description: "A new look for the lemonade, from the first idea to the first day on air.",
        node: &["Example Beverages", "Germany", "Example Lemonade"],
        due_in: 60,
        contributor: Some("external@wpp.test"),
        phases: &[
            DemoPhase {
                name: "Discover",
                objective: "Know whom we talk to, and what about.",
                items: &[
                    item(
                        "Read the brief",
                        Link("https://briefs.test/spring-campaign"),
                        Completed,
                        &[("Read it", Completed), ("Ask what it leaves open", Completed)],
                    ),
                    item("Interview customers", Activity, Completed, &[]),
                ],
            },
            DemoPhase {
                name: "Create",
                objective: "One idea, three drafts, one decision.",
                items: &[
                    item(
                        "Sketch three drafts",
                        Activity,
                        InProgress,
                        &[("A quiet one", Completed), ("A loud one", InProgress), ("A strange one", ToDo)],
                    ),
                    item("Review the drafts", Product("asset-review"), ToDo, &[]),
                ],
            },
            DemoPhase {
                name: "Launch",
                objective: "On air on the first day of spring.",
                items: &[
                    item("Plan the media", Product("media-planner"), InProgress, &[("Compare prices", ToDo)]),
                    item("Book the media", Activity, ToDo, &[]),
                ],
            },
        ],
        archived: false,
    },
    DemoProject {
        name: "Annual report",
        description: "What happened last year, on forty pages.",
        node: &[],
        due_in: 120,
        contributor: None,
        phases: &[
            DemoPhase {
                name: "Outline",
                objective: "Everybody agrees on the chapters.",
                items: &[
                    item(
                        "Collect the figures",
                        Activity,
                        ToDo,
                        &[("Ask finance", ToDo), ("Ask the markets", ToDo)],
                    ),
                    item("Review the outline", Product("asset-review"), ToDo, &[]),
                ],
            },
            DemoPhase { name: "Write", objective: "A text that people read to its end.", items: &[] },
        ],
        archived: false,
    },
    DemoProject {
        name: "Trade fair booth",
        description: "A booth that people remember.",
        node: &["Example Beverages"],
        due_in: -30,
        contributor: None,
        phases: &[DemoPhase {
            name: "Build",
            objective: "It stands when the doors open.",
            items: &[
                item("Design the booth", Activity, Completed, &[]),
                item("Set it up", Activity, Completed, &[("Carry", Completed), ("Screw", Completed)]),
            ],
        }],
        archived: true,
    },
];
