using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace OpsConsole.Intake.Mappings;

/// <summary>A place in JSON data: <c>$.data.object.lines[0].id</c>; names with other signs as <c>$['a.b']</c>.</summary>
internal sealed class Place
{
    private readonly List<(string? Name, int Index)> _steps = [];

    private Place()
    {
    }

    /// <summary>False when the text is no place.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Place? place)
    {
        place = null;
        if (!text.StartsWith('$'))
        {
            return false;
        }

        var read = new Place();
        for (var at = 1; at < text.Length;)
        {
            if (!read.Step(text, ref at))
            {
                return false;
            }
        }

        place = read;
        return true;
    }

    /// <summary>What stands there, or nothing.</summary>
    public JsonElement? Find(JsonElement data)
    {
        foreach (var (name, index) in _steps)
        {
            if (name is not null)
            {
                if (data.ValueKind is not JsonValueKind.Object || !data.TryGetProperty(name, out data))
                {
                    return null;
                }
            }
            else if (data.ValueKind is JsonValueKind.Array && index < data.GetArrayLength())
            {
                data = data[index];
            }
            else
            {
                return null;
            }
        }

        return data;
    }

    private bool Step(string text, ref int at)
    {
        if (text[at] is '.')
        {
            var end = text.IndexOfAny(['.', '['], at + 1);
            end = end < 0 ? text.Length : end;
            _steps.Add((text[(at + 1)..end], 0));
            var named = end > at + 1;
            at = end;
            return named;
        }

        var close = text[at] is '[' ? text.IndexOf(']', at) : -1;
        if (close < 0)
        {
            return false;
        }

        var inside = text[(at + 1)..close];
        at = close + 1;
        if (inside is ['\'', .. { Length: > 0 } name, '\''])
        {
            _steps.Add((name, 0));
            return true;
        }

        var isIndex = int.TryParse(inside, NumberStyles.None, CultureInfo.InvariantCulture, out var index);
        _steps.Add((null, index));
        return isIndex;
    }
}
