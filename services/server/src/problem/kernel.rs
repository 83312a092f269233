//! The kernel's errors.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use guildhall_core::StoreError;
use guildhall_kernel::{KernelError, Unauthenticated, UnusableItem};
use serde_json::json;

use super::{Fault, Problem};

/// In how many seconds a stream of events may be free.
const STREAM_RETRY: u64 = 5;

impl From<KernelError> for Problem {
    fn from(error: KernelError) -> Self {
        let detail = error.to_string();
        match error {
            KernelError::Unauthenticated(Unauthenticated::WrongCredentials) => Self::new(
                StatusCode::UNAUTHORIZED,
                "wrong_credentials",
                "address and password do not belong together",
            ),
            KernelError::Unauthenticated(why @ Unauthenticated::SignInRequired) => {
                Self::new(StatusCode::UNAUTHORIZED, "sign_in_required", why.to_string())
            }
            KernelError::Unauthenticated(why) => Self::unauthenticated(why.to_string()),
            KernelError::TokenAudience => Self::new(StatusCode::FORBIDDEN, "token_audience", detail),
            KernelError::ReadOnlyKey => Self::new(StatusCode::FORBIDDEN, "read_only_key", detail),
            KernelError::KeyMakesNoCredentials => {
                Self::new(StatusCode::FORBIDDEN, "key_makes_no_credentials", detail)
            }
            KernelError::NotFound => Self::not_found(),
            KernelError::Forbidden(code) => {
                Self::new(StatusCode::FORBIDDEN, "forbidden", detail).with("permission", code)
            }
            KernelError::WorkspaceInactive => Self::new(StatusCode::FORBIDDEN, "workspace_suspended", detail),
            KernelError::WorkspaceRequired => Self::bad_request(
                "name a workspace: by its host, or on the base domain by the header `Guildhall-Workspace`",
            ),
            KernelError::Stale => Self::new(StatusCode::PRECONDITION_FAILED, "stale", detail),
            KernelError::KeyReused => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "idempotency_key_reused", detail)
            }
            KernelError::LevelInUse { levels, items } => {
                let levels: Vec<_> = levels.iter().map(ToString::to_string).collect();
                let items: Vec<_> =
                    items.iter().map(|(id, name)| json!({ "id": id, "name": name })).collect();
                Self::new(StatusCode::CONFLICT, "level_in_use", detail)
                    .with("missing", levels)
                    .with("items", items)
            }
            KernelError::LevelsInUse { nodes, items } => {
                Self::new(StatusCode::CONFLICT, "level_in_use", detail)
                    .with(
                        "nodes",
                        nodes.iter().map(|(id, name)| json!({ "id": id, "name": name })).collect::<Vec<_>>(),
                    )
                    .with(
                        "items",
                        items.iter().map(|(id, name)| json!({ "id": id, "name": name })).collect::<Vec<_>>(),
                    )
            }
            KernelError::ImportRefused { faults } => {
                let faults = faults.iter().map(|fault| Fault {
                    pointer: match fault.column {
                        Some(column) => format!("/{}/{}", fault.line, column.as_str()),
                        None => format!("/{}", fault.line),
                    },
                    detail: fault.detail.clone(),
                });
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "import_invalid", detail)
                    .with_errors(faults.collect())
            }
            KernelError::Disabled => Self::new(StatusCode::CONFLICT, "disabled", detail),
            KernelError::TemplateUnusable { items } => unusable(detail, &items),
            KernelError::PlanOutdated => Self::new(StatusCode::CONFLICT, "plan_outdated", detail),
            KernelError::InvalidConfig { faults } => {
                let fault =
                    |fault: guildhall_core::Fault| Fault { pointer: fault.pointer, detail: fault.detail };
                Self::invalid_request(faults.into_iter().map(fault).collect())
            }
            KernelError::InChanges { refused } => in_changes(refused),
            KernelError::TooManyAttempts { retry_after } => {
                let detail = format!("{detail}; try again in {retry_after} seconds");
                Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many_attempts", detail).retry_after(retry_after)
            }
            KernelError::TooManyStreams { .. } => {
                let detail = format!("{detail}: close one, or let several readers share one");
                Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many_streams", detail).retry_after(STREAM_RETRY)
            }
            KernelError::NoMoreStreams => {
                Self::new(StatusCode::SERVICE_UNAVAILABLE, "no_more_streams", detail)
                    .retry_after(STREAM_RETRY)
            }
            KernelError::Refused { code, detail } => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, detail)
            }
            KernelError::Identity(error) => error.into(),
            KernelError::Tenancy(error) => error.into(),
            KernelError::Authz(error) => error.into(),
            KernelError::Artifacts(error) => error.into(),
            KernelError::Products(error) => error.into(),
            KernelError::Orchestration(error) => error.into(),
            KernelError::Context(error) => error.into(),
            KernelError::Store(error) => error.into(),
            KernelError::Internal(error) => Self::internal(&error),
        }
    }
}

/// Which items of a template can't be made, and which levels they lack: `product_incompatible`, as for a single item.
fn unusable(detail: String, items: &[UnusableItem]) -> Problem {
    let missing: BTreeSet<String> =
        items.iter().flat_map(|item| &item.missing).map(ToString::to_string).collect();
    let each = |item: &UnusableItem| {
        let missing: Vec<String> = item.missing.iter().map(ToString::to_string).collect();
        let reason = if missing.is_empty() { "PRODUCT_UNAVAILABLE" } else { "LEVELS_MISSING" };
        json!({ "phase": item.phase, "item": item.item, "name": item.name, "reason": reason, "missing": missing })
    };
    let items: Vec<_> = items.iter().map(each).collect();
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "product_incompatible", detail)
        .with("missing", Vec::from_iter(missing))
        .with("items", items)
}

/// Whatever was refused of many changes: the answer of the first one, with the places of all.
fn in_changes(refused: Vec<(usize, KernelError)>) -> Problem {
    let mut answer: Option<Problem> = None;
    let mut faults = Vec::new();
    for (at, error) in refused {
        let problem = Problem::from(error);
        faults.extend(problem.placed_in(&format!("/changes/{at}")));
        answer.get_or_insert(problem);
    }
    match answer {
        Some(problem) => problem.with_errors(faults),
        None => Problem::internal(&"changes were refused without a reason"),
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict(what) => {
                tracing::info!(%what, "a write conflicted");
                Self::new(
                    StatusCode::CONFLICT,
                    "conflict",
                    "somebody else changed this at the same time; try again",
                )
            }
            StoreError::Stale => {
                Self::new(StatusCode::PRECONDITION_FAILED, "stale", "the thing has changed since it was read")
            }
            StoreError::Unavailable(_) => Self::unavailable(&error),
            StoreError::Corrupt(_) | StoreError::Backend(_) => Self::internal(&error),
        }
    }
}
