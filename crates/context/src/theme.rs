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

impl Theme {
    /// The theme that a document describes, which has a theme's fields as they are on the wire. What it leaves out is the
    /// default's, so that a product finds every name that it knows.
    pub fn described(document: &Value) -> Self {
        let mut theme = Self::default();
        if let Some(version) = document.get("version").and_then(Value::as_str) {
            version.clone_into(&mut theme.version);
        }
        let font_url = document.pointer("/settings/fontUrl").and_then(Value::as_str);
        theme.settings.font_url = font_url.map(ToOwned::to_owned);
        let ThemeContent { light, dark } = &mut theme.content;
        for (styles, place) in [(light, "/content/light"), (dark, "/content/dark")] {
            if let Some(own) = document.pointer(place).and_then(Value::as_object) {
                styles.extend(own.clone());
            }
        }
        theme
    }

    /// The same looks with a workspace's own font and color, where it has them. What stands on the color becomes black or
    /// white, whichever reads better there: at least 4.5 to 1 on any color (WCAG 2.2, 1.4.3).
    ///
    /// `primary_color` is `#` and six hexadecimal digits; anything else changes nothing.
    #[must_use]
    pub fn branded(mut self, font_url: Option<String>, primary_color: Option<&str>) -> Self {
        if font_url.is_some() {
            self.settings.font_url = font_url;
        }
        if let Some((color, brightness)) = primary_color.and_then(|color| Some((color, luminance(color)?))) {
            let above = if brightness > EVEN { "#000000" } else { "#ffffff" };
            for styles in [&mut self.content.light, &mut self.content.dark] {
                styles.insert("primary".to_owned(), Value::from(color));
                styles.insert("onPrimary".to_owned(), Value::from(above));
            }
        }
        self
    }
}

/// The luminance on which black and white read equally well: where `(l + 0.05)^2` is `0.05 * 1.05`.
const EVEN: f64 = 0.179_128_784_747_792;

/// The relative luminance of `#rrggbb`, from 0 for black to 1 for white (WCAG 2.2).
fn luminance(color: &str) -> Option<f64> {
    let digits = color.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()?) / 255.0;
        Some(if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) })
    };
    Some(0.2126 * channel(0)? + 0.7152 * channel(2)? + 0.0722 * channel(4)?)
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
        let (one, other) = (brightness(one), brightness(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn brightness(color: &Value) -> f64 {
        luminance(color.as_str().unwrap()).unwrap()
    }

    #[test]
    fn a_workspaces_own_color_is_readable_in_both_colour_schemes() {
        for color in ["#000000", "#ffffff", "#767676", "#777777", "#d40000", "#ffcc00", "#0A5CFF"] {
            let ThemeContent { light, dark } = Theme::default().branded(None, Some(color)).content;

            for styles in [light, dark] {
                assert_eq!(styles["primary"], color);
                assert!(contrast(&styles["onPrimary"], &styles["primary"]) >= 4.5, "{color}");
            }
        }
    }

    #[test]
    fn a_described_theme_says_what_it_says_and_the_default_the_rest() {
        let document = serde_json::json!({
            "version": "2",
            "settings": { "fontUrl": "https://fonts.example.test/house.css" },
            "content": { "light": { "primary": "#0a5cff", "spacing": { "small": "4px" } }, "dark": {} }
        });

        let theme = Theme::described(&document);

        assert_eq!(theme.version, "2");
        assert_eq!(theme.settings.font_url.as_deref(), Some("https://fonts.example.test/house.css"));
        assert_eq!(theme.content.light["primary"], "#0a5cff");
        assert_eq!(theme.content.light["spacing"]["small"], "4px");
        assert_eq!(theme.content.light["danger"], Theme::default().content.light["danger"]);
        assert_eq!(theme.content.dark, Theme::default().content.dark);
        assert_eq!(Theme::described(&serde_json::json!({})), Theme::default());
    }

    #[test]
    fn what_a_workspace_does_not_say_stays_as_it_is() {
        let font = "https://fonts.example.test/house.css".to_owned();

        let with_font = Theme::default().branded(Some(font.clone()), None);

        assert_eq!(with_font.settings.font_url, Some(font));
        assert_eq!(with_font.content, Theme::default().content);
        for wrong in ["red", "#fff", "#12345g", "#ä1234"] {
            assert_eq!(Theme::default().branded(None, Some(wrong)), Theme::default());
        }
    }
}
