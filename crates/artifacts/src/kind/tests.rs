use serde_json::json;

use super::*;

#[test]
fn every_file_in_the_folder_is_a_kind_and_is_called_after_it() {
    let kinds = Kinds::built_in().unwrap();

    for (file, _) in FILES {
        let name: KindName = file.trim_end_matches(".json").parse().unwrap();
        assert!(kinds.find(&name).is_some(), "{file} describes a kind of another name");
    }
    assert_eq!(kinds.iter().count(), FILES.len());
}

#[test]
fn every_schema_refuses_what_it_does_not_name() {
    for kind in Kinds::built_in().unwrap().iter() {
        let faults = kind.check(&json!({ "no_such_field": true }));

        assert!(!faults.is_empty(), "{}", kind.name());
    }
}
