using System.Text.Json.Serialization;

namespace OpsConsole.Events;

/// <summary>A business object by its canonical name.</summary>
public readonly record struct ObjectRef(string Type, string Id)
{
    [JsonIgnore]
    public Guid Key => Ids.OfObject(Type, Id);

    public override string ToString() => $"{Type}/{Id}";
}
