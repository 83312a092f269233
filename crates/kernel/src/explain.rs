//! Why somebody may do something, or why not.

mod sight;

use chrono::{DateTime, Utc};
use guildhall_authz::{AccountKind, Explanation, Permission, Reason, Role, Source, SpelledPermission};
use guildhall_core::{
    AccountId, EventSubject, GrantId, GroupId, MetaRoleCode, Name, Principal, ProductId, UserId,
};

use crate::{Event, Kernel, KernelError, Request, builtin, code, event::record_alone, work::Work};

/// A question about one permission of one user on one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExplainPermission {
    /// About whom.
    pub user_id: UserId,
    /// On which account.
    pub account_id: AccountId,
    /// The permission. A bare code is the platform's, else that of the one product that spells it.
    pub permission: SpelledPermission,
}

/// Why somebody may do something, or why not, as far as the asker may know. The empty one answers what he may not ask, and what
/// is not there.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ExplanationShown {
    /// Whether the permission holds.
    pub allowed: bool,
    /// The account and all above it, up to the root.
    pub path: Vec<StepShown>,
    /// Why it holds, the nearest account first.
    pub reasons: Vec<ReasonShown>,
    /// What would give it, had it not expired.
    pub expired: Vec<ReasonShown>,
}

/// One account on the way up to the root.
#[derive(Debug, Clone, PartialEq)]
pub enum StepShown {
    /// One that the asker knows of.
    Known {
        /// The account.
        id: AccountId,
        /// What it is the account of.
        kind: AccountKind,
        /// What people call that; `None` for the platform and the organisation.
        name: Option<Name>,
    },
    /// One that he may not know of.
    Hidden,
}

/// One way in which somebody has a role that holds the permission.
#[derive(Debug, Clone, PartialEq)]
pub struct ReasonShown {
    /// Where the role begins to hold; `None` where the asker may not know of the account.
    pub account: Option<AccountId>,
    /// The role.
    pub role: Role,
    /// The group that holds it, where the asker may know of it.
    pub group: Option<(GroupId, Name)>,
    /// What gives the role.
    pub source: SourceShown,
    /// From when on it holds no more; `None` for no end.
    pub expires_at: Option<DateTime<Utc>>,
}

/// What gives a role to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceShown {
    /// A grant to him.
    Grant(Option<GrantId>),
    /// A grant to a group that he is in.
    Group(Option<GrantId>),
    /// A membership of the workspace or of a project, or what he is on the platform.
    Membership,
    /// The mapping of a product that a project uses.
    AutoRole(ProductId, MetaRoleCode),
}

impl Kernel {
    /// Why somebody has a permission on an account, or why not. About oneself everybody may ask; about other members whoever
    /// reads roles on the account, and that is recorded. What the asker may not ask is answered like what is not there: by the
    /// empty explanation.
    ///
    /// # Errors
    /// [`KernelError::TokenAudience`] for products and service accounts; [`KernelError::Refused`] where several products that
    /// the asker sees spell the code alike.
    pub async fn explain_permission(
        &self,
        request: &Request,
        question: &ExplainPermission,
    ) -> Result<ExplanationShown, KernelError> {
        let asker = request.caller.user().ok_or(KernelError::TokenAudience)?;
        let work = self.read(request).await?;
        let own = asker == question.user_id;
        if !own && !work.may_ask_about(question).await? {
            return Ok(ExplanationShown::default());
        }
        let permission = work.read_question(&question.permission)?;
        let (who, now) = (Principal::User(question.user_id), work.now());
        let explanation = work.view().snapshot.explain(who, &permission, question.account_id, now);
        let seen = work.account_seen(question.account_id, &code::ROLE_READ).await?.is_some();
        if !seen && !explanation.allowed() {
            return Ok(ExplanationShown::default());
        }
        let shown = work.show_explanation(explanation, own).await?;
        if !own {
            let name = work.users().find(question.user_id).await?.map(|user| user.display_name());
            drop(work);
            let subject = EventSubject { kind: "user".to_owned(), id: question.user_id.uuid(), name };
            let event =
                Event { subject, ..Event::new("permission.explained", question.user_id.uuid(), None) };
            record_alone(self, request, now, event.creating(&Asked::of(question))).await?;
        }
        Ok(shown)
    }
}

/// What was asked, as its event tells it.
#[derive(serde::Serialize)]
struct Asked {
    account_id: AccountId,
    permission: String,
}

impl Asked {
    fn of(question: &ExplainPermission) -> Self {
        Self { account_id: question.account_id, permission: question.permission.to_string() }
    }
}

impl Work<'_> {
    /// About others one asks where one reads roles; strangers to the workspace are nobody's to ask about.
    async fn may_ask_about(&self, question: &ExplainPermission) -> Result<bool, KernelError> {
        Ok(self.may(&code::ROLE_READ, question.account_id)
            && self.workspace_members().find(question.user_id).await?.is_some())
    }

    /// A bare code that is not the platform's is that of the product that spells it, where the asker sees one.
    fn read_question(&self, spelled: &SpelledPermission) -> Result<Permission, KernelError> {
        let code = spelled.code.clone();
        if let Some(product) = spelled.product {
            return Ok(Permission::product(product, code));
        }
        if builtin::code::ALL.contains(&code) {
            return Ok(Permission::platform(code));
        }
        let mut products: Vec<ProductId> = Vec::new();
        for permission in self.view().roles.values().flat_map(|role| &role.permissions) {
            if let guildhall_authz::Owner::Product(product) = permission.owner
                && permission.code == code
                && !products.contains(&product)
                && self.sees_codes_of(product)?
            {
                products.push(product);
            }
        }
        match products.as_slice() {
            [] => Ok(Permission::platform(code)),
            [only] => Ok(Permission::product(*only, code)),
            _ => {
                let detail =
                    format!("several products spell `{code}`: say whose it is, `<product id>/{code}`");
                Err(KernelError::Refused { code: "permission_ambiguous", detail })
            }
        }
    }

    fn sees_codes_of(&self, product: ProductId) -> Result<bool, KernelError> {
        let organisation = self.organisation()?;
        Ok(self.may(&code::PRODUCT_READ, organisation)
            || self.rights().holds_code_of(self.principal(), product))
    }

    async fn show_explanation(
        &self,
        explanation: Explanation,
        own: bool,
    ) -> Result<ExplanationShown, KernelError> {
        let allowed = explanation.allowed();
        let mut path = Vec::with_capacity(explanation.path.len());
        for account in &explanation.path {
            path.push(self.show_step(*account).await?);
        }
        let mut shown = ExplanationShown { allowed, path, ..ExplanationShown::default() };
        for reason in explanation.reasons {
            shown.reasons.extend(self.show_reason(reason, own, &shown.path).await?);
        }
        for reason in explanation.expired {
            shown.expired.extend(self.show_reason(reason, own, &shown.path).await?);
        }
        Ok(shown)
    }

    async fn show_reason(
        &self,
        reason: Reason,
        own: bool,
        path: &[StepShown],
    ) -> Result<Option<ReasonShown>, KernelError> {
        let Reason { account, role, group, source, expires_at } = reason;
        let Some(role) = self.view().roles.get(&role).cloned() else { return Ok(None) };
        let known = |step: &StepShown| matches!(step, StepShown::Known { id, .. } if *id == account);
        let reads = own || self.may(&code::ROLE_READ, account) || self.may(&code::ROLE_GRANT, account);
        let source = match (source, group) {
            (Source::Grant(id), None) => SourceShown::Grant(reads.then_some(id)),
            (Source::Grant(id), Some(_)) => SourceShown::Group(reads.then_some(id)),
            (Source::Derived, _) => SourceShown::Membership,
            (Source::AutoRole { product, meta_role }, _) => SourceShown::AutoRole(product, meta_role),
        };
        let group = match group {
            Some(id) => self.groups().find(id).await?.filter(|group| own || self.sees_group(group)),
            None => None,
        };
        Ok(Some(ReasonShown {
            account: path.iter().any(known).then_some(account),
            role,
            group: group.map(|group| (group.id, group.name)),
            source,
            expires_at,
        }))
    }
}
