-- One trace of 10,000 spans, a loop over the lines of one order.
INSERT INTO spans ("TraceId", "SpanId", "StartNanos", "Day", "EndNanos", "ParentSpanId", "Name", "Kind", "Status", "Failed", "Service", "ScopeName", "Attributes", "Resource", "ReceivedAt", "BatchId", "SenderId")
SELECT decode(md5('long'), 'hex'), decode(substr(md5('long-' || s), 1, 16), 'hex'), extract(epoch FROM timestamptz '{day} 00:00Z')::bigint * 1000000000 + s::bigint * 1000000, date '{day}', extract(epoch FROM timestamptz '{day} 00:00Z')::bigint * 1000000000 + CASE s WHEN 0 THEN 10000 ELSE s + 1 END::bigint * 1000000,
    CASE WHEN s > 0 THEN decode(substr(md5('long-' || CASE WHEN s % 100 = 0 THEN 0 ELSE s - s % 100 END), 1, 16), 'hex') END, 'line ' || s, 1, 0, false, (ARRAY['integration-hub', 'erp-adapter'])[1 + s % 2], 'Acme.Middleware',
    '{"order.line":' || s || ',"code.function.name":"Acme.Middleware.Sync.InvoiceWriter.WriteLines"}', '{"service.version":"3.2.1"}', timestamptz '{day} 00:00Z', '00000000-0000-7000-8000-ffffffffffff', '00000000-0000-0000-0000-000000000001'
FROM generate_series(0, 9999) AS s;
INSERT INTO traces ("TraceId", "StartedAt", "EndedAt", "Spans", "Errors", "Service", "Name", "HasRoot", "Services", "ReceivedAt")
VALUES (decode(md5('long'), 'hex'), timestamptz '{day} 00:00Z', timestamptz '{day} 00:00Z' + interval '10 seconds', 10000, 0, 'integration-hub', 'line 0', true, 2, timestamptz '{day} 00:00Z');
