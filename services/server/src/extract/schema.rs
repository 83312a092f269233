//! The schemas of bodies, compiled once, from the same types that the API's document shows.

use std::{
    any::TypeId,
    collections::HashMap,
    sync::{Arc, OnceLock, PoisonError, RwLock},
};

use jsonschema::{ValidationError, Validator, error::ValidationErrorKind};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use super::nul;
use crate::problem::{Fault, Problem};

/// The most faults that one answer lists.
const MOST_FAULTS: usize = 50;

/// All that is wrong with a body.
pub(super) fn faults<T: ToSchema + 'static>(body: &Value) -> Result<Vec<Fault>, Problem> {
    let validator = validator::<T>()?;
    let mut faults = nul::faults(body);
    // What is wrong with such a text besides is no news.
    let is_text = |fault: &&Fault| body.pointer(&fault.pointer).is_some_and(Value::is_string);
    let texts: Vec<String> = faults.iter().filter(is_text).map(|fault| fault.pointer.clone()).collect();
    for error in validator.iter_errors(body) {
        if !texts.contains(&error.instance_path().to_string()) {
            collect(&error, &mut faults);
        }
        if faults.len() >= MOST_FAULTS {
            break;
        }
    }
    faults.truncate(MOST_FAULTS);
    Ok(faults)
}

fn validator<T: ToSchema + 'static>() -> Result<Arc<Validator>, Problem> {
    static COMPILED: OnceLock<RwLock<HashMap<TypeId, Arc<Validator>>>> = OnceLock::new();
    let compiled = COMPILED.get_or_init(RwLock::default);
    if let Some(found) = compiled.read().unwrap_or_else(PoisonError::into_inner).get(&TypeId::of::<T>()) {
        return Ok(found.clone());
    }
    let built = jsonschema::options().should_validate_formats(true).build(&document::<T>());
    let built = Arc::new(built.map_err(|error| Problem::internal(&error))?);
    compiled.write().unwrap_or_else(PoisonError::into_inner).insert(TypeId::of::<T>(), built.clone());
    Ok(built)
}

/// The type's schema with everything that it refers to.
fn document<T: ToSchema>() -> Value {
    let mut referred = Vec::new();
    T::schemas(&mut referred);
    let referred: Map<String, Value> =
        referred.into_iter().map(|(name, schema)| (name, json!(schema))).collect();
    json!({ "allOf": [T::schema()], "components": { "schemas": referred } })
}

/// One error as faults: where it names several places, one for each.
fn collect(error: &ValidationError<'_>, faults: &mut Vec<Fault>) {
    let place = error.instance_path().to_string();
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            faults.extend(unexpected.iter().map(|name| below(&place, name, "is no field of this")));
        }
        ValidationErrorKind::Required { property } => {
            faults.push(below(&place, property.as_str().unwrap_or_default(), "is required"));
        }
        ValidationErrorKind::OneOfNotValid { context } | ValidationErrorKind::AnyOf { context } => {
            let fits = |branch: &&Vec<ValidationError<'_>>| !is_of_another_type(branch, &place);
            let branch =
                context.iter().find(fits).or_else(|| context.iter().find(|branch| !is_null_branch(branch)));
            match branch {
                Some(branch) => branch.iter().for_each(|error| collect(error, faults)),
                None => faults
                    .push(Fault { pointer: place, detail: "is none of what is allowed here".to_owned() }),
            }
        }
        _ => faults.push(Fault { pointer: place, detail: error.masked_with("it").to_string() }),
    }
}

/// The branch of an optional field that takes `null` alone says nothing about a value that is there.
fn is_null_branch(branch: &[ValidationError<'_>]) -> bool {
    branch.iter().all(|error| match error.kind() {
        ValidationErrorKind::Type { kind } => format!("{kind:?}").contains("Null"),
        _ => false,
    })
}

/// A branch that takes another type says nothing about a value that another branch is for.
fn is_of_another_type(branch: &[ValidationError<'_>], place: &str) -> bool {
    branch.iter().any(|error| {
        error.instance_path().as_str() == place && matches!(error.kind(), ValidationErrorKind::Type { .. })
    })
}

fn below(place: &str, name: &str, detail: &str) -> Fault {
    let name = name.replace('~', "~0").replace('/', "~1");
    Fault { pointer: format!("{place}/{name}"), detail: detail.to_owned() }
}
