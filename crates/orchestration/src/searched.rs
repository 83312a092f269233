//! What can be searched for.

use guildhall_core::enumeration;

enumeration! {
    /// What a search finds.
    Searched {
        /// A project, by name and description.
        Project = "PROJECT",
        /// A phase, by name, objective and deliverables.
        Phase = "PHASE",
        /// An item, by name, description and link.
        Item = "ITEM",
        /// A task, by title and description.
        Task = "TASK",
        /// A template, by name.
        Template = "TEMPLATE",
    }
}
