# shellcheck shell=bash disable=SC2016  # $k belongs to jq
# The steps of the main job, in order: function|title. People: `admin` administers the workspace, `owner` is an internal
# user who owns the project, `guest` is the external user who contributes to it.

STEPS='sign_in|each person signs in, and is told who he is
build_hierarchy|client, market and brand
publish_product|a product with the role REVIEWER, requiring BRAND, published
create_project|a project on the brand
find_compatible_product|the product is compatible with the project
build_workflow|phases, an application, an activity with a link and tasks
read_canvas|the canvas in one answer
add_contributor|the external user becomes a contributor
launch|launched as the contributor: the context object, key by key
redeem|the product redeems the launch code, once
use_product_token|the product token answers who the user is
query_permissions|the permission query answers ADD_REVIEW, at both paths
remove_contributor|removed: the very next query is empty, and the project is not there
ask_from_elsewhere|to another workspace the project is as absent as any other
refuse_incompatible|without a brand the product is refused, naming the level
keep_level_in_use|the brand stays while an item needs it'

PASSWORD=guildhall-demo
QUERY=/api/v20/users/permissions/query
QUERY_TWIN=/api/v20/users/query

sign_in() {
    local person
    token nobody 400 grant_type=password username=internal@wpp.test password=wrong-password
    check "an error of RFC 6749" '.error == "invalid_grant"'
    for person in admin:workspace-admin owner:internal guest:external; do
        token "${person%:*}" 200 grant_type=password "username=${person#*:}@wpp.test" "password=$PASSWORD"
    done
    call guest GET /api/v1/me 200
    check "the external user" '.email == "external@wpp.test"'
    keep me .
    keep guest .id
    call admin GET /api/v1/workspace 200
    check "the workspace wpp" '.prefix == "wpp" and .id != .az_id'
    keep workspace .
    call - GET /api/v1/me 401
    problem
}

build_hierarchy() {
    call admin POST /api/v1/hierarchy/nodes 201 '{type: "CLIENT", name: "Client \($k.run)", md_id: "MD-\($k.slug)"}'
    check "an account that is the node" '.id == .az_id and .type == "CLIENT" and .state == "LIVE"'
    keep client .id
    call admin POST /api/v1/hierarchy/nodes 201 '{type: "MARKET", name: "Market \($k.run)", parent_id: $k.client}'
    keep market .id
    call admin POST /api/v1/hierarchy/nodes 201 \
        '{type: "BRAND", name: "Brand \($k.run)", parent_id: $k.market, categories: ["Beverages"]}'
    check "a brand below the market" '.type == "BRAND" and .parent_id == $k.market and .categories == ["Beverages"]'
    keep brand .id
    call owner GET /api/v1/hierarchy 200
    check "the brand in the tree" '[.. | objects | .id?] | index($k.brand) != null'
}

publish_product() {
    call admin POST /api/v1/products 201 '{name: "Reviews \($k.run)", description: "Reviews of drafts"}'
    keep product .id
    call admin POST '/api/v1/products/{product}/versions' 201 '{
        name: "1.0", kind: "EMBEDDED", entry_url: "https://reviews.test/app", slug: $k.slug,
        required_context: ["BRAND", "PROJECT"], uses_open_authorization: true,
        roles: [{code: "REVIEWER", name: "Reviewer", permissions: ["ADD_REVIEW"], meta_roles: ["PROJECT_CONTRIBUTOR"]}],
        config_schema: {type: "object", properties: {greeting: {type: "string"}}}, config: {greeting: "hello"}}'
    keep version .id
    call admin POST '/api/v1/products/{product}/versions/{version}/publish' '2??'
    call admin GET '/api/v1/products/{product}/versions/{version}' 200
    check "a published version" '.state == "PUBLISHED" and .roles[0].permissions == ["ADD_REVIEW"]'
    call admin GET '/api/v1/products/{product}/meta-role-mapping' 200
    check "REVIEWER mapped" '.roles == [{code: "REVIEWER", meta_roles: ["PROJECT_CONTRIBUTOR"]}]'
}

create_project() {
    call owner POST /api/v1/projects 201 '{name: "Launch \($k.run)", description: "Spring", node_id: $k.brand}'
    check "an active project of his on the brand" \
        '.state == "ACTIVE" and .role == "OWNER" and .node_id == $k.brand and .gating == "ADVISORY"'
    keep project .id
    keep account .az_id
    call owner GET '/api/v1/projects/{project}' 200
    check "the same project" '.id == $k.project and .az_id == $k.account and (.permissions | index("PROJECT_EDIT") != null)'
}

find_compatible_product() {
    call owner GET '/api/v1/projects/{project}/compatible-products?limit=200' 200
    check "the version, compatible" \
        '.items | any(.product_version_id == $k.version and .compatible and .missing == [] and .version_name == "1.0")'
}

build_workflow() {
    call owner POST '/api/v1/projects/{project}/phases' 201 '{name: "Draft", objective: "A first text"}'
    keep phase .id
    call owner POST '/api/v1/projects/{project}/phases' 201 '{name: "Release", after_id: $k.phase}'
    keep last_phase .id
    call owner POST '/api/v1/projects/{project}/phases/{phase}/items' 201 \
        '{kind: "APPLICATION", name: "Review the draft", product_version_id: $k.version}'
    check "the application" '.kind == "APPLICATION" and .application.product_version_id == $k.version'
    keep item .id
    call owner POST '/api/v1/projects/{project}/phases/{phase}/items' 201 \
        '{kind: "ACTIVITY", name: "Read the brief", link: "https://briefs.test/1", after_id: $k.item}'
    keep activity .id
    call owner POST '/api/v1/projects/{project}/items/{activity}/tasks' 201 '{title: "Read"}'
    keep task .id
    call owner POST '/api/v1/projects/{project}/items/{activity}/tasks' 201 '{title: "Answer", after_id: $k.task}'
    call owner PATCH '/api/v1/projects/{project}/tasks/{task}' 200 '{status: "COMPLETED"}'
}

read_canvas() {
    call owner GET '/api/v1/projects/{project}/canvas' 200
    grep -qi '^etag:' "$tmp/headers" || fail "expected an ETag"
    check "two phases in order" '[.phases[].id] == [$k.phase, $k.last_phase]'
    check "two items in order" '[.phases[0].items[].id] == [$k.item, $k.activity]'
    check "the application's slug" '.phases[0].items[0].application.slug == $k.slug'
    check "the link" '.phases[0].items[1].link == "https://briefs.test/1"'
    check "two tasks in order" '[.phases[0].items[1].tasks[].title] == ["Read", "Answer"]'
    check "progress" '.phases[0].items[1].progress == {done: 1, total: 2} and .phases[0].progress == {done: 0, total: 2}'
}

add_contributor() {
    call guest GET '/api/v1/projects/{project}' 404
    call owner POST '/api/v1/projects/{project}/members' 201 '{email: "external@wpp.test", role: "CONTRIBUTOR"}'
    check "the external user as contributor" '.user.id == $k.guest and .role == "CONTRIBUTOR"'
    call guest GET '/api/v1/projects/{project}' 200
    check "his role" '.role == "CONTRIBUTOR"'
    call guest PATCH '/api/v1/projects/{project}' 403 '{name: "Mine"}'
    problem
}

launch() {
    call guest POST /api/v1/launches 201 '{product_version_id: $k.version, project_id: $k.project, item_id: $k.item}'
    check "a launch" '[.id, .url, .launch_code, .expires_at] | all(type == "string" and . != "")'
    check "no code in the URL" '.launch_code as $code | .url | contains($code) | not'
    keep launch_code .launch_code
    keep context .context
    jq .context "$tmp/body" >"$tmp/context"
    jq -n --argjson k "$kept" "$EXPECTED_CONTEXT" >"$tmp/expected"
    jq -nr --slurpfile expected "$tmp/expected" --slurpfile actual "$tmp/context" "$DIFFERENCE" >"$tmp/difference"
    [ ! -s "$tmp/difference" ] || fail "the context differs"
    check "two themes" '.context | [.theme, .originalTheme] | all(
        (keys == ["content", "settings", "version"]) and (.settings | has("fontUrl")) and (.content | keys == ["dark", "light"]))'
    check "a navigation tree" \
        '.context.navigationTree | keys == ["items"] and (.items | all(keys == ["children", "href", "id", "label"]))'
}

redeem() {
    call admin POST /api/v1/service-accounts 201 '{name: "Reviews \($k.run)", kind: "PRODUCT", product_id: $k.product}'
    keep client_id .client_id
    token product 200 grant_type=client_credentials "client_id=$(jq -r .client_id "$tmp/body")" \
        "client_secret=$(jq -r .client_secret "$tmp/body")"
    call product POST /api/v1/launches/redeem '2??' '{launch_code: $k.launch_code}'
    check "the same context" '.context == $k.context'
    check "a token that ends within 15 minutes" '.expires_in > 0 and .expires_in <= 900'
    tokens[launched]=$(jq -r .access_token "$tmp/body")
    call product POST /api/v1/launches/redeem '4??' '{launch_code: $k.launch_code}'
}

use_product_token() {
    call launched GET /api/users/me 200
    check "the contributor" '.id == $k.guest and .email == "external@wpp.test"'
    call launched GET /api/v1/projects 403
    problem token_audience
}

query_permissions() {
    ask_on_contract_host
    local all='{filters: {limit: 100, offset: 0, account_id: $k.account, user_id: $k.guest}}'
    local one='{filters: {account_id: $k.account, user_id: "external@wpp.test", permission_codes: ["ADD_REVIEW"]}}'
    local answer='. == {total_count: 1, data: [{account_id: $k.account, permissions: ["ADD_REVIEW"]}], limit: 100, offset: 0}'
    call product POST "$QUERY" 200 "$all"
    check "ADD_REVIEW and nothing else" "$answer"
    call product POST "$QUERY_TWIN" 200 "$one"
    check "ADD_REVIEW and nothing else" "$answer"
    call guest POST "$QUERY" 200 "$one"
    check "ADD_REVIEW and nothing else" "$answer"
    at wpp
}

remove_contributor() {
    local all='{filters: {limit: 100, offset: 0, account_id: $k.account, user_id: $k.guest}}'
    local nothing='. == {total_count: 0, data: [], limit: 100, offset: 0}'
    call owner DELETE '/api/v1/projects/{project}/members/{guest}' '2??'
    ask_on_contract_host
    call product POST "$QUERY" 200 "$all"
    check "nothing" "$nothing"
    call product POST "$QUERY_TWIN" 200 "$all"
    check "nothing" "$nothing"
    at wpp
    call guest GET '/api/v1/projects/{project}' 404
    problem
    call guest GET '/api/v1/projects/{project}/canvas' 404
    call guest POST /api/v1/launches 404 '{product_version_id: $k.version, project_id: $k.project, item_id: $k.item}'
}

# Products' back ends know no workspace: on the base domain it follows from the account.
ask_on_contract_host() {
    [ "$way" = host ] || at -
}

ask_from_elsewhere() {
    local random
    random=$(cat /proc/sys/kernel/random/uuid)
    at choreograph
    token stranger 200 grant_type=password username=internal@choreograph.test "password=$PASSWORD"
    call stranger GET '/api/v1/projects/{project}' 404
    problem
    without_request_id >"$tmp/foreign"
    call stranger GET "/api/v1/projects/$random" 404
    without_request_id | cmp --silent - "$tmp/foreign" || fail "expected the same bytes as $(cat "$tmp/foreign")"
    at wpp
}

without_request_id() {
    sed -E 's/("request_id" *: *")[^"]*/\1/' "$tmp/body"
}

refuse_incompatible() {
    call owner POST /api/v1/projects 201 '{name: "Homeless \($k.run)"}'
    keep homeless .id
    call owner GET '/api/v1/projects/{homeless}/compatible-products?limit=200' 200
    check "the version, incompatible" \
        '.items | any(.product_version_id == $k.version and (.compatible | not) and .missing == ["BRAND"])'
    call owner POST '/api/v1/projects/{homeless}/phases' 201 '{name: "Only"}'
    keep only_phase .id
    call owner POST '/api/v1/projects/{homeless}/phases/{only_phase}/items' 422 \
        '{kind: "APPLICATION", name: "Review", product_version_id: $k.version}'
    problem product_incompatible '.missing == ["BRAND"]'
}

keep_level_in_use() {
    call owner PATCH '/api/v1/projects/{project}' 409 '{node_id: null}'
    problem level_in_use '.items == [{id: $k.item, name: "Review the draft"}]'
    call owner GET '/api/v1/projects/{project}' 200
    check "still on the brand" '.node_id == $k.brand'
}

# The shape of docs/open-os-contract.md; theme and navigation are checked apart.
EXPECTED_CONTEXT='
    $k.workspace as $w
    | {azId: $w.az_id, name: $w.name, type: "TENANT"} as $tenant
    | {azId: $k.client, name: "Client \($k.run)", type: "CLIENT", mdId: "MD-\($k.slug)"} as $client
    | {azId: $k.market, parentAzId: $k.client, name: "Market \($k.run)", type: "MARKET"} as $market
    | {azId: $k.brand, parentAzId: $k.market, name: "Brand \($k.run)", type: "BRAND", categories: ["Beverages"]} as $brand
    | {
        baseUrl: "application/\($k.item)/\($k.slug)",
        tenant: {id: $w.id, azId: $w.az_id, name: $w.name, organisationAzId: $w.organisation_az_id},
        hierarchy: {azId: $k.brand, mapping: {
            ($w.az_id): $tenant, ($k.client): ($client + {parentAzId: $w.az_id}), ($k.market): $market, ($k.brand): $brand}},
        workspace: {azId: $k.brand, mapping: {($k.client): $client, ($k.market): $market, ($k.brand): $brand}},
        project: {id: $k.project, name: "Launch \($k.run)", azId: $k.account,
            items: [{id: $k.item, type: "APPLICATION", name: "Review the draft"}]},
        additional: {projectAzId: $k.account, phaseId: $k.phase, itemId: $k.item, itemType: "APPLICATION"},
        permissions: [],
        userDetails: ($k.me | {id, firstname, lastname, email, agency, country, department, jobTitle: .job_title,
            officeLocation: .office_location, displayLanguage: .display_language}),
        appInstance: {id: $k.item, productId: $k.product, productName: "Reviews \($k.run)", versionId: $k.version,
            versionName: "1.0", slug: $k.slug},
        customConfig: {greeting: "hello"}
    }'

# One line for each key that is missing, too much or different.
DIFFERENCE='
    def leaves: [tostream | select(length == 2) | {key: (.[0] | map(tostring) | join(".")), value: .[1]}] | from_entries;
    def shown: if . == null then "nothing" else .[0] | tojson end;
    ($expected[0] | leaves) as $e
    | ($actual[0] | del(.theme, .originalTheme, .navigationTree) | leaves) as $a
    | ($e + $a | keys[]) as $key
    | (if $e | has($key) then [$e[$key]] else null end) as $want
    | (if $a | has($key) then [$a[$key]] else null end) as $got
    | select($want != $got)
    | "\($key): expected \($want | shown), got \($got | shown)"'
