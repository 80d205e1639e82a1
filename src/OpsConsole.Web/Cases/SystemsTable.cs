using System.Text.Json;
using OpsConsole.Cases;
using OpsConsole.Events;
using OpsConsole.Web.Parts;

namespace OpsConsole.Web.Cases;

/// <summary>What several systems hold of one object, as a table: a column for each system, a row for each thing said.</summary>
public sealed record SystemsTable(IReadOnlyList<SystemSays> Columns, IReadOnlyList<SystemsRow> Rows)
{
    /// <summary>The attribute that every system may say as its amount.</summary>
    public const string AmountName = "amount";

    private const string AmountRow = "Amount";

    // Every system says them of its own accord; as attributes they would stand there twice.
    private static readonly string[] s_shownAnyway = ["amount", "currency"];

    /// <param name="systems">What each says; the earliest to speak stands first.</param>
    /// <param name="attributes">The attributes, those that the error names first.</param>
    /// <param name="owners">Attribute → the system whose word counts; others are marked where they differ from it.</param>
    public static SystemsTable Of(IReadOnlyList<SystemSays> systems, IReadOnlyList<AttributeRow> attributes, IReadOnlyDictionary<string, string>? owners = null)
    {
        var columns = systems.OrderBy(system => system.Time).ToList();
        if (columns.Count == 0)
        {
            return new SystemsTable([], []);
        }

        var rows = new List<SystemsRow> { States(columns) };
        rows.AddRange(attributes.Where(attribute => attribute.Complained).Select(attribute => Attribute(columns, attribute)));
        if (columns.Any(system => system.Amount is not null))
        {
            rows.Add(Compared(AmountRow, AmountRow, columns, system => system is { Amount: { } amount, Currency: { } currency } ? $"{currency} {CaseWording.Amount(amount, currency)}" : null, true));
        }

        rows.AddRange(attributes.Where(attribute => !attribute.Complained && !(s_shownAnyway.Contains(attribute.Name) && !attribute.Differs)).Select(attribute => Attribute(columns, attribute)));
        if (columns.Any(system => system.Version is not null))
        {
            rows.Add(Compared("version", "Version", columns, system => system.Version is { } version ? $"v{version}" : null, false));
        }

        return new SystemsTable(columns, [.. rows.Select(row => owners is null ? row : Owned(columns, row, owners))]);
    }

    // Where it is known whose word counts, and it has one, the others are measured by it and not by each other.
    private static SystemsRow Owned(List<SystemSays> columns, SystemsRow row, IReadOnlyDictionary<string, string> owners)
    {
        var at = owners.TryGetValue(row.Name == AmountRow ? AmountName : row.Name, out var owner) ? columns.FindIndex(column => column.System == owner) : -1;
        if (at < 0 || !row.Cells[at].Kept)
        {
            return row;
        }

        var counts = row.Cells[at];
        return row with { Owned = true, Cells = [.. row.Cells.Select((cell, i) => cell with { Owns = i == at, Differs = i != at && cell.Kept && cell.Text != counts.Text && (cell.Differs || counts.Differs) })] };
    }

    // Business states are words of each system's own and are not compared; what a system refused stands against the rest.
    private static SystemsRow States(List<SystemSays> columns) => new(
        "state", "State",
        [.. columns.Select(system => new SystemsCell(Words.Sentence(system.State ?? system.Outcome.ToString()), true, system.Outcome is SyncOutcome.Failed))]);

    private static SystemsRow Attribute(List<SystemSays> columns, AttributeRow attribute) =>
        Compared(attribute.Name, Words.Sentence(attribute.Name), columns, system => system.Attributes.TryGetValue(attribute.Name, out var value) ? Plain(value) : null, attribute.Differs || attribute.Complained, attribute.Complained);

    private static SystemsRow Compared(string name, string label, List<SystemSays> columns, Func<SystemSays, string?> value, bool compare, bool complained = false)
    {
        var values = columns.Select(value).ToList();
        var usual = Usual(columns, values);
        var differs = compare && values.Where(said => said is not null).Distinct(StringComparer.Ordinal).Count() > 1;
        return new SystemsRow(name, label,
            [.. columns.Select((system, at) => new SystemsCell(values[at] ?? "", values[at] is not null,
                values[at] is not null && (differs && values[at] != usual || complained && system.Refused && values[at] is "")))]);
    }

    // Values travel as JSON, so that 1 and "1" stay two; people read them without quotes.
    private static string Plain(string? json) => json switch
    {
        null or "null" => "",
        ['"', .., '"'] => JsonSerializer.Deserialize<string>(json) ?? "",
        _ => json,
    };

    // What most say; when they are even, what the earliest says that did not refuse it: it had the object first.
    private static string? Usual(List<SystemSays> columns, List<string?> values) =>
        columns.Select((system, at) => (system.Refused, Value: values[at], at))
            .Where(said => said.Value is not null)
            .GroupBy(said => said.Value, StringComparer.Ordinal)
            .OrderByDescending(said => said.Count()).ThenBy(said => said.All(one => one.Refused)).ThenBy(said => said.Min(one => one.at))
            .FirstOrDefault()?.Key;
}

/// <param name="Owned">The owner is known and among the columns.</param>
public sealed record SystemsRow(string Name, string Label, IReadOnlyList<SystemsCell> Cells, bool Owned = false);

/// <param name="Text">As the system holds it; empty: it holds nothing there.</param>
/// <param name="Kept">It has ever said anything of it.</param>
/// <param name="Differs">It stands against what the others say, or against the owner's word.</param>
/// <param name="Owns">Its word counts.</param>
public sealed record SystemsCell(string Text, bool Kept, bool Differs, bool Owns = false);
