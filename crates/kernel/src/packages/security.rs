//! Putting overrides away for the sake of security, or with the package that they lie on.

use guildhall_artifacts::{ArtifactChange, ArtifactKey, Package, PackageId};
use guildhall_core::Scope;

use crate::{KernelError, mail::Letter, work::Work};

impl Work<'_> {
    /// Puts every override of these artifacts of a package away, and tells the admins of the workspaces concerned.
    pub(super) async fn force(
        self,
        package: &Package,
        keys: &[ArtifactKey],
    ) -> Result<(Self, usize), KernelError> {
        let why = format!("{} {}", package.manifest.id, package.manifest.version);
        self.archive_everywhere(&package.manifest.id, keys, Some(&why)).await
    }

    /// Puts the overrides of all workspaces at these keys away, as far as they follow System there, and answers how many
    /// there were. Where `why` names a security update, the admins are told.
    pub(super) async fn archive_everywhere(
        self,
        package: &PackageId,
        keys: &[ArtifactKey],
        why: Option<&str>,
    ) -> Result<(Self, usize), KernelError> {
        let workspaces = self.list_following(package, keys).await?;
        let (mut work, mut count) = (self, 0);
        for workspace in workspaces {
            work = work.rebind(Scope::Workspace(workspace)).await?;
            if work.artifact_spaces().find().await?.deployed.contains(package) {
                continue;
            }
            let archived = work.archive_here(keys).await?;
            count += archived.len();
            if let Some(why) = why
                && !archived.is_empty()
            {
                work.tell_admins(&archived, why).await?;
            }
        }
        Ok((work.rebind(Scope::System).await?, count))
    }

    /// Puts the overrides of the space that the work is in away, and tells its log.
    pub(super) async fn archive_here(
        &self,
        keys: &[ArtifactKey],
    ) -> Result<Vec<ArtifactChange>, KernelError> {
        let archived = self.kernel().artifacts(self).archive_overrides(keys).await?;
        for change in &archived {
            self.record(crate::artifacts::event("artifact.override_archived", change)).await?;
        }
        Ok(archived)
    }

    async fn tell_admins(&self, archived: &[ArtifactChange], why: &str) -> Result<(), KernelError> {
        let members = self.workspace_members().list_all().await?;
        let admins: Vec<_> =
            members.iter().filter(|member| member.is_active_admin()).map(|member| member.user_id).collect();
        let names: Vec<String> = archived.iter().map(|change| change.key.to_string()).collect();
        for admin in self.users().list_by_ids(&admins).await? {
            let letter = Letter::overrides_archived(&admin, why, &names);
            self.kernel().post(self.unit(), letter).await?;
        }
        Ok(())
    }
}
