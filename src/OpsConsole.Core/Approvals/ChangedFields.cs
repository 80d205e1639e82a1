using System.Text.Json;

namespace OpsConsole.Approvals;

/// <summary>Which fields of a message a repair changed, by their paths: <c>supplier.bankAccount.iban</c>. Positions in lists are left out.</summary>
public static class ChangedFields
{
    /// <summary>Stands for "anything": what is no JSON cannot be compared field by field, so every rule about fields holds.</summary>
    public const string Anything = "*";

    /// <param name="original">As it failed; nothing: everything was written anew.</param>
    /// <param name="current">As it would be sent.</param>
    public static IReadOnlyCollection<string> Of(string? original, string? current)
    {
        if (original == current || current is null)
        {
            return [];
        }

        if (Read(current) is not { } now || (original is not null && Read(original) is null))
        {
            return [Anything];
        }

        var before = original is null ? [] : Read(original)!;
        return [.. before.Keys.Union(now.Keys).Where(path => !Same(before.GetValueOrDefault(path), now.GetValueOrDefault(path))).Order(StringComparer.Ordinal)];
    }

    /// <summary>The path leads through a field of that name, however it is written: <c>tax_id</c> is <c>taxId</c>.</summary>
    public static bool Names(string path, string field) =>
        path == Anything || path.Split('.').Any(part => Plain(part).Equals(Plain(field), StringComparison.OrdinalIgnoreCase));

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);

    private static bool Same(List<string>? a, List<string>? b) => a is not null && b is not null && a.SequenceEqual(b, StringComparer.Ordinal);

    private static Dictionary<string, List<string>>? Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var leaves = new Dictionary<string, List<string>>(StringComparer.Ordinal);
            Take(document.RootElement, "", leaves);
            return leaves;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Take(JsonElement element, string path, Dictionary<string, List<string>> leaves)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var field in element.EnumerateObject())
                {
                    Take(field.Value, path.Length == 0 ? field.Name : $"{path}.{field.Name}", leaves);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Take(item, path, leaves);
                }

                break;
            default:
                (leaves.TryGetValue(path, out var values) ? values : leaves[path] = []).Add(element.GetRawText());
                break;
        }
    }
}
