//! Letters in words that were shipped or written by others.

use std::borrow::Cow;

/// A letter that has a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LetterKind {
    /// An offer of membership.
    Invitation,
    /// A link to a new password.
    PasswordReset,
    /// Word that the password is another one.
    PasswordChanged,
    /// A link that confirms a new address.
    ConfirmAddress,
    /// Word that a wished address has an account.
    AddressInUse,
    /// Word that another address is to take this one's place.
    AddressChanging,
    /// Word that another address has taken this one's place.
    AddressChanged,
}

impl LetterKind {
    /// All of them.
    pub(crate) const ALL: [Self; 7] = [
        Self::Invitation,
        Self::PasswordReset,
        Self::PasswordChanged,
        Self::ConfirmAddress,
        Self::AddressInUse,
        Self::AddressChanging,
        Self::AddressChanged,
    ];

    /// As templates spell it.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Invitation => "INVITATION",
            Self::PasswordReset => "PASSWORD_RESET",
            Self::PasswordChanged => "PASSWORD_CHANGED",
            Self::ConfirmAddress => "CONFIRM_ADDRESS",
            Self::AddressInUse => "ADDRESS_IN_USE",
            Self::AddressChanging => "ADDRESS_CHANGING",
            Self::AddressChanged => "ADDRESS_CHANGED",
        }
    }

    /// The name at which its template stands.
    pub(crate) const fn path(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::PasswordReset => "password_reset",
            Self::PasswordChanged => "password_changed",
            Self::ConfirmAddress => "confirm_address",
            Self::AddressInUse => "address_in_use",
            Self::AddressChanging => "address_changing",
            Self::AddressChanged => "address_changed",
        }
    }

    /// The placeholders that it fills. One that fills a link is of no use without.
    pub(crate) const fn fills(self) -> &'static [&'static str] {
        match self {
            Self::Invitation => &["address", "inviter", "link", "until", "workspace"],
            Self::PasswordReset | Self::ConfirmAddress => &["address", "link", "minutes"],
            Self::PasswordChanged | Self::AddressInUse | Self::AddressChanging | Self::AddressChanged => {
                &["address"]
            }
        }
    }

    /// Whether it is about a workspace, whose words it then has, and not about the platform itself.
    pub(crate) const fn is_a_workspaces(self) -> bool {
        matches!(self, Self::Invitation)
    }
}

/// What stands in the place of each placeholder.
pub(crate) type Values = Vec<(&'static str, String)>;

/// The names of a text's placeholders, in their order.
pub(crate) fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    text.split("{{").skip(1).filter_map(|rest| Some(rest.split_once("}}")?.0))
}

/// A text with its placeholders filled, each once: what a value says is not looked into. `None` where one has no value.
pub(super) fn filled(text: &str, values: &Values) -> Option<String> {
    let mut parts = text.split("{{");
    let mut whole = Cow::from(parts.next().unwrap_or_default());
    for part in parts {
        let (name, rest) = part.split_once("}}")?;
        let (_, value) = values.iter().find(|(known, _)| *known == name)?;
        let whole = whole.to_mut();
        whole.push_str(value);
        whole.push_str(rest);
    }
    Some(whole.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_value_says_is_not_looked_into() {
        let values = vec![("inviter", "{{link}}".to_owned()), ("link", "https://first.test/#a".to_owned())];

        let text = filled("{{inviter}} invites: {{link}}.", &values);

        assert_eq!(text.as_deref(), Some("{{link}} invites: https://first.test/#a."));
    }

    #[test]
    fn a_text_with_an_unknown_or_unended_placeholder_is_not_filled() {
        let values = vec![("link", "l".to_owned())];

        assert_eq!(filled("{{name}}", &values), None);
        assert_eq!(filled("{{link", &values), None);
        assert_eq!(filled("no placeholder", &values).as_deref(), Some("no placeholder"));
    }

    #[test]
    fn the_names_of_placeholders_are_told_in_order() {
        assert_eq!(placeholders("a {{b}} {{c}}{{d").collect::<Vec<_>>(), ["b", "c"]);
    }
}
