using System.Text.Json;
using OpsConsole.Cases;

namespace OpsConsole.Replay;

/// <summary>The fields that several payloads have in common and that a repair may change.</summary>
internal static class SharedFields
{
    /// <summary>So many payloads are looked into; the others are alike.</summary>
    private const int Looked = 200;
    private const int MostValues = 8;

    public static IReadOnlyList<SharedField> Of(IReadOnlyList<ExceptionCase> cases, IReadOnlyDictionary<Guid, RepairCase> known)
    {
        var fields = new List<FormField>();
        foreach (var c in cases.Take(Looked))
        {
            if (known[c.Id] is { Payload: { IsJson: true, Current: { } current }, Basis: var basis })
            {
                var shown = basis.Veil.Over(current)!;
                using var json = JsonDocument.Parse(shown, new JsonDocumentOptions { MaxDepth = JsonEdit.MaxDepth });
                fields.AddRange(new FormBuilder(basis, c, new FormTexts(shown, shown, shown), json.RootElement, []).Build().Where(field => field is { Locked: null, Kind: not (FieldKind.Group or FieldKind.Other) }));
            }
        }

        return
        [
            .. from field in fields
               group field by field.Pointer into same
               let choices = same.SelectMany(field => field.Choices).DistinctBy(choice => choice.Value).ToList()
               orderby same.Count(field => field.Complained) descending
               select new SharedField(same.First() with { Choices = choices, Kind = choices.Count > 0 ? FieldKind.Choice : same.First().Kind }, Values(same)),
        ];
    }

    private static IReadOnlyList<SharedValue> Values(IEnumerable<FormField> same) =>
        [.. same.GroupBy(field => field.Value).Select(value => new SharedValue(value.Key, value.Count())).OrderByDescending(value => value.Count).Take(MostValues)];
}
