namespace OpsConsole.Tests.Basics;

public class ScopeTests
{
    [Fact]
    public void Who_is_limited_to_legal_entities_is_covered_for_them_within_their_units()
    {
        var scope = Scope.Of("EMEA").Only("DE01", "DE02");

        Assert.True(scope.Covers("EMEA", "DE01"));
        Assert.False(scope.Covers("APAC", "DE01"));
        Assert.False(scope.Covers("EMEA", "FR01"));
        Assert.False(scope.Covers("EMEA", entity: null));
        Assert.True(Scope.Of("EMEA").Covers("EMEA", entity: null));
        Assert.True(Scope.Of("EMEA").Only().Covers("EMEA", "FR01"));
    }

    [Fact]
    public void Who_sees_all_units_of_some_legal_entities_does_not_see_everything()
    {
        var scope = Scope.All.Only("DE01");

        Assert.True(scope.AllUnits);
        Assert.False(scope.Everything);
        Assert.True(scope.Covers("APAC", "DE01"));
        Assert.True(Scope.All.Only().Everything);
    }

    [Fact]
    public void Scopes_that_cover_something_else_have_another_key()
    {
        string[] keys =
        [
            Scope.All.Key, Scope.All.Only("EMEA").Key, Scope.Of("EMEA").Key, Scope.Of("EMEA", "DE01").Key, Scope.Of("EMEA").Only("DE01").Key, Scope.Of("EMEA").Only("DE01", "DE02").Key, Scope.Of().Key, Scope.Of().Only("EMEA").Key,
        ];

        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Equal(Scope.Of("B", "A").Only("2", "1").Key, Scope.Of("A", "B").Only("1", "2", "1").Key);
    }

    [Fact]
    public void It_is_said_in_words()
    {
        Assert.Equal("EMEA, of DE01 and DE02", Scope.Of("EMEA").Only("DE02", "DE01").Words);
        Assert.Equal("APAC, EMEA, of A, B and C", Scope.Of("EMEA", "APAC").Only("A", "B", "C").Words);
        Assert.Equal("all units, of DE01", Scope.All.Only("DE01").Words);
        Assert.Equal(("all units", "no unit"), (Scope.All.Words, Scope.Of().Words));
    }
}
