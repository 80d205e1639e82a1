using System.Collections;
using System.IO.Compression;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MediatR;
using OpsConsole.Access;
using OpsConsole.Audit;
using OpsConsole.Cases;
using OpsConsole.Contracts;
using OpsConsole.Events;
using OpsConsole.Evidence;
using OpsConsole.Privacy;
using OpsConsole.Replay;
using OpsConsole.Search;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;
using OpsConsole.Traces;

namespace OpsConsole.Tests.Privacy;

/// <summary>One exception whose payload, object, trace and logs hold marked values of every class: whoever asks whatever sees the marks that their rights allow, and no others.</summary>
public abstract class MaskingTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private const string Original =
        """{"tranId":"INV-1001","taxProfile":null,"pin":"SECRET-4711","iban":"FINANCIAL-DE89","contact":{"email":"PERSONAL-anna"},"phones":["PERSONAL-0049"],"amount":5200.00}""";

    private const string Schema = """
        {"type":"object","properties":{
          "tranId":{"type":"string"}, "taxProfile":{"type":["string","null"],"x-oc-changeable":true}, "amount":{"type":"number"},
          "pin":{"type":"string","x-oc-secret":true}, "iban":{"type":"string","x-oc-financial":true,"x-oc-changeable":true},
          "contact":{"type":"object","properties":{"email":{"type":"string","x-oc-personal":true,"x-oc-changeable":true}}},
          "phones":{"type":"array","items":{"type":"string","x-oc-personal":true}}}}
        """;

    private const string Attributes = """{"email":"PERSONAL-held","iban":"FINANCIAL-held","pin":"SECRET-held","contact":{"email":"PERSONAL-deep"},"phones":["PERSONAL-list"],"terms":"NET30"}""";
    private const string Reason = "the customer asked us on the phone";

    private static readonly byte[] s_trace = [.. Enumerable.Repeat((byte)7, 16)];
    private static readonly JsonSerializerOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly RevealOf s_case = new(RevealKind.Exception, "EX-1");

    // Every request that reads: what it asks for is filled in by what stands there.
    private static readonly string[] s_reading = ["Show", "List", "Find", "Search", "Compare", "Explain", "Suggest", "Understand", "Count", "Preview"];

    [StorageFact]
    public async Task No_answer_holds_more_than_the_reader_may_see()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        var found = await Filled(world, target);

        foreach (var actor in Enum.GetValues<Role>().Select(role => Staff.Person($"A {role}", Scope.All, role)).Append(Staff.Key))
        {
            var said = await All(world, found, actor);

            var wrong =
                from mark in new (string Said, bool Sees)[] { ("SECRET-", false), ("PERSONAL-", actor.Can(Right.ReadPersonal)), ("FINANCIAL-", actor.Can(Right.ReadFinancial)) }
                from one in said
                where !mark.Sees && one.Answer.Contains(mark.Said, StringComparison.Ordinal)
                select $"{actor.Name}: {one.Request} holds {mark.Said}";
            Assert.Equal([], wrong);
            Assert.Equal(
                (actor.Name, actor.Can(Right.ReadPersonal), actor.Can(Right.ReadFinancial)),
                (actor.Name, said.Exists(one => one.Answer.Contains("PERSONAL-", StringComparison.Ordinal)), said.Exists(one => one.Answer.Contains("FINANCIAL-", StringComparison.Ordinal))));
            Assert.True(said.Count > 25, $"{actor.Name}: only {said.Count} answered");
        }
    }

    [StorageFact]
    public async Task Revealed_fields_show_for_a_quarter_of_an_hour_in_that_exception_to_that_person()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        var found = await Filled(world, target);

        var shown = await world.Send(new RevealFields(s_case with { Name = found.Name }, FieldClasses.Personal, Reason, Staff.Ines));
        var (mine, others) = (await Repair(world, found, Staff.Ines), await Repair(world, found, Staff.Ben));
        var story = await Text(await world.Send(new PackCase(found.Name, Staff.Ines)));
        world.Clock.Pass(FieldReveal.Lasts + TimeSpan.FromSeconds(1));
        var later = await Repair(world, found, Staff.Ines);

        Assert.Equal((FieldClasses.None, FieldClasses.Personal), (shown.Value!.Hidden, shown.Value.Shown));
        Assert.Equal(Original.Replace("SECRET-4711", FieldVeil.Dots, StringComparison.Ordinal), mine);
        Assert.All([others, later], text => Assert.DoesNotContain("PERSONAL-", text, StringComparison.Ordinal));
        Assert.Contains("Made for Ines Moreau. What contracts call secret is left out", story, StringComparison.Ordinal);
        var entry = Assert.Single((await world.Send(new ListAudit(new AuditFilter(Action: "fields.reveal"), null, 50, Staff.Root))).Value!.Items);
        Assert.Equal((found.Name, $"personal fields for 15 minutes: {Reason}"), (entry.Subject, entry.Detail));
    }

    [StorageFact]
    public async Task A_reveal_takes_a_right_a_reason_a_person_and_a_class_that_can_be_shown()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        var found = await Filled(world, target);
        var of = s_case with { Name = found.Name };

        var asked = new[]
        {
            await world.Send(new RevealFields(of, FieldClasses.Personal, "because", Staff.Ines)),
            await world.Send(new RevealFields(of, FieldClasses.Secret, Reason, Staff.Ines)),
            await world.Send(new RevealFields(of, FieldClasses.Personal, Reason, Staff.Person("Eva", Scope.All, Role.Executive))),
            await world.Send(new RevealFields(of, FieldClasses.Personal, Reason, Staff.Key)),
            await world.Send(new RevealFields(of, FieldClasses.Personal, Reason, Staff.Steward("Uli", "DACH"))),
            await world.Send(new RevealFields(of, FieldClasses.Personal, Reason, Staff.Ines with { Session = Guid.NewGuid() })),
        };

        Assert.Equal(
            [RefusalKind.Invalid, RefusalKind.Invalid, RefusalKind.Forbidden, RefusalKind.Forbidden, RefusalKind.NotFound, RefusalKind.Forbidden],
            asked.Select(one => one.Refusal!.Kind));
        Assert.Equal(StepUp.Code, asked[^1].Refusal!.Code);
    }

    [StorageFact]
    public async Task What_may_not_be_seen_is_not_changed_unseen_and_everything_around_it_is()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        var found = await Filled(world, target);

        var blind = await world.Send(Edit(found, "/contact/email", "\"new@mail\""));
        var removed = await world.Send(Edit(found, "/contact", "{}"));
        var around = await world.Send(new RepairPayload(found.Id, null, (await Repair(world, found, Staff.Ines)).Replace("null", "\"FR\"", StringComparison.Ordinal), "", Staff.Ines));
        await world.Send(new RevealFields(s_case with { Name = found.Name }, FieldClasses.Personal, Reason, Staff.Ines));
        var seeing = await world.Send(Edit(found, "/contact/email", "\"PERSONAL-new\""));

        Assert.Contains("reveal the personal fields first", blind.Refusal?.Message, StringComparison.Ordinal);
        Assert.Contains("reveal the personal fields first", removed.Refusal?.Message, StringComparison.Ordinal);
        Assert.True(around.Accepted, around.Refusal?.Message);
        Assert.True(seeing.Accepted, seeing.Refusal?.Message);
        await using var db = world.Open();
        Assert.Equal(
            Original.Replace("null", "\"FR\"", StringComparison.Ordinal).Replace("PERSONAL-anna", "PERSONAL-new", StringComparison.Ordinal),
            db.PayloadVersions.OrderByDescending(p => p.Version).Select(p => p.Body).First());
    }

    [StorageFact]
    public async Task Who_may_not_see_a_value_does_not_find_by_it()
    {
        await using var target = await TestTarget.Start();
        await using var world = await World.Start<TBrand>();
        await Filled(world, target);
        var officer = Staff.Person("Olga", Scope.All, Role.DataProtection);

        foreach (var (query, finds) in new[] { ("attr.email:PERSONAL-held", officer), ("attr.iban:FINANCIAL-held", Staff.Ines) })
        {
            var (seen, hidden) = (await Search(world, query, finds), await Search(world, query, Staff.Root));

            Assert.True(seen.Events!.Total > 0, query);
            Assert.Equal((0L, 0L), (hidden.Events!.Total, hidden.Spans!.Total));
        }

        Assert.Equal(0, (await Search(world, "attr.pin:SECRET-held", officer)).Total);
    }

    private static async Task<FactHits> Search(World world, string query, Actor actor) => (await world.Send(new SearchFacts(query, null, null, null, 50, actor))).Value!;

    private static async Task<string> Repair(World world, ExceptionCase found, Actor actor) => (await world.Send(new ShowRepair(found.Id, actor))).Value!.Original!;

    private static RepairPayload Edit(ExceptionCase found, string pointer, string value) =>
        new(found.Id, null, "", "", Staff.Ines) { Edits = new Dictionary<string, string?> { [pointer] = value } };

    private static async Task<List<(string Request, string Answer)>> All(World world, ExceptionCase found, Actor actor)
    {
        var all = new List<(string, string)>();
        foreach (var type in typeof(CoreSetup).Assembly.GetExportedTypes().Where(type => typeof(IGuarded).IsAssignableFrom(type) && Array.Exists(s_reading, word => type.Name.StartsWith(word, StringComparison.Ordinal))))
        {
            if (Filled(type, found, actor) is not { } request)
            {
                continue;
            }

            var answer = await (Task<object?>)typeof(MaskingTests<TBrand>).GetMethod(nameof(Ask), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(type.GetInterfaces().First(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IRequest<>)).GetGenericArguments()).Invoke(null, [world, request])!;
            if (answer is not null)
            {
                all.Add((type.Name, JsonSerializer.Serialize(answer, s_plain)));
            }
        }

        if (await world.Send(new PackCase(found.Name, actor)) is { Accepted: true } pack)
        {
            all.Add(("PackCase", await Text(pack)));
        }

        all.Add(("DryRun", JsonSerializer.Serialize((await world.Send(new DryRun(found.Id, null, actor))).Value, s_plain)));
        return all;
    }

    private static async Task<object?> Ask<TAnswer>(World world, IRequest<TAnswer> request)
    {
        object answer = (await world.Send(request))!;
        return answer.GetType().GetProperty("Value")!.GetValue(answer);
    }

    private static object? Filled(Type type, ExceptionCase found, Actor actor)
    {
        if (type.GetConstructors().OrderByDescending(one => one.GetParameters().Length).FirstOrDefault() is not { } made)
        {
            return null;
        }

        return made.Invoke([.. made.GetParameters().Select(parameter => Filling(parameter, type, found, actor))]);
    }

    private static object? Filling(ParameterInfo parameter, Type of, ExceptionCase found, Actor actor) => (parameter.Name, parameter.ParameterType) switch
    {
        (_, var type) when type == typeof(Actor) => actor,
        (_, var type) when type == typeof(Guid) => found.Id,
        (_, var type) when type == typeof(RevealOf) => s_case with { Name = found.Name },
        (_, var type) when type == typeof(RepairSelection) => new RepairSelection(Numbers: [found.Number]),
        (_, var type) when type == typeof(int) => 50,
        ("Name", var type) when type == typeof(string) => of.Name.Contains("Case", StringComparison.Ordinal) ? found.Name : "invoice",
        ("TraceId", _) => Convert.ToHexStringLower(s_trace),
        ("SpanId", var type) when type == typeof(string) && of.Name == nameof(ShowSpan) => "0000000000000001",
        ("Type" or "ObjectType", _) => "invoice",
        ("Id" or "ObjectId", var type) when type == typeof(string) => "INV-1001",
        ("Cause" or "Fingerprint", _) => found.Fingerprint,
        ("Query", _) => "status:error",
        ("Text", _) => "attr.email:",
        (_, var type) when parameter.HasDefaultValue => parameter.DefaultValue,
        (_, var type) when type == typeof(string) => found.Name,
        (_, var type) when type.IsValueType => Activator.CreateInstance(type),
        (_, var type) when type.IsArray => Array.CreateInstance(type.GetElementType()!, 0),
        (_, var type) when type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type) && type.IsGenericType => Array.CreateInstance(type.GetGenericArguments()[0], 0),
        (_, var type) when type.GetConstructors() is [var only] => only.Invoke([.. only.GetParameters().Select(inner => Filling(inner, of, found, actor))]),
        _ => null,
    };

    private static async Task<string> Text(Outcome<EvidencePack> pack)
    {
        await using var content = pack.Value!.Content;
        using var zip = new ZipArchive(content);
        var all = new StringBuilder();
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(await entry.OpenAsync());
            all.AppendLine(System.Net.WebUtility.HtmlDecode(await reader.ReadToEndAsync()));
        }

        return all.ToString();
    }

    private static async Task<ExceptionCase> Filled(World world, TestTarget target)
    {
        target.Answer = _ => (422, "the iban FINANCIAL-DE89 of PERSONAL-anna with SECRET-4711 is wrong");
        await world.Register(target);
        Accepted(await world.Send(new SetContract("invoice", new ContractBody("Invoice", new(null, null, "invoice", null), Schema, null), null, Staff.Root)));
        await using (var db = world.Open())
        {
            var (key, at) = (Ids.OfObject("invoice", "INV-1001"), SyncSample.Noon);
            db.Objects.Add(new BusinessObject { Key = key, Type = "invoice", Id = "INV-1001", Unit = "EMEA", Facts = 2, ReceivedAt = at });
            db.ObjectStates.AddRange(State(key, "netsuite"), State(key, "salesforce"));
            db.Events.Add(new SyncSample { Id = "held", Entity = "INV-1001", System = "salesforce", Attributes = Attributes, TraceId = s_trace, Time = at, ReceivedAt = at }.Build());
            db.Traces.Add(new TraceSummary { TraceId = s_trace, StartedAt = at, EndedAt = at.AddSeconds(1), Spans = 1, Errors = 1, Service = "hub", Name = "sync", HasRoot = true, Services = 1, ReceivedAt = at });
            db.TraceKeys.Add(new TraceKey { SpokenKey = key, TraceId = s_trace, Type = "invoice", Id = "INV-1001", Unit = "EMEA" });
            var start = (at - DateTimeOffset.UnixEpoch).Ticks * 100;
            db.Spans.Add(new Span
            {
                TraceId = s_trace, SpanId = [0, 0, 0, 0, 0, 0, 0, 1], StartNanos = start, EndNanos = start + 1_000, Day = DateOnly.FromDateTime(at.UtcDateTime), Name = "post", Service = "hub", Failed = true, ReceivedAt = at,
                SenderId = Guid.Empty, Attributes = """{"app.email":"PERSONAL-span","app.iban":"FINANCIAL-span","app.pin":"SECRET-span","email":"PERSONAL-held"}""", Resource = """{"service.version":"2.1"}""",
            });
            await db.SaveChangesAsync();
            await db.Dialect.Insert(
                db,
                [new LogRecord { Key = Guid.NewGuid(), TimeNanos = start, Day = DateOnly.FromDateTime(at.UtcDateTime), TraceId = s_trace, Severity = 9, Body = Original, Service = "hub", Attributes = """{"contact.email":"PERSONAL-log","iban":"FINANCIAL-log"}""", ReceivedAt = at, SenderId = Guid.Empty }],
                CancellationToken.None);
        }

        var found = await world.Fails(new FailureSample { Payload = Original });
        Accepted(await world.Claim(found.Id, Staff.Ines));
        Accepted(await world.Send(Edit(found, "/taxProfile", "\"DE\"")));
        Accepted(await world.Send(new ReplayCase(found.Id, null, "", Staff.Ines)));
        await world.LookForReplays();
        target.Holds = """{"tranId":"INV-1001","pin":"SECRET-there","iban":"FINANCIAL-there","contact":{"email":"PERSONAL-there"},"amount":5200.00}""";
        return await world.Case(found.Id);
    }

    private static ObjectState State(Guid key, string system) => new()
    {
        ObjectKey = key, System = system, Outcome = SyncOutcome.Succeeded, Time = SyncSample.Noon, ReceivedAt = SyncSample.Noon, EventKey = Ids.OfEvent("urn:samples", system), Attributes = Attributes,
    };

    private static T Accepted<T>(Outcome<T> outcome)
    {
        Assert.True(outcome.Accepted, outcome.Refusal?.Message);
        return outcome.Value!;
    }
}

public static class MaskingTests
{
    public sealed class On_postgres : MaskingTests<OnPostgres>;

    public sealed class On_sqlserver : MaskingTests<OnSqlServer>;
}
