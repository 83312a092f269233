//! The context object of the launch, key by key.

use serde_json::{Map, Value, json};

use super::job::Job;

/// Compares a launch's context with what it must be, as docs/open-os-contract.md shows it.
pub async fn compare(job: &Job, context: &Value) -> anyhow::Result<()> {
    let workspace = job.admin.get("/api/v1/workspace").await?.expect(200)?.json;
    let me = job.guest.get("/api/v1/me").await?.expect(200)?.json;
    let mut rest = context.as_object().cloned().unwrap_or_default();
    for theme in ["theme", "originalTheme"] {
        let theme = rest.remove(theme).unwrap_or_default();
        assert_eq!(keys(&theme), ["content", "settings", "version"]);
        assert_eq!(keys(&theme["settings"]), ["fontUrl"]);
        assert_eq!(keys(&theme["content"]), ["dark", "light"]);
    }
    let tree = rest.remove("navigationTree").unwrap_or_default();
    assert_eq!(keys(&tree), ["items"]);
    for item in tree["items"].as_array().into_iter().flatten() {
        assert_eq!(keys(item), ["children", "href", "id", "label"]);
    }

    let expected = expected(job, &workspace, &me);

    assert_eq!(keys(&Value::Object(rest.clone())), keys(&expected));
    for (key, value) in &rest {
        assert_eq!(value, &expected[key], "{key}");
    }
    Ok(())
}

fn expected(job: &Job, workspace: &Value, me: &Value) -> Value {
    let Job { client, market, brand, project, account, phase, item, product, version, .. } = job;
    let tenant = &workspace["az_id"];
    let root = json!({"azId": client, "name": "Client", "type": "CLIENT", "mdId": "MD-1"});
    let mut below_tenant = root.clone();
    below_tenant["parentAzId"] = tenant.clone();
    let path = [
        (market, json!({"azId": market, "parentAzId": client, "name": "Market", "type": "MARKET"})),
        (
            brand,
            json!({"azId": brand, "parentAzId": market, "name": "Brand", "type": "BRAND", "categories": ["Beverages"]}),
        ),
    ];
    let path: Map<String, Value> = path.into_iter().map(|(id, node)| (id.clone(), node)).collect();
    let mut whole = path.clone();
    whole.insert(
        tenant.as_str().unwrap_or_default().to_owned(),
        json!({"azId": tenant, "name": workspace["name"], "type": "TENANT"}),
    );
    whole.insert(client.clone(), below_tenant);
    let mut twin = path;
    twin.insert(client.clone(), root);
    json!({
        "baseUrl": format!("application/{item}/reviews"),
        "tenant": {
            "id": workspace["id"], "azId": tenant, "name": workspace["name"],
            "organisationAzId": workspace["organisation_az_id"]
        },
        "hierarchy": {"azId": brand, "mapping": whole},
        "workspace": {"azId": brand, "mapping": twin},
        "project": {
            "id": project, "name": "Launch", "azId": account,
            "items": [{"id": item, "type": "APPLICATION", "name": "Review the draft"}]
        },
        "additional": {"projectAzId": account, "phaseId": phase, "itemId": item, "itemType": "APPLICATION"},
        "permissions": [],
        "userDetails": {
            "id": me["id"], "firstname": me["firstname"], "lastname": me["lastname"], "email": "external@wpp.test",
            "agency": me["agency"], "country": me["country"], "department": me["department"],
            "jobTitle": me["job_title"], "officeLocation": me["office_location"],
            "displayLanguage": me["display_language"]
        },
        "appInstance": {
            "id": item, "productId": product, "productName": "Reviews", "versionId": version,
            "versionName": "1.0", "slug": "reviews"
        },
        "customConfig": {"greeting": "hello"}
    })
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().map(|fields| fields.keys().map(String::as_str).collect()).unwrap_or_default()
}
