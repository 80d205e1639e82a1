using System.Text.Json;

namespace OpsConsole.Web.Parts;

/// <summary>What one line of a difference is.</summary>
public enum DiffKind
{
    Same,
    Removed,
    Added,

    /// <summary>Stands for equal lines that are left out.</summary>
    Skipped,
}

/// <param name="Kind">Whether it went, came or stayed.</param>
/// <param name="Text">The line; for <see cref="DiffKind.Skipped"/> how many.</param>
public sealed record DiffLine(DiffKind Kind, string Text);

/// <summary>The difference of two texts by lines: the longest common subsequence, so that as little as possible is marked.</summary>
public static class LineDiff
{
    // Beyond this many cells of the table everything between the common ends is shown as replaced: still true, only less neat.
    private const int TableLimit = 4_000_000;

    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>JSON is laid out alike first, so that only what it says is compared; anything else is taken as it stands.</summary>
    public static IReadOnlyList<DiffLine> Of(string before, string after, int context = 2) =>
        Shorten(Compare(Lines(before), Lines(after)), context);

    /// <summary>Readable JSON, members in their order; the text itself when it is not JSON.</summary>
    public static string Pretty(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return JsonSerializer.Serialize(json.RootElement, s_indented);
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static string[] Lines(string text) => Pretty(text).ReplaceLineEndings("\n").Split('\n');

    private static List<DiffLine> Compare(string[] before, string[] after)
    {
        var head = 0;
        while (head < before.Length && head < after.Length && before[head] == after[head])
        {
            head++;
        }

        var tail = 0;
        while (tail < before.Length - head && tail < after.Length - head && before[^(tail + 1)] == after[^(tail + 1)])
        {
            tail++;
        }

        return
        [
            .. before.Take(head).Select(line => new DiffLine(DiffKind.Same, line)),
            .. Middle(before[head..^tail], after[head..^tail]),
            .. before.TakeLast(tail).Select(line => new DiffLine(DiffKind.Same, line)),
        ];
    }

    private static IEnumerable<DiffLine> Middle(string[] before, string[] after)
    {
        if ((long)before.Length * after.Length > TableLimit)
        {
            return [.. before.Select(line => new DiffLine(DiffKind.Removed, line)), .. after.Select(line => new DiffLine(DiffKind.Added, line))];
        }

        return Walk(before, after, Table(before, after));
    }

    // length[i, j]: how many lines the rest of both, from i and j on, have in common in order.
    private static int[,] Table(string[] before, string[] after)
    {
        var length = new int[before.Length + 1, after.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
        {
            for (var j = after.Length - 1; j >= 0; j--)
            {
                length[i, j] = before[i] == after[j] ? length[i + 1, j + 1] + 1 : Math.Max(length[i + 1, j], length[i, j + 1]);
            }
        }

        return length;
    }

    private static IEnumerable<DiffLine> Walk(string[] before, string[] after, int[,] length)
    {
        var (i, j) = (0, 0);
        while (i < before.Length || j < after.Length)
        {
            if (i < before.Length && j < after.Length && before[i] == after[j])
            {
                yield return new DiffLine(DiffKind.Same, before[i++]);
                j++;
            }
            else if (j >= after.Length || (i < before.Length && length[i + 1, j] >= length[i, j + 1]))
            {
                yield return new DiffLine(DiffKind.Removed, before[i++]);
            }
            else
            {
                yield return new DiffLine(DiffKind.Added, after[j++]);
            }
        }
    }

    private static List<DiffLine> Shorten(List<DiffLine> lines, int context)
    {
        var near = new bool[lines.Count];
        foreach (var at in Enumerable.Range(0, lines.Count).Where(at => lines[at].Kind != DiffKind.Same))
        {
            Array.Fill(near, true, Math.Max(at - context, 0), Math.Min(at + context, lines.Count - 1) - Math.Max(at - context, 0) + 1);
        }

        var shown = new List<DiffLine>();
        for (var at = 0; at < lines.Count;)
        {
            var far = 0;
            while (at + far < lines.Count && !near[at + far])
            {
                far++;
            }

            // A single line is shown: to say that it is left out takes as much room.
            if (far > 1)
            {
                shown.Add(new DiffLine(DiffKind.Skipped, Say.Count(far, "equal line")));
                at += far;
                continue;
            }

            shown.Add(lines[at++]);
        }

        return shown;
    }
}
