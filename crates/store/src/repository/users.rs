//! Users.

use async_trait::async_trait;
use guildhall_core::{Email, Name, Page, PageRequest, RowVersion, StoreError, UserId};
use guildhall_identity::{Profile, User, UserRepository};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder};

use crate::{
    SeaUnitOfWork,
    entity::app_user::{ActiveModel, Column, Entity, Model},
    error::{corrupt, store_error},
    repository::projects::{containing, folded},
    rows::{Only, expect_one},
};

#[async_trait]
impl UserRepository for SeaUnitOfWork {
    async fn find(&self, id: UserId) -> Result<Option<User>, StoreError> {
        let row = Entity::find_by_id(id.uuid()).only(self.transaction()).await.map_err(store_error)?;
        row.map(user).transpose()
    }

    async fn find_by_email(&self, email: &Email) -> Result<Option<User>, StoreError> {
        let found = Entity::find().filter(Column::Email.eq(email.as_str()));
        found.only(self.transaction()).await.map_err(store_error)?.map(user).transpose()
    }

    async fn list_by_ids(&self, ids: &[UserId]) -> Result<Vec<User>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let found =
            Entity::find().filter(Column::Id.is_in(ids.iter().map(|id| id.uuid()))).order_by_asc(Column::Id);
        found.all(self.transaction()).await.map_err(store_error)?.into_iter().map(user).collect()
    }

    async fn list(&self, q: Option<Name>, page: &PageRequest) -> Result<Page<User>, StoreError> {
        let text = "firstname || ' ' || lastname || ' ' || email";
        let named = |q: Name| self.lower(text).like(containing(&folded(q.as_str())));
        let wanted = Condition::all().add_option(q.map(named));
        self.page(Entity::find().filter(wanted), Column::Id, page, |row| row.id, user).await
    }

    async fn insert(&self, user: &User) -> Result<(), StoreError> {
        self.add(row(user, user.version)).await
    }

    async fn update(&self, user: &User) -> Result<(), StoreError> {
        let change = Entity::update_many()
            .set(row(user, user.version.next()))
            .filter(Column::Id.eq(user.id.uuid()))
            .filter(Column::Version.eq(user.version.number()));
        expect_one(change.exec(self.transaction()).await.map_err(store_error)?.rows_affected)
    }
}

fn row(user: &User, version: RowVersion) -> ActiveModel {
    let Profile {
        firstname,
        lastname,
        agency,
        country,
        department,
        job_title,
        office_location,
        display_language,
    } = user.profile.clone();
    ActiveModel {
        id: Set(user.id.uuid()),
        email: Set(user.email.to_string()),
        firstname: Set(firstname.into()),
        lastname: Set(lastname.into()),
        agency: Set(agency.map(Into::into)),
        country: Set(country.map(Into::into)),
        department: Set(department.map(Into::into)),
        job_title: Set(job_title.map(Into::into)),
        office_location: Set(office_location.map(Into::into)),
        display_language: Set(display_language.map(Into::into)),
        active: Set(user.active),
        verified: Set(user.verified),
        created_at: Set(user.created_at),
        version: Set(version.number()),
    }
}

fn user(row: Model) -> Result<User, StoreError> {
    Ok(User {
        id: UserId::new(row.id),
        email: row.email.parse().map_err(corrupt("app_user.email"))?,
        profile: Profile {
            firstname: row.firstname.parse().map_err(corrupt("app_user.firstname"))?,
            lastname: row.lastname.parse().map_err(corrupt("app_user.lastname"))?,
            agency: name(row.agency)?,
            country: name(row.country)?,
            department: name(row.department)?,
            job_title: name(row.job_title)?,
            office_location: name(row.office_location)?,
            display_language: name(row.display_language)?,
        },
        active: row.active,
        verified: row.verified,
        created_at: row.created_at,
        version: RowVersion::new(row.version),
    })
}

fn name(stored: Option<String>) -> Result<Option<Name>, StoreError> {
    stored.map(|text| text.parse().map_err(corrupt("app_user"))).transpose()
}
