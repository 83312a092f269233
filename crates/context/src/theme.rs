//! How a product is to look.

use serde::Serialize;
use serde_json::{Map, Value};

/// Named style values, ready for use; each value is a CSS value or an object of further names.
pub type StyleSet = Map<String, Value>;

/// One resolved set of styles. The default is grey, so that it goes with any product's own colours.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Theme {
    /// Grows when the names in `content` change their meaning.
    pub version: String,
    /// What holds in every colour scheme.
    pub settings: ThemeSettings,
    /// The styles of each colour scheme.
    pub content: ThemeContent,
}

/// What holds in every colour scheme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ThemeSettings {
    /// A style sheet that declares the theme's fonts; `None` where the fonts of the user's system do.
    pub font_url: Option<String>,
}

/// The styles of each colour scheme.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ThemeContent {
    /// Dark on light.
    pub light: StyleSet,
    /// Light on dark.
    pub dark: StyleSet,
}

impl Default for Theme {
    fn default() -> Self {
        Self {
            version: "1".to_owned(),
            settings: ThemeSettings { font_url: None },
            content: ThemeContent { light: style_set(&LIGHT), dark: style_set(&DARK) },
        }
    }
}

type Styles = [(&'static str, &'static str); 13];

const FONT: &str = "system-ui, sans-serif";

const LIGHT: Styles = [
    ("background", "#ffffff"),
    ("surface", "#f4f4f4"),
    ("text", "#1f1f1f"),
    ("textMuted", "#595959"),
    ("border", "#8a8a8a"),
    ("primary", "#3d3d3d"),
    ("onPrimary", "#ffffff"),
    ("focus", "#1a5fb4"),
    ("success", "#1b6e2c"),
    ("warning", "#7a5200"),
    ("danger", "#a3171b"),
    ("radius", "4px"),
    ("fontFamily", FONT),
];

const DARK: Styles = [
    ("background", "#161616"),
    ("surface", "#222222"),
    ("text", "#f2f2f2"),
    ("textMuted", "#b5b5b5"),
    ("border", "#7a7a7a"),
    ("primary", "#dcdcdc"),
    ("onPrimary", "#1a1a1a"),
    ("focus", "#8ab8ff"),
    ("success", "#7fd08f"),
    ("warning", "#e5b95c"),
    ("danger", "#ff9a94"),
    ("radius", "4px"),
    ("fontFamily", FONT),
];

fn style_set(styles: &Styles) -> StyleSet {
    styles.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_colour_schemes_of_the_default_name_the_same_styles() {
        let ThemeContent { light, dark } = Theme::default().content;

        assert_eq!(light.len(), LIGHT.len());
        assert!(light.keys().eq(dark.keys()));
    }

    /// WCAG 2.2, 1.4.3: 4.5 to 1 for text; 1.4.11: 3 to 1 for what marks a control.
    #[test]
    fn the_default_is_readable_in_both_colour_schemes() {
        let ThemeContent { light, dark } = Theme::default().content;

        for styles in [light, dark] {
            for below in ["background", "surface"] {
                for above in ["text", "textMuted", "success", "warning", "danger"] {
                    assert!(contrast(&styles[above], &styles[below]) >= 4.5, "{above} on {below}");
                }
                for above in ["border", "focus", "primary"] {
                    assert!(contrast(&styles[above], &styles[below]) >= 3.0, "{above} on {below}");
                }
            }
            assert!(contrast(&styles["onPrimary"], &styles["primary"]) >= 4.5);
        }
    }

    fn contrast(one: &Value, other: &Value) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn luminance(colour: &Value) -> f64 {
        let digits = colour.as_str().unwrap().strip_prefix('#').unwrap();
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&digits[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
    }
}
