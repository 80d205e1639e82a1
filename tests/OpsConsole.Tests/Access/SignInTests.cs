using OpsConsole.Access;
using OpsConsole.Tests.Samples;
using OpsConsole.Tests.Storage;

namespace OpsConsole.Tests.Access;

/// <summary>Passwords, codes and how often they may be wrong, on every database.</summary>
public abstract class SignInTests<TBrand>
    where TBrand : IDatabaseBrand
{
    private const string Ines = "ines@example.com";

    private static readonly Whereabouts s_guesser = new("curl", "203.0.113.9");
    private static readonly Whereabouts s_own = Entry.Desk with { Known = "her laptop" };

    [StorageFact]
    public async Task The_right_password_begins_a_new_session_each_time()
    {
        await using var world = await World.Start<TBrand>();
        await world.Joins(Ines);

        var first = await world.Send(new EnterByPassword(" Ines@Example.com ", Entry.Password, Entry.Desk));
        var second = await world.Send(new EnterByPassword(Ines, Entry.Password, Entry.Desk));

        Assert.NotNull(first.Value?.Session);
        Assert.NotEqual(first.Value!.Session!.Id, second.Value!.Session!.Id);
    }

    [StorageFact]
    public async Task A_guesser_is_stopped_and_she_comes_in_on_her_own_device()
    {
        await using var world = await World.Start<TBrand>();
        await world.Joins(Ines);
        var guesses = await world.Guesses(Ines, s_guesser, 6);

        var guessed = await world.Send(new EnterByPassword(Ines, Entry.Password, s_guesser));
        var own = await world.Send(new EnterByPassword(Ines, Entry.Password, s_own));

        Assert.Equal(["sign-in.wrong", "sign-in.wrong", "sign-in.wrong", "sign-in.wrong", "sign-in.wrong", "sign-in.too-many"], guesses);
        Assert.Equal(("sign-in.too-many", true), (guessed.Refusal?.Code, own.Accepted));
    }

    [StorageFact]
    public async Task An_account_that_is_not_there_answers_and_locks_alike()
    {
        await using var world = await World.Start<TBrand>();
        await world.Joins(Ines);

        var there = await world.Guesses(Ines, s_guesser, 6);
        var nowhere = await world.Guesses("nobody@example.com", s_guesser, 6);

        Assert.Equal(there, nowhere);
    }

    [StorageFact]
    public async Task A_hundred_guesses_at_once_are_a_hundred()
    {
        await using var world = await World.Start<TBrand>();
        await world.Joins(Ines);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(guess => world.Send(new EnterByPassword(Ines, $"guess number {guess}", s_guesser))));

        Assert.Equal(5, answers.Count(answer => answer.Refusal?.Code == "sign-in.wrong"));
    }

    [StorageFact]
    public async Task One_address_that_tries_many_accounts_is_stopped()
    {
        await using var world = await World.Start<TBrand>();
        for (var account = 0; account < 100; account++)
        {
            Assert.Equal(["sign-in.wrong"], await world.Guesses($"person{account}@example.com", s_guesser, 1));
        }

        Assert.Equal(["sign-in.too-many"], await world.Guesses("another@example.com", s_guesser, 1));
        Assert.Equal(["sign-in.wrong"], await world.Guesses("another@example.com", s_guesser with { Address = "203.0.113.10" }, 1));
    }

    [StorageFact]
    public async Task The_lock_is_seen_by_administrators_passes_by_itself_and_ends_with_a_new_password()
    {
        await using var world = await World.Start<TBrand>();
        var ines = await world.Joins(Ines);
        await world.Guesses(Ines, s_guesser, 5);

        Assert.Equal(world.Clock.Now.AddMinutes(15), (await world.Send(new ListPeople(Staff.Root))).Value!.People.Single().LockedUntil);
        world.Clock.Pass(TimeSpan.FromMinutes(15));
        Assert.Null((await world.Send(new ListPeople(Staff.Root))).Value!.People.Single().LockedUntil);
        Assert.True((await world.Send(new EnterByPassword(Ines, Entry.Password, s_guesser))).Accepted);

        await world.Guesses(Ines, s_guesser, 5);
        var invited = (await world.Send(new ResetPassword(ines, Staff.Root))).Value!;
        await world.Send(new AcceptInvitation(ines, invited.Stamp, "another four words"));
        Assert.True((await world.Send(new EnterByPassword(Ines, "another four words", s_guesser))).Accepted);
    }

    [StorageFact]
    public async Task With_an_authenticator_app_the_password_alone_lets_nobody_in_and_a_code_is_good_once()
    {
        await using var world = await World.Start<TBrand>();
        var ines = await world.Joins(Ines);
        var (secret, _) = await world.Enrols(ines);

        var entered = await world.Send(new EnterByPassword(Ines, Entry.Password, s_own));
        Assert.Null(entered.Value!.Session);
        world.Clock.Pass(TimeSpan.FromMinutes(1));
        var code = world.Code(secret);
        var right = await world.Send(new EnterByCode(ines, code, s_own));
        var again = await world.Send(new EnterByCode(ines, code, s_own));

        Assert.NotNull(right.Value?.Session);
        Assert.Equal("sign-in.wrong-code", again.Refusal?.Code);
        await using var db = world.Open();
        Assert.Equal(SignInMethod.Code, db.Sessions.Single(s => s.Id == right.Value!.Session!.Id).Method);
        Assert.StartsWith("kept ", db.SecondFactors.Single().Secret, StringComparison.Ordinal);
    }

    [StorageFact]
    public async Task Who_has_an_app_confirms_by_both_before_their_factors_change_and_by_either_before_the_rest()
    {
        await using var world = await World.Start<TBrand>();
        var ines = await world.Joins(Ines);
        var (secret, _) = await world.Enrols(ines);
        var actor = (await world.Send(new FindActor(await world.SignsIn(ines)))).Value!;
        world.Clock.Pass(TimeSpan.FromMinutes(16));
        var (remove, others) = (new RemoveSecondFactor(actor), new EndMySessions(null, actor));

        var asked = await world.Send(remove);
        await world.Send(new ConfirmSession(Entry.Password, null, actor));
        var byPassword = await world.Send(remove);
        var ended = await world.Send(others);
        world.Clock.Pass(TimeSpan.FromMinutes(1));
        await world.Send(new ConfirmSession(null, world.Code(secret), actor));
        var byCode = await world.Send(remove);
        world.Clock.Pass(TimeSpan.FromMinutes(1));
        var wrong = await world.Send(new ConfirmSession(Entry.Password, "000000", actor));
        var half = await world.Send(remove);
        await world.Send(new ConfirmSession(Entry.Password, world.Code(secret), actor));
        var byBoth = await world.Send(remove);

        Assert.Equal([StepUp.FullCode, StepUp.FullCode, StepUp.FullCode, StepUp.FullCode], new[] { asked, byPassword, byCode, half }.Select(answer => answer.Refusal?.Code));
        Assert.Equal(("code: is not right", true, true), (wrong.Refusal?.Message, ended.Accepted, byBoth.Accepted));
    }

    [StorageFact]
    public async Task Of_two_who_bring_the_same_code_at_once_one_comes_in()
    {
        await using var world = await World.Start<TBrand>();
        var ines = await world.Joins(Ines);
        var (secret, _) = await world.Enrols(ines);
        world.Clock.Pass(TimeSpan.FromMinutes(1));
        var code = world.Code(secret);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => world.Send(new EnterByCode(ines, code, s_own))));

        Assert.Single(answers, answer => answer.Accepted);
    }

    [StorageFact]
    public async Task A_recovery_code_lets_in_once()
    {
        await using var world = await World.Start<TBrand>();
        var ines = await world.Joins(Ines);
        var (_, codes) = await world.Enrols(ines);

        var first = await world.Send(new EnterByCode(ines, codes[3], s_own));
        var second = await world.Send(new EnterByCode(ines, codes[3], s_own));

        Assert.Equal((10, true, false), (codes.Count, first.Accepted, second.Accepted));
    }

    [StorageFact]
    public async Task Who_knows_the_password_still_cannot_guess_codes_by_beginning_anew()
    {
        await using var world = await World.Start<TBrand>();
        var ines = await world.Joins(Ines);
        var (secret, _) = await world.Enrols(ines);
        for (var guess = 0; guess < 5; guess++)
        {
            Assert.True((await world.Send(new EnterByPassword(Ines, Entry.Password, s_guesser))).Accepted);
            await world.Send(new EnterByCode(ines, "000000", s_guesser));
        }

        world.Clock.Pass(TimeSpan.FromMinutes(1));

        Assert.Equal("sign-in.too-many", (await world.Send(new EnterByCode(ines, world.Code(secret), s_guesser))).Refusal?.Code);
    }

    [StorageFact]
    public async Task An_administrator_takes_a_lost_app_away_and_the_password_lets_in_again()
    {
        await using var world = await World.Start<TBrand>();
        var ines = await world.Joins(Ines);
        await world.Enrols(ines);
        var session = await world.SignsIn(ines);

        await world.Send(new ResetSecondFactor(ines, Staff.Root));

        Assert.NotNull((await world.Send(new EnterByPassword(Ines, Entry.Password, s_own))).Value?.Session);
        Assert.False((await world.Send(new FindActor(session))).Accepted);
        await using var db = world.Open();
        Assert.Single(db.Audit.Where(entry => entry.Action == "second-factor.reset"));
    }

    [StorageFact]
    public async Task Who_is_added_chooses_a_password_by_a_link_that_is_good_once()
    {
        await using var world = await World.Start<TBrand>();
        var first = (await world.Send(new AddPerson(Ines, "Ines Moreau", new Grant([Role.Steward], true, []), Staff.Root))).Value!;
        var second = (await world.Send(new ResetPassword(first.PersonId, Staff.Root))).Value!;

        var old = await world.Send(new AcceptInvitation(first.PersonId, first.Stamp, Entry.Password));
        var common = await world.Send(new AcceptInvitation(second.PersonId, second.Stamp, "Passw0rd-1234!"));
        var right = await world.Send(new AcceptInvitation(second.PersonId, second.Stamp, Entry.Password));
        var again = await world.Send(new AcceptInvitation(second.PersonId, second.Stamp, "another four words"));

        Assert.Equal(("access.invitation-used", "invalid", true, "access.invitation-used"), (old.Refusal?.Code, common.Refusal?.Code, right.Accepted, again.Refusal?.Code));
        Assert.True((await world.Send(new EnterByPassword(Ines, Entry.Password, Entry.Desk))).Accepted);
    }
}

public static class SignInTests
{
    public sealed class On_postgres : SignInTests<OnPostgres>;

    public sealed class On_sqlserver : SignInTests<OnSqlServer>;
}

internal static class Coming
{
    /// <summary>Wrong passwords one after another, and what was answered.</summary>
    public static async Task<List<string?>> Guesses(this World world, string email, Whereabouts from, int count)
    {
        var answers = new List<string?>();
        for (var guess = 0; guess < count; guess++)
        {
            answers.Add((await world.Send(new EnterByPassword(email, $"guess number {guess}", from))).Refusal?.Code);
        }

        return answers;
    }

    /// <summary>An authenticator app, enrolled and confirmed.</summary>
    public static async Task<(string Secret, IReadOnlyList<string> Codes)> Enrols(this World world, Guid person)
    {
        var actor = (await world.Send(new FindActor(await world.SignsIn(person)))).Value!;
        var shown = (await world.Send(new StartSecondFactor(actor))).Value!;
        var codes = await world.Send(new EnrolSecondFactor(world.Code(shown.Secret), actor));
        return (shown.Secret, codes.Value!.Codes);
    }

    /// <summary>What the app shows now.</summary>
    public static string Code(this World world, string secret) => Totp.Code(secret, world.Clock.Now.ToUnixTimeSeconds() / 30);
}
