/** The part of PYTHON that is about what was recorded: scores, metrics, sessions, traces, media. */
export const PYTHON_RECORDED = `
def score(**fields):
    if IS_OLDER:
        return api.scores.create(**fields).id
    from langfuse.api.scores.types import CreateScoreRequest
    return api.scores.create(request=CreateScoreRequest(**fields)).id

def read_scores(**query):
    read = api.scores_v3.get_many_v3 if IS_OLDER else api.scores.get_many
    return read(fields="core,details,subject", **query).data

remove_score = api.legacy.score_v1.delete if IS_OLDER else api.scores.delete

@tell("scores: written in each type, read typed, removed")
def _():
    values = {"NUMERIC": 0.125, "BOOLEAN": 1, "CATEGORICAL": "good", "TEXT": "words", "CORRECTION": "better"}
    for data_type, value in values.items():
        name = "output" if data_type == "CORRECTION" else N
        score(id=N + data_type, name=name, value=value, data_type=data_type, trace_id=TRACE, metadata={"a": [1]})
    score(id=N + "session", name=N, value=7, session_id=SESSION)
    score(id=N + "rated", name="ignored", value=3, config_id=told["config"], trace_id=TRACE, observation_id=OBSERVATION)
    story = {data_type: read_scores(id=N + data_type)[0].value for data_type in values}
    of_session, rated = read_scores(id=N + "session")[0], read_scores(id=N + "rated")[0]
    remove_score(N + "TEXT")
    return {
        **story,
        "of a session": [of_session.subject.kind, of_session.value],
        "by its config": [rated.name, rated.value],
        "removed": [one.id for one in read_scores(id=N + "TEXT")],
    }

WINDOW = {"fromTimestamp": "2026-01-01T00:00:00Z", "toTimestamp": "2026-01-03T00:00:00Z"}
OF_SESSION = [{"type": "string", "column": "sessionId", "operator": "=", "value": SESSION}]

@tell("metrics: v2 counts, sums and refuses")
def _():
    metrics = [{"measure": "count", "aggregation": "count"}, {"measure": "totalCost", "aggregation": "sum"}]
    query = {"view": "observations", "dimensions": [{"field": "name"}], "metrics": metrics, "filters": OF_SESSION, **WINDOW}
    timed = {**query, "dimensions": [], "timeDimension": {"granularity": "day"}}
    buckets = api.metrics.metrics(query=json.dumps(timed)).data
    rows = api.metrics.metrics(query=json.dumps(query)).data
    return {
        "rows": [{**row, "count_count": int(row["count_count"])} for row in rows],
        "buckets": sum(int(row["count_count"]) for row in buckets),
        "refused": status(lambda: api.metrics.metrics(query=json.dumps({**query, "view": "traces"}))),
    }

if IS_OLDER:
    @tell("sessions: listed and read")
    def _():
        return [
            SESSION in [session.id for session in api.sessions.list(limit=100).data],
            [trace.name for trace in api.sessions.get(SESSION).traces],
            status(lambda: api.sessions.get("none")),
        ]

    @tell("traces: listed and read")
    def _():
        found = api.trace.get(TRACE)
        def missing():
            try:
                api.trace.get("none")
            except ApiError as error:
                return [error.status_code, error.body["error"]]
        return {
            "listed": [trace.name for trace in api.trace.list(session_id=SESSION).data],
            "read": [found.name, found.input, [[one.type, one.model] for one in found.observations]],
            "missing": missing(),
            "page": status(lambda: api.trace.list(page=0)),
        }

    @tell("observations: listed and read")
    def _():
        older = api.legacy.observations_v1
        return [
            [one.name for one in older.get_many(trace_id=TRACE).data],
            older.get(OBSERVATION).model,
            status(lambda: older.get("none")),
        ]

    @tell("scores: by id and in lists")
    def _():
        read = [api.scores.get_by_id(N + kind) for kind in ("NUMERIC", "BOOLEAN", "CATEGORICAL")]
        return [
            *[[one.value, getattr(one, "string_value", None)] for one in read],
            status(lambda: api.scores.get_by_id("none")),
            len(api.scores.get_many(trace_id=TRACE, name=N).data),
        ]

    @tell("metrics: v1 counts traces")
    def _():
        metrics = [{"measure": "count", "aggregation": "count"}]
        query = {"view": "traces", "dimensions": [{"field": "name"}], "metrics": metrics, "filters": OF_SESSION, **WINDOW}
        rows = api.legacy.metrics_v1.metrics(query=json.dumps(query)).data
        return [{**row, "count_count": int(row["count_count"])} for row in rows]

@tell("traces: removed one by one and together")
def _():
    ids = [N + "-gone-" + str(number) for number in range(3)]
    api.trace.delete(ids[0])
    api.trace.delete_multiple(trace_ids=ids[1:])
    def read(id):
        rows = api.observations.get_many(trace_id=id).data
        return 200 if rows else 404
    return [read(id) for id in ids]

@tell("media: announced, sent, told of, read")
def _():
    content = ("bytes of " + N).encode()
    own_trace = {"trace_id": TRACE, "field": "input", "content_type": "text/plain", "content_length": len(content)}
    sha = base64.b64encode(hashlib.sha256(content).digest()).decode()
    announced = api.media.get_upload_url(**own_trace, sha256hash=sha)
    unsent = status(lambda: api.media.get(announced.media_id))
    headers = {"Content-Type": "text/plain", "x-amz-checksum-sha256": sha}
    request = urllib.request.Request(announced.upload_url, data=content, method="PUT", headers=headers)
    sent = urllib.request.urlopen(request).status
    api.media.patch(announced.media_id, uploaded_at=dt.datetime.now(dt.timezone.utc), upload_http_status=sent)
    read = api.media.get(announced.media_id)
    return {
        "announced": len(announced.media_id) == 22,
        "unsent": unsent,
        "sent": sent,
        "read": [read.content_type, read.content_length == len(content), urllib.request.urlopen(read.url).read() == content],
        "again": api.media.get_upload_url(**own_trace, sha256hash=sha).upload_url,
    }
`
