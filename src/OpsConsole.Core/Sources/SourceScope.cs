namespace OpsConsole.Sources;

/// <summary>
/// Whose sources somebody sees: those that speak for a unit in their scope. One that may speak for any unit is for those who see everything. A source speaks for all legal
/// entities of its units: who is limited to some sees none.
/// </summary>
internal static class SourceScope
{
    public static bool Sees(this Actor actor, Source source) =>
        actor.Scope.Everything
        || (!actor.Scope.ByEntity && source.Units.Exists(actor.Scope.Covers))
        || (actor.Kind is ActorKind.Key && actor.Id == $"key:{source.Name}");
}
