//! One shape for every enumeration that is stored and sent by name.

/// Declares a `Copy` enumeration with its spelled names: `as_str`, `Display`, `FromStr`, serde, and its JSON schema.
macro_rules! enumeration {
    ($(#[$meta:meta])* $name:ident { $($(#[$about:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum $name {
            $($(#[$about])* $variant,)+
        }

        impl $name {
            /// Every value, in the order of their declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name that is stored and sent.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = guildhall_core::ValueError;

            fn from_str(text: &str) -> Result<Self, guildhall_core::ValueError> {
                Self::ALL.iter().copied().find(|value| value.as_str() == text).ok_or_else(|| {
                    let names: Vec<&str> = Self::ALL.iter().map(|value| value.as_str()).collect();
                    guildhall_core::ValueError::new(format!("must be one of {}", names.join(", ")))
                })
            }
        }
    };
}

pub(crate) use enumeration;

#[cfg(test)]
mod tests {
    use std::{fmt::Debug, str::FromStr};

    use serde::Serialize;

    use crate::{ItemKind, PhaseState, ProjectRole, ProjectState, Status};

    fn has_one_spelling<T: Copy + Debug + PartialEq + FromStr + Serialize>(
        all: &[T],
        name: fn(T) -> &'static str,
    ) {
        for value in all {
            assert_eq!(name(*value).parse::<T>().ok(), Some(*value));
            assert_eq!(serde_json::to_value(value).unwrap(), name(*value));
        }
    }

    #[test]
    fn every_value_is_stored_sent_and_read_by_the_same_name() {
        has_one_spelling(Status::ALL, Status::as_str);
        has_one_spelling(ItemKind::ALL, ItemKind::as_str);
        has_one_spelling(PhaseState::ALL, PhaseState::as_str);
        has_one_spelling(ProjectRole::ALL, ProjectRole::as_str);
        has_one_spelling(ProjectState::ALL, ProjectState::as_str);
    }

    #[test]
    fn an_unknown_name_is_answered_with_the_known_ones() {
        let error = "DONE".parse::<Status>().unwrap_err();

        assert_eq!(error.to_string(), "must be one of TO_DO, IN_PROGRESS, COMPLETED, ARCHIVED");
    }
}
