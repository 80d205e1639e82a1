using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using OpsConsole.Access;
using OpsConsole.Kpis;
using OpsConsole.Tests.Samples;

namespace OpsConsole.Tests.Storage.Rows;

/// <summary>Every request that reads, asked about a failure by whatever it is asked with: found by reflection, so a new one is asked too.</summary>
internal static partial class Asking
{
    private static readonly JsonSerializerOptions s_json = new() { ReferenceHandler = ReferenceHandler.IgnoreCycles };

    private static readonly Actor s_everybody = Staff.Person("Root", Scope.All, Enum.GetValues<Role>());

    /// <param name="asker">Nothing: somebody who may and sees everything.</param>
    public static async Task<List<object>> All(World world, IReadOnlyList<FailureSample> failures, Actor? asker = null)
    {
        var requests = new List<object>();
        foreach (var failure in failures)
        {
            var @case = await world.Case(failure.CaseId);
            Dictionary<string, string> words = new(StringComparer.OrdinalIgnoreCase)
            {
                ["type"] = failure.Type, ["id"] = failure.Id, ["name"] = $"EX-{@case.Number}", ["flow"] = "order-to-cash", ["cause"] = @case.Fingerprint, ["fingerprint"] = @case.Fingerprint,
                ["unit"] = failure.Unit, ["query"] = "INV", ["text"] = "INV", ["leadId"] = failure.Id, ["period"] = "2026-03",
            };
            requests.AddRange(
                from type in typeof(CoreSetup).Assembly.GetTypes()
                where type is { IsClass: true, IsAbstract: false } && typeof(IGuarded).IsAssignableFrom(type) && Reads().IsMatch(type.Name)
                from code in type.GetConstructors()[0].GetParameters().Any(one => one.Name is "Code") ? KpiCatalog.All.Select(kpi => kpi.Code) : [""]
                select Made(type, failure, words, code, asker ?? s_everybody));
        }

        return requests;
    }

    /// <summary>What it says as JSON; nothing when it refuses or cannot be said so.</summary>
    public static async Task<string?> Answer(World world, object request)
    {
        var answer = request.GetType().GetInterfaces().Single(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(MediatR.IRequest<>)).GetGenericArguments()[0];
        var task = (Task)typeof(World).GetMethod(nameof(World.Send))!.MakeGenericMethod(answer).Invoke(world, [request])!;
        try
        {
            await task;
        }
        catch (Exception failure) when (failure is ArgumentException or NullReferenceException or InvalidOperationException or FormatException)
        {
            return null;            // asked with what no page asks
        }

        var outcome = task.GetType().GetProperty("Result")!.GetValue(task)!;
        return outcome.GetType().GetProperty("Value")?.GetValue(outcome) is { } value ? JsonSerializer.Serialize(value, value.GetType(), s_json) : null;
    }

    private static object Made(Type type, FailureSample failure, Dictionary<string, string> words, string code, Actor asker) =>
        type.GetConstructors()[0].Invoke([.. type.GetConstructors()[0].GetParameters().Select(one => Given(one, failure, words, code, asker))]);

    private static object? Given(ParameterInfo asked, FailureSample failure, Dictionary<string, string> words, string code, Actor asker)
    {
        var type = asked.ParameterType;
        return type == typeof(Actor) ? asker
            : asked.Name is "Code" ? code
            : asked.HasDefaultValue && type != typeof(Guid) ? (asked.DefaultValue is null && type.IsValueType ? Activator.CreateInstance(type) : Boxed(type, asked.DefaultValue))
            : type == typeof(string) ? words.GetValueOrDefault(asked.Name!, "")
            : type == typeof(Guid) ? failure.CaseId
            : type == typeof(int) ? 50
            : type == typeof(DateTimeOffset) ? SyncSample.Noon
            : Nullable.GetUnderlyingType(type) is not null ? null
            : type.IsValueType ? Activator.CreateInstance(type)
            : type.IsAssignableFrom(typeof(Guid[])) && type != typeof(object) ? new[] { failure.CaseId }
            : typeof(IEnumerable).IsAssignableFrom(type) ? null
            : type.GetConstructor([]) is { } empty ? empty.Invoke([])
            : type is { IsClass: true, IsAbstract: false } && type.Namespace!.StartsWith("OpsConsole", StringComparison.Ordinal) ? Made(type, failure, words, code, asker)
            : null;
    }

    private static object? Boxed(Type type, object? value) => type.IsEnum && value is not null ? Enum.ToObject(type, value) : value;

    [GeneratedRegex("^(List|Show|Find|Search|Suggest|Count|Measure|Explain|Understand|Compare|Look|Queue|Snoozed|WhatIf|Objective|Print|Review|Preview|Try)")]
    private static partial Regex Reads();
}
