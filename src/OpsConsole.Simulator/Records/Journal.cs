using System.Text;
using System.Text.Json;

namespace OpsConsole.Simulator.Records;

/// <summary>What the company remembers between two starts: files of one JSON object a line in the state folder, and single documents beside them.</summary>
internal sealed class Journal(string folder) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, StreamWriter> _writers = new(StringComparer.Ordinal);

    public void Append<T>(string name, T line)
    {
        lock (_gate)
        {
            if (!_writers.TryGetValue(name, out var writer))
            {
                writer = _writers[name] = Open(name);
            }

            writer.WriteLine(JsonSerializer.Serialize(line, JsonSerializerOptions.Web));
        }
    }

    /// <summary>The lines as they were written. A last line that was cut off by a crash is no line.</summary>
    public IEnumerable<T> Read<T>(string name)
    {
        if (!File.Exists(Lines(name)))
        {
            yield break;
        }

        foreach (var text in File.ReadLines(Lines(name)))
        {
            if (Parse<T>(text) is { } line)
            {
                yield return line;
            }
        }
    }

    public T? Load<T>(string name) where T : class => File.Exists(Whole(name)) ? Parse<T>(File.ReadAllText(Whole(name))) : null;

    /// <summary>Written aside and moved into place, so that a crash leaves the old one or the new one.</summary>
    public void Save<T>(string name, T document)
    {
        lock (_gate)
        {
            Directory.CreateDirectory(folder);
            var aside = Whole(name) + ".new";
            File.WriteAllText(aside, JsonSerializer.Serialize(document, JsonSerializerOptions.Web));
            File.Move(aside, Whole(name), overwrite: true);
        }
    }

    public void Forget(string name)
    {
        lock (_gate)
        {
            if (_writers.Remove(name, out var writer))
            {
                writer.Dispose();
            }

            File.Delete(Lines(name));
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var writer in _writers.Values)
            {
                writer.Dispose();
            }

            _writers.Clear();
        }
    }

    private StreamWriter Open(string name)
    {
        Directory.CreateDirectory(folder);
        var cut = File.Exists(Lines(name)) && !File.ReadAllText(Lines(name)).EndsWith('\n') && new FileInfo(Lines(name)).Length > 0;
        var writer = new StreamWriter(Lines(name), append: true, new UTF8Encoding(false)) { AutoFlush = true };
        if (cut)
        {
            writer.WriteLine();
        }

        return writer;
    }

    private string Lines(string name) => Path.Combine(folder, name + ".jsonl");

    private string Whole(string name) => Path.Combine(folder, name + ".json");

    private static T? Parse<T>(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
