import { PYTHON_RECORDED } from './python-recorded.ts'

/** The story told with the generated API of the Python clients 4 and 5. */
export const PYTHON = `
import asyncio, base64, datetime as dt, hashlib, json, os, urllib.request
from langfuse import Langfuse, __version__
from langfuse.api.core.api_error import ApiError

IS_OLDER = __version__.startswith("4")
N = os.environ["STORY"]
TRACE, OBSERVATION, SESSION = N + "-trace", N + "-observation", N + "-session"
langfuse = Langfuse()
api = langfuse.api
organization = Langfuse(public_key="pk-org", secret_key="sk-org", tracing_enabled=False).api
told = {}

def tell(name):
    def run(story):
        try:
            told[name] = story()
        except Exception as error:
            told[name] = {"failed": repr(error)[:500] + str(error)[:500]}
    return run

def status(call):
    try:
        call()
    except ApiError as error:
        return error.status_code
    return 200

def message_of(answer):
    return "success" in answer.message.lower()

@tell("models: made, read, replaced, listed, removed")
def _():
    definition = {"model_name": N, "match_pattern": "(?i)^" + N + "$", "unit": "TOKENS"}
    made = api.models.create(**definition, input_price=0.5, output_price=1.5)
    replaced = api.models.upsert(made.id, **definition, input_price=0.75, output_price=1.5)
    page, listed = 1, []
    while True:
        models = api.models.list(page=page, limit=100)
        listed += [model.id for model in models.data]
        if page >= models.meta.total_pages: break
        page += 1
    story = {
        "made": [made.unit, made.input_price, made.is_langfuse_managed, [tier.name for tier in made.pricing_tiers]],
        "read": api.models.get(made.id).model_name == N,
        "replaced": replaced.prices["input"].price,
        "listed": made.id in listed,
    }
    api.models.delete(made.id)
    return {**story, "removed": status(lambda: api.models.get(made.id))}

@tell("models: tiers keep their conditions")
def _():
    condition = {"usageDetailPattern": "^input", "operator": "gt", "value": 1000, "caseSensitive": False}
    tiers = [
        {"name": "Standard", "isDefault": True, "priority": 0, "conditions": [], "prices": {"input": 1}},
        {"name": "Large", "isDefault": False, "priority": 1, "conditions": [condition], "prices": {"input": 2}},
    ]
    made = api.models.create(model_name=N + "-tiers", match_pattern="^" + N + "-tiers$", unit="TOKENS", pricing_tiers=tiers)
    return [
        [tier.name, tier.is_default, [[c.usage_detail_pattern, c.operator, c.value] for c in tier.conditions]]
        for tier in sorted(made.pricing_tiers, key=lambda tier: tier.priority)
    ]

@tell("models: neither kind of price, and a built-in one removed")
def _():
    built_in = next(model for model in api.models.list(limit=100).data if model.is_langfuse_managed)
    return [
        status(lambda: api.models.create(model_name=N + "-none", match_pattern="x", unit="TOKENS")),
        status(lambda: api.models.delete(built_in.id)),
    ]

@tell("score configs: made, changed, read, listed")
def _():
    numeric = api.score_configs.create(name="rated", data_type="NUMERIC", min_value=0, max_value=10)
    told["config"] = numeric.id
    categories = [{"label": "bad", "value": 0}, {"label": "good", "value": 1}]
    categorical = api.score_configs.create(name="judged", data_type="CATEGORICAL", categories=categories)
    boolean = api.score_configs.create(name="passed", data_type="BOOLEAN")
    changed = api.score_configs.update(boolean.id, is_archived=True, description="why")
    return {
        "numeric": [numeric.data_type, numeric.min_value, numeric.max_value],
        "categorical": [[category.label, category.value] for category in categorical.categories],
        "boolean": sorted(category.label for category in boolean.categories),
        "changed": [changed.is_archived, api.score_configs.get_by_id(boolean.id).description],
        "listed": numeric.id in [config.id for config in api.score_configs.get(limit=100).data],
        "refused": [
            status(lambda: api.score_configs.create(name="x", data_type="NUMERIC", min_value=2, max_value=1)),
            status(lambda: api.score_configs.get_by_id("none")),
        ],
    }

def text_prompt(**fields):
    from langfuse.api.prompts.types import CreateTextPromptRequest
    return CreateTextPromptRequest(type="text", **fields)

def prompt_id(prompt):
    answer = get_json("/api/public/v2/prompts/" + prompt.name + "?label=latest")
    return answer["id"]

def get_json(path):
    pair = os.environ["LANGFUSE_PUBLIC_KEY"] + ":" + os.environ["LANGFUSE_SECRET_KEY"]
    headers = {"Authorization": "Basic " + base64.b64encode(pair.encode()).decode()}
    return json.load(urllib.request.urlopen(urllib.request.Request(os.environ["LANGFUSE_HOST"] + path, headers=headers)))

@tell("comments: on each kind of object")
def _():
    prompt = api.prompts.create(request=text_prompt(name=N + "-commented", prompt="x", labels=[]))
    project = api.projects.get().data[0].id
    objects = {"TRACE": TRACE, "OBSERVATION": OBSERVATION, "SESSION": SESSION, "PROMPT": prompt_id(prompt)}
    made = {
        kind: api.comments.create(project_id=project, object_type=kind, object_id=id, content="on " + kind).id
        for kind, id in objects.items()
    }
    return {
        "kinds": [api.comments.get_by_id(id).object_type for id in made.values()],
        "read": asyncio.run(langfuse.async_api.comments.get_by_id(made["TRACE"])).content,
        "found": [comment.content for comment in api.comments.get(object_type="TRACE", object_id=TRACE).data],
        "missing": status(lambda: api.comments.create(project_id=project, object_type="TRACE", object_id="none", content="x")),
    }

def user(name):
    return organization.scim.create_user(user_name=N + "-" + name + "@example.org", name={"formatted": name})

@tell("annotation queues: with items and assignments")
def _():
    queues = api.annotation_queues
    queue = queues.create_queue(name=N, score_config_ids=[told["config"]], description="d")
    item = queues.create_queue_item(queue.id, object_id=TRACE, object_type="TRACE")
    listed = [len(queues.list_queue_items(queue.id, status=state).data) for state in ("PENDING", "COMPLETED")]
    done = queues.update_queue_item(queue.id, item.id, status="COMPLETED")
    member = user("assigned").id
    assigned = queues.create_queue_assignment(queue.id, user_id=member)
    return {
        "queue": [queue.id in [one.id for one in queues.list_queues(limit=100).data], queues.get_queue(queue.id).name == N],
        "added": [item.status, item.completed_at is not None],
        "listed": listed,
        "completed": [queues.get_queue_item(queue.id, item.id).status, done.completed_at is not None],
        "removed": queues.delete_queue_item(queue.id, item.id).success,
        "gone": status(lambda: queues.get_queue_item(queue.id, item.id)),
        "assigned": [assigned.user_id, assigned.queue_id] == [member, queue.id],
        "unassigned": queues.delete_queue_assignment(queue.id, user_id=member).success,
        "stranger": status(lambda: queues.create_queue_assignment(queue.id, user_id="none")),
        "without a config": status(lambda: queues.create_queue(name=N + "x", score_config_ids=[])),
    }
${PYTHON_RECORDED}
@tell("LLM connections: made, replaced, listed, removed, without a secret")
def _():
    definition = {"provider": N, "adapter": "anthropic", "secret_key": "very-secret-" + N}
    made = api.llm_connections.upsert(**definition, custom_models=["m"], extra_headers={"x-one": "1"})
    replaced = api.llm_connections.upsert(**definition, with_default_models=False)
    listed = api.llm_connections.list(limit=100)
    return {
        "made": [made.adapter, made.custom_models, made.with_default_models, made.extra_header_keys],
        "replaced": [replaced.id == made.id, replaced.custom_models, replaced.with_default_models],
        "listed": made.id in [one.id for one in listed.data],
        "secret": "very-secret-" + N in str(listed) + str(made),
        "removed": message_of(api.llm_connections.delete(made.id)),
        "gone": status(lambda: api.llm_connections.delete(made.id)),
    }

@tell("organization: projects and keys")
def _():
    made = organization.projects.create(name=N, retention=7, metadata={"team": "a"})
    told["project"] = made.id
    updated = organization.projects.update(made.id, name=N + "-renamed")
    listed = organization.organizations.get_organization_projects().projects
    key = organization.projects.create_api_key(made.id, note="n")
    def project_of_key():
        with_key = Langfuse(public_key=key.public_key, secret_key=key.secret_key, tracing_enabled=False)
        return with_key.api.projects.get().data[0].id
    works = project_of_key() == made.id
    keys = organization.projects.get_api_keys(made.id).api_keys
    revoked = organization.projects.delete_api_key(made.id, key.id).success
    other = organization.projects.create(name=N + "-other", retention=0)
    return {
        "project": [made.metadata, made.retention_days],
        "updated": updated.name == N + "-renamed",
        "listed": made.id in [project.id for project in listed],
        "key": [key.public_key[:6], key.secret_key[:6], key.id in [one.id for one in keys]],
        "works": works,
        "revoked": revoked,
        "refused": status(project_of_key),
        "removed": organization.projects.delete(other.id).success,
        "own keys": [one.public_key for one in organization.organizations.get_organization_api_keys().api_keys],
        "with a project key": status(lambda: api.projects.create(name="x", retention=0)),
    }

@tell("organization: memberships")
def _():
    members = organization.organizations
    member = user("member").id
    of_organization = members.update_organization_membership(user_id=member, role="MEMBER")
    everyone = [one.user_id for one in members.get_organization_memberships().memberships]
    of_project = members.update_project_membership(told["project"], user_id=member, role="VIEWER")
    some = [one.user_id for one in members.get_project_memberships(told["project"]).memberships]
    members.delete_project_membership(told["project"], user_id=member)
    removed = members.delete_organization_membership(user_id=member)
    return {
        "organization": [of_organization.role, member in everyone],
        "project": [of_project.role, member in some],
        "removed": removed.user_id == member,
        "stranger": status(lambda: members.update_organization_membership(user_id="none", role="MEMBER")),
    }

@tell("organization: SCIM")
def _():
    scim = organization.scim
    config = scim.get_service_provider_config()
    made = user("scim")
    listed = scim.list_users(filter='userName eq "' + made.user_name + '"')
    read = scim.get_user(made.id).user_name == made.user_name
    try:
        scim.delete_user(made.id)
    except Exception:
        pass  # an answer without a body, where this client expects one
    return {
        "supports": [config.filter.supported, config.patch.supported],
        "types": [kind.id for kind in scim.get_resource_types().resources],
        "schemas": len(scim.get_schemas().resources) > 0,
        "made": [made.active, made.user_name == N + "-scim@example.org"],
        "listed": listed.total_results,
        "read": read,
        "gone": status(lambda: scim.get_user(made.id)),
    }

@tell("datasets: items, versions and removal")
def _():
    made = api.datasets.create(name=N, description="d", metadata={"a": [1]})
    ids = [N + "-one", N + "-two"]
    item = [
        api.dataset_items.create(dataset_name=N, id=id, input={"q": 1}, expected_output="a", metadata={"m": True})
        for id in ids
    ][0]
    listed = len(api.dataset_items.list(dataset_name=N).data)
    archived = api.dataset_items.create(dataset_name=N, id=ids[1], status="ARCHIVED")
    left = len(api.dataset_items.list(dataset_name=N).data)
    api.dataset_items.delete(ids[1])
    schema = {"type": "object", "required": ["q"]}
    api.datasets.create(name=N + "-strict", input_schema=schema)
    return {
        "dataset": [made.metadata, api.datasets.get(N).description],
        "item": [item.input, item.expected_output, item.metadata, item.status],
        "listed": listed,
        "archived": [left, archived.status],
        "removed": status(lambda: api.dataset_items.get(ids[1])),
        "listedDatasets": N in [one.name for one in api.datasets.list(limit=100).data],
        "missing": status(lambda: api.datasets.get("none")),
        "schema": status(lambda: api.dataset_items.create(dataset_name=N + "-strict", input={"other": 1})),
    }

if IS_OLDER:
    @tell("datasets: runs")
    def _():
        item = api.dataset_items.create(dataset_name=N, id=N + "-run", input=1)
        fields = {"run_name": "r", "dataset_item_id": item.id, "trace_id": TRACE, "run_description": "first words"}
        added = api.dataset_run_items.create(**fields, metadata={"m": 1})
        run = api.datasets.get_run(N, "r")
        story = {
            "item": [added.dataset_item_id, added.trace_id] == [item.id, TRACE],
            "run": [run.description, run.metadata, len(run.dataset_run_items)],
            "runs": "r" in [one.name for one in api.datasets.get_runs(N).data],
            "items": len(api.dataset_run_items.list(dataset_id=item.dataset_id, run_name="r").data),
        }
        api.datasets.delete_run(N, "r")
        return {**story, "removed": status(lambda: api.datasets.get_run(N, "r"))}

@tell("prompts: managed")
def _():
    from langfuse.api.prompts.types import CreateChatPromptRequest
    made = api.prompts.create(request=text_prompt(name=N, prompt="one", labels=["production"], tags=["t"]))
    messages = [{"role": "system", "content": "x"}, {"type": "placeholder", "name": "history"}]
    chat = api.prompts.create(request=CreateChatPromptRequest(type="chat", name=N + "-chat", prompt=messages))
    api.prompts.create(request=text_prompt(name=N, prompt="two", labels=["staging"]))
    moved = api.prompt_version.update(name=N, version=2, new_labels=["production"])
    listed = api.prompts.list(name=N).data[0]
    found = api.prompts.get(N, label="production").version
    api.prompts.delete(N, version=2)
    return {
        "made": [made.version, made.labels, made.tags],
        "chat": [chat.type, chat.prompt[0].role, chat.prompt[1].name],
        "moved": sorted(moved.labels),
        "listed": [listed.versions, sorted(listed.labels)],
        "found": found,
        "removed": [status(lambda: api.prompts.get(N, version=2)), api.prompts.get(N, label="latest").version],
        "reserved": status(lambda: api.prompt_version.update(name=N, version=1, new_labels=["latest"])),
    }

print("RESULT " + json.dumps({name: told[name] for name in told if name not in ("config", "project")}, default=str))
`
