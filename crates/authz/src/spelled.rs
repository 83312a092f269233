//! Permissions as people spell them.

use std::{fmt, str::FromStr};

use guildhall_core::{PermissionCode, ProductId, ValueError};
use serde::{Deserialize, Serialize};

use crate::{Owner, Permission};

/// A permission as somebody spells it: a code, or `<product id>/<CODE>` where he says whose it is. A bare code may be the
/// platform's or any product's; who reads it decides.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SpelledPermission {
    /// Whose it is, where he says so.
    pub product: Option<ProductId>,
    /// The code.
    pub code: PermissionCode,
}

impl FromStr for SpelledPermission {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        match text.split_once('/') {
            None => Ok(Self { product: None, code: text.parse()? }),
            Some((product, code)) => Ok(Self { product: Some(product.parse()?), code: code.parse()? }),
        }
    }
}

impl TryFrom<String> for SpelledPermission {
    type Error = ValueError;

    fn try_from(text: String) -> Result<Self, ValueError> {
        text.parse()
    }
}

impl From<SpelledPermission> for String {
    fn from(spelled: SpelledPermission) -> Self {
        spelled.to_string()
    }
}

impl fmt::Display for SpelledPermission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.product {
            None => write!(f, "{}", self.code),
            Some(product) => write!(f, "{product}/{}", self.code),
        }
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for SpelledPermission {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .max_length(Some(101))
            .pattern(Some("^([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}/)?[A-Z][A-Z0-9_:.-]{0,63}$"))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for SpelledPermission {}

impl From<Permission> for SpelledPermission {
    /// A permission of a product says whose it is; all others are bare.
    fn from(permission: Permission) -> Self {
        let product = match permission.owner {
            Owner::Product(product) => Some(product),
            Owner::Platform | Owner::Workspace(_) => None,
        };
        Self { product, code: permission.code }
    }
}

/// As [`Permission`] is printed: a bare code is the platform's.
impl FromStr for Permission {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let SpelledPermission { product, code } = text.parse()?;
        Ok(Self { owner: product.map_or(Owner::Platform, Owner::Product), code })
    }
}

#[cfg(test)]
mod tests {
    use guildhall_core::{IdGenerator as _, testing::SequentialIds};

    use super::*;

    #[test]
    fn a_permission_reads_back_what_it_prints() {
        let product = ProductId::new(SequentialIds::default().uuid());
        let read = PermissionCode::fixed("READ");

        for permission in [Permission::platform(read.clone()), Permission::product(product, read)] {
            assert_eq!(permission.to_string().parse(), Ok(permission));
        }
    }

    #[test]
    fn what_is_neither_code_nor_qualified_code_is_refused() {
        for bad in ["", "read", "/READ", "x/READ", "READ/", "00000000-0000-7000-8000-000000000001/"] {
            assert!(bad.parse::<SpelledPermission>().is_err(), "{bad}");
        }
    }
}
