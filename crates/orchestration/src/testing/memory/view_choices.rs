//! With which view presets people look at projects, in memory.

use async_trait::async_trait;
use guildhall_core::{ProjectId, StoreError, UserId};

use super::MemoryStore;
use crate::{ViewChoice, ViewChoiceRepository};

#[async_trait]
impl ViewChoiceRepository for MemoryStore {
    async fn find(&self, project_id: ProjectId, user_id: UserId) -> Result<Option<ViewChoice>, StoreError> {
        Ok(self.rows().view_choices.get(&(project_id, user_id)).cloned())
    }

    async fn replace(&self, choice: &ViewChoice) -> Result<(), StoreError> {
        let mut rows = self.rows();
        let stored = rows.view_choices.get(&(choice.project_id, choice.user_id));
        if stored.is_some_and(|stored| stored.version.next() != choice.version) {
            return Err(StoreError::Stale);
        }
        rows.view_choices.insert((choice.project_id, choice.user_id), choice.clone());
        Ok(())
    }
}
