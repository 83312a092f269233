//! Why a context object can't be built.

use thiserror::Error;

use crate::Required;

/// Why a context object can't be built.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ContextError {
    /// The version requires more than the launch brings.
    #[error("the launch lacks what the product version requires: {}", listed(missing))]
    MissingContext {
        /// All that is lacking, in the order in which the version requires it; never empty.
        missing: Vec<Required>,
    },
}

fn listed(missing: &[Required]) -> String {
    missing.iter().map(|required| format!("`{required}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use guildhall_core::Level;

    use super::*;

    #[test]
    fn the_message_names_all_that_is_missing() {
        let region = Level::Custom("Region".parse().unwrap());

        let error = ContextError::MissingContext {
            missing: vec![Level::Brand.into(), region.into(), Required::Project],
        };

        assert_eq!(
            error.to_string(),
            "the launch lacks what the product version requires: `BRAND`, `Region`, `PROJECT`"
        );
    }
}
