//! Authorization's store.

use guildhall_authz::{
    AuthzStore, EpochRepository, GrantRepository, GroupMemberRepository, GroupRepository, MetaRoleRepository,
    OwnRoleRepository,
};

use crate::SeaUnitOfWork;

impl AuthzStore for SeaUnitOfWork {
    fn grants(&self) -> &dyn GrantRepository {
        self
    }

    fn groups(&self) -> &dyn GroupRepository {
        self
    }

    fn group_members(&self) -> &dyn GroupMemberRepository {
        self
    }

    fn own_roles(&self) -> &dyn OwnRoleRepository {
        self
    }

    fn meta_roles(&self) -> &dyn MetaRoleRepository {
        self
    }

    fn epochs(&self) -> &dyn EpochRepository {
        self
    }
}
