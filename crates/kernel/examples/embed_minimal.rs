//! The platform inside another program: a kernel on a database in memory, a workspace, and a project of its admin.

#![expect(clippy::print_stdout, reason = "an example shows what it found")]

use std::sync::Arc;

use guildhall_artifacts::Kinds;
use guildhall_core::{Caller, Credential, IdGenerator as _, Principal, RequestId, SystemIds};
use guildhall_kernel::{
    CreateProject, Kernel, MasterKey, NewAdmin, NewWorkspaceByOperator, Request, Settings, SignInLimits,
};
use guildhall_orchestration::Gating;
use guildhall_store::SeaDatabase;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let settings = Settings {
        public_url: "http://localhost:8080".parse()?,
        base_domain: "localhost".parse()?,
        master_key: MasterKey::new([7; 32]),
        password_grant: true,
        mail: false,
        kinds: Arc::new(Kinds::built_in()?),
        sign_in: SignInLimits::default(),
    };
    let kernel = Kernel::new(Arc::new(SeaDatabase::in_memory().await?), settings);
    let admin = NewAdmin {
        email: "admin@agency.test".parse()?,
        firstname: "First".parse()?,
        lastname: "Last".parse()?,
        password: "correct horse".parse()?,
    };
    let workspace = NewWorkspaceByOperator { prefix: "agency".parse()?, name: "Agency".parse()?, admin };
    let workspace = kernel.create_workspace(workspace).await?;
    let admin = kernel.find_user_by_email(&"admin@agency.test".parse()?).await?.ok_or("no admin")?;

    // This program vouches for him, so it names `Caller::trusted`.
    let caller = Caller::trusted(Principal::User(admin.id), Credential::Embedded, Some(workspace.id));
    let request = Request::embedded(caller, RequestId::new(SystemIds.uuid()));
    let command = CreateProject {
        name: "Spring campaign".parse()?,
        description: None,
        node_id: None,
        start_date: None,
        due_date: None,
        gating: Gating::Advisory,
    };
    let shown = kernel.create_project(&request, command).await?.into_inner();

    assert_eq!(shown.project.name.as_str(), "Spring campaign");
    assert_eq!(kernel.find_project(&request, shown.project.id).await?, shown);
    println!("{} has the project `{}`", workspace.name, shown.project.name);
    Ok(())
}
