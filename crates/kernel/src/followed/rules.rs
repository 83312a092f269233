//! What the contents of followed artifacts must keep to besides their kind's schema. Refused where they are written,
//! and where a package that has them is uploaded.

use guildhall_artifacts::{ArtifactKey, ContentRules};
use guildhall_core::Fault;
use guildhall_orchestration::{check_field_names, check_template};
use serde_json::Value;

use super::settings;
use crate::{
    mail::{LetterKind, placeholders},
    products::Configs,
};

/// The rules of what is followed.
#[derive(Debug, Default)]
pub(crate) struct FollowedRules {
    /// Those of overlays on products.
    pub(crate) configs: Configs,
}

impl ContentRules for FollowedRules {
    fn check(&self, key: &ArtifactKey, content: &Value) -> Vec<Fault> {
        match key.kind.as_str() {
            "notification_template" => check_letter(key.name.path.as_str(), content),
            "product" => self.configs.check(key, content),
            "setting" => {
                settings::check(key.name.path.as_str(), content.get("value").unwrap_or(&Value::Null))
            }
            "view_preset" => check_field_names(content.get("fields").unwrap_or(&Value::Null)),
            "workflow_template" => check_template(content),
            _ => Vec::new(),
        }
    }
}

/// A letter's template stands at the letter's name, and has no placeholders but those that the letter fills. The link is for
/// the text alone: subjects are shown where secrets must not be.
fn check_letter(path: &str, content: &Value) -> Vec<Fault> {
    let text = |field: &str| content.get(field).and_then(Value::as_str).unwrap_or_default();
    let says = LetterKind::ALL.into_iter().find(|letter| letter.as_str() == text("letter"));
    let Some(says) = says else { return vec![Fault::new("/letter", "is no letter of this platform")] };
    let mut faults = Vec::new();
    if let Some(named) = LetterKind::ALL.into_iter().find(|letter| letter.path() == path)
        && named != says
    {
        faults.push(Fault::new("/letter", format!("must be {} at this name", named.as_str())));
    }
    for field in ["subject", "text"] {
        for name in placeholders(text(field)) {
            if name == "link" && field == "subject" {
                faults.push(Fault::new("/subject", "must not have `{{link}}`: it belongs into the text"));
            } else if !says.fills().contains(&name) {
                let known = says.fills().join(", ");
                let detail = format!(
                    "has the placeholder `{name}`, which this letter does not fill; it fills {known}"
                );
                faults.push(Fault::new(format!("/{field}"), detail));
            }
        }
    }
    if says.fills().contains(&"link") && !placeholders(text("text")).any(|name| name == "link") {
        faults.push(Fault::new("/text", "must have `{{link}}`, without which the letter is of no use"));
    }
    faults
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    fn pointers(path: &str, letter: &str, subject: &str, text: &str) -> Vec<String> {
        let content = json!({ "letter": letter, "subject": subject, "text": text });
        check_letter(path, &content).into_iter().map(|fault| fault.pointer).collect()
    }

    #[rstest]
    #[case("Join {{workspace}}", "{{inviter}} asks: {{link}} until {{until}}", &[])]
    #[case("Join", "Come in", &["/text"])]
    #[case("{{link}}", "{{link}}", &["/subject"])]
    #[case("{{minutes}}", "{{link}} {{name}}", &["/subject", "/text"])]
    fn an_invitation_has_the_link_and_nothing_that_is_not_filled(
        #[case] subject: &str,
        #[case] text: &str,
        #[case] wrong: &[&str],
    ) {
        assert_eq!(pointers("invitation", "INVITATION", subject, text), wrong);
    }

    #[test]
    fn a_template_stands_at_the_name_of_its_letter() {
        assert_eq!(pointers("invitation", "PASSWORD_CHANGED", "Changed", "It was changed."), ["/letter"]);
        assert!(pointers("elsewhere", "PASSWORD_CHANGED", "Changed", "It was changed.").is_empty());
    }

    #[test]
    fn a_letter_without_a_link_needs_none() {
        assert!(pointers("password_changed", "PASSWORD_CHANGED", "Changed", "It was changed.").is_empty());
    }
}
