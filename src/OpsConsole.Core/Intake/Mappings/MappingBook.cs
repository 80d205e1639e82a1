namespace OpsConsole.Intake.Mappings;

/// <summary>The mappings in force, the nearest first: one for a source before one for any, an exact type before a wildcard, a longer wildcard before a shorter.</summary>
public sealed class MappingBook
{
    private volatile IReadOnlyList<(MappingDefinition Definition, int Version)> _mappings = [];

    /// <summary>The mapping that takes such an event in, or nothing.</summary>
    internal (MappingDefinition Definition, int Version)? Find(string type, string? source)
    {
        foreach (var mapping in _mappings)
        {
            if (mapping.Definition.Matches(type, source))
            {
                return mapping;
            }
        }

        return null;
    }

    internal void Take(IEnumerable<(MappingDefinition Definition, int Version)> mappings) => _mappings =
    [
        .. mappings.Where(mapping => !mapping.Definition.Disabled)
            .OrderBy(mapping => mapping.Definition.Source is null)
            .ThenBy(mapping => mapping.Definition.Type.EndsWith('*'))
            .ThenByDescending(mapping => mapping.Definition.Type.Length)
            .ThenBy(mapping => mapping.Definition.Name, StringComparer.Ordinal),
    ];
}
