using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OpsConsole.Storage;

namespace OpsConsole.Access;

/// <summary>How somebody showed who they are.</summary>
public enum SignInMethod
{
    Password,

    /// <summary>A password and a code of a second factor.</summary>
    Code,
    Passkey,

    /// <summary>The company's identity provider said so.</summary>
    Provider,
}

/// <summary>One sign-in on one device. The cookie carries its id and nothing else that counts: what is ended here is over everywhere at once.</summary>
public sealed class Session
{
    /// <summary>A new one at each sign-in, so that nobody can hand somebody a session beforehand.</summary>
    public required Guid Id { get; init; }

    public required Guid PersonId { get; init; }

    public required SignInMethod Method { get; init; }

    /// <summary>In words: <c>Chrome on Windows</c>.</summary>
    public required string Device { get; init; }

    public string? Address { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the person did something last. Written once a minute at most.</summary>
    public required DateTimeOffset LastSeenAt { get; set; }

    /// <summary>When they showed last that it is them. Signing in counts.</summary>
    public required DateTimeOffset ConfirmedAt { get; set; }

    /// <summary>When they showed it last by all that they sign in with. Signing in counts.</summary>
    public DateTimeOffset? FullyConfirmedAt { get; set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public string? EndedBy { get; private set; }

    /// <summary>In words that continue "This session ended: ".</summary>
    public string? EndedWhy { get; private set; }

    /// <summary>Why it does not hold any more, or nothing.</summary>
    public string? Over(DateTimeOffset now, SignInSettings limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return EndedAt is not null ? EndedWhy
            : now - LastSeenAt >= limits.Idle ? Ends.Idle
            : now - StartedAt >= limits.Absolute ? Ends.TooLong
            : null;
    }

    public void End(Actor by, string why, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(by);
        (EndedAt, EndedBy, EndedWhy) = (EndedAt ?? now, EndedBy ?? by.Name, EndedWhy ?? why);
    }

    /// <summary>Why sessions end.</summary>
    public static class Ends
    {
        public const string Idle = "nothing was done for too long";
        public const string TooLong = "it was open for as long as a session may be";
        public const string SignedOut = "you signed out";
        public const string Elsewhere = "it was ended from another session of yours";
        public const string Administrator = "an administrator ended it";
        public const string Password = "the password was changed";
        public const string Closed = "the account was closed";
    }
}

internal sealed class SessionMapping : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> map)
    {
        map.ToTable("sessions");
        map.HasKey(s => s.Id);
        map.Property(s => s.Id).ValueGeneratedNever();
        map.Property(s => s.Method).HasConversion<string>().HasMaxLength(Columns.Code);
        map.Property(s => s.Device).HasMaxLength(Columns.Identity);
        map.Property(s => s.Address).HasMaxLength(Columns.Code);
        map.Property(s => s.EndedBy).HasMaxLength(Columns.Identity);
        map.Property(s => s.EndedWhy).HasMaxLength(Columns.Identity);
        map.HasIndex(s => new { s.PersonId, s.EndedAt });
    }
}
