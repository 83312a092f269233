//! Invitations: how people become members.

mod accept;
mod invite;
mod offer;
mod pending;

pub use accept::{AcceptInvitation, Joined};
pub use invite::{InviteMember, InvitedShown};
pub(crate) use offer::Offer;
pub use pending::InvitationShown;
pub(crate) use pending::Inviter;
