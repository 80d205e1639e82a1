using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace OpsConsole.Web.Parts;

/// <summary>
/// Reads and writes the query of an address. What cannot be read is left out rather than refused, because people edit addresses; what is
/// empty is not written, so that two addresses of one list are equal.
/// </summary>
public sealed class Address
{
    private readonly Dictionary<string, StringValues> _query;

    private Address(Dictionary<string, StringValues> query) => _query = query;

    public static Address Of(string uri) => new(QueryHelpers.ParseQuery(new Uri(uri).Query));

    public static Address Of(IQueryCollection query) => new(query.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.OrdinalIgnoreCase));

    public string? Text(string key) => _query.TryGetValue(key, out var values) && values.ToString().Trim() is { Length: > 0 } value ? value : null;

    public bool Has(string key, string value) => Text(key) == value;

    public double? Number(string key) =>
        double.TryParse(Text(key), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    /// <summary>A moment in UTC: <c>2026-10-30</c> or <c>2026-10-30T16:42:00Z</c>.</summary>
    public DateTimeOffset? Moment(string key) =>
        DateTimeOffset.TryParse(Text(key), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;

    /// <summary>A member of an enum by its name in kebab case: <c>not-due</c>.</summary>
    public T? OneOf<T>(string key)
        where T : struct, Enum =>
        Text(key) is { } value && Enum.TryParse<T>(value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var found) && Enum.IsDefined(found) ? found : null;

    public static string To(string path, params IEnumerable<(string Key, string? Value)> query) =>
        QueryHelpers.AddQueryString(path, query.Where(pair => !string.IsNullOrEmpty(pair.Value)).Select(pair => KeyValuePair.Create(pair.Key, pair.Value)));

    public static string? Write(DateTimeOffset? at) => at is not { } moment ? null
        : moment.UtcDateTime.ToString(moment.UtcDateTime.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture);

    public static string? Write(double? number) => number?.ToString("R", CultureInfo.InvariantCulture);

    public static string? Write<T>(T? member)
        where T : struct, Enum =>
        member is null ? null : System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(member.Value.ToString());
}
