//! What a workspace decides for itself.

use guildhall_core::{Link, ValueError};
use serde::{Deserialize, Serialize};

use crate::{Levels, spelled::spelled};

spelled! {
    /// A language, as its tag spells it (RFC 5646), such as `de` or `pt-BR`; at most 35 characters. Only the form is
    /// checked.
    Language, check: check_language, max: 35, pattern: "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"
}

spelled! {
    /// A color: `#` and six hexadecimal digits, red, green and blue.
    Color, check: check_color, max: 7, pattern: "^#[0-9A-Fa-f]{6}$"
}

/// How a workspace looks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Theme {
    /// Where the font's style sheet is.
    pub font_url: Option<Link>,
    /// The color of what stands out.
    pub primary_color: Option<Color>,
}

/// What a workspace decides for itself. A field that a stored row lacks has its default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WorkspaceSettings {
    /// How it looks; `None` for the platform's own looks.
    pub theme: Option<Theme>,
    /// The languages that it works in, the preferred one first.
    pub languages: Vec<Language>,
    /// Whether members with the role `INTERNAL` may invite others as `EXTERNAL`.
    pub internal_may_invite: bool,
    /// The levels of its hierarchy, and what may stand under what.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<crate::LevelRule>))]
    pub levels: Levels,
}

impl WorkspaceSettings {
    /// The most languages that one workspace lists.
    pub const MAX_LANGUAGES: usize = 20;
}

impl Default for WorkspaceSettings {
    fn default() -> Self {
        Self { theme: None, languages: Vec::new(), internal_may_invite: true, levels: Levels::default() }
    }
}

fn check_language(text: &str) -> Result<(), ValueError> {
    let mut subtags = text.split('-');
    let primary = subtags
        .next()
        .is_some_and(|tag| (2..=3).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphabetic()));
    let rest =
        subtags.all(|tag| (1..=8).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric()));
    if primary && rest && text.len() <= 35 {
        Ok(())
    } else {
        Err(ValueError::new("is no language tag, such as `de` or `pt-BR`"))
    }
}

fn check_color(text: &str) -> Result<(), ValueError> {
    let hexadecimal = text
        .strip_prefix('#')
        .is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()));
    if hexadecimal { Ok(()) } else { Err(ValueError::new("is no color, such as `#1a2b3c`")) }
}

#[cfg(test)]
mod tests {
    use serde::de::{
        IntoDeserializer,
        value::{Error, MapDeserializer},
    };

    use super::*;

    fn read(fields: &[(&'static str, bool)]) -> Result<WorkspaceSettings, Error> {
        WorkspaceSettings::deserialize(MapDeserializer::new(fields.iter().copied()).into_deserializer())
    }

    #[test]
    fn a_field_that_is_not_stored_has_its_default() {
        assert_eq!(read(&[]), Ok(WorkspaceSettings::default()));
        assert!(WorkspaceSettings::default().internal_may_invite);
    }

    #[test]
    fn a_setting_that_nobody_knows_is_refused() {
        assert!(!read(&[("internal_may_invite", false)]).unwrap().internal_may_invite);
        assert!(read(&[("nonsense", true)]).is_err());
    }

    #[test]
    fn a_language_is_a_tag() {
        for good in ["de", "pt-BR", "zh-Hant-TW", "gsw"] {
            assert!(good.parse::<Language>().is_ok(), "{good:?}");
        }
        for bad in ["", "d", "german", "de_DE", "de-", "-de", "d1", "de-a b", "de-\0"] {
            assert!(bad.parse::<Language>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_color_is_six_digits() {
        assert!("#1a2B3c".parse::<Color>().is_ok());
        for bad in ["", "1a2b3c", "#fff", "red", "#1a2b3g", "#1a2b3c;", "url(x)"] {
            assert!(bad.parse::<Color>().is_err(), "{bad:?}");
        }
    }
}
