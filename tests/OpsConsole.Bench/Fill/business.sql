-- Deals of 90 days, the latest month the busiest, fewer at weekends; customers, units and causes after Zipf; exceptions mostly ended,
-- what is open mostly young. Facts are kept for the last 30 days only; what was folded from older ones stays, as under a retention.
-- {deals}, {customers}: how many.
SET synchronous_commit = off;
SET work_mem = '256MB';
SELECT setseed(0.5);

CREATE FUNCTION pg_temp.key(VARIADIC parts text[]) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT encode(substring(sha256((SELECT string_agg(convert_to(part, 'UTF8'), '\x00'::bytea ORDER BY at) FROM unnest(parts) WITH ORDINALITY AS p(part, at))) FROM 1 FOR 16), 'hex')::uuid
$$;

-- A random rank of 1 to n after Zipf; a shift takes the edge off the first.
CREATE FUNCTION pg_temp.zipf(n int, shift int DEFAULT 0) RETURNS int LANGUAGE sql VOLATILE AS $$
    SELECT 1 + least(n - 1, floor(((1 + shift) * exp(random() * ln((n + 1.0 + shift) / (1 + shift)))) - 1 - shift)::int)
$$;

-- The class of a distance between two milestones, as OpsConsole.Flows.MilestonePace has it.
CREATE FUNCTION pg_temp.pace(distance interval) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (CASE WHEN us IS NULL THEN NULL WHEN us < 4 THEN us ELSE (4 * power) + ((us >> (power - 2)) & 3) - 4 END)::smallint
    FROM (SELECT us, length(ltrim(us::bit(63)::text, '0')) - 1 AS power FROM (SELECT (extract(epoch FROM distance) * 1000000)::bigint AS us) one) two
$$;

CREATE TEMP TABLE customer AS
SELECT n, 'ACC-' || n AS id, pg_temp.key('customer', 'ACC-' || n) AS key,
    (ARRAY['EMEA', 'AMER', 'APAC', 'DACH', 'NORDICS', 'UKI', 'LATAM', 'unassigned'])[pg_temp.zipf(8)] AS unit,
    (ARRAY['Norrvik', 'Aldgate', 'Brightwater', 'Castellan', 'Dornfeld', 'Eastmoor', 'Ferrano', 'Glenholm', 'Halvorsen', 'Ironbridge', 'Jaspers', 'Kestrel', 'Lindqvist',
        'Marchetti', 'Northgate', 'Oakhurst', 'Pellegrin', 'Quintero', 'Rosenthal', 'Silverline', 'Tamworth', 'Ulrich', 'Vandermeer', 'Westbrook', 'Yarrow', 'Zellweger'])[1 + n % 26]
    || ' ' || (ARRAY['Energi', 'Logistics', 'Foods', 'Systems', 'Textiles', 'Media', 'Bio', 'Steel', 'Optics', 'Marine', 'Rail'])[1 + n / 26 % 11]
    || ' ' || (ARRAY['AB', 'GmbH', 'Ltd', 'SpA', 'Inc'])[1 + n % 5] || ' ' || n AS name
FROM generate_series(1, {customers}) AS n;
CREATE UNIQUE INDEX ON customer (n);

CREATE TEMP TABLE deal AS
WITH drawn AS MATERIALIZED (
    SELECT n, pg_temp.zipf({customers}, 9) AS c, 90 * (1 - n::float / ({deals} + 1)) ^ 1.6 AS age, random() AS r, random() AS luck, 50 + 10 ^ (1 + 3.5 * random()) AS worth
    FROM generate_series(1, {deals}) AS n), placed AS (
    SELECT n, c, luck, r, round(worth::numeric, 2) AS amount, now() - make_interval(secs => age * 86400) AS at FROM drawn)
SELECT d.n, d.c, d.luck, d.r, d.amount, c.unit, c.key AS customer, c.name, c.id AS customer_id,
    d.at - CASE WHEN extract(isodow FROM d.at) > 5 AND d.r < 0.8 THEN interval '2 days' ELSE interval '0' END AS at,
    'SO-' || d.n AS order_id, 'INV-' || d.n AS invoice_id, 'PAY-' || d.n AS payment_id,
    pg_temp.key('order', 'SO-' || d.n) AS o, pg_temp.key('invoice', 'INV-' || d.n) AS i, pg_temp.key('payment', 'PAY-' || d.n) AS p,
    pg_temp.key('order-to-cash', 'order', 'SO-' || d.n) AS t
FROM placed d JOIN customer c ON c.n = d.c;
CREATE UNIQUE INDEX ON deal (n);
ANALYZE customer, deal;

INSERT INTO objects ("Key", "Type", "Id", "Label", "OwnUnit", "OwnLegalEntity", "Unit", "LegalEntity", "Amount", "Currency", "Facts", "FirstAt", "LastAt", "ReceivedAt", "Systems", "Disagrees", "DisagreesSince", "Firsts")
SELECT key, 'customer', id, name, unit, unit || '-01', unit, unit || '-01', NULL, NULL, 3, now() - interval '90 days', now() - interval '90 days', now() - interval '90 days', 3, n % 200 = 0, CASE WHEN n % 200 = 0 THEN now() - interval '9 days' END, '[]' FROM customer
UNION ALL
SELECT x.key, x.type, x.id, d.name, d.unit, d.unit || '-01', d.unit, d.unit || '-01', d.amount, 'EUR', x.facts, d.at + x.after, d.at + x.after, d.at + x.after, 2, d.n % 70 = x.facts, CASE WHEN d.n % 70 = x.facts THEN d.at + x.after END, '[]'
FROM deal d CROSS JOIN LATERAL (VALUES (d.o, 'order', d.order_id, 3, interval '0'), (d.i, 'invoice', d.invoice_id, 4, interval '1 day'), (d.p, 'payment', d.payment_id, 2, interval '9 days')) AS x(key, type, id, facts, after)
WHERE d.at + x.after < now();

INSERT INTO object_states ("ObjectKey", "System", "State", "Outcome", "Operation", "Time", "ReceivedAt", "VersionFell", "Amount", "Currency", "EventKey", "Facts")
SELECT x.key, x.system, x.state, 0, 'create', d.at + x.after, d.at + x.after, false, d.amount, 'EUR', sha256(convert_to(x.system || d.n, 'UTF8')), 2
FROM deal d CROSS JOIN LATERAL (VALUES
    (d.o, 'salesforce', 'closed-won', interval '0'), (d.o, 'netsuite', 'delivered', interval '0'),
    (d.i, 'stripe', 'paid', interval '1 day'), (d.i, 'netsuite', 'posted', interval '1 day'), (d.p, 'netsuite', 'applied', interval '9 days')) AS x(key, system, state, after)
WHERE d.at + x.after < now();

INSERT INTO object_links ("FromKey", "ToKey", "FromType", "ToType", "Role")
SELECT x.* FROM deal d CROSS JOIN LATERAL (VALUES
    (d.o, d.customer, 'order', 'customer', ''), (d.customer, d.o, 'customer', 'order', ''), (d.i, d.o, 'invoice', 'order', ''), (d.o, d.i, 'order', 'invoice', ''),
    (d.p, d.i, 'payment', 'invoice', ''), (d.i, d.p, 'invoice', 'payment', '')) AS x(a, b, c, e, f);

-- Late: one in twenty. Missing: one in thirty. Otherwise each milestone comes in its time, mostly early in what it may take, and the latest deals are under way.
CREATE TEMP TABLE milestone AS
SELECT n, t, name, ordinal, system, object, CASE WHEN came < now() AND NOT (n % 30 = 0 AND ordinal >= 4) THEN came END AS reached, due
FROM (
    SELECT d.n, d.t, m.name, m.ordinal, m.system, CASE m.type WHEN 'order' THEN d.o WHEN 'invoice' THEN d.i ELSE d.p END AS object,
        d.at + m.after + CASE WHEN d.n % 20 = 1 AND m.ordinal = 4 THEN interval '20 hours' ELSE m.spread * random() ^ 3 END AS came, d.at + m.after + m.due AS due
    FROM deal d CROSS JOIN (VALUES
        ('closed-won', 'order', 'salesforce', 0, interval '0', interval '0', NULL::interval), ('ordered', 'order', 'netsuite', 1, interval '1 minute', interval '12 minutes', interval '15 minutes'),
        ('delivered', 'order', 'netsuite', 2, interval '2 hours', interval '21 hours', interval '10 days'), ('invoiced', 'invoice', 'stripe', 3, interval '1 day', interval '2 minutes', interval '3 minutes'),
        ('booked-in-erp', 'invoice', 'netsuite', 4, interval '1 day 2 minutes', interval '12 minutes', interval '15 minutes'), ('paid', 'invoice', 'stripe', 5, interval '2 days', interval '7 days', interval '30 days'),
        ('cash-applied', 'payment', 'netsuite', 6, interval '9 days', interval '20 hours', interval '1 day')) AS m(name, type, system, ordinal, after, spread, due)) drawn;

INSERT INTO transaction_milestones ("TransactionKey", "Name", "Flow", "Ordinal", "ReachedAt", "ReceivedAt", "DueAt", "System", "ObjectKey", "PriorAt", "Pace")
SELECT t, name, 'order-to-cash', ordinal, reached, reached, due, CASE WHEN reached IS NOT NULL THEN system END, CASE WHEN reached IS NOT NULL THEN object END, prior, pg_temp.pace(reached - prior)
FROM (SELECT *, CASE ordinal WHEN 5 THEN lag(reached, 2) OVER mine ELSE lag(reached) OVER mine END AS prior FROM milestone WINDOW mine AS (PARTITION BY n ORDER BY ordinal)) m;

INSERT INTO transactions ("Key", "Flow", "LeadKey", "LeadType", "LeadId", "Label", "Unit", "LegalEntity", "Amount", "Currency", "Objects", "Reached", "Milestones", "Late", "Progress", "StartedAt", "CompletedAt", "NextDueAt", "ReceivedAt")
SELECT d.t, 'order-to-cash', d.o, 'order', d.order_id, d.name, d.unit, d.unit || '-01', d.amount, 'EUR', 3, m.reached, 7, m.late, m.progress, d.at, CASE WHEN m.reached = 7 THEN m.last END, m.due, d.at
FROM deal d JOIN (SELECT n, count(reached) AS reached, max(reached) AS last, coalesce(bool_or(reached > due), false) AS late, string_agg(CASE WHEN reached IS NULL THEN '.' WHEN reached > due THEN 'l' ELSE 'r' END, '' ORDER BY ordinal) AS progress, min(due) FILTER (WHERE reached IS NULL) AS due FROM milestone GROUP BY n) m USING (n);

INSERT INTO transaction_objects ("TransactionKey", "ObjectKey", "LeadKey", "Path")
SELECT d.t, x.key, d.o, x.path FROM deal d CROSS JOIN LATERAL (VALUES (d.o, 'order', interval '0'), (d.i, 'order/invoice', interval '1 day'), (d.p, 'order/invoice/payment', interval '9 days')) AS x(key, path, after)
WHERE d.at + x.after < now();

-- The facts of the last 30 days, twelve a deal.
INSERT INTO events ("Key", "BatchId", "SenderId", "Source", "Id", "Type", "Time", "ReceivedAt", "Content", "SpokenKey", "EntityType", "EntityId", "System", "Operation", "Outcome", "State", "BusinessUnit", "LegalEntity", "Amount", "Currency", "Attributes", "Names", "HasPayload", "Data")
SELECT sha256(convert_to('urn:acme:middleware', 'UTF8') || '\x00'::bytea || convert_to('f' || d.n || '-' || x.k, 'UTF8')), ('00000000-0000-7000-8000-' || lpad(to_hex(d.n / 400), 12, '0'))::uuid, '00000000-0000-0000-0000-000000000001',
    'urn:acme:middleware', 'f' || d.n || '-' || x.k, 'opsconsole.sync.v1', d.at + x.k * interval '1 hour', d.at + x.k * interval '1 hour', sha256(convert_to(x.state || d.n, 'UTF8')),
    x.key, x.type, x.id, x.system, 'create', 0, x.state, d.unit, d.unit || '-01', d.amount, 'EUR', '{"paymentTerms":"NET30"}', x.k < 2, false,
    convert_to(format('{"entity":{"type":"%s","id":"%s"},"system":"%s","operation":"create","outcome":"succeeded","state":"%s","businessUnit":"%s","amount":"%s","currency":"EUR","attributes":{"paymentTerms":"NET30"},"links":[{"type":"customer","id":"%s"}]}', x.type, x.id, x.system, x.state, d.unit, d.amount, d.customer_id), 'UTF8')
FROM (SELECT * FROM deal WHERE n > {deals} - {deals} / 3) d CROSS JOIN LATERAL (VALUES
    (0, d.o, 'order', d.order_id, 'salesforce', 'closed-won'), (1, d.o, 'order', d.order_id, 'netsuite', 'ordered'), (2, d.o, 'order', d.order_id, 'netsuite', 'delivered'), (3, d.i, 'invoice', d.invoice_id, 'stripe', 'draft'),
    (4, d.i, 'invoice', d.invoice_id, 'stripe', 'finalized'), (5, d.i, 'invoice', d.invoice_id, 'netsuite', 'received'), (6, d.i, 'invoice', d.invoice_id, 'netsuite', 'posted'), (7, d.i, 'invoice', d.invoice_id, 'stripe', 'paid'),
    (8, d.p, 'payment', d.payment_id, 'stripe', 'created'), (9, d.p, 'payment', d.payment_id, 'stripe', 'received'), (10, d.p, 'payment', d.payment_id, 'netsuite', 'received'), (11, d.p, 'payment', d.payment_id, 'netsuite', 'applied')) AS x(k, key, type, id, system, state);

CREATE TEMP TABLE failure AS
WITH wrong AS (
    SELECT d.n, d.at + interval '2 hours' * d.r AS at, d.unit, d.amount, x.type, x.id, x.key, x.system, x.operation, d.name
    FROM deal d CROSS JOIN LATERAL (VALUES
        ('invoice', d.invoice_id, d.i, 'netsuite', 'create', 1.0), ('order', d.order_id, d.o, 'netsuite', 'create', 1.0),
        ('payment', d.payment_id, d.p, 'netsuite', 'apply', 0.8), ('invoice', d.invoice_id, d.i, 'stripe', 'update', 0.88)) AS x(type, id, key, system, operation, share)
    WHERE (d.n * 7919 % 1000) / 1000.0 < x.share
    UNION ALL
    SELECT c.n, now() - interval '90 days' * (c.n * 7919 % 10007) / 10007.0, c.unit, 1000 + c.n % 9000, 'customer', c.id, c.key, x.system, x.operation, c.name
    FROM customer c CROSS JOIN (VALUES ('netsuite', 'create'), ('netsuite', 'update'), ('salesforce', 'update'), ('stripe', 'update')) AS x(system, operation))
SELECT w.*, pg_temp.key('failure', w.type, w.id, w.system, w.operation) AS signal, pg_temp.zipf(200, 1) AS cause, random() AS r, random() AS luck,
    0.015 + 0.5 * exp(-extract(epoch FROM now() - w.at) / (4 * 86400)) AS open_share
FROM wrong w WHERE w.at < now();

INSERT INTO signals ("Id", "Kind", "ObjectKey", "ObjectType", "ObjectId", "ObjectLabel", "System", "Operation", "Spells", "Open", "FailedAt", "ReceivedAt", "EndedAt", "FailureKey", "ErrorCode", "ErrorCategory", "ErrorMessage", "HasPayload", "Unit", "LegalEntity", "Amount", "Currency", "Gone", "Version", "Changed")
SELECT signal, 0, key, type, id, name, system, operation, 1, r < open_share, at, at, CASE WHEN r >= open_share THEN at + interval '1 day' * luck END, sha256(convert_to(id || system, 'UTF8')), 'E' || cause, 'validation', 'refused by ' || system, true,
    unit, unit || '-01', amount, 'EUR', false, 1, false FROM failure;

INSERT INTO cases ("Id", "Kind", "ObjectKey", "ObjectType", "ObjectId", "ObjectLabel", "System", "Operation", "ExceptionType", "Fingerprint", "Title", "Cause", "ErrorCode", "ErrorCategory", "ErrorMessage", "FailureKey", "HasPayload", "Unit", "LegalEntity",
    "Amount", "Currency", "ReportingAmount", "RateDate", "Spells", "FailedAt", "OpenedAt", "SignalVersion", "State", "Holder", "HolderName", "HeldSince", "Queue", "RuleSaid", "RoutedAt", "DueAt", "SnoozedUntil", "PayloadVersion", "Attempts", "CameBack", "Ending", "EndedAt", "ChangedAt", "Version")
SELECT signal, 0, key, type, id, name, system, operation, kind, 'cause-' || cause, 'Refused by ' || system, 'Cause ' || cause, 'E' || cause, 'validation', 'refused by ' || system, sha256(convert_to(id || system, 'UTF8')), true, unit, unit || '-01',
    amount, 'EUR', CASE WHEN luck > 0.02 THEN amount END, at::date, 1, at, at, 1, state, CASE WHEN held THEN holder END, CASE WHEN held THEN 'Steward ' || right(holder, 2) END, CASE WHEN held THEN at + interval '1 hour' END,
    queue, 'rule', at, CASE WHEN luck < 0.95 THEN at + interval '1 hour' * due END, CASE WHEN state = 6 THEN now() + interval '2 days' END, 0, 0, luck < 0.03, CASE WHEN NOT open THEN 'a later event proved it' END,
    CASE WHEN NOT open THEN at + interval '1 day' * luck END, at + interval '1 day' * luck, 3
FROM (
    SELECT f.*, state IN (1, 2, 3, 5) AS held, '00000000-0000-4000-8000-0000000000' || lpad(pg_temp.zipf(40)::text, 2, '0') AS holder
    FROM (
        SELECT f.*, r < open_share AS open,
            CASE WHEN r >= open_share THEN CASE WHEN luck < 0.92 THEN 7 ELSE 8 END
                ELSE CASE WHEN luck < 0.6 THEN 0 WHEN luck < 0.8 THEN 1 WHEN luck < 0.83 THEN 2 WHEN luck < 0.84 THEN 3 WHEN luck < 0.86 THEN 4 WHEN luck < 0.92 THEN 5 ELSE 6 END END AS state,
            CASE type WHEN 'invoice' THEN 'ar-invoices' WHEN 'payment' THEN 'payments' WHEN 'customer' THEN 'master-data' ELSE 'billing-sync' END AS queue,
            CASE type WHEN 'invoice' THEN 8 WHEN 'payment' THEN 8 WHEN 'customer' THEN 24 ELSE 8 END AS due,
            (ARRAY['tax-profile-missing', 'validation-refused', 'target-down', 'mapping-gap', 'amount-mismatch', 'duplicate-customer', 'period-closed', 'payment-terms-unknown', 'state-conflict', 'throttled', 'timeout-after-write'])[1 + cause % 11] AS kind
        FROM failure f) f) f
ORDER BY f.at;

INSERT INTO queues ("Code", "Label", "Ordinal") VALUES ('ar-invoices', 'AR invoices', 1), ('payments', 'Payments', 2), ('billing-sync', 'Billing sync', 3), ('master-data', 'Master data', 4) ON CONFLICT DO NOTHING;
INSERT INTO flows ("Name", "Definition", "Version", "FoldedVersion", "UpdatedAt", "UpdatedBy") VALUES ('order-to-cash', '{flow}', 1, 1, now(), 'bench') ON CONFLICT DO NOTHING;

-- What the sampler would have kept of the last 30 days.
INSERT INTO kpi_points ("Kpi", "Unit", "Hour", "Value", "Amount")
SELECT kpi, unit, hour, 1000 + 100 * sin(extract(epoch FROM hour) / 86400), NULL
FROM unnest(ARRAY['amount-at-risk', 'failed-customer-creations', 'reconciliation-backlog']) AS kpi, (SELECT DISTINCT unit FROM customer) AS units(unit), generate_series(date_trunc('hour', now()) - interval '30 days', date_trunc('hour', now()), interval '1 hour') AS hour
ON CONFLICT DO NOTHING;
