-- The traces {from} to {until}, ten spans each, within the day that began {day}; they belong to the latest of {deals} orders.
INSERT INTO spans ("TraceId", "SpanId", "StartNanos", "Day", "EndNanos", "ParentSpanId", "Name", "Kind", "Status", "Failed", "Service", "ScopeName", "Attributes", "Resource", "ReceivedAt", "BatchId", "SenderId")
SELECT t.trace, decode(substr(md5(n || '-' || s), 1, 16), 'hex'), t.start + s * 3000000, date '{day}', t.start + s * 3000000 + 20000000, CASE WHEN s > 0 THEN decode(substr(md5(n || '-0'), 1, 16), 'hex') END,
    (ARRAY['receive order', 'map order', 'POST /v2/invoices', 'read customer', 'publish invoice', 'consume invoice', 'POST /api/records', 'lookup tax', 'write ledger', 'confirm'])[s + 1],
    1 + s % 5, CASE WHEN (n + s) % 50 = 0 THEN 2 ELSE 0 END, (n + s) % 50 = 0, (ARRAY['crm-gateway', 'integration-hub', 'billing-adapter', 'erp-adapter'])[1 + s % 4], 'Acme.Middleware',
    '{"http.request.method":"POST","url.full":"https://erp.acme.example/api/v2/records/invoice/' || n || '/lines?expand=tax,customer","server.address":"erp.acme.example","server.port":443,"http.response.status_code":200,"network.protocol.version":"1.1","user_agent.original":"acme-middleware/3.2.1 (dotnet)","code.function.name":"Acme.Middleware.Sync.InvoiceWriter.WriteLines","thread.id":' || s || '}',
    '{"service.version":"3.2.1","deployment.environment.name":"production"}', t.at, ('00000000-0000-7000-8000-' || lpad(to_hex(n / 100), 12, '0'))::uuid, '00000000-0000-0000-0000-000000000001'
FROM (
    SELECT n, decode(md5('trace' || n), 'hex') AS trace, timestamptz '{day} 00:00Z' + interval '1 second' * (n * 7919 % 86400) AS at,
        extract(epoch FROM timestamptz '{day} 00:00Z')::bigint * 1000000000 + (n * 7919 % 86400) * 1000000000 AS start
    FROM generate_series({from}::bigint, {until}::bigint) AS n) t
CROSS JOIN generate_series(0, 9) AS s;

INSERT INTO traces ("TraceId", "StartedAt", "EndedAt", "Spans", "Errors", "Service", "Name", "HasRoot", "Services", "ReceivedAt")
SELECT decode(md5('trace' || n), 'hex'), timestamptz '{day} 00:00Z' + interval '1 second' * (n * 7919 % 86400), timestamptz '{day} 00:00Z' + interval '1 second' * (n * 7919 % 86400) + interval '47 milliseconds',
    10, CASE WHEN n % 5 = 0 THEN 1 ELSE 0 END, 'crm-gateway', 'receive order', true, 4, timestamptz '{day} 00:00Z' + interval '1 second' * (n * 7919 % 86400)
FROM generate_series({from}::bigint, {until}::bigint) AS n;

INSERT INTO trace_keys ("SpokenKey", "TraceId", "Type", "Id", "Unit", "Failed")
SELECT encode(substring(sha256(convert_to('order', 'UTF8') || '\x00'::bytea || convert_to(id, 'UTF8')) FROM 1 FOR 16), 'hex')::uuid, decode(md5('trace' || n), 'hex'), 'order', id, NULL, n % 500 = 0
FROM (SELECT n, 'SO-' || ({deals} - n % ({deals} / 3)) AS id FROM generate_series({from}::bigint, {until}::bigint) AS n) t;
