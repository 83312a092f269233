//! Auto roles: worked out for each set of products that some project uses, and never for a person.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use guildhall_core::{MetaRoleCode, ProductId};

use super::{held::project, roles::Roles, shards::Shards, tree::Number, tree::Tree};
use crate::{AuthzError, Mapping, Owner, ProductInUse};

/// What the members of each project have because it uses products. Who is a member stands with each user, so that neither a
/// membership nor a mapping nor a product in use is copied into what anybody holds.
#[derive(Debug, Clone, Default)]
pub(super) struct AutoRoles {
    table: Arc<Table>,
    /// For each project that uses products, which of the table's uses is its.
    projects: Shards<Number, u32>,
}

#[derive(Debug, Clone, Default)]
struct Table {
    meta_roles: Vec<MetaRoleCode>,
    meta_role_numbers: BTreeMap<MetaRoleCode, u32>,
    mappings: Vec<Mapping>,
    uses: Vec<Use>,
    use_numbers: BTreeMap<BTreeSet<ProductId>, u32>,
}

/// The products that projects use together, and which roles they bring: many projects use the same.
#[derive(Debug, Clone, Default)]
struct Use {
    products: BTreeSet<ProductId>,
    /// Roles by meta role: what a member with that meta role has.
    roles: Box<[(u32, u32)]>,
}

impl AutoRoles {
    pub(super) fn new(
        mappings: &[Mapping],
        in_use: &[ProductInUse],
        tree: &Tree,
        roles: &Roles,
    ) -> Result<Self, AuthzError> {
        let mut products: BTreeMap<Number, BTreeSet<ProductId>> = BTreeMap::new();
        for used in in_use {
            products.entry(project(tree, used.account)?).or_default().insert(used.product);
        }
        let mut auto_roles = Self::default().with_mappings(mappings, roles)?;
        let table = Arc::make_mut(&mut auto_roles.table);
        let projects: Vec<_> = products
            .into_iter()
            .map(|(project, products)| (project, table.use_number(products, roles)))
            .collect();
        auto_roles.projects = Shards::new(projects.into_iter());
        Ok(auto_roles)
    }

    /// The same with other mappings.
    pub(super) fn with_mappings(&self, mappings: &[Mapping], roles: &Roles) -> Result<Self, AuthzError> {
        if let Some(stray) = mappings.iter().find(|mapping| roles.number(mapping.role).is_none()) {
            return Err(AuthzError::UnknownRole { role: stray.role });
        }
        let mut changed = self.clone();
        let table = Arc::make_mut(&mut changed.table);
        table.mappings = mappings.to_vec();
        for mapping in mappings {
            table.meta_role(&mapping.meta_role);
        }
        Ok(changed.with_roles(roles))
    }

    /// The same, worked out once more for roles that have changed.
    pub(super) fn with_roles(&self, roles: &Roles) -> Self {
        let mut changed = self.clone();
        let table = Arc::make_mut(&mut changed.table);
        let worked_out: Vec<_> = table.uses.iter().map(|one| table.roles_of(&one.products, roles)).collect();
        for (one, roles) in table.uses.iter_mut().zip(worked_out) {
            one.roles = roles;
        }
        changed
    }

    /// The same with other products in use in one project.
    pub(super) fn with_products(
        &self,
        project: Number,
        products: BTreeSet<ProductId>,
        roles: &Roles,
    ) -> Self {
        let mut changed = self.clone();
        let number =
            (!products.is_empty()).then(|| Arc::make_mut(&mut changed.table).use_number(products, roles));
        changed.projects = self.projects.with(project, number);
        changed
    }

    /// The number of a meta role; a new one where it has none yet.
    pub(super) fn meta_role(&mut self, code: &MetaRoleCode) -> u32 {
        match self.table.meta_role_numbers.get(code) {
            Some(number) => *number,
            None => Arc::make_mut(&mut self.table).meta_role(code),
        }
    }

    /// The code of a numbered meta role.
    pub(super) fn code(&self, meta_role: u32) -> Option<&MetaRoleCode> {
        self.table.meta_roles.get(meta_role as usize)
    }

    /// The products that a project uses; `None` where it uses none.
    pub(super) fn products(&self, project: Number) -> Option<&BTreeSet<ProductId>> {
        let used = self.table.uses.get(*self.projects.get(&project)? as usize)?;
        Some(&used.products)
    }

    pub(super) fn mappings(&self) -> &[Mapping] {
        &self.table.mappings
    }

    /// What a member with the meta role has in the project.
    pub(super) fn roles(&self, project: Number, meta_role: u32) -> impl Iterator<Item = u32> {
        let used = self.projects.get(&project).and_then(|number| self.table.uses.get(*number as usize));
        let roles = used.map(|used| &*used.roles).unwrap_or_default();
        let start = roles.partition_point(|(other, _)| *other < meta_role);
        roles.iter().skip(start).take_while(move |(other, _)| *other == meta_role).map(|(_, role)| *role)
    }
}

impl Table {
    fn meta_role(&mut self, code: &MetaRoleCode) -> u32 {
        let next = number(self.meta_roles.len());
        let number = *self.meta_role_numbers.entry(code.clone()).or_insert(next);
        if number == next {
            self.meta_roles.push(code.clone());
        }
        number
    }

    fn use_number(&mut self, products: BTreeSet<ProductId>, roles: &Roles) -> u32 {
        if let Some(number) = self.use_numbers.get(&products) {
            return *number;
        }
        let next = number(self.uses.len());
        let roles = self.roles_of(&products, roles);
        self.uses.push(Use { products: products.clone(), roles });
        self.use_numbers.insert(products, next);
        next
    }

    /// The roles that these products bring, each with the meta role that it is mapped to.
    fn roles_of(&self, products: &BTreeSet<ProductId>, roles: &Roles) -> Box<[(u32, u32)]> {
        let mapped = self.mappings.iter().filter_map(|mapping| {
            let role = roles.number(mapping.role)?;
            match roles.owner(role)? {
                Owner::Product(product) if products.contains(&product) => {
                    Some((*self.meta_role_numbers.get(&mapping.meta_role)?, role))
                }
                _ => None,
            }
        });
        BTreeSet::from_iter(mapped).into_iter().collect()
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
